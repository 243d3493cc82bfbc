public import SurveyData

/// Letters that say in a table which groups a share exceeds significantly.
///
/// Every group has a letter, A, B, C … in the order of the table. A share carries the letters of
/// the groups whose share of the same answer is smaller with an adjusted p-value below the level.
public struct SignificanceLetters: Sendable {
  /// The level below which an adjusted p-value counts, between 0 and 1.
  public let level: Double
  /// How the p-values of one answer were adjusted.
  public let adjustment: Adjustment
  /// Which shares have no letters, since nothing is known of their variance.
  public let notes: [Note]
  fileprivate let letters: [[Category]: String]
  fileprivate let exceeded: [Key: String]

  fileprivate struct Key: Hashable {
    let groups: [Category]
    let category: Category?
  }

  /// The letter of a group, `A`…`Z`; empty for a group in which nobody is.
  ///
  /// - Parameter groups: One category a group variable.
  public func letter(of groups: [Category]) -> String { letters[groups] ?? "" }

  /// The letters of the groups whose share of the same answer is significantly smaller, in the
  /// order of the table; empty when there are none.
  ///
  /// - Parameter row: A share of the table.
  public func exceeded(by row: EstimateRow) -> String {
    exceeded[Key(groups: row.groups, category: row.category)] ?? ""
  }
}

extension Tabulation {
  /// Compares every share with the share of the same answer in every other group.
  ///
  /// The differences are those of the table's own estimates, `V(a − b) = V(a) + V(b) − 2 C(a, b)`,
  /// tested by t; p-values are adjusted for the pairs of groups of one answer. A letter says that a
  /// difference was found, its absence not that there is none.
  ///
  /// - Parameters:
  ///   - level: The level below which a p-value counts, between 0 and 1.
  ///   - adjustment: How the p-values of one answer are adjusted for its pairs of groups.
  /// - Returns: A letter a group, and for every share the letters of the groups that it exceeds;
  ///   shares whose variance is unknown have none, and a note names them.
  /// - Throws: ``SurveyError`` without groups, for more than 26 of them, and for column
  ///   percentages, which do not compare groups.
  /// - Complexity: O(answers × groups² × units).
  /// - Note: The tests are those of `Survey.compare` against all pairs, and agree with R as they
  ///   do.
  /// - SeeAlso: Holm (1979), Scandinavian Journal of Statistics 6, for the adjustment.
  public func significanceLetters(
    level: Double = 0.05, adjustment: Adjustment = .holm
  ) throws -> SignificanceLetters {
    try requireSingleAnswers("letters compare")
    guard percentages == .row, !groupVariables.isEmpty else {
      throw SurveyError(
        .usage, at: variable.name, "letters compare groups, and there are none to compare",
        remedy: "Add --by GROUP, with row percentages.")
    }
    var groups: [[Category]] = []
    for row in rows where row.base > 0 && groups.last != row.groups { groups.append(row.groups) }
    guard groups.count <= 26 else {
      throw SurveyError(
        .usage, at: groupVariables.map(\.name).joined(separator: ","),
        "letters are for at most 26 groups, and there are \(groups.count)",
        remedy: "Group fewer categories, or use `vekt compare --against all-pairs`.")
    }
    let letters = groups.indices.map { String(UnicodeScalar(UInt8(ascii: "A") + UInt8($0))) }
    let place = Dictionary(
      estimates.labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var exceeded: [SignificanceLetters.Key: [Int]] = [:]
    for category in Set(rows.compactMap(\.category)) {
      let places = groups.map { group in
        place[
          Estimates.Label(
            variable: variable.name, category: category.code, groups: group.map(\.code))] ?? 0
      }
      let compared = Baseline.allPairs.pairs(groups.count, base: 0).map { pair in
        Comparison.Row(
          .difference, of: estimates, (places[pair.group], places[pair.reference]),
          sides: (.group(groups[pair.group]), .group(groups[pair.reference])), answer: category,
          stratum: nil, count: 0, level: 1 - level)
      }
      for row in Comparison.Row.adjusted(compared, by: adjustment) where row.adjustedP < level {
        let sides = [row.group.categories, row.reference.categories]
        let (more, less) = row.difference.estimate > 0 ? (sides[0], sides[1]) : (sides[1], sides[0])
        exceeded[SignificanceLetters.Key(groups: more, category: category), default: []]
          .append(groups.firstIndex(of: less) ?? 0)
      }
    }
    return SignificanceLetters(
      level: level, adjustment: adjustment,
      notes: Note.unknownVariance(
        of: rows.filter { $0.base > 0 && $0.standardError.isNaN }.map { row in
          "'\(row.groups.map(\.code).joined(separator: ","))' (\(row.category?.code ?? ""))"
        }, at: variable.name),
      letters: Dictionary(uniqueKeysWithValues: zip(groups, letters)),
      exceeded: exceeded.mapValues { $0.sorted().map { letters[$0] }.joined() })
  }
}
