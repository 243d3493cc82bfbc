internal import SurveyData

/// Which code stands for which missing reason: in columns of numbers, in columns of text, and in those
/// that name a set of their own.
struct MissingCodes: Sendable {
  var numbers: [(reason: MissingReason, code: String)] = []
  var text: [(reason: MissingReason, code: String)] = []
  /// The sets that a variable may name, such as the codes of a two-digit question.
  var named: [String: [(reason: MissingReason, code: String)]] = [:]
}
