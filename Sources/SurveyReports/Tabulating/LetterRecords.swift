package import SurveyStatistics
package import SurveyTables

/// Letters as two columns of records: `letter`, the group's own, and `exceeds`.
package struct LetterRecords {
  private let rows: [EstimateRow]
  private let letters: [SignificanceLetters?]

  /// - Parameter letters: Those of every row's table; nil where there are none.
  package init(_ rows: [EstimateRow], _ letters: [SignificanceLetters?]) {
    self.rows = rows
    self.letters = letters
  }

  /// The records with the two columns; the same when no table has letters.
  package func added(to records: Records) -> Records {
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
    added.shares = records.shares
    return added
  }
}
