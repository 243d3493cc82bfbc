internal import Glibc
internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics
internal import SurveyTables

/// Several models side by side: a row a coefficient, a column a model.
struct ModelSeriesTable<Fit: ReportedFit> {
  private let fits: [Fit]
  private let statistics: [FitStatistics]
  private let differences: [ModelDifference]
  private let stars: SignificanceStars?
  private let context: ResultContext

  init(
    _ fits: [Fit], statistics: [FitStatistics], differences: [ModelDifference],
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
    let (kind, unit) = Phrase.regression(fits[0].familyName)
    let outcomes = fits.reduce(into: [String]()) { names, fit in
      let name = context.title(
        of: fit.formula.outcome.name, counting: (fit as? ModelFit)?.event)
      if !names.contains(name) { names.append(name) }
    }
    var table = Table(
      title: Phrase.models(of: outcomes.joined(separator: ", "), kind).text(in: language),
      unit: Phrase.unit(unit, level: context.options.level).text(in: language),
      columns: fits.indices.map { Table.Column(Phrase.model($0 + 1).text(in: language)) },
      rows: rows + foot, legend: stars?.legend(in: language) ?? [],
      notes: context.tableNotes(
        for: nil, account: fits[0].accounting, extra: notes, interval: nil,
        degreesOfFreedom: nil),
      essentials: context.essentials(for: nil, account: fits[0].accounting))
    table.reference = fits[0].hasRatios ? 1 : 0
    return table
  }

  /// The parameters of all models, each where a model first has it.
  private var places: [CategoryRow.Place] {
    var places: [CategoryRow.Place] = []
    for fit in fits {
      var next = places.startIndex
      for place in fit.places {
        if let known = places.firstIndex(of: place) {
          next = known + 1
        } else {
          places.insert(place, at: next)
          next += 1
        }
      }
    }
    return places
  }

  /// A row a parameter, under the answer, the factor or the cut points that it belongs to.
  private var rows: [Table.Row] {
    var rows: [Table.Row] = []
    var (answer, heading) = ("", "")
    for place in places {
      let cells = fits.map { fit in
        fit.places.firstIndex(of: place).map {
          fit.cell(of: $0, stars: stars, digits: context.digits)
        } ?? .empty
      }
      guard case .column(let column, let outcome) = place else {
        if answer != Phrase.cutPoints.text(in: language) {
          answer = Phrase.cutPoints.text(in: language)
          rows.append(CategoryTable.cutHeading(in: language))
        }
        rows.append(CategoryTable.cutRow(place, cells, in: language))
        continue
      }
      let indent = outcome == nil ? 0 : 1
      if let outcome, outcome.name(in: language) != answer {
        (answer, heading) = (outcome.name(in: language), "")
        rows.append(Table.Row(answer, kind: .heading))
      }
      let isFactor = column.parts.contains { $0.category != nil }
      if isFactor, column.variable != heading {
        let references = fits.first { $0.places.contains(place) }?.references
        rows.append(
          Table.Row(
            ModelTable.heading(of: column, in: context), indent: indent,
            cells: ModelTable.reference(of: column, references ?? [:], in: context)
              .map { [.text($0)] } ?? [], kind: .heading))
      }
      heading = isFactor ? column.variable : ""
      rows.append(
        Table.Row(
          ModelTable.label(of: column, in: context), indent: indent + (isFactor ? 1 : 0),
          cells: cells))
    }
    return rows
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
    let count = Table.Row(
      Phrase.n.text(in: language), cells: fits.map { .count($0.count) }, kind: .total)
    return ([count] + figures.compactMap { $0 }).map {
      var row = $0
      row.isDrawn = false
      return row
    }
  }

  private var notes: [Phrase] {
    [fits[0].meaning(in: language)].compactMap { $0 }
      + fits.enumerated().map { Phrase(verbatim: "(\($0 + 1)) \($1.formula.source)") }
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
