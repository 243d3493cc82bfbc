import ArgumentParser
import SurveyRequests
import SurveyStatistics

/// The options of letters that say which groups a share exceeds.
struct LetterArguments: ParsableArguments {
  @Flag(help: "Give every group a letter, and every share those of the groups that it exceeds.")
  var letters = false

  @Option(
    help: ArgumentHelp("The p-value below which a share exceeds another.", valueName: "level"))
  var lettersLevel = 0.05

  @Option(
    help: "Adjustment of the letters' p-values within each answer: none, holm, bonferroni, bh.")
  var lettersAdjust = Adjustment.holm

  init() {}

  func validate() throws {
    guard lettersLevel > 0, lettersLevel < 1 else {
      throw ValidationError("--letters-level is \(lettersLevel); it lies between 0 and 1.")
    }
  }

  /// When a share exceeds another; nil when letters are not asked for.
  var options: LetterOptions? {
    letters ? LetterOptions(level: lettersLevel, adjustment: lettersAdjust) : nil
  }

  /// The letters of a table; nil when they are not asked for.
  func letters(of table: Tabulation) throws -> SignificanceLetters? {
    guard letters else { return nil }
    return try table.significanceLetters(level: lettersLevel, adjustment: lettersAdjust)
  }
}
