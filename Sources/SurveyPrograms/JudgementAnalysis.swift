package import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyRequests
package import SurveyStatistics

/// Two judgements by the same people, as `paradox gap` and `paradox discordance` take them.
package struct JudgementAnalysis {
  let first: Expression
  let second: Expression
  let group: String?
  /// The group that others are compared with; nil without groups.
  let reference: String?
  /// What is held constant, as the right side of a formula; nil when nothing is.
  let controls: Formula?
  /// Whether the odds of the judgements are compared.
  package var hasOdds = false
  /// The model of those without the second judgement among those with the first, and the effects in
  /// it; nil without one.
  var model: (fit: ModelFit, effects: MarginAnalysis)?

  package init(
    _ first: String, _ second: String, by group: String?, reference: String?,
    controls: [String] = [], in survey: Survey
  ) throws {
    self.first = try Judgement(first, in: survey.dataset).expression
    self.second = try Judgement(second, in: survey.dataset).expression
    self.group = group
    self.reference = reference
    self.controls =
      try controls.isEmpty ? nil : Formula("1 ~ \(controls.joined(separator: " + "))")
  }

  /// The formulas of models, each with the references of its factors.
  var formulas: [(formula: Formula, references: [String: String])] {
    (controls.map { [($0, [:])] } ?? [])
      + (model.map { [($0.fit.formula, $0.fit.references)] } ?? [])
  }
}

extension JudgementAnalysis {
  /// Adds the model of those without the second judgement among those with the first.
  package mutating func add(_ model: DiscordanceModel, level: Double) throws {
    let names = model.effects.rows.map(\.variable).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let asked = MarginRequest(margins: names)
    var effects = try MarginAnalysis(asked, of: model.fit, level: level)
    (effects.table, effects.hasTests) = ("effects", false)
    self.model = (model.fit, effects)
  }
}
