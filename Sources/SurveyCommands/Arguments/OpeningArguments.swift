import ArgumentParser
import SurveyData
import SurveyReaders
import SurveySessions

/// How a data file is opened: its codebook, what is stated of the file, derived variables.
struct OpeningArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The codebook (default: NAME.codebook.yaml beside the data).", valueName: "file"),
    completion: .file())
  var codebook: String?

  @Option(
    help: ArgumentHelp("Encoding of the file's text, such as windows-1252.", valueName: "name"))
  var encoding: String?

  @Option(
    help: ArgumentHelp(
      "SAS: the catalog of formats (.sas7bcat) whose labels the data take (default: NAME.sas7bcat or "
        + "formats.sas7bcat beside the data); none for no catalog.", valueName: "file"))
  var catalog: String?

  @Option(help: ArgumentHelp("CSV: the character between fields.", valueName: "character"))
  var delimiter: String?

  @Option(help: ArgumentHelp("CSV: the decimal sign.", valueName: "character"))
  var decimal: String?

  @Option(
    help: ArgumentHelp(
      "CSV: what stands above the first respondent: true (one line of names), false (nothing), "
        + "questions (names, then question texts, as Qualtrics has them), answers (questions, then their "
        + "answers, as SurveyMonkey has them).", valueName: "what"))
  var header: FileStatement.Header?

  @Flag(help: "Replace bytes that the encoding does not know instead of stopping.")
  var lossy = false

  @Flag(help: "SPSS: read cases after the number that the file announces.")
  var readAllCases = false

  @Flag(help: "Treat warnings as errors.")
  var strict = false

  @Option(
    name: .customLong("missing"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "More codes to treat as missing: '<0', 'V1: 8,9'. May be repeated.", valueName: "rule"))
  var missing: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      """
      A new variable: 'NAME = EXPRESSION', 'a = cut(age, 18, 35, 60)', \
      "t = recode(trust, 1..2 = 1 'Low', 3 = 2 'Middle', else = missing)", \
      'm = mean(trust_*, min: 3)', "o = labels(age >= 60, 0 'Young', 1 'Old')". May be repeated.
      """, valueName: "definition"))
  var derive: [String] = []

  @Option(
    help: ArgumentHelp(
      "What may be told of few people: none, or warn (a note where a figure has n < 5). Other "
        + "policies are not enforced yet, and stop.", valueName: "policy"))
  var disclosure: String?

  /// Makes the defaults; the parser fills them.
  init() {}

  /// Opens a data file, or takes it from the workspace when it is open.
  ///
  /// - Parameters:
  ///   - usesCodebook: Whether a codebook beside the data is used; otherwise the file speaks for itself.
  ///   - settingApart: Columns that other options name as the weight or the design, so that what is
  ///     missing in all columns is not so there.
  func dataset(
    _ path: String, in workspace: Workspace, usesCodebook: Bool = true,
    settingApart: (Dataset) -> [String] = { _ in [] }
  ) throws -> Dataset {
    var dataset =
      usesCodebook
      ? try workspace.dataset(path, codebook: codebook, options: try readingOptions())
        .gatheredByWishes()
      : try workspace.speakingForItself(path, options: try readingOptions())
    if !missing.isEmpty || !dataset.codebook.defaultMissing.codes.isEmpty {
      dataset = dataset.settingApart(settingApart(dataset))
    }
    if !missing.isEmpty {
      dataset = try dataset.treatingAsMissing(missing.map { try MissingRule(parsing: $0) })
    }
    if !derive.isEmpty {
      dataset = try dataset.deriving(derive.map { try DerivedVariable(parsing: $0) })
    }
    return try disclosure.map { try held($0, to: dataset) } ?? dataset
  }

  /// A dataset under the stricter of two policies: the command's and its codebook's.
  private func held(_ name: String, to dataset: Dataset) throws -> Dataset {
    guard let policy = DisclosurePolicy(rawValue: name) else {
      let names = DisclosurePolicy.allCases.map(\.rawValue)
      throw SurveyError(
        .usage, "--disclosure is '\(name)', which is no policy",
        remedy: suggestion(for: name, among: names)
          ?? "It is one of \(names.joined(separator: ", ")).")
    }
    try policy.requireEnforced(at: "--disclosure")
    guard policy > dataset.codebook.disclosurePolicy else { return dataset }
    var codebook = dataset.codebook
    codebook.output.disclosure = policy.rawValue
    return Dataset(dataset.source, codebook: codebook)
  }

  /// What another program does not do when it reads the file, a sentence each.
  var remarks: [String] {
    [
      lossy ? "Bytes that the encoding does not know are not replaced: --lossy is left out." : nil,
      readAllCases
        ? "Cases after the number that the file announces are not read: --read-all-cases is left out."
        : nil,
    ].compactMap { $0 }
  }

  /// Reads a codebook, or takes that of a data file.
  func codebook(_ path: String, in workspace: Workspace) throws -> Codebook {
    let isCodebook = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
    return isCodebook ? try Codebook(contentsOf: path) : try dataset(path, in: workspace).codebook
  }

  private func readingOptions() throws -> ReadingOptions {
    var options = ReadingOptions()
    options.lossy = lossy
    options.strict = strict
    options.readsBeyondCaseCount = readAllCases
    options.file.encoding = encoding
    options.file.catalog = catalog
    options.file.delimiter = try character(delimiter, "--delimiter")
    options.file.header = header
    options.file.decimal = try character(decimal, "--decimal")
    return options
  }

  private func character(_ text: String?, _ option: String) throws -> Character? {
    guard let text else { return nil }
    let named = ["tab": "\t", "\\t": "\t", "semicolon": ";", "comma": ","][text] ?? text
    guard named.count == 1, let character = named.first else {
      throw SurveyError(.usage, "\(option) is '\(text)'; it is one character")
    }
    return character
  }
}
