import ArgumentParser
import SurveyData
import SurveyReaders
import SurveyReports
import SurveySessions
import SurveyTables

/// `codebook new | check | show | export | diff`.
struct CodebookVerbs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codebook",
    abstract: "Write a codebook from a file, check a file against one, print, export, compare it.",
    subcommands: [
      CodebookNew.self, CodebookCheckVerb.self, CodebookShow.self, CodebookExportVerb.self,
      CodebookDiff.self,
    ])
}

/// `codebook new DATA`: a draft to review.
struct CodebookNew: Verb {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a codebook from a file's own labels, or from its values.",
    discussion: """
      What the file does not say is proposed in comments, never decided: review the draft. `--missing` and
      `--apply` are decisions: what they take stands under missing:, with a comment.

      Example:
        vekt codebook new survey.sav --output survey.codebook.yaml
        vekt codebook new survey.dta --missing '-9=refused' --missing '<0' --apply --output survey.codebook.yaml
      """)

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @Option(
    defaultAsFlag: .missing,
    help: ArgumentHelp(
      "Make codes missing whose label says so; `--apply design` also takes the weight and the design "
        + "where one column alone may be it.", valueName: "what"))
  var apply: AppliedProposals?

  @OptionGroup var opening: OpeningArguments
  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let dataset = try opening.dataset(data, in: workspace, usesCodebook: false)
    try dataset.requirePeopleOrOrigin(
      for: "a draft", remedy: "vekt cells writes the codebook of its cells beside them.")
    let draft = try CodebookDraft(dataset, applying: apply?.application)
    var remarks = dataset.notes.map { "note: \($0)" }
    if apply != nil { remarks.append(Self.remark(on: draft)) }
    return Outcome(.text(draft.codebook.yaml(comments: draft.comments)), remarks: remarks)
  }

  /// How many codes became missing by their labels, and for which reasons.
  private static func remark(on draft: CodebookDraft) -> String {
    let columns = Set(draft.applied.map(\.variable)).count
    let reasons = MissingReason.allCases.compactMap { reason -> String? in
      let count = draft.applied.count { $0.code.reason == reason }
      return count == 0 ? nil : "\(count) \(reason.rawValue)"
    }
    return
      "note: applied: \(draft.applied.count) codes in \(columns) columns are missing by their labels"
      + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))")
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

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @OptionGroup var opening: OpeningArguments
  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let dataset = try opening.dataset(data, in: workspace)
    try dataset.requirePeopleOrOrigin(
      for: "a check", remedy: "Check the data that the cells were made of.")
    let findings = try dataset.codebook.findings(in: dataset)
    let language = output.language ?? dataset.codebook.printedLanguage
    let report = FindingsReport(findings, language: language)
    let document = Document(
      data: .object(
        [
          Tree.Member("file", .text(data)),
          Tree.Member("codebook", dataset.codebook.path.map(Tree.text) ?? .empty),
          Tree.Member("rows_read", .integer(try dataset.rowCount)),
        ] + dataset.source.facts.engineMembers),
      records: [report.records("rows")], tables: [report.table(of: dataset)],
      notes: dataset.notes.map { Phrase($0).text(in: language) })
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

  @Argument(help: "A codebook, or a data file with its codebook.", completion: .file())
  var file: String

  @Argument(help: "Variables to show; none means all.", completion: .variables)
  var variables: [String] = []

  @OptionGroup var opening: OpeningArguments
  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let codebook = try opening.codebook(file, in: workspace)
    let lists = VariableLists(codebook.variableNames, groups: codebook.groups, at: file)
    let variables = try lists.names(in: variables)
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

/// `codebook export FILE --to FORMAT`: a codebook for archives, data packages, SPSS and Stata.
struct CodebookExportVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a codebook in the format of others.",
    discussion: """
      ddi: DDI-Codebook 2.5, in all languages. table-schema: Table Schema 2 of data packages. sps and do:
      SPSS syntax and a Stata do-file that label the open file. html, markdown: for reading. What a
      format cannot hold is named.

      Example:
        vekt codebook export survey.codebook.yaml --to ddi --output survey.ddi.xml
      """)

  @Argument(
    help: "A codebook, or a data file with its codebook or its own labels.", completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(
      "ddi, table-schema, sps, do, html or markdown.", valueName: "format"))
  var to: CodebookExport

  @OptionGroup var opening: OpeningArguments
  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let codebook = try opening.codebook(file, in: workspace)
    let language = output.language ?? codebook.printedLanguage
    let exported: ExportedCodebook
    switch to {
    case .ddi: exported = DDICodebook(codebook).exported
    case .tableSchema: exported = TableSchema(codebook, language: language).exported
    case .sps: exported = SPSSSyntax(codebook, language: language).exported
    case .do: exported = StataLabels(codebook, language: language).exported
    case .html, .markdown:
      let report = CodebookReport(codebook, variables: [], language: language)
      let bytes = try Document(tables: report.tables).rendered(
        as: to == .html ? .html : .markdown, style: Style(language: language))
      return Outcome(.text(String(decoding: bytes, as: UTF8.self)))
    }
    return Outcome(.text(exported.text), remarks: exported.losses.sentences.map { "note: \($0)" })
  }
}

/// The formats of others that a codebook can be written in.
enum CodebookExport: String, CaseIterable, ExpressibleByArgument {
  /// DDI-Codebook 2.5, the archives' XML.
  case ddi
  /// Table Schema 2, the JSON of data packages.
  case tableSchema = "table-schema"
  /// SPSS syntax that labels an open file.
  case sps
  /// A Stata do-file that labels an open file.
  case `do`
  /// A page for reading.
  case html
  /// The same as Markdown.
  case markdown
}

/// `codebook diff OLD NEW`: what has changed between two codebooks.
struct CodebookDiff: Verb {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say what differs between two codebooks, variable by variable.",
    discussion: """
      Example:
        vekt codebook diff wave1.codebook.yaml wave2.codebook.yaml
      """)

  @Argument(help: "The older codebook, or a data file.", completion: .file())
  var old: String

  @Argument(help: "The newer one.", completion: .file())
  var new: String

  @OptionGroup var opening: OpeningArguments
  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let newer = try opening.codebook(new, in: workspace)
    let language = output.language ?? newer.printedLanguage
    let differences = CodebookDifferences(
      from: try opening.codebook(old, in: workspace), to: newer, language: language)
    return Outcome(
      .document(
        Document(
          records: [differences.records],
          tables: [differences.table(title: "\(old) → \(new)")]),
        language: language))
  }
}

/// What `codebook new --apply` takes.
enum AppliedProposals: String, CaseIterable, ExpressibleByArgument {
  case missing
  case design

  var application: CodebookDraft.Application { self == .design ? .design : .missing }
}

extension Dataset {
  /// Throws where rows are cells of which nothing more can be asked.
  fileprivate func requirePeopleOrOrigin(for what: String, remedy: String) throws {
    if !givesCells { try requirePeople(for: what, remedy: remedy) }
  }
}
