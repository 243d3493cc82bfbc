import ArgumentParser
import SurveyData
import SurveyReaders
import SurveyReports
import SurveySessions
import SurveyTables

/// `append FILE FILE …`: waves below each other, every difference named.
struct Append: Verb {
  static let configuration = CommandConfiguration(
    abstract:
      "Put waves below each other in one file with its codebook; every difference is named.",
    discussion: """
      The rows stand in the order of the files. The codebook is written
      beside the data, as NAME.codebook.yaml; one that is there already and
      says something else is not touched, and then nothing is written. Reads
      CSV, SPSS, Stata and SAS, each file with the codebook beside it;
      writes .csv, .sav, .zsav or .dta. All columns of all files must fit in
      memory: some 10 bytes a value, 1 GB for 1 million rows of 100
      variables.

      Variables are the same where their names are. One that a wave lacks is
      not_asked there. Where labels differ, those of the last wave hold.
      Kept apart, as trust_2021 and trust_2023, are variables whose kind or
      range differs, whose scale has other ends, whose label stands at
      another code, or whose code is an answer in one wave and missing in
      another. Numbers of measure: ratio, such as an age, are one in any
      range.

      Strata and sampling units are made each wave's own (stratum_wave,
      psu_wave). Where the same units are in several waves, --panel names
      the variable that tells them: the sampling unit, or the person of a
      panel. Units of several waves then keep their names and their stratum,
      so that a change between waves has the right covariance.

      Examples:
        vekt append 2021.sav 2023.sav --as wave=2021,2023 --output waves.sav
        vekt append w1.csv w2.csv w3.csv --as wave=1,2,3 --panel person --output panel.dta
        vekt append 2021.sav 2023.sav --as year=2021,2023 --scale-weights mean --output waves.csv
      """)

  static let standsInCells = false

  @Argument(help: "The data files, two or more, in the order of the rows.")
  var files: [String]

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "The variable that says which wave a row is of, and its code for each file: "
        + "wave=2021,2023.", valueName: "name=codes"))
  var wave: String

  @Option(
    help: ArgumentHelp("Whose labels hold where they differ: first or last.", valueName: "wave"))
  var labels: Waves.Labels = .last

  @Option(
    help: ArgumentHelp(
      "What each wave's weights add up to, for shares of all waves: none (its own total), mean (the "
        + "same in every wave), size (its number of rows).", valueName: "how"))
  var scaleWeights: WaveScaling = .none

  @Option(
    help: ArgumentHelp(
      "The variable that names the same sampling unit or person in every wave.", valueName: "name"))
  var panel: String?

  @OptionGroup var opening: OpeningArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let out = try output.dataFile(of: "append")
    let (name, codes) = try waves()
    let datasets = try files.map {
      try opening.dataset($0, in: workspace).whole(
        for: "append", remedy: "Use the data that the cells were made of.")
    }
    for dataset in datasets { try dataset.codebook.requireEnforcedDisclosure() }
    let joined = try Waves(
      datasets, as: name, codes, labels: labels, scaling: scaleWeights, panel: panel)
    let losses = try joined.dataset.writeWithCodebook(to: out, language: output.language)
    let notes = (datasets.flatMap(\.notes) + joined.notes + losses).gathered
    let language = output.language ?? "en"
    return Outcome(
      .files(""), remarks: notes.map { "note: \(Phrase($0).text(in: language))" })
  }

  /// The name and the codes of `wave=2021,2023`.
  private func waves() throws -> (name: String, codes: [String]) {
    let parts = wave.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw SurveyError(
        .usage, "--as is '\(wave)', which names no codes",
        remedy: "Give one for each file, in their order: --as \(wave)=2021,2023.")
    }
    let codes = parts[1].split(separator: ",", omittingEmptySubsequences: false)
    func bare(_ text: Substring) -> String {
      String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    return (bare(parts[0]), codes.map(bare))
  }
}

extension OutputArguments {
  /// The file of answers that a verb writes.
  /// - Throws: ``SurveyError`` where `--output` is not given.
  func dataFile(of verb: String) throws -> String {
    guard let output else {
      throw SurveyError(
        .usage, "\(verb) writes a file, and no --output is given",
        remedy: "Name a file that ends in .csv, .sav, .zsav or .dta.")
    }
    return output
  }
}
