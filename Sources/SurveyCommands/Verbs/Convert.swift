import ArgumentParser
import Glibc
import SurveyData
import SurveyReaders
import SurveySessions

/// `convert DATA OUT`: from whatever is read to CSV, SPSS and Stata.
struct Convert: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Convert to CSV, SPSS (.sav, .zsav) or Stata (.dta); every loss is named.",
    discussion: """
      Whatever can be read is converted: CSV, SPSS (.sav, .zsav, .por), Stata
      (.dta), SAS (.sas7bdat, .xpt). Labels and missing codes are kept. CSV holds
      codes only, so that a codebook is written beside it as NAME.codebook.yaml;
      one that is there already and says something else is not touched, and then
      nothing is written.

      Examples:
        vekt convert survey.sav survey.dta
        vekt convert survey.csv survey.sav --codebook survey.codebook.yaml --language nb
        vekt convert survey.dta survey.csv
        vekt convert survey.sas7bdat survey.sav
        vekt convert survey.sav part.csv --keep 'id,trust_*,w' --drop '*_other'
      """)

  static let standsInCells = false

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @Argument(help: "The file to write; its ending says the format.", completion: .file())
  var out: String

  @OptionGroup var opening: OpeningArguments

  @Option(
    help: ArgumentHelp(
      "The variables to write, in the order of the file: names or lists such as 'trust_*' and q1-q20.",
      valueName: "names"), completion: .variables)
  var keep: NameList?

  @Option(help: ArgumentHelp("Variables to leave out.", valueName: "names"), completion: .variables)
  var drop: NameList?

  @Flag(help: "CSV for Norwegian Excel: semicolon, decimal comma, byte order mark.")
  var excel = false

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let dataset = try kept(
      of: opening.dataset(data, in: workspace).whole(
        for: "convert", remedy: "Convert the data that the cells were made of."))
    try dataset.codebook.requireEnforcedDisclosure()
    let isCSV = out.lowercased().hasSuffix(".csv")
    guard isCSV || !excel else {
      throw SurveyError(
        .usage, at: out, "--excel writes CSV", remedy: "Name a file that ends in .csv.")
    }
    let codebook = isCSV && !excel ? try codebookToWrite(for: dataset) : nil
    var notes =
      excel
      ? try CSVWriter.write(dataset, to: out, dialect: .excel)
      : try dataset.write(to: out, language: output.language)
    if let codebook {
      try OutputFile.write(codebook: codebook.text, to: codebook.path)
      notes.append(
        Note(
          .information, id: "convert.codebook", "holds the labels and missing codes",
          at: codebook.path))
    }
    return Outcome(.files(""), remarks: (dataset.notes + notes).gathered.map { "note: \($0)" })
  }

  /// The variables that are asked for.
  private func kept(of dataset: Dataset) throws -> Dataset {
    guard keep != nil || drop != nil else { return dataset }
    var named = try NamedVariables(of: dataset, except: drop?.names ?? [])
    let all = dataset.variableNames
    let chosen = Set(try named.names(keep?.names ?? all))
    for name in chosen { _ = try dataset.described(name) }
    try named.checkExcepted(by: "--drop")
    return try dataset.keeping(all.filter(chosen.contains))
  }

  /// The labels that CSV cannot hold, and where they belong; nil where they are there already.
  ///
  /// - Throws: ``SurveyError`` of kind output for the codebook of other data, whose labels the new file
  ///   would get.
  private func codebookToWrite(for dataset: Dataset) throws -> (path: String, text: String)? {
    let path = String(out.dropLast(".csv".count)) + ".codebook.yaml"
    let text = try dataset.codebookOfCSV(at: out).yaml()
    guard access(path, F_OK) == 0 else { return (path, text) }
    let isOwn = dataset.codebook.path == path
    guard try isOwn || ReportFiles.read(path) == text else {
      throw SurveyError(
        .output, at: path,
        "is there already and says something else than the labels of '\(data)': nothing was written",
        remedy: "Remove it if it is out of date, or write the data under another name.")
    }
    return nil
  }
}

extension [Note] {
  /// The notes with those that say the same of several variables as one, all variables named.
  var gathered: [Note] {
    var order: [(note: Note, rest: String, names: [String])] = []
    for note in self {
      let parts = note.text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
      let (name, rest) =
        parts.count == 3 && parts[0].isEmpty
        ? ([String(parts[1])], String(parts[2])) : ([], note.text)
      if let index = order.firstIndex(where: {
        $0.rest == rest && $0.note.id == note.id && !$0.names.isEmpty && !name.isEmpty
      }) {
        order[index].names += name
      } else {
        order.append((note, rest, name))
      }
    }
    return order.map { note, rest, names in
      guard !names.isEmpty else { return note }
      let quoted = names.map { "'\($0)'" }.joined(separator: ", ")
      return Note(note.level, id: note.id, quoted + rest, at: note.place)
    }
  }
}
