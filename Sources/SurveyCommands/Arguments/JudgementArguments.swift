import ArgumentParser
import IntegrationParadox
import SurveyData

/// Two judgements by the same people, and the group that others are compared with.
struct JudgementArguments: ParsableArguments {
  @Argument(help: "The first judgement.", completion: .variables)
  var first: String

  @Argument(help: "The second judgement.", completion: .variables)
  var second: String

  @Option(help: ArgumentHelp("The group that the others are compared with.", valueName: "code"))
  var reference: String?

  @OptionGroup var answers: AnswerArguments

  /// Makes the defaults; the parser fills them.
  init() {}

  /// The columns that both need.
  func columns(in dataset: Dataset) throws -> [(name: String, view: ColumnView)] {
    try [first, second].flatMap { try Judgement($0, in: dataset).expression.inputs(in: dataset) }
  }

  /// The answers that the command says count.
  func counted(in dataset: Dataset) throws -> [String: CountedAnswer] {
    try answers.counted(ofOutcomes: [first, second], in: dataset)
  }
}
