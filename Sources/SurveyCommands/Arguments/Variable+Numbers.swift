import SurveyData

extension Variable {
  /// Refuses a variable that the codebook says holds text, before a row is read.
  func requireNumbers() throws {
    let isText = type == .text || categories.contains { $0.number == nil }
    guard isText else { return }
    throw SurveyError(
      .usage, at: name, "holds text, so it has no mean",
      remedy: "Use `vekt tabulate`, or derive a number: --derive 'NAME = \(name) == …'.")
  }
}
