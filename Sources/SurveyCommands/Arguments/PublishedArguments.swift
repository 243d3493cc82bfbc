import ArgumentParser
import SurveyData
import SurveyPublications

/// The option that lays printed figures beside estimates.
struct PublishedArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Printed figures to compare with: a CSV file with the columns variable, codes (several with \
      spaces), value or percent as printed, and where it is needed digits, unit (percent, share, \
      number), where (a condition), page, source and one column for each group variable. Adds \
      published and published_status to CSV, and a sign to the cells of tables: = matches, ≈ within \
      rounding, ~ inside the interval, ≠ differs. Without data the figures are shown by themselves, \
      those that --where chooses; then indicator (or statement), population, year and survey will do \
      instead of variable.
      """, valueName: "file"), completion: .file())
  var published: String?

  @Flag(
    help: "Print the printed figures beside the estimates and nothing else: the ledger alone.")
  var ledger = false

  /// Checks what the parser cannot.
  func validate() throws {
    guard !ledger || published != nil else {
      throw ValidationError("--ledger needs the printed figures: --published FILE.")
    }
  }

  /// Makes the defaults; the parser fills them.
  init() {}

  /// The printed figures; nil when none are named.
  var figures: PublishedFigures? { published.map { PublishedFigures($0) } }

  /// What the printed figures of some variables read besides.
  func inputs(of variables: [String], in dataset: Dataset) throws -> [String] {
    try figures?.inputs(of: variables, in: dataset) ?? []
  }

  /// What a program of another language leaves out, a sentence each.
  var remarks: [String] {
    published.map { ["The estimates alone: the printed figures of \($0) are not compared."] } ?? []
  }
}
