import ArgumentParser
import SurveyData
import SurveyReaders
import SurveySessions
import SurveySynthesis
import SurveyTables

/// `synthesize RECIPE`: made-up microdata whose weighted tables equal published figures.
struct Synthesize: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Made-up microdata whose weighted tables equal published figures.",
    discussion: """
      The format is told by the ending of --output: .csv, .sav, .zsav or .dta; without --output, CSV
      goes to standard output. The seed stands in the recipe.

      Example:
        vekt synthesize SampleData/everyday-integration-2023.recipe.yaml --output made-up.csv
      """)

  static let standsInCells = false

  @Argument(help: "The recipe.", completion: .file())
  var recipe: String

  @Option(
    help: ArgumentHelp("Write the published figures and what was reached here.", valueName: "file"))
  var targets: String?

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    let recipe = try Recipe(contentsOf: recipe)
    let synthesis = try recipe.synthesize()
    let format = NumberFormat(language: output.language ?? "en")
    let held =
      synthesis.targets.count == 1
      ? "1 published figure holds" : "\(synthesis.targets.count) published figures hold"
    var remarks = [
      "\(format.count(synthesis.sample.answered)) made-up respondents, seed \(recipe.seed); "
        + "\(held) after rounding"
    ]
    if let targets { try write(synthesis.targets, to: targets) }
    guard let path = output.output else {
      return Outcome(.text(try synthesis.csv()), remarks: remarks)
    }
    remarks += try synthesis.dataset.write(to: path).map { "note: \($0)" }
    return Outcome(.files(""), remarks: remarks)
  }

  private func write(_ targets: [PublishedTarget], to path: String) throws {
    let records = Records(
      "targets",
      columns: ["id", "variable", "codes", "group", "published", "reached", "n", "source"],
      rows: targets.map {
        [
          .text($0.id), .text($0.variable), .text($0.codes.joined(separator: " ")),
          .text($0.group), .number($0.wanted), .number($0.reached), .integer($0.n),
          .text($0.source),
        ]
      })
    try OutputFile.write(records.csv(), to: path)
  }
}
