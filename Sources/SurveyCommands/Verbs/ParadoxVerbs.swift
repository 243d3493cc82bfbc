internal import ArgumentParser
internal import SurveyData
internal import SurveySessions
internal import SurveyStatistics

/// `paradox`: what "better integrated, yet less accepted" rests on.
struct ParadoxVerbs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paradox",
    abstract: "The integration paradox: better integrated, yet less accepted.",
    subcommands: [
      ParadoxGap.self, ParadoxDiscordance.self, ParadoxModels.self, ParadoxGradient.self,
      ParadoxDecompose.self, ParadoxPool.self, ParadoxTipping.self, ParadoxAll.self,
    ])
}

extension EstimationArguments {
  /// The group variable of a verb that takes at most one; nil when none is named.
  func soleGroup(of verb: String) throws -> String? {
    guard groups.count <= 1 else {
      throw SurveyError(
        .usage, "\(verb) takes one group variable, and \(groups.count) are named",
        remedy: "Write --by GROUP.")
    }
    return groups.first
  }

  /// The data of a verb that takes at most one group variable, and that variable.
  ///
  /// - Parameter others: The variables that it reads besides the outcome and the group.
  func opened(
    _ data: String, for verb: String, outcome: String, _ answers: AnswerArguments,
    reading others: [String], in workspace: Workspace
  ) throws -> (survey: Survey, group: String?) {
    let group = try soleGroup(of: verb)
    return (
      try survey(
        data, columns: { _ in [] }, asking: { _ in [outcome] + others },
        terms: { [outcome] + others },
        counting: { try answers.counted(ofOutcomes: [outcome], in: $0) }, in: workspace), group
    )
  }
}
