import ArgumentParser
import SurveyData
import SurveyReaders
import SurveyTables

/// `codebook new | check | show`.
struct CodebookVerbs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codebook",
    abstract: "Write a codebook from a file, check a file against one, print it.",
    subcommands: [CodebookNew.self, CodebookCheckVerb.self, CodebookShow.self])
}

/// `codebook new DATA`: a draft to review.
struct CodebookNew: Verb {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a codebook from a file's own labels, or from its values.",
    discussion: """
      What the file does not say is proposed in comments, never decided: review the draft.

      Example:
        vekt codebook new survey.sav --output survey.codebook.yaml
      """)

  @Argument(help: "The data file.")
  var data: String

  @OptionGroup var opening: OpeningArguments
  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let dataset = try opening.dataset(data, in: workspace, usesCodebook: false)
    let draft = try CodebookDraft(dataset)
    return Outcome(
      .text(draft.codebook.yaml(comments: draft.comments)),
      remarks: dataset.notes.map { "note: \($0)" })
  }
}

/// `codebook check DATA`: every contradiction between a file and its codebook.
struct CodebookCheckVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a file against its codebook and list every finding.",
    discussion: """
      Exit status 65 when codebook and file contradict each other.

      Example:
        vekt codebook check survey.csv --codebook survey.codebook.yaml
      """)

  @Argument(help: "The data file.")
  var data: String

  @OptionGroup var opening: OpeningArguments
  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let dataset = try opening.dataset(data, in: workspace)
    let findings = try dataset.codebook.findings(in: dataset)
    let language = output.language ?? dataset.codebook.printedLanguage
    let report = FindingsReport(findings, language: language)
    let document = Document(
      data: .object([
        Tree.Member("file", .text(data)),
        Tree.Member("codebook", dataset.codebook.path.map(Tree.text) ?? .empty),
        Tree.Member("rows_read", .integer(try dataset.rowCount)),
      ]),
      records: [report.records("rows")], tables: [report.table(of: dataset)],
      notes: dataset.notes.map(\.description))
    let isWrong = findings.contains { $0.severity == .error }
    return Outcome(.document(document, language: language), status: isWrong ? .data : nil)
  }
}

/// `codebook show FILE`: a codebook in words.
struct CodebookShow: Verb {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a codebook, or what a data file says of itself.",
    discussion: """
      Example:
        vekt codebook show Codebooks/everyday-integration.codebook.yaml --language en
      """)

  @Argument(help: "A codebook, or a data file with its codebook.")
  var file: String

  @Argument(help: "Variables to show; none means all.")
  var variables: [String] = []

  @OptionGroup var opening: OpeningArguments
  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let isCodebook = file.hasSuffix(".yaml") || file.hasSuffix(".yml")
    let codebook =
      isCodebook
      ? try Codebook(contentsOf: file) : try opening.dataset(file, in: workspace).codebook
    for name in variables where codebook.variable(named: name) == nil {
      throw SurveyError(
        .usage, at: file, "no variable '\(name)'",
        remedy: suggestion(for: name, among: codebook.variableNames))
    }
    let language = output.language ?? codebook.printedLanguage
    let report = CodebookReport(codebook, variables: variables, language: language)
    return Outcome(
      .document(
        Document(
          records: [report.variables, report.codes] + report.paradox, tables: report.tables),
        language: language))
  }
}
