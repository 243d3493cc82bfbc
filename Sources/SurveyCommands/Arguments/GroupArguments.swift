import ArgumentParser

/// What shares of several answers are of.
enum ShareUnit: String, CaseIterable, ExpressibleByArgument, Sendable {
  case people, answers
}

/// The options of groups of questions.
struct GroupArguments: ParsableArguments {
  @Option(
    name: .customLong("of"),
    help: "Shares of a question with several answers: of people, or of all answers given.")
  var unit = ShareUnit.people

  @Flag(help: "Add who gave any and none of several answers, and the mean number.")
  var count = false

  @Flag(
    help: """
      Letters say which items of a group an item exceeds, among those who answered both; also \
      written --letters rows.
      """)
  var lettersRows = false

  init() {}
}
