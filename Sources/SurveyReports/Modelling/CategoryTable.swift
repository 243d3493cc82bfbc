internal import Glibc
internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics
internal import SurveyTables

/// The printed table of a model of several answers: ratios, with a heading for each factor; the cut
/// points below, or a pair of columns for each answer.
struct CategoryTable {
  let fit: CategoryFit
  let tests: [TestResult]
  let statistics: FitStatistics
  let stars: SignificanceStars?
  let context: ResultContext

  private var language: String { context.language }
  private var isOrdinal: Bool { fit.family == .ordinal }

  /// The table.
  var table: Table {
    let (kind, unit) = Phrase.regression(fit.familyName)
    let columns =
      isOrdinal
      ? [Table.Column(fit.formula.name ?? unit.text(in: language)), Table.Column("")]
      : answers.flatMap { answer in
        let group = answer.name(in: language)
        return [
          Table.Column("", group: group), Table.Column("p", group: group),
        ]
      }
    let title = ModelTable.title(of: fit.formula.outcome.name, in: context)
    var table = Table(
      title: "\(title): \(kind.text(in: language))"
        + (isOrdinal ? "" : fit.formula.name.map { " – \($0)" } ?? ""),
      unit: Phrase.unit(unit, level: context.options.level).text(in: language),
      columns: columns, rows: slopeRows + cutRows, legend: stars?.legend(in: language) ?? [],
      notes: context.tableNotes(
        for: nil, account: fit.accounting, extra: extraNotes, interval: nil,
        degreesOfFreedom: fit.rows.first?.degreesOfFreedom),
      essentials: context.essentials(for: nil, account: fit.accounting))
    table.reference = 1
    return table
  }

  /// The answers that have coefficients of their own.
  private var answers: [Category] { Array(fit.categories.dropFirst()) }

  private var slopeRows: [Table.Row] {
    var rows: [Table.Row] = []
    var heading = ""
    for (index, column) in fit.columns.enumerated() {
      let isFactor = column.parts.contains { $0.category != nil }
      if isFactor, column.variable != heading {
        rows.append(
          Table.Row(
            ModelTable.heading(of: column, in: context),
            cells: ModelTable.reference(of: column, fit.references, in: context)
              .map { [.text($0)] } ?? [], kind: .heading))
      }
      heading = isFactor ? column.variable : ""
      let equations = isOrdinal ? 1 : answers.count
      rows.append(
        Table.Row(
          ModelTable.label(of: column, in: context), indent: isFactor ? 1 : 0,
          cells: (0..<equations).flatMap { equation -> [Table.Cell] in
            let row = fit.rows[equation * fit.columns.count + index]
            return [
              Self.cell(row, stars: stars, digits: context.digits),
              .probability(row.pValue),
            ]
          }))
    }
    return rows
  }

  private var cutRows: [Table.Row] {
    guard isOrdinal else { return [] }
    return [Self.cutHeading(in: language)]
      + fit.rows.dropFirst(fit.columns.count).map { row in
        Self.cutRow(
          row.place, [Self.cell(row, stars: nil, digits: context.digits), .empty],
          in: language)
      }
  }

  /// The heading of the cut points, which no chart of ratios draws.
  static func cutHeading(in language: String) -> Table.Row {
    var row = Table.Row(
      Phrase.cutPoints.text(in: language), cells: [.text(Phrase.cutPointScale.text(in: language))],
      kind: .heading)
    row.isDrawn = false
    return row
  }

  /// A cut point between two answers.
  static func cutRow(
    _ place: CategoryRow.Place, _ cells: [Table.Cell], in language: String
  ) -> Table.Row {
    guard case .cut(_, let below, let above) = place else { return Table.Row("", cells: cells) }
    var row = Table.Row(
      "\(below.name(in: language)) | \(above.name(in: language))", indent: 1, cells: cells)
    row.isDrawn = false
    return row
  }

  /// A ratio with its interval; a cut point on the scale of the logarithm of odds, without a mark.
  static func cell(_ row: CategoryRow, stars: SignificanceStars?, digits: Int?) -> Table.Cell {
    var isRatio = true
    if case .cut = row.place { isRatio = false }
    func shown(_ value: Double) -> Double { isRatio ? exp(value) : value }
    return .estimate(
      Table.Quantity(shown(row.estimate), as: .fixed(digits: digits ?? 2)),
      low: row.interval.low.isNaN ? nil : shown(row.interval.low),
      high: row.interval.high.isNaN ? nil : shown(row.interval.high),
      mark: isRatio ? stars?.mark(row.pValue) ?? "" : "")
  }

  private var extraNotes: [Phrase] {
    [fit.meaning(in: language)].compactMap { $0 }
      + tests.map { test in
        let isF = test.test == "wald-f" || test.test == "proportional-odds"
        let result = Phrase.testResult(
          isF ? Phrase(verbatim: "F") : .test(test.test), statistic: test.statistic, df1: test.df1,
          df2: test.df2, p: test.pValue)
        let term = test.term.split(separator: ":")
          .map { ModelTable.title(of: String($0), in: context) }.joined(separator: " × ")
        return test.test == "proportional-odds"
          ? Phrase.joined([.proportionalOdds(of: term), result], separator: "? ")
          : Phrase.joined([Phrase(verbatim: term), result], separator: ": ")
      } + [.fit(statistics.figures)]
      + context.missingInformation(fit.rows.map(\.missingInformation))
  }
}
