/// What the percentages of a table add up over.
public enum Percentages: String, CaseIterable, Sendable {
  /// The answers within each group add to 100: the distribution of the variable by group.
  case row
  /// The groups within each answer add to 100.
  case column
  /// All cells of the table add to 100.
  case total
}
