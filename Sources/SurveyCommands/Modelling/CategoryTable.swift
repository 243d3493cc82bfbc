internal import Glibc
internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics
internal import SurveyTables

/// The printed table of a model of several answers: ratios, with a heading for each factor; the cut
/// points below, or a pair of columns for each answer.
struct CategoryTable {
  let fit: CategoryFit
  let context: ResultContext

  private var language: String { context.language }
  private var isOrdinal: Bool { fit.family == .ordinal }

  /// The table.
  var table: Table {
    let kind: Phrase = isOrdinal ? .ordinalRegression : .multinomialRegression
    let unit: Phrase = isOrdinal ? .oddsRatio : .relativeRiskRatio
    let columns =
      isOrdinal
      ? [Table.Column(unit.text(in: language)), Table.Column("")]
      : answers.flatMap { answer in
        let group = answer.name(in: language)
        return [
          Table.Column("", group: group), Table.Column("p", group: group),
        ]
      }
    return Table(
      title: "\(title(of: fit.formula.outcome.name)): \(kind.text(in: language))",
      unit: Phrase.unit(unit, level: context.options.level).text(in: language),
      columns: columns, rows: slopeRows + cutRows,
      notes: context.tableNotes(
        for: nil, account: fit.accounting, extra: extraNotes, interval: nil,
        degreesOfFreedom: fit.rows.first?.degreesOfFreedom))
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
            column.parts.map { title(of: $0.variable) }.joined(separator: " × "),
            cells: reference(of: column).map { [.text($0)] } ?? [], kind: .heading))
      }
      heading = isFactor ? column.variable : ""
      let equations = isOrdinal ? 1 : answers.count
      rows.append(
        Table.Row(
          label(of: column), indent: isFactor ? 1 : 0,
          cells: (0..<equations).flatMap { equation -> [Table.Cell] in
            let row = fit.rows[equation * fit.columns.count + index]
            return [ratio(row), .probability(row.pValue)]
          }))
    }
    return rows
  }

  /// The cut points, on the scale of the logarithm of odds.
  private var cutRows: [Table.Row] {
    guard isOrdinal else { return [] }
    let heading = Table.Row(
      Phrase.cutPoints.text(in: language), cells: [.text(Phrase.cutPointScale.text(in: language))],
      kind: .heading)
    let digits = context.output.digits ?? 2
    return [heading]
      + fit.rows.dropFirst(fit.columns.count).map { row in
        guard case .cut(_, let below, let above) = row.place else { return Table.Row(row.term) }
        let cell = Table.Cell.estimate(
          Table.Quantity(row.estimate, as: .fixed(digits: digits)),
          low: row.interval.low.isNaN ? nil : row.interval.low,
          high: row.interval.high.isNaN ? nil : row.interval.high, mark: "")
        return Table.Row(
          "\(below.name(in: language)) | \(above.name(in: language))", indent: 1,
          cells: [cell, .empty])
      }
  }

  private func ratio(_ row: CategoryRow) -> Table.Cell {
    .estimate(
      Table.Quantity(exp(row.estimate), as: .fixed(digits: context.output.digits ?? 2)),
      low: row.interval.low.isNaN ? nil : exp(row.interval.low),
      high: row.interval.high.isNaN ? nil : exp(row.interval.high), mark: "")
  }

  private func label(of column: ModelColumn) -> String {
    if column.parts.isEmpty { return Phrase.intercept.text(in: language) }
    return column.parts.map { part in
      part.category?.name(in: language)
        ?? (part.number == nil ? title(of: part.variable) : part.name)
    }.joined(separator: " × ")
  }

  /// The reference of a single factor, in words.
  private func reference(of column: ModelColumn) -> String? {
    guard column.parts.count == 1, let part = column.parts.first,
      let variable = try? context.survey.dataset.variable(part.variable),
      let code = fit.references[part.variable]
    else { return nil }
    let category = variable.categories.first { $0.code == code } ?? Category(code)
    return Phrase.reference(category.name(in: language)).text(in: language)
  }

  private var extraNotes: [Phrase] {
    let first = fit.categories[0].name(in: language)
    let last = fit.categories[fit.categories.count - 1].name(in: language)
    let meaning: Phrase =
      isOrdinal ? .higherAnswers(from: first, to: last) : .comparedWithAnswer(first)
    return [meaning]
      + fit.tests.map { test in
        let result = Phrase.testResult(
          Phrase(verbatim: "F"), statistic: test.statistic, df1: test.df1, df2: test.df2,
          p: test.pValue)
        let term = test.term.split(separator: ":").map { title(of: String($0)) }
          .joined(separator: " × ")
        let name: Phrase =
          test.test == "proportional-odds" ? .proportionalOdds(of: term) : Phrase(verbatim: term)
        return Phrase.joined([name, result], separator: ": ")
      }
  }

  private func title(of name: String) -> String {
    (try? context.survey.dataset.variable(name))?.title(in: language) ?? name
  }
}
