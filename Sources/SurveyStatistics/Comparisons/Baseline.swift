/// What each group is compared with.
public enum Baseline: Hashable, Sendable {
  /// One group, by its code (codes of crossed variables with commas between them); nil means the
  /// group variable's reference, or the first group.
  case reference(String?)
  /// The group before it, as waves of a survey.
  case previous
  /// Every group before it.
  case allPairs
  /// Everybody who is in none but the other groups.
  case rest
  /// Everybody, the group itself among them.
  case total

  /// The pairs of groups, each as positions; empty where what is compared with is not a group.
  ///
  /// - Parameters:
  ///   - count: The number of groups.
  ///   - base: The position of the reference.
  func pairs(_ count: Int, base: Int) -> [(group: Int, reference: Int)] {
    switch self {
    case .reference: (0..<count).filter { $0 != base }.map { ($0, base) }
    case .previous: (1..<max(count, 1)).map { ($0, $0 - 1) }
    case .allPairs: (0..<count).flatMap { a in (a + 1..<max(count, a + 1)).map { ($0, a) } }
    case .rest, .total: []
    }
  }
}
