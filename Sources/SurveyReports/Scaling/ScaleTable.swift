internal import SurveyData
package import SurveyStatistics
package import SurveyTables

/// The printed table of a scale: items as rows, the whole scale below them.
package struct ScaleTable {
  private let scale: Scale
  private let context: ResultContext

  package init(_ scale: Scale, context: ResultContext) {
    self.scale = scale
    self.context = context
  }

  private var language: String { context.language }

  /// The table.
  package var table: Table {
    Table(
      title: Phrase.scale(items: scale.items.count).text(in: language),
      unit: Phrase.unit(.estimate, level: context.intervalLevel).text(in: language),
      stub: scale.groupVariables.map { $0.title(in: language) }.joined(separator: ", "),
      columns: [
        Table.Column(Phrase.mean.text(in: language)),
        Table.Column(Phrase.itemRest.text(in: language)),
        Table.Column(Phrase.alphaWithout.text(in: language)),
        Table.Column(Phrase.n.text(in: language), isRepeated: true),
      ], rows: groups.flatMap(rows),
      notes: context.tableNotes(
        for: nil, account: scale.accounting,
        extra: [.scaleReading] + scores
          + context.missingInformation(scale.rows.map(\.missingInformation)), interval: nil,
        degreesOfFreedom: scale.estimates.degreesOfFreedom.max()),
      essentials: context.essentials(for: nil, account: scale.accounting))
  }

  private var groups: [[Category]] {
    scale.rows.filter { $0.statistic == "alpha" }.map(\.groups)
  }

  private func rows(of group: [Category]) -> [Table.Row] {
    let heading = group.map { $0.name(in: language) }.joined(separator: ", ")
    let items = zip(scale.items, scale.turns).map { item, turn in
      let label = item.title(in: language)
      let mark = turn == nil ? "" : " (\(Phrase.reversed.text(in: language)))"
      return row(
        label + mark, item.name, group, alpha: "alpha_without", indent: group.isEmpty ? 0 : 1)
    }
    return (group.isEmpty ? [] : [Table.Row(heading, kind: .heading)]) + items
      + [
        row(
          Phrase.wholeScale.text(in: language), scale.name, group, alpha: "alpha",
          indent: group.isEmpty ? 0 : 1, kind: group.isEmpty ? .total : .body)
      ]
  }

  private func row(
    _ label: String, _ variable: String, _ group: [Category], alpha: String, indent: Int,
    kind: Table.Row.Kind = .body
  ) -> Table.Row {
    let mean = found("mean", variable, group)
    return Table.Row(
      label, indent: indent,
      cells: [
        mean.map { cell($0, digits: digits) } ?? .empty,
        found("item_rest", variable, group).map { cell($0, digits: 2) } ?? .empty,
        found(alpha, variable, group).map { cell($0, digits: 2) } ?? .empty,
        .count(mean?.count ?? 0),
      ], kind: kind)
  }

  private func found(_ statistic: String, _ variable: String, _ group: [Category]) -> EstimateRow? {
    scale.rows.first {
      $0.statistic == statistic && $0.variable == variable && $0.groups == group
    }
  }

  private func cell(_ row: EstimateRow, digits: Int) -> Table.Cell {
    .estimate(
      Table.Quantity(row.estimate, as: .fixed(digits: context.digits ?? digits)),
      low: row.interval.low.isNaN ? nil : row.interval.low,
      high: row.interval.high.isNaN ? nil : row.interval.high, mark: "")
  }

  private var digits: Int {
    decimals(
      toShow: scale.rows.filter { $0.statistic == "mean" }.map(\.standardError))
  }

  /// The spread of the score, a sentence a group.
  private var scores: [Phrase] {
    groups.compactMap { group in
      guard let deviation = found("sd", scale.name, group) else { return nil }
      return .score(
        deviation: deviation.estimate,
        quartiles: ["q0.25", "q0.5", "q0.75"].compactMap {
          found($0, scale.name, group)?.estimate
        }, digits: context.digits ?? 2,
        group: group.isEmpty ? nil : group.map { $0.name(in: language) }.joined(separator: ", "))
    }
  }
}
