import ArgumentParser
import Glibc
import SurveyData
import SurveyReaders

/// `convert DATA OUT`: between CSV, SPSS and Stata.
struct Convert: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Convert between CSV, SPSS (.sav, .zsav) and Stata (.dta); every loss is named.",
    discussion: """
      Labels and missing codes are kept. CSV holds codes only, so that a codebook is written beside
      it as NAME.codebook.yaml unless there is one.

      Examples:
        vekt convert survey.sav survey.dta
        vekt convert survey.csv survey.sav --codebook survey.codebook.yaml --language nb
        vekt convert survey.dta survey.csv
      """)

  static let standsInCells = false

  @Argument(help: "The data file.")
  var data: String

  @Argument(help: "The file to write; its ending says the format.")
  var out: String

  @OptionGroup var opening: OpeningArguments

  @Flag(help: "CSV for Norwegian Excel: semicolon, decimal comma, byte order mark.")
  var excel = false

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let dataset = try opening.dataset(data, in: workspace)
    try dataset.codebook.requireEnforcedDisclosure()
    let isCSV = out.lowercased().hasSuffix(".csv")
    guard isCSV || !excel else {
      throw SurveyError(
        .usage, at: out, "--excel writes CSV", remedy: "Name a file that ends in .csv.")
    }
    var notes =
      excel
      ? try CSVWriter.write(dataset, to: out, dialect: .excel)
      : try dataset.write(to: out, language: output.language)
    if isCSV, !excel { notes += try writeCodebook(of: dataset) }
    return Outcome(.files(""), remarks: (dataset.notes + notes).gathered.map { "note: \($0)" })
  }

  /// Writes the labels that CSV cannot hold; a codebook that is there already stays.
  private func writeCodebook(of dataset: Dataset) throws -> [Note] {
    let path = String(out.dropLast(".csv".count)) + ".codebook.yaml"
    guard access(path, F_OK) != 0 else {
      return [
        Note(
          .information, id: "convert.codebook-kept", "is there already and stays as it is", at: path
        )
      ]
    }
    try OutputFile.write(Array(dataset.codebookOfCSV(at: out).yaml().utf8), to: path)
    return [
      Note(.information, id: "convert.codebook", "holds the labels and missing codes", at: path)
    ]
  }
}

extension [Note] {
  /// The notes with those that say the same of several variables as one, all variables named.
  fileprivate var gathered: [Note] {
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
