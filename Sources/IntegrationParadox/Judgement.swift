package import SurveyData

/// One of two judgements by the same people, as an expression that gives a number.
package struct Judgement {
  /// As the user wrote it.
  let text: String
  /// What it computes: a number, or a condition that counts as 0 or 1.
  package let expression: Expression
  /// What was chosen for the user; nil when nothing was.
  let note: Note?

  /// Reads a judgement: a variable of two codes other than 0 and 1 counts its second.
  package init(_ text: String, in dataset: Dataset) throws {
    self.text = text
    let written = try Expression(text)
    guard written.variables == [text], let variable = try? dataset.variable(text),
      variable.isCategorical, variable.categories.count == 2,
      variable.categories.map(\.code) != ["0", "1"],
      let counted = variable.categories.last
    else {
      try written.check(against: dataset)
      expression = written
      note = nil
      return
    }
    expression = try Expression("\(text) == '\(counted.code)'")
    note = Note(
      .information, id: "paradox.counted-answer", "counts '\(counted.code)'",
      naming: [counted.code], at: text)
  }
}
