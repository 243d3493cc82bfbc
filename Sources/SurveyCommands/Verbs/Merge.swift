import ArgumentParser
import SurveyData
import SurveyReaders
import SurveySessions

/// `merge FIRST SECOND --on KEY --kind m:1`: households beside persons.
struct Merge: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Put what a second file knows beside the rows of a first, matched by a key.",
    discussion: """
      Every row of the first file is kept, in its order. --kind says whose
      keys may repeat: m:1 several persons and one household, 1:1 one row in
      each, 1:m one row in the first and several in the second, with a row
      for each of these. A key that repeats where it may not is an error;
      many-to-many does not exist. A row that finds no partner keeps its
      place, and what would stand beside it is missing (system); rows of the
      second file without a partner are left out; both are counted. A
      missing key matches nothing.

      Weight and design are those of the first file. The codebook is written
      beside the data, as NAME.codebook.yaml; one that is there already and
      says something else is not touched, and then nothing is written. Reads
      CSV, SPSS, Stata and SAS, each file with the codebook beside it;
      writes .csv, .sav, .zsav or .dta. All columns of both files must fit
      in memory: some 10 bytes a value.

      Examples:
        vekt merge persons.sav households.csv --on household --kind m:1 --prefix hh_ --output both.sav
        vekt merge wave1.dta wave2.dta --on region,person --kind 1:1 --prefix w2_ --output wide.dta
        vekt merge answers.csv register.csv --on id=person_id --kind 1:1 --output both.csv
      """)

  static let standsInCells = false

  @Argument(help: "The data file whose rows are kept.")
  var first: String

  @Argument(help: "The data file that is matched to it.")
  var second: String

  @Option(
    help: ArgumentHelp(
      "The columns that say what belongs together: a,b; a=b where the second file has another name.",
      valueName: "key"))
  var on: String

  @Option(
    help: ArgumentHelp("How many rows of the two files may have the same key: 1:1, m:1 or 1:m."))
  var kind: String

  @Option(help: "What the names of the second file's variables get in front, such as hh_.")
  var prefix: String = ""

  @Option(
    help: ArgumentHelp(
      "The second file's codebook (default: NAME.codebook.yaml beside it); --codebook is the first's.",
      valueName: "file"))
  var secondCodebook: String?

  @OptionGroup var opening: OpeningArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let out = try output.dataFile(of: "merge")
    let kind = try mergeKind()
    var others = opening
    (others.codebook, others.missing, others.derive) = (secondCodebook, [], [])
    let datasets = try [
      opening.dataset(first, in: workspace), others.dataset(second, in: workspace),
    ].map {
      try $0.whole(for: "merge", remedy: "Use the data that the cells were made of.")
    }
    for dataset in datasets { try dataset.codebook.requireEnforcedDisclosure() }
    let merged = try Merged(
      datasets[0], with: datasets[1], on: try keys(), kind: kind, prefix: prefix)
    let losses = try merged.dataset.writeWithCodebook(to: out, language: output.language)
    return Outcome(
      .files(""),
      remarks: (datasets.flatMap(\.notes) + merged.notes + losses).gathered.map { "note: \($0)" })
  }

  private func mergeKind() throws -> MergeKind {
    if let known = MergeKind(rawValue: kind) { return known }
    throw SurveyError(
      .usage, "--kind is '\(kind)'; it is 1:1, m:1 or 1:m",
      remedy: kind == "m:m"
        ? "Many-to-many does not exist: it would pair every row of a key with every other. Name more "
          + "columns, --on a,b." : nil)
  }

  /// The columns of `a,b=c`, by their names in both files.
  private func keys() throws -> [(first: String, second: String)] {
    try on.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let names = part.split(separator: "=", omittingEmptySubsequences: false).map { name in
        String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
      guard let first = names.first, let second = names.last, names.count < 3, !first.isEmpty,
        !second.isEmpty
      else {
        throw SurveyError(
          .usage, "--on is '\(on)'", remedy: "Write it as --on household or --on a,b.")
      }
      return (first, second)
    }
  }
}
