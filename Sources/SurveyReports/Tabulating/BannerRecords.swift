internal import SurveyData
internal import SurveyStatistics
package import SurveyTables

extension BannerTable {
  /// The shares of all and of every background as rows: `variable, category, label, banner, group,
  /// group_label`, the figures, and with letters `letter, exceeds`.
  package static func records(
    _ entries: [Entry], parts: [Part], in context: ResultContext
  ) -> Records {
    let language = context.language
    let items = entries.flatMap { [$0.all] + $0.parts }
    let hasLetters = items.contains { $0.letters != nil }
    let isImputed = items.contains { $0.table.rows.contains { $0.missingInformation != nil } }
    let banners = [""] + parts.map { $0.names.joined(separator: "*") }
    var records = Records(
      "rows",
      columns: ["variable", "category", "label", "banner", "group", "group_label"]
        + EstimateRecords.figures + (isImputed ? EstimateRecords.imputationFigures : [])
        + (hasLetters ? ["letter", "exceeds"] : []))
    for entry in entries {
      for (banner, item) in zip(banners, [entry.all] + entry.parts) {
        for row in item.table.rows {
          var values: [Records.Value] = [
            .text(row.variable), .text(row.category?.code ?? ""),
            .text(row.category?.label.text(in: language) ?? ""), .text(banner),
            .text(row.groups.map(\.code).joined(separator: ",")),
            .text(row.groups.map { $0.name(in: language) }.joined(separator: ", ")),
          ]
          values += EstimateRecords.values(row)
          if isImputed { values += EstimateRecords.values(row.missingInformation) }
          if hasLetters {
            values += [
              .text(item.letters?.letter(of: row.groups) ?? ""),
              .text(item.letters?.exceeded(by: row) ?? ""),
            ]
          }
          records.rows.append(values)
          records.shares.append(["estimate", "std_error", "conf_low", "conf_high"])
        }
      }
    }
    return records
  }
}
