import SurveyData
import SurveyStatistics
import SurveyTables

extension ResultContext {
  /// Differences between groups as records, with the groups' labels.
  func differences(
    _ name: String,
    _ rows: [(group: Category, reference: Category, difference: Difference, count: Int)]
  ) -> Records {
    var records = Records(
      name, columns: ["group", "reference"] + Difference.figures + ["n"],
      rows: rows.map { row in
        [.text(row.group.code), .text(row.reference.code)] + row.difference.records
          + [.integer(row.count)]
      })
    records.details = rows.map { row in
      .labels([
        ("group", row.group.label.text(in: language)),
        ("reference", row.reference.label.text(in: language)),
      ])
    }
    return records
  }
}
