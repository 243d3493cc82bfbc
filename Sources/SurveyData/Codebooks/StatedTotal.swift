/// What is known of the population: how many there are in a category, or what a number adds up to.
public struct StatedTotal: Hashable, Sendable {
  /// The variable; crossed ones with `:` between them, `(all)` for everybody.
  public let variable: String
  /// The category, crossed ones with `:` between them; empty for the total of a number.
  public let category: String
  /// The total, or a share of all.
  public let total: Double

  /// Makes a total.
  public init(_ variable: String, _ category: String, _ total: Double) {
    self.variable = variable
    self.category = category
    self.total = total
  }
}
