internal import Glibc
internal import SurveyData
internal import SurveyModels
internal import SurveyRequests
internal import SurveyStatistics
internal import SurveyTables

/// Several models side by side: a row a coefficient, a column a model.
struct ModelSeriesTable<Fit: ReportedFit> {
  private let fits: [Fit]
  private let statistics: [FitStatistics]
  private let differences: [ModelDifference]
  private let options: ModelReportOptions
  private let stars: SignificanceStars?
  private let context: ResultContext
  /// What stands in parentheses; nil where intervals stand beside the coefficients.
  private let below: CoefficientCells?

  init(
    _ fits: [Fit], statistics: [FitStatistics], differences: [ModelDifference],
    options: ModelReportOptions, context: ResultContext
  ) {
    self.fits = fits
    self.statistics = statistics
    self.differences = differences
    self.options = options
    self.context = context
    let stars = options.stars ? SignificanceStars() : nil
    self.stars = stars
    below = options.parentheses.map {
      CoefficientCells(
        $0, areRatios: options.exponentiate && fits[0].hasRatios, stars: stars,
        digits: context.digits)
    }
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
      unit: self.unit(unit).text(in: language),
      columns: fits.indices.map { Table.Column(fits.heading($0)) },
      rows: rows + foot, legend: stars?.legend(in: language) ?? [],
      notes: context.tableNotes(
        for: nil, account: fits[0].accounting, extra: notes, interval: nil,
        degreesOfFreedom: nil),
      essentials: context.essentials(for: nil, account: fits[0].accounting))
    table.reference = fits[0].hasRatios ? 1 : 0
    if below != nil {
      // A chart shows intervals.
      var asked = options
      asked.parentheses = nil
      table.drawn =
        Self(
          fits, statistics: statistics, differences: differences, options: asked, context: context
        ).table
    }
    return table
  }

  private func unit(_ unit: Phrase) -> Phrase {
    let level = context.options.level
    guard let below, let figure = options.parentheses else { return .unit(unit, level: level) }
    return .unit(
      below.areRatios || !fits[0].hasRatios ? unit : .logarithm(of: unit),
      parenthesized: .parenthesized(figure.rawValue, level: level))
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

  /// A parameter in every model, with what stands below it.
  private func parameter(_ place: CategoryRow.Place, _ row: ([Table.Cell]) -> Table.Row)
    -> [Table.Row]
  {
    let positions = fits.map { $0.places.firstIndex(of: place) }
    guard let below else {
      return [
        row(
          zip(fits, positions).map { fit, position in
            position.map { fit.cell(of: $0, stars: stars, digits: context.digits) } ?? .empty
          })
      ]
    }
    let cells = below.cells(
      of: zip(fits, positions).map { fit, position in position.map { fit.rows[$0] } }, at: place)
    var above = row(cells.above)
    var under = Table.Row(
      Phrase.parenthesized(below.figure.rawValue, level: context.options.level).text(in: language),
      indent: above.indent, cells: cells.below, kind: .below)
    under.isDrawn = false
    above.kind = .body
    return [above, under]
  }

  /// A row a parameter, under the answer, the factor or the cut points that it belongs to.
  private var rows: [Table.Row] {
    var rows: [Table.Row] = []
    var (answer, heading) = ("", "")
    for place in places {
      guard case .column(let column, let outcome) = place else {
        if answer != Phrase.cutPoints.text(in: language) {
          answer = Phrase.cutPoints.text(in: language)
          rows.append(CategoryTable.cutHeading(in: language))
        }
        rows += parameter(place) { CategoryTable.cutRow(place, $0, in: language) }
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
      rows += parameter(place) {
        Table.Row(
          ModelTable.label(of: column, in: context), indent: indent + (isFactor ? 1 : 0), cells: $0)
      }
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
    // Each combined estimate has its own.
    let df = fits.map { $0.rows.first?.degreesOfFreedom ?? .nan }
    let freedom =
      below == nil || context.survey.isImputed
      ? []
      : [
        Table.Row(
          Phrase.degreesOfFreedom.text(in: language),
          cells: df.map {
            .number(Table.Quantity($0, as: .fixed(digits: $0 == $0.rounded() ? 0 : 1)))
          }, kind: .total)
      ]
    return ([count] + freedom + figures.compactMap { $0 }).map {
      var row = $0
      row.isDrawn = false
      return row
    }
  }

  private var notes: [Phrase] {
    [fits[0].meaning(in: language), parenthesesNote].compactMap { $0 }
      + fits.indices.map { place in
        let colon = fits[place].formula.name == nil ? "" : ":"
        return Phrase(verbatim: "\(fits.heading(place))\(colon) \(fits[place].formula.source)")
      }
      + differences.map { difference in
        let test = difference.test
        return .difference(
          fits.heading(difference.larger), fits.heading(difference.smaller), added: test.term,
          .testResult(
            .test(test.test), statistic: test.statistic, df1: test.df1, df2: test.df2,
            p: test.pValue))
      } + (fits.count > 1 ? [.commonRespondents] : [])
      + (below == nil
        ? [] : fits.flatMap { context.missingInformation($0.rows.map(\.missingInformation)) })
  }

  private var parenthesesNote: Phrase? {
    switch options.parentheses {
    case nil: nil
    case .standardError:
      below?.areRatios == true ? .standardErrorsOfRatios : .standardErrorsByDesign
    case .interval: .intervalsInParentheses(level: context.options.level)
    case .statistic: .statisticsInParentheses
    case .probability: .probabilitiesInParentheses
    }
  }
}

extension Array where Element: ReportedFit {
  /// What a model is called: its name, or its number in parentheses.
  func heading(_ place: Int) -> String { self[place].formula.name ?? "(\(place + 1))" }
}
