import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics

/// Two judgements by the same people, as `paradox gap` and `paradox discordance` take them.
struct JudgementAnalysis {
  let first: Expression
  let second: Expression
  let group: String?
  /// The group that others are compared with; nil without groups.
  let reference: String?
  /// What is held constant, as the right side of a formula; nil when nothing is.
  let controls: Formula?

  init(
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
}
