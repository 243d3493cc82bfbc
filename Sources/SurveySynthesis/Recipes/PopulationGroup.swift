/// A part of the population that is drawn separately; every person is in one.
struct PopulationGroup: Sendable {
  let name: String
  /// How many people of the population are in it.
  let population: Double
  /// How many of them are drawn.
  let drawn: Int
}
