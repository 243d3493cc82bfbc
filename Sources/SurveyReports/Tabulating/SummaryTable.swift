internal import SurveyData
package import SurveyStatistics
package import SurveyTables

/// The printed table of means, totals and the like: groups as rows, statistics as columns.
package struct SummaryTable {
  private let summary: Summary
  private let context: ResultContext
  private let variable: Variable?
  private let marks: CellMarks?
  private let format: Table.Format

  package init(_ summary: Summary, marks: CellMarks? = nil, context: ResultContext) throws {
    self.summary = summary
    self.marks = marks
    self.context = context
    format = .fixed(
      digits: context.digits ?? decimals(toShow: summary.rows.map(\.standardError)))
    let isOneVariable = !summary.variable.isEmpty && !summary.variable.contains("/")
    variable = isOneVariable ? try context.survey.dataset.variable(summary.variable) : nil
  }

  /// The table.
  package var table: Table {
    let language = context.language
    var statistics: [String] = []
    for row in summary.rows where !statistics.contains(row.statistic) {
      statistics.append(row.statistic)
    }
    let isPeople = summary.variable.isEmpty
    let unit = variable?.unit.text(in: language) ?? ""
    var table = Table(
      title: variable?.title(in: language)
        ?? (isPeople ? Phrase.people.text(in: language) : summary.variable),
      unit: Phrase.unit(
        Phrase(verbatim: unit.isEmpty ? Phrase.estimate.text(in: language) : unit),
        level: context.intervalLevel
      ).text(in: language),
      stub: summary.groupVariables.map { $0.title(in: language) }.joined(separator: ", "),
      columns: statistics.map { Table.Column(Phrase.statistic($0).text(in: language)) }
        + [Table.Column(Phrase.n.text(in: language), isRepeated: true)],
      rows: rows(statistics), legend: marks?.legend ?? [],
      notes: context.tableNotes(
        for: variable, account: summary.accounting,
        extra: context.missingInformation(summary.rows.map(\.missingInformation)), interval: nil,
        degreesOfFreedom: summary.rows.filter { $0.base > 0 }.map(\.degreesOfFreedom).max()),
      essentials: context.essentials(
        for: variable, account: summary.accounting, rows: summary.groupVariables.last))
    table.subject = Table.Subject(summary.variable)
    return table
  }

  private func rows(_ statistics: [String]) -> [Table.Row] {
    var seen = Set<[Category]>()
    let groups = summary.rows.map(\.groups).filter { seen.insert($0).inserted }
    let estimatesOfGroup = Dictionary(grouping: summary.rows, by: \.groups)
    var outer: [Category] = []
    var rows: [Table.Row] = []
    for group in groups {
      let headings = Array(group.dropLast())
      if !headings.isEmpty, headings != outer {
        outer = headings
        rows.append(Table.Row(headings: headings.map { $0.name(in: context.language) }))
      }
      let estimates = estimatesOfGroup[group] ?? []
      rows.append(
        Table.Row(
          group.last?.name(in: context.language) ?? Phrase.all.text(in: context.language),
          indent: headings.isEmpty ? 0 : 1,
          cells: statistics.map { name in
            estimates.first { $0.statistic == name }.map(cell) ?? .empty
          } + [.count(estimates.first?.count ?? 0)]))
    }
    return rows
  }

  private func cell(_ row: EstimateRow) -> Table.Cell {
    .estimate(
      Table.Quantity(row.estimate, as: format),
      low: row.interval.low.isNaN ? nil : row.interval.low,
      high: row.interval.high.isNaN ? nil : row.interval.high,
      mark: marks?.mark(
        of: ResultCell(summary: row, by: summary.groupVariables.map(\.name))) ?? "")
  }
}

/// Enough decimals to see the smallest of some standard errors in one digit or two.
func decimals(toShow errors: [Double]) -> Int {
  let smallest = errors.filter { $0 > 0 && $0.isFinite }.min() ?? 1
  var digits = 0
  var unit = 1.0
  while smallest < unit, digits < 6 {
    unit /= 10
    digits += 1
  }
  return digits
}
