internal import SurveyData

/// Which code stands for which missing reason, in columns of numbers and of text.
struct MissingCodes: Sendable {
  var numbers: [(reason: MissingReason, code: String)] = []
  var text: [(reason: MissingReason, code: String)] = []
}
