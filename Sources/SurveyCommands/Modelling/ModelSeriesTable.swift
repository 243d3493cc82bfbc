internal import Glibc
internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics
internal import SurveyTables

/// Several models side by side: a row a coefficient, a column a model.
struct ModelSeriesTable {
  private let fits: [ModelFit]
  private let statistics: [FitStatistics]
  private let differences: [ModelDifference]
  private let stars: SignificanceStars?
  private let context: ResultContext

  init(
    _ fits: [ModelFit], statistics: [FitStatistics], differences: [ModelDifference],
    stars: SignificanceStars?, context: ResultContext
  ) {
    self.fits = fits
    self.statistics = statistics
    self.differences = differences
    self.stars = stars
    self.context = context
  }

  private var language: String { context.language }

  /// The table.
  var table: Table {
    let (kind, unit) = Phrase.regression(fits[0].family.rawValue)
    let outcomes = fits.reduce(into: [String]()) { names, fit in
      let name = ModelTable.title(of: fit.formula.outcome.name, in: context)
      if !names.contains(name) { names.append(name) }
    }
    return Table(
      title: Phrase.models(of: outcomes.joined(separator: ", "), kind).text(in: language),
      unit: Phrase.unit(unit, level: context.options.level).text(in: language),
      columns: fits.indices.map { Table.Column(Phrase.model($0 + 1).text(in: language)) },
      rows: rows + foot, legend: stars?.legend(in: language) ?? [],
      notes: context.tableNotes(
        for: nil, account: fits[0].accounting, extra: notes, interval: nil,
        degreesOfFreedom: nil))
  }

  /// The coefficients of all models, each where a model first has it.
  private var columns: [ModelColumn] {
    var columns: [ModelColumn] = []
    for fit in fits {
      var place = columns.startIndex
      for row in fit.rows {
        if let known = columns.firstIndex(of: row.column) {
          place = known + 1
        } else {
          columns.insert(row.column, at: place)
          place += 1
        }
      }
    }
    return columns
  }

  private var rows: [Table.Row] {
    var rows: [Table.Row] = []
    var heading = ""
    for column in columns {
      let isFactor = column.parts.contains { $0.category != nil }
      if isFactor, column.variable != heading {
        let references = fits.first { $0.rows.contains { $0.column == column } }?.references
        rows.append(
          Table.Row(
            ModelTable.heading(of: column, in: context),
            cells: ModelTable.reference(of: column, references ?? [:], in: context)
              .map { [.text($0)] } ?? [], kind: .heading))
      }
      heading = isFactor ? column.variable : ""
      rows.append(
        Table.Row(
          ModelTable.label(of: column, in: context), indent: isFactor ? 1 : 0,
          cells: fits.map { cell(column, $0) }))
    }
    return rows
  }

  private func cell(_ column: ModelColumn, _ fit: ModelFit) -> Table.Cell {
    guard let row = fit.rows.first(where: { $0.column == column }) else { return .empty }
    return ModelTable.cell(
      row, isRatio: fit.family.hasRatios, stars: stars, digits: context.output.digits)
  }

  /// How many respondents, and how well the models fit.
  private var foot: [Table.Row] {
    func row(_ name: Phrase, _ digits: Int, _ value: (FitStatistics) -> Double) -> Table.Row? {
      guard statistics.contains(where: { !value($0).isNaN }) else { return nil }
      return Table.Row(
        name.text(in: language),
        cells: statistics.map {
          value($0).isNaN ? .empty : .number(Table.Quantity(value($0), as: .fixed(digits: digits)))
        }, kind: .total)
    }
    let figures = [
      row(.aic, 1, \.aic), row(.bic, 1, \.bic), row(.rSquared, 3, \.rSquared),
      row(.nagelkerke, 3, \.nagelkerke), row(.rocArea, 3, \.rocArea),
    ]
    return [
      Table.Row(Phrase.n.text(in: language), cells: fits.map { .count($0.count) }, kind: .total)
    ]
      + figures.compactMap { $0 }
  }

  private var notes: [Phrase] {
    fits.enumerated().map { Phrase(verbatim: "(\($0 + 1)) \($1.formula.source)") }
      + differences.map { difference in
        let test = difference.test
        return .difference(
          difference.larger + 1, difference.smaller + 1, added: test.term,
          .testResult(
            .test(test.test), statistic: test.statistic, df1: test.df1, df2: test.df2,
            p: test.pValue))
      } + [.commonRespondents]
  }
}
