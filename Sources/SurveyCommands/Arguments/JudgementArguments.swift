import ArgumentParser
import SurveyData

/// Two judgements by the same people, and the group that others are compared with.
struct JudgementArguments: ParsableArguments {
  @Argument(help: "The first judgement.")
  var first: String

  @Argument(help: "The second judgement.")
  var second: String

  @Option(help: ArgumentHelp("The group that the others are compared with.", valueName: "code"))
  var reference: String?

  /// Makes the defaults; the parser fills them.
  init() {}

  /// The columns that both need.
  func columns(in dataset: Dataset) throws -> [(name: String, view: ColumnView)] {
    try [first, second].flatMap { try Expression($0).inputs(in: dataset) }
  }
}
