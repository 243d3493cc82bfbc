internal import SurveyData
internal import SurveyStatistics
package import SurveyTables

extension BannerTable {
  /// What each row of ``records(_:parts:in:)`` is of.
  package static func cells(_ entries: [Entry], parts: [Part]) -> [ResultCell] {
    entries.flatMap { entry in
      zip([[]] + parts.map(\.names), [entry.all] + entry.parts).flatMap { names, item in
        item.table.rows.map { ResultCell(share: $0, by: names) }
      }
    }
  }

  /// Any, none and the mean number of several answers, of all and in every background.
  package static func counts(
    _ blocks: [Block], parts: [Part], in context: ResultContext
  ) -> Records {
    let language = context.language
    var records = Records(
      "counts",
      columns: ["variable", "statistic", "banner", "group", "group_label"]
        + EstimateRecords.figures)
    for block in blocks {
      for (names, counts) in zip([[]] + parts.map(\.names), block.counts) {
        for row in counts.flatMap(\.rows) where row.groups.count == names.count {
          records.rows.append(
            [
              .text(row.variable), .text(row.statistic), .text(Banner.text(names)),
              .text(row.groups.map(\.code).joined(separator: ",")),
              .text(row.groups.map { $0.name(in: language) }.joined(separator: ", ")),
            ] + EstimateRecords.values(row))
        }
      }
    }
    return records
  }

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
