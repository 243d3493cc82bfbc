internal import SurveyData

/// A part of the population that is drawn separately; every person is in one.
struct PopulationGroup: Sendable {
  let name: String
  /// How many people of the population are in it.
  let population: Double
  /// How many of them are drawn.
  let drawn: Int
}

/// A column that is the same for everybody in a group, such as the origin.
struct GroupColumn: Sendable {
  let name: String
  /// The codes, in the order in which groups first have them.
  let codes: [String]
  /// For each group the position of its code; nil where the column does not apply.
  let positions: [Int?]
}

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

/// Which code stands for which missing reason, in columns of numbers and of text.
struct MissingCodes: Sendable {
  var numbers: [(reason: MissingReason, code: String)] = []
  var text: [(reason: MissingReason, code: String)] = []
}
