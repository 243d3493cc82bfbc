package import SurveyData

/// One of two judgements by the same people, as an expression that gives a number.
package struct Judgement {
  /// As the user wrote it.
  let text: String
  /// What it computes: a number, or a condition that counts as 0 or 1.
  package let expression: Expression
  /// What was chosen for the user; nil when nothing was.
  let note: Note?

  /// Reads a judgement: of a variable with an answer that counts, its share; otherwise a number or a
  /// condition.
  /// - Throws: ``SurveyError`` also for a variable of two answers of which none is known to count.
  package init(_ text: String, in dataset: Dataset) throws {
    self.text = text
    let written = try Expression(text)
    guard let variable = written.soleVariable.flatMap({ try? dataset.variable($0) }),
      let counted = try Self.counted(variable, in: dataset)
    else {
      try written.check(against: dataset)
      expression = written
      note = nil
      return
    }
    let codes = counted.codes.map { $0.contains("'") ? "\"\($0)\"" : "'\($0)'" }
    expression = try Expression(
      codes.count == 1
        ? "\(text) == \(codes[0])" : "\(text) in (\(codes.joined(separator: ", ")))")
    note = Note(
      .information, id: "paradox.counted-answer", "counts '\(counted.code)'",
      naming: [counted.code], at: text)
  }

  /// The answer that counts; nil for a number and for 0 and 1, which count by themselves.
  private static func counted(_ variable: Variable, in dataset: Dataset) throws -> CountedAnswer? {
    let isText = variable.type == .text
    guard variable.isCategorical || isText || !variable.answer.isEmpty else { return nil }
    let categories = try dataset.categories(of: variable.name)
    let counted = variable.countedAnswer(among: categories)
    if categories.map(\.code) == ["0", "1"], counted?.code == "1" { return nil }
    if counted == nil, categories.count == 2 {
      throw variable.noCountedAnswer(among: categories, remedy: ", or a condition")
    }
    let isNumber = variable.measure == .ordinal && categories.count > 2
    return isNumber && counted?.isChosen != true ? nil : counted
  }
}
