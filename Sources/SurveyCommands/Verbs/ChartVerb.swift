public import ArgumentParser
internal import SurveyData
public import SurveySessions
internal import SurveyTables

/// `chart VERB …`: the chart of another command's table, as SVG.
public struct ChartVerb: Verb {
  /// How the parser sees the verb.
  public static let configuration = CommandConfiguration(
    commandName: "chart",
    abstract: "The chart of another command's table, as SVG.",
    discussion: """
      Write chart before any command that gives a table; --chart does the same beside the table.

      Examples:
        vekt chart tabulate survey.csv trust --by origin --output trust.svg
        vekt chart paradox gap survey.csv integrated accepted --by origin > gap.svg
        vekt chart tabulate survey.csv trust --by year --chart-kind lines --output trust.html
        vekt chart tabulate survey.csv trust --by origin --facet sex --size slide --output trust.svg
        vekt chart tabulate survey.csv trust --by origin --sort answer --scale 0..100 --hide n > trust.svg
        vekt chart tabulate survey.csv trust --by origin --title 'Trust by {group}: {estimate} of {n}' > t.svg
        vekt chart model survey.csv 'trust ~ age + origin' --margins origin --notes full > margins.svg
        vekt chart --published report.csv --colors ours.txt --source 'The Institute' > printed.svg
      """)

  /// A cell of a notebook says `--chart` instead.
  public static var standsInCells: Bool { false }

  @Argument(parsing: .captureForPassthrough, help: "The command whose table is drawn.")
  var command: [String] = []

  /// Makes the defaults; the parser fills them.
  public init() {}

  /// What the drawn command says of its output; without a word, SVG.
  public var output: OutputArguments {
    guard var output = try? drawn().output else { return OutputArguments() }
    if output.format == nil, output.output == nil { output.format = .svg }
    output.chart = true
    return output
  }

  /// Where the files of a page go, by the drawn command.
  public var pageFolder: String? { (try? drawn())?.pageFolder }

  /// Performs the drawn command.
  public func perform(in workspace: Workspace) throws -> Outcome {
    try drawn().performed(in: workspace)
  }

  /// The options that the drawn command has a use for.
  public var usedOptions: Set<String>? { (try? drawn())?.usedOptions }

  /// A command line in which the command that is drawn has its name: printed figures are a table by
  /// themselves.
  static func naming(_ words: [String]) -> [String] {
    guard words.first == "chart", words.count > 1, words[1].hasPrefix("-"),
      words.contains(where: { $0 == "--published" || $0.hasPrefix("--published=") })
    else { return words }
    return ["chart", "tabulate"] + words.dropFirst()
  }

  private func drawn() throws -> any Verb {
    if ["--help", "-h"].contains(command.first) { throw CleanExit.helpRequest(Self.self) }
    guard !command.isEmpty else {
      throw SurveyError(
        .usage, "there is no command whose table could be drawn",
        remedy: "Write: vekt chart tabulate DATA VAR --by GROUP")
    }
    if !Set(command).isDisjoint(with: ["--help", "-h"]) {
      let verb = GivenOptions.leaf(of: command, in: VerbsCommand.self).command
      throw CleanExit.message(VerbsCommand.helpMessage(for: verb))
    }
    let parsed = try VerbsCommand.parseAsRoot(command)
    guard let verb = parsed as? any Verb else {
      throw SurveyError(.usage, "'\(command[0])' gives no table that could be drawn")
    }
    return verb
  }
}
