internal import Glibc
internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics
internal import SurveyTables

/// The printed table of a model: a heading for each factor with its reference, ratios where the
/// family has them.
struct ModelTable {
  private let fit: ModelFit
  private let context: ResultContext

  init(_ fit: ModelFit, context: ResultContext) {
    self.fit = fit
    self.context = context
  }

  private var language: String { context.language }
  private var isRatio: Bool { fit.family.hasRatios }

  /// The table.
  var table: Table {
    let (kind, unit) = Phrase.regression(fit.family.rawValue)
    let outcome = fit.formula.outcome.name
    return Table(
      title: "\(title(of: outcome)): \(kind.text(in: language))",
      unit: Phrase.unit(unit, level: context.options.level).text(in: language),
      columns: [Table.Column(unit.text(in: language)), Table.Column("")], rows: rows,
      notes: context.tableNotes(
        for: nil, account: fit.accounting, extra: extraNotes, interval: nil,
        degreesOfFreedom: fit.rows.first?.degreesOfFreedom))
  }

  private var rows: [Table.Row] {
    var rows: [Table.Row] = []
    var heading = ""
    for row in fit.rows {
      let isFactor = row.column.parts.contains { $0.category != nil }
      if isFactor, row.variable != heading {
        rows.append(
          Table.Row(
            row.column.parts.map { title(of: $0.variable) }.joined(separator: " × "),
            cells: reference(of: row).map { [.text($0)] } ?? [], kind: .heading))
      }
      heading = isFactor ? row.variable : ""
      rows.append(
        Table.Row(
          label(of: row), indent: isFactor ? 1 : 0,
          cells: [cell(row), .probability(row.pValue)]))
    }
    return rows
  }

  private func label(of row: ModelRow) -> String {
    if row.column.parts.isEmpty { return Phrase.intercept.text(in: language) }
    return row.column.parts.map { part in
      part.category?.name(in: language)
        ?? (part.number == nil ? title(of: part.variable) : part.name)
    }.joined(separator: " × ")
  }

  private func cell(_ row: ModelRow) -> Table.Cell {
    func shown(_ value: Double) -> Double { isRatio ? exp(value) : value }
    let format: Table.Format =
      isRatio
      ? .fixed(digits: context.output.digits ?? 2)
      : context.output.digits.map { .fixed(digits: $0) } ?? .significant(digits: 3)
    return .estimate(
      Table.Quantity(shown(row.estimate), as: format),
      low: row.interval.low.isNaN ? nil : shown(row.interval.low),
      high: row.interval.high.isNaN ? nil : shown(row.interval.high), mark: "")
  }

  /// The reference of a single factor, in words.
  private func reference(of row: ModelRow) -> String? {
    guard row.column.parts.count == 1, let part = row.column.parts.first,
      let variable = try? context.survey.dataset.variable(part.variable)
    else { return nil }
    let code = fit.references[part.variable]
    guard let code else { return nil }
    let category = variable.categories.first { $0.code == code } ?? Category(code)
    return Phrase.reference(category.name(in: language)).text(in: language)
  }

  private var extraNotes: [Phrase] {
    fit.tests.map { test in
      let result = Phrase.testResult(
        Phrase(verbatim: "F"), statistic: test.statistic, df1: test.df1, df2: test.df2,
        p: test.pValue)
      let term = test.term.split(separator: ":").map { title(of: String($0)) }
        .joined(separator: " × ")
      return Phrase.joined([Phrase(verbatim: term), result], separator: ": ")
    }
  }

  private func title(of name: String) -> String {
    (try? context.survey.dataset.variable(name))?.title(in: language) ?? name
  }
}
