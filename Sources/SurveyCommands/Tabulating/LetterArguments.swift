import ArgumentParser
import SurveyData
import SurveyStatistics
import SurveyTables

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

  /// The letters of a table; nil when they are not asked for.
  func letters(of table: Tabulation) throws -> SignificanceLetters? {
    guard letters else { return nil }
    return try table.significanceLetters(level: lettersLevel, adjustment: lettersAdjust)
  }
}

/// Letters as two columns of records: `letter`, the group's own, and `exceeds`.
struct LetterRecords {
  private let rows: [EstimateRow]
  private let letters: [SignificanceLetters?]

  /// - Parameter letters: Those of every row's table; nil where there are none.
  init(_ rows: [EstimateRow], _ letters: [SignificanceLetters?]) {
    self.rows = rows
    self.letters = letters
  }

  /// The records with the two columns; the same when no table has letters.
  func added(to records: Records) -> Records {
    guard letters.contains(where: { $0 != nil }) else { return records }
    var added = Records(
      records.name, columns: records.columns + ["letter", "exceeds"],
      rows: records.rows.indices.map { index in
        records.rows[index] + [
          .text(letters[index]?.letter(of: rows[index].groups) ?? ""),
          .text(letters[index]?.exceeded(by: rows[index]) ?? ""),
        ]
      })
    added.details = records.details
    return added
  }
}
