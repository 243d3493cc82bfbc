/// How the sample is drawn and weighted.
struct SamplePlan: Sendable {
  /// The column that numbers the people drawn.
  let idColumn: String
  /// The column of weights, which have mean one.
  let weightColumn: String
  /// The column of strata.
  let stratumColumn: String
  /// The columns whose combinations are the strata.
  let strata: [String]
  /// What the register knows of everybody drawn.
  let frame: [RecipeVariable]
  /// Whether a person drawn answers, a variable with the answers `no` and `yes`.
  let response: RecipeVariable
  /// The columns whose combinations are the cells of the adjustment for non-response.
  let adjustment: [String]
}
