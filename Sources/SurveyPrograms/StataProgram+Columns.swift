import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics

extension StataProgram {
  /// `svy, subpop(…):` of those in the subpopulation for whom a condition holds.
  func svy(_ condition: String) -> String {
    let inside = source.survey.subpopulation == nil ? "" : "vekt_inside & "
    return condition.isEmpty ? svy : "svy, subpop(if \(inside)\(condition)):"
  }

  /// An outcome of two values as 0 and 1, missing where anything that the analysis needs is.
  mutating func writeOutcome(
    _ expression: Expression, event: String?, needing names: [String]
  ) throws {
    var text = try words.text(expression)
    if let event, event != "true" {
      text = words.isAnswer(event, text, of: expression.variables.first ?? "")
    }
    let needed = (expression.variables + names).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let factors = Set(source.analysis.factors)
    let list = needed.map { factors.contains($0) ? factor($0) : $0 }.joined(separator: ", ")
    add("generate double vekt_y = \(text) if !missing(\(list))")
  }

  /// Variables for the columns of a model, `vekt_x1` and so on; the constant has none.
  mutating func writeColumns(_ columns: [ModelColumn]) throws {
    for (index, column) in columns.enumerated() {
      guard column.parts.count == 1, let part = column.parts.first, part.number == nil else {
        throw Untranslatable(what: "the column \(column.name)")
      }
      let value: String
      if let category = part.category {
        value = "\(part.variable) == \(words.code(category.code, of: part.variable))"
      } else {
        value = try guarded(Expression(part.variable))
      }
      add("generate double vekt_x\(index + 1) = \(value)")
      add("label variable vekt_x\(index + 1) `\"\(column.name)\"'")
    }
  }
}
