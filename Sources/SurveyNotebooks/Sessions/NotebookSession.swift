internal import SurveyCommands
internal import SurveyData

/// What the cells of a notebook share: the data in use, derived variables, the subpopulation.
struct NotebookSession {
  private let runner: CommandRunner
  /// The folder that paths are relative to.
  private let folder: String
  private var file: String?
  private var options: [String] = []
  private var derivations: [String] = []
  private var condition: String?

  init(runner: CommandRunner, folder: String) {
    self.runner = runner
    self.folder = folder
  }

  /// Carries out one command.
  /// - Returns: What it gives; nil for `use`, `derive` and `where`.
  mutating func perform(_ command: Notebook.Command) throws -> Outcome? {
    let words = command.words
    // A formula in quotation marks is one word; otherwise its own quotation marks belong to it.
    let formula = words.count == 2 ? words[1] : command.text
    switch words.first {
    case "use":
      try use(Array(words.dropFirst()))
      return nil
    case "derive":
      _ = try DerivedVariable(parsing: formula)
      derivations.append(formula)
      return nil
    case "where":
      condition = formula.isEmpty || formula == "all" ? nil : formula
      if let condition { _ = try Expression(condition) }
      return nil
    default: return try runner.outcome(of: arguments(for: words))
    }
  }

  private mutating func use(_ words: [String]) throws {
    guard let path = words.first, !path.hasPrefix("-") else {
      throw SurveyError(
        .usage, "`use` names no file", remedy: "Write: use FILE --codebook CODEBOOK")
    }
    file = inFolder(path)
    options = Array(words.dropFirst())
    for index in options.indices where options[index] == "--codebook" && index + 1 < options.count {
      options[index + 1] = inFolder(options[index + 1])
    }
    derivations = []
    condition = nil
  }

  /// The arguments of the shell's command: the file in its place, and what the session has set.
  private func arguments(for words: [String]) throws -> [String] {
    let names = CommandRunner.verbNames
    guard let verb = words.first, let parts = names[verb] else {
      let name = words.first ?? ""
      throw SurveyError(
        .usage, "no verb '\(name)'",
        remedy: suggestion(for: name, among: names.keys.sorted() + ["use", "derive", "where"])
          ?? "Verbs are \(names.keys.sorted().joined(separator: ", ")).")
    }
    guard let file else {
      throw SurveyError(.usage, "no data yet", remedy: "Begin with: use FILE --codebook CODEBOOK")
    }
    let depth = parts.isEmpty ? 1 : 2
    var arguments = Array(words.prefix(depth)) + [file] + words.dropFirst(depth) + options
    for derivation in derivations { arguments += ["--derive", derivation] }
    guard let condition else { return arguments }
    if let index = arguments.firstIndex(of: "--where"), index + 1 < arguments.count {
      arguments[index + 1] = "(\(condition)) and (\(arguments[index + 1]))"
    } else {
      arguments += ["--where", condition]
    }
    return arguments
  }

  private func inFolder(_ path: String) -> String {
    path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
  }
}
