import SurveyData
import SurveyStatistics
import SurveyTables

/// Differences between groups as records and as a table.
struct ComparisonReport {
  private let comparison: Comparison
  private let adjustment: Adjustment
  private let context: ResultContext

  init(_ comparison: Comparison, adjustment: Adjustment, context: ResultContext) {
    self.comparison = comparison
    self.adjustment = adjustment
    self.context = context
  }

  private var language: String { context.language }
  private var isShare: Bool { comparison.rows.contains { $0.category != nil } }

  /// One row a difference.
  var records: Records {
    let by = comparison.groupVariable.name
    // The group variable's own column, unless its name is one of the fixed ones.
    let own = ["group", "reference", "variable", "category", "n"].contains(by) ? [] : [by]
    return Records(
      "rows",
      columns: ["variable", "category"] + own + [
        "group", "reference", "estimate_group", "estimate_reference", "estimate", "std_error",
        "statistic", "df", "p_value", "p_adjusted", "conf_low", "conf_high", "n",
      ],
      rows: comparison.rows.map { row in
        let difference = row.difference
        let names: [Records.Value] =
          [.text(comparison.variable.name), row.category.map { .text($0.code) } ?? .empty]
          + own.map { _ in .text(row.group.code) }
        return names + [
          .text(row.group.code), .text(row.reference.code), .number(row.groupEstimate),
          .number(row.referenceEstimate), .number(difference.estimate),
          .number(difference.standardError), .number(difference.statistic),
          .number(difference.degreesOfFreedom), .number(difference.pValue),
          .number(row.adjustedP), .number(difference.interval.low),
          .number(difference.interval.high), .integer(row.count),
        ]
      })
  }

  /// The differences by answer.
  var table: Table {
    let reference = comparison.rows.first?.reference.name(in: language) ?? ""
    var rows: [Table.Row] = []
    var answer: Category?
    for row in comparison.rows {
      if let category = row.category, category != answer {
        rows.append(Table.Row(category.name(in: language), kind: .heading))
        answer = category
      }
      rows.append(
        Table.Row(
          row.group.name(in: language), indent: row.category == nil ? 0 : 1,
          cells: [
            .number(Table.Quantity(row.groupEstimate, as: format(isDifference: false))),
            .number(Table.Quantity(row.referenceEstimate, as: format(isDifference: false))),
            .estimate(
              Table.Quantity(row.difference.estimate, as: format(isDifference: true)),
              low: row.difference.interval.low.isNaN ? nil : row.difference.interval.low,
              high: row.difference.interval.high.isNaN ? nil : row.difference.interval.high,
              mark: ""), .probability(row.adjustedP), .count(row.count),
          ]))
    }
    let unit: Phrase = isShare ? .percentagePoints : .difference
    return Table(
      title: comparison.variable.title(in: language),
      unit: Phrase.unit(unit, level: context.options.level).text(in: language),
      stub: comparison.groupVariable.title(in: language),
      columns: [
        Table.Column(Phrase.estimate.text(in: language)),
        Table.Column(Phrase.referenceHeading.text(in: language)),
        Table.Column(Phrase.difference.text(in: language)),
        Table.Column((adjustment == .none ? Phrase.p : .adjustedP).text(in: language)),
        Table.Column(Phrase.n.text(in: language), isRepeated: true),
      ], rows: rows,
      notes: context.tableNotes(
        for: comparison.variable, account: comparison.accounting,
        extra: [.comparedWith(reference, adjustment: adjustment.rawValue)], interval: nil,
        degreesOfFreedom: comparison.rows.first?.difference.degreesOfFreedom))
  }

  private func format(isDifference: Bool) -> Table.Format {
    if isShare {
      let digits = context.output.digits ?? 0
      return isDifference ? .points(digits: digits) : .percent(digits: digits)
    }
    return context.output.digits.map { .fixed(digits: $0) }
      ?? .fixed(
        digits: decimals(toShow: comparison.rows.map(\.difference.standardError)))
  }
}
