internal import SurveyCommands
internal import SurveyData
import SurveyReports
internal import SurveySessions
internal import SurveyTables

/// What the cells of a notebook share: the data in use, derived variables, the subpopulation.
///
/// A command of a cell becomes the command line of a shell, so that both speak one language.
struct NotebookSession {
  private let workspace: Workspace
  private let runner: CommandRunner
  /// The folder that paths are relative to.
  private let folder: String
  /// Options for all verbs that know them, from the command line of the run.
  private let overrides: [String]
  private var data: Data?
  private var derivations: [String] = []
  private var conditions: [String] = []
  /// The data that have been used, in the order of their first use.
  private(set) var sources: [Dataset] = []

  /// What `use` has chosen.
  private struct Data {
    let file: String
    let options: [SessionOption]
    var dataset: Dataset
  }

  init(folder: String, overrides: [String] = [], workspace: Workspace = Workspace()) {
    self.folder = folder
    self.overrides = overrides
    self.workspace = workspace
    runner = CommandRunner(workspace: workspace)
  }

  /// Carries out one command.
  /// - Returns: What it gives; nil for `use`, `derive` and `where`.
  mutating func perform(_ command: Cell.Command) throws -> Outcome? {
    // As in the shell, where the program's name stands first.
    if command.words.first == "vekt", command.words.count > 1 {
      return try perform(command.withoutFirstWord)
    }
    if let help = VerbManual.help(askedBy: command.words) { return Outcome(.text(help)) }
    let words = command.words
    // A formula within quotation marks is one word; otherwise its own marks belong to it.
    let formula = words.count == 2 ? words[1] : command.formula
    switch words.first {
    case "use": try use(Array(words.dropFirst()))
    case "derive": try derive(formula)
    case "where": try restrict(to: formula)
    case "chart": return try outcome(of: Array(words.dropFirst()), besides: ["--chart"])
    default: return try outcome(of: words)
    }
    return nil
  }

  /// What a verb gives; files that it is to write are named as the cell names them.
  private func outcome(of words: [String], besides more: [String] = []) throws -> Outcome {
    var outcome = try runner.outcome(of: arguments(for: words) + more)
    for file in outcome.files {
      let name = withoutFolder(file.path)
      outcome.remarks = outcome.remarks.map { $0.replacing(file.path, with: name) }
    }
    if !outcome.files.isEmpty {
      outcome.result = .files(
        outcome.files.map { Phrase.written(withoutFolder($0.path)).text(in: language) + "\n" }
          .joined())
    }
    return outcome
  }

  private mutating func use(_ words: [String]) throws {
    guard let path = words.first, !path.hasPrefix("-") else {
      throw SurveyError(
        .usage, "'use' names no file", remedy: "Write: use FILE --codebook CODEBOOK")
    }
    let file = inFolder(path)
    var rest = Array(words.dropFirst())
    let conditions = rest.takeValues(of: "--where")
    let options = SessionOption.options(in: rest).map { option in
      option.name == "--codebook" ? option.mappingValue(inFolder) : option
    }
    let unknown = rest.prefix { !$0.hasPrefix("--") }
    let dataset = try Use.parsing([file] + unknown + options.flatMap(\.words))
      .dataset(in: workspace)
    data = Data(file: file, options: options, dataset: dataset)
    let isNew = !sources.contains {
      $0.source.facts.path == file && $0.codebook.path == dataset.codebook.path
    }
    if isNew { sources.append(dataset) }
    derivations = []
    self.conditions = []
    for condition in conditions { try restrict(to: condition) }
  }

  private mutating func derive(_ formula: String) throws {
    guard !formula.isEmpty else {
      throw SurveyError(.usage, "'derive' says nothing", remedy: "Write: derive NAME = EXPRESSION")
    }
    let extended = try chosen().dataset.deriving([DerivedVariable(parsing: formula)])
    data?.dataset = extended
    derivations.append(formula)
  }

  /// Adds a condition to those that hold for the commands that follow; `all` takes them back.
  private mutating func restrict(to condition: String) throws {
    guard !condition.isEmpty, condition != "all" else {
      conditions = []
      return
    }
    _ = try Expression(condition).check(against: chosen().dataset)
    conditions.append(condition)
  }

  /// The data in use with what has been derived; nil before the first `use`.
  var dataset: Dataset? { data?.dataset }

  /// The language of labels: what `use` says, otherwise the codebook's own.
  var language: String {
    let stated = data?.options.last { $0.name == "--language" }?.words.last
    let codebook = data?.dataset.codebook
    return stated.map { String($0.split(separator: "=").last ?? "") }
      ?? codebook?.printedLanguage ?? "en"
  }

  /// The names in a folder that is relative to the session's, those of folders with `/` behind.
  func fileNames(in path: String) -> [String] {
    ReportFiles.entries(in: path.hasPrefix("/") ? path : ReportFiles.inFolder(folder, path))
  }

  /// What `inspect` says of a variable of the data in use, of all rows whatever `where` holds.
  func inspection(of variable: String) throws -> Outcome {
    let verb = try VerbName(["inspect"])
    let data = try chosen()
    return try runner.outcome(
      of: verb.words + [data.file] + defaults(for: verb, on: data, besides: []) + [variable])
  }

  private func chosen() throws -> Data {
    guard let data else {
      throw SurveyError(
        .usage, "no data have been chosen yet", remedy: "Begin with: use FILE --codebook CODEBOOK")
    }
    return data
  }

  /// The command line: the file in its place, and what the session has set.
  private func arguments(for words: [String]) throws -> [String] {
    let verb = try VerbName(words, besides: ["use", "derive", "where"])
    var own = Array(words.dropFirst(verb.words.count))
    let isWritten = own.contains { $0 == "--output" || $0.hasPrefix("--output=") }
    for name in ["--published", "--spec", "--template", "--output"] {
      if let path = own.takeValue(of: name) { own += [name, inFolder(path)] }
    }
    if let colors = own.takeValue(of: "--colors") {
      let isName = ChartPalette.named.contains { $0.name == colors }
      own += ["--colors", isName ? colors : inFolder(colors)]
    }
    // The tables of `paradox all` are chosen by their names.
    let isFolder = verb.words != ["paradox", "all"]
    if let option = SessionOption.options(in: own).first(where: {
      (!isWritten && $0.saysHowToWrite) || ($0.name == "--tables" && isFolder)
    }) {
      throw SurveyError(
        .usage, "'\(option.name)' is of a file, and the cell writes none",
        remedy: "Add --output FILE, or leave it out: what a cell shows has all formats.")
    }
    let ownConditions = own.takeValues(of: "--where")
    guard let place = verb.placeOfData(in: own) else {
      // Without data it needs no `use`, whose language and level hold all the same.
      return verb.words + own + ownConditions.flatMap { ["--where", $0] }
        + (data.map { defaults(for: verb, on: $0, besides: own) } ?? [])
    }
    let data = try chosen()
    let all = conditions + ownConditions
    var arguments = verb.words + own[..<place] + [data.file]
    arguments += defaults(for: verb, on: data, besides: own)
    if !all.isEmpty {
      guard verb.options.contains("--where") else {
        throw SurveyError(
          .usage,
          "'\(verb)' looks at all rows, but 'where \(all.joined(separator: " and "))' holds",
          remedy: "Write a line 'where all' before it.")
      }
      arguments += all.flatMap { ["--where", $0] }
    }
    return arguments + own[place...]
  }

  /// The options of `use` and the derived variables that a verb takes.
  ///
  /// What the command line of the run says goes before what `use` says, and a cell's own before both.
  private func defaults(
    for verb: VerbName, on data: Data, besides own: [String]
  ) -> [String] {
    var defaults: [SessionOption] = []
    for options in [data.options, SessionOption.options(in: overrides)] {
      defaults = defaults.yielding(to: options, in: verb) + options
    }
    defaults = defaults.yielding(to: SessionOption.options(in: own), in: verb)
    let derived =
      verb.options.contains("--derive") ? derivations.flatMap { ["--derive", $0] } : []
    return defaults.filter { verb.options.contains($0.name) }.flatMap(\.words) + derived
  }

  /// Text in which the files that have been used are called as the notebook calls them, whatever
  /// folder it is run from.
  func asWritten(_ text: String) -> String {
    guard !folder.isEmpty else { return text }
    let paths = sources.flatMap { [$0.source.facts.path, $0.codebook.path].compactMap(\.self) }
    return paths.reduce(text) { text, path in text.replacing(path, with: withoutFolder(path)) }
  }

  /// A path as a cell writes it.
  private func withoutFolder(_ path: String) -> String {
    let start = "\(folder)/"
    return !folder.isEmpty && path.hasPrefix(start) ? String(path.dropFirst(start.count)) : path
  }

  /// An error with the files called as the notebook calls them.
  func asWritten(_ error: SurveyError) -> SurveyError {
    SurveyError(
      error.kind, at: error.place.map(asWritten), asWritten(error.problem),
      remedy: error.remedy.map(asWritten))
  }

  private func inFolder(_ path: String) -> String {
    Workspace.address(path, from: folder)
      ?? (path.hasPrefix("/") ? path : ReportFiles.inFolder(folder, path))
  }
}
