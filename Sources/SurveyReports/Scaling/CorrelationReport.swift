internal import SurveyData
package import SurveyStatistics
package import SurveyTables

/// Correlations as records and as a table with a triangle for each group.
package struct CorrelationReport {
  private let correlations: Correlations
  private let context: ResultContext

  package init(_ correlations: Correlations, context: ResultContext) {
    self.correlations = correlations
    self.context = context
  }

  private var language: String { context.language }

  /// Where the rows went.
  package var accounting: Accounting { correlations.accounting }

  /// The rows of summaries with what a correlation has besides: the other variable, and a p-value at
  /// the end.
  package func added(to summaries: Records) -> Records {
    let records = EstimateRecords(
      groups: correlations.groupVariables.map(\.name), language: language
    ).summaries(correlations.rows.map(\.estimate))
    var result = Records(
      "rows", columns: Self.widened(records.columns, with: "with", end: "p_value"),
      rows: zip(records.rows, correlations.rows).map {
        Self.widened($0, with: .text($1.other), end: .number($1.pValue))
      } + summaries.rows.map { Self.widened($0, with: .empty, end: .empty) })
    result.details = records.details + summaries.details
    return result
  }

  /// A row with something after its first column and at its end.
  private static func widened<Value>(_ row: [Value], with second: Value, end: Value) -> [Value] {
    Array(row.prefix(1)) + [second] + Array(row.dropFirst()) + [end]
  }

  /// The table.
  package var table: Table {
    let titles = correlations.variables.map { $0.title(in: language) }
    var groups: [[Category]] = []
    for row in correlations.rows where !groups.contains(row.estimate.groups) {
      groups.append(row.estimate.groups)
    }
    return Table(
      title: Phrase.correlations.text(in: language),
      unit: Phrase.unit(.correlation, level: context.intervalLevel).text(in: language),
      stub: correlations.groupVariables.map { $0.title(in: language) }.joined(separator: ", "),
      columns: titles.dropLast().map { Table.Column($0) }
        + [Table.Column(Phrase.n.text(in: language), isRepeated: true)],
      rows: groups.flatMap(rows),
      notes: context.tableNotes(
        for: nil, account: correlations.accounting,
        extra: [.correlationBase]
          + context.missingInformation(correlations.rows.map(\.estimate.missingInformation)),
        interval: nil,
        degreesOfFreedom: correlations.rows.map(\.estimate.degreesOfFreedom).max()),
      essentials: context.essentials(for: nil, account: correlations.accounting))
  }

  private func rows(of group: [Category]) -> [Table.Row] {
    let names = correlations.variables.map(\.name)
    let members = correlations.rows.filter { $0.estimate.groups == group }
    let heading = group.map { $0.name(in: language) }.joined(separator: ", ")
    return (group.isEmpty ? [] : [Table.Row(heading, kind: .heading)])
      + names.indices.dropFirst().map { index in
        Table.Row(
          correlations.variables[index].title(in: language), indent: group.isEmpty ? 0 : 1,
          cells: names.indices.dropLast().map { column in
            members.first { $0.estimate.variable == names[column] && $0.other == names[index] }
              .map { cell($0.estimate) } ?? .empty
          } + [.count(members.first?.estimate.count ?? 0)])
      }
  }

  private func cell(_ row: EstimateRow) -> Table.Cell {
    .estimate(
      Table.Quantity(row.estimate, as: .fixed(digits: context.digits ?? 2)),
      low: row.interval.low.isNaN ? nil : row.interval.low,
      high: row.interval.high.isNaN ? nil : row.interval.high, mark: "")
  }
}
