/// The labels that a catalog's format gives to single values.
struct SASLabels: Sendable {
  /// A value as it stands in the data, and what it means.
  enum Value: Hashable, Sendable {
    case number(Double)
    /// `.A` to `.Z` by their numbers from 1, `._` by 27.
    case missing(Int)
    case text(String)
  }

  var labels: [(value: Value, text: String)] = []
  /// How many entries are not provably single values: ranges, `OTHER`, and what is not understood.
  var leftOut = 0
}
