internal import SurveyData

/// One variable of a recipe: a score, cut into answers so that each group's shares hold.
///
/// The score of a person is the sum of loads times standardised sources plus standard normal noise.
/// A tendency is a score that nobody observes: it has no answers.
struct RecipeVariable: Sendable {
  let name: String
  let place: String
  /// The answers from the low to the high end of the score; empty for a tendency.
  var answers: [Answer] = []
  /// What the score depends on.
  var loads: [Load] = []
  /// For each group the assumed share of each answer; nil where nothing is said.
  var shares: [[Double]?] = []
  /// How alike people of one group answer, beyond what is assumed of it: the intraclass correlation, 0 up to below 1,
  /// of what lies behind the answers; nil where groups have the assumed shares exactly.
  var alikeness: Double?
  /// What the weighted answers must meet.
  var published: [PublishedShare] = []
  /// Who is asked: everybody who meets all conditions.
  var asked: [Condition] = []
  /// Why some of those asked give no answer.
  var missing: [MissingRate] = []
  /// A variable that this one never exceeds.
  var ceiling: String?
  /// The missing codes of the column, after the system-missing value.
  var missingCodes: [(reason: MissingReason, code: String)] = []

  /// One answer: a code, or a band of whole numbers.
  struct Answer: Sendable {
    let code: String
    let band: ClosedRange<Int>?
  }

  /// How strongly a source moves the score, in each group.
  struct Load: Sendable {
    let source: String
    let strengths: [Double]
  }

  /// One of these answers to an earlier variable.
  struct Condition: Sendable {
    let variable: String
    let codes: Set<String>
  }

  /// How many of those asked give no answer for a reason, in each group.
  struct MissingRate: Sendable {
    let reason: MissingReason
    let rates: [Double]
  }

  /// Why somebody in a group gives no answer; nil for an answer.
  /// - Parameter luck: A number from 0 up to 1, each as likely as the other.
  func missingReason(_ luck: Double, in group: Int) -> MissingReason? {
    var passed = 0.0
    return missing.first { missing in
      passed += missing.rates[group]
      return luck < passed
    }?.reason
  }

  /// Whether a code is one of the answers.
  func holds(_ code: String) -> Bool {
    answers.contains { answer in
      answer.band.map { band in Int(code).map(band.contains) ?? false } ?? (answer.code == code)
    }
  }

  /// Whether the column holds numbers drawn from bands.
  var isBanded: Bool { answers.first?.band != nil }
}
