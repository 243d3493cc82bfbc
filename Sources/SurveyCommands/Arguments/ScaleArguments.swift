import ArgumentParser
import SurveyData
import SurveyReports
import SurveyStatistics
import SurveyTables

/// The options of `summarize` that ask how numbers go together: scales and correlations.
struct ScaleArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The items of a scale: Cronbach's alpha, alpha without each item, item–rest correlations, "
        + "means, the score's distribution. May be repeated.", valueName: "items"),
    completion: .variables)
  var scale: [NameList] = []

  @Option(
    help: ArgumentHelp("Items of the scale that count the other way round.", valueName: "items"),
    completion: .variables)
  var reverse: NameList?

  @Flag(help: "Correlations of the variables, every pair, with errors, intervals and p-values.")
  var correlations = false

  /// Makes the defaults; the parser fills them.
  init() {}

  /// Throws where an item is reversed that no scale has, once lists are names.
  func checkReversed() throws {
    guard let reverse, let stranger = reverse.names.first(where: { !items.contains($0) })
    else { return }
    throw SurveyError(
      .usage, "--reverse names '\(stranger)', which is no item of a scale",
      remedy: "Write --scale a,b,c --reverse b.")
  }

  /// The names of all items.
  var items: [String] { scale.flatMap(\.names) }

  /// Analyses the scales that are asked for.
  func scales(by groups: [String], in context: ResultContext) throws -> [Scale] {
    try scale.map { items in
      try context.survey.scale(
        items.names, reversing: (reverse?.names ?? []).filter(items.names.contains), by: groups,
        options: context.options)
    }
  }
}
