import SurveyData
import SurveyStatistics
import SurveyTables

/// The printed table of a trend over ordered groups.
struct TrendTable {
  private let trend: Trend
  private let comparison: Comparison
  private let context: ResultContext

  init(_ trend: Trend, of comparison: Comparison, context: ResultContext) {
    self.trend = trend
    self.comparison = comparison
    self.context = context
  }

  private var language: String { context.language }
  private var isShare: Bool { trend.estimand.statistic == .share }

  /// The table.
  var table: Table {
    let group = comparison.groupVariables.first?.title(in: language) ?? ""
    return Table(
      title: Phrase.trend(of: comparison.variable.title(in: language), over: group)
        .text(in: language),
      unit: Phrase.unit(
        isShare ? .percentagePoints : .statistic(trend.estimand.statistic.rawValue),
        level: context.options.level
      ).text(in: language),
      columns: [
        Table.Column(Phrase.estimate.text(in: language)),
        Table.Column(Phrase.p.text(in: language)),
        Table.Column(Phrase.n.text(in: language), isRepeated: true),
      ], rows: rows, notes: ([.scores(trend.scores)] + departures).map { $0.text(in: language) })
  }

  private var rows: [Table.Row] {
    var rows: [Table.Row] = []
    var heading = ""
    for row in trend.rows {
      let parts = [row.stratum?.name(in: language), row.category?.name(in: language)]
      let found = parts.compactMap { $0 }.joined(separator: ": ")
      if found != heading {
        rows.append(Table.Row(found, kind: .heading))
        heading = found
      }
      let interval = row.difference.interval
      rows.append(
        Table.Row(
          Phrase.contrast(row.contrast.rawValue).text(in: language),
          indent: heading.isEmpty ? 0 : 1,
          cells: [
            .estimate(
              Table.Quantity(row.difference.estimate, as: format),
              low: interval.low.isNaN ? nil : interval.low,
              high: interval.high.isNaN ? nil : interval.high, mark: ""),
            .probability(row.difference.pValue), .count(row.count),
          ]))
    }
    return rows
  }

  private var format: Table.Format {
    isShare
      ? .points(digits: context.digits ?? 1)
      : .fixed(
        digits: context.digits
          ?? decimals(toShow: trend.rows.map(\.difference.standardError)))
  }

  /// Whether a line is enough, where there is one test of it.
  private var departures: [Phrase] {
    let found = trend.tests.filter { $0.test == "departure-from-linearity" }
    guard found.count == 1, let test = found.first, test.df1 > 0 else { return [] }
    return [
      .testResult(
        .test(test.test), statistic: test.statistic, df1: test.df1, df2: test.df2, p: test.pValue)
    ]
  }
}
