internal import SurveyData
internal import SurveyModels
package import SurveyRequests
package import SurveyStatistics
package import SurveyTables

/// What is said of a model, or of several models of the same respondents.
package struct ModelReport<Fit: ReportedFit> {
  let fits: [Fit]
  private let statistics: [FitStatistics]
  private let tests: [[TestResult]]
  private let differences: [ModelDifference]
  private let options: ModelReportOptions
  private let context: ResultContext

  /// Asks fits for their statistics and tests.
  package init(_ fits: [Fit], options: ModelReportOptions, context: ResultContext) throws {
    var fits = fits
    switch context.options.interval {
    case nil, .wald: break
    case .likelihood:
      fits = try fits.map { try $0.withLikelihoodIntervals(level: context.options.level) }
    case .some(let other):
      throw SurveyError(
        .usage, "--ci \(other.rawValue) is for proportions; a model has wald or likelihood",
        remedy: "Write --ci likelihood, or leave it out.")
    }
    let differences = try ModelDifference.between(fits, test: options.termTests)
    self.fits = fits
    self.differences = differences
    self.options = options
    self.context = context
    tests = try fits.map {
      options.termTests == .wald ? $0.tests : try $0.termTests(options.termTests)
    }
    let largest = fits.max { $0.estimates.count < $1.estimates.count }
    statistics = try fits.map { try $0.statistics(largest: largest) }
  }

  /// The coefficients, the tests and how the models fit; with several models, `model` stands first.
  ///
  /// - Parameter asked: Tests of what was asked after the fit of one model.
  package func records(and asked: [TestResult]) -> [Records] {
    let parts = fits.indices.map { index -> [Records] in
      [
        fits[index].records(exponentiate: options.exponentiate),
        EstimateRecords.tests(tests[index] + asked), fits[index].summary(statistics[index]),
      ]
    }
    guard fits.count > 1 || hasNames else { return parts[0] }
    let found = (0..<3).map { kind in
      var joined = Records(parts[0][kind].name, columns: key("model") + parts[0][kind].columns)
      for (index, part) in parts.enumerated() {
        joined.rows += part[kind].rows.map { key(index) + $0 }
      }
      return joined
    }
    return fits.count > 1 ? found + [differenceRecords, formulaRecords] : found
  }

  /// Whether a model has a name.
  private var hasNames: Bool { fits.contains { $0.formula.name != nil } }

  /// The columns that say which model a row is of: its number where there are several, its name where
  /// one has a name.
  private func key(_ number: String, _ name: String = "model_name") -> [String] {
    (fits.count > 1 ? [number] : []) + (hasNames ? [name] : [])
  }

  /// The values of those columns.
  private func key(_ place: Int) -> [Records.Value] {
    (fits.count > 1 ? [.integer(place + 1)] : [])
      + (hasNames ? [fits[place].formula.name.map { .text($0) } ?? .empty] : [])
  }

  /// What a model says beyond a smaller one: `model, than, test, variable, term, …`, with their names
  /// where they have some.
  private var differenceRecords: Records {
    Records(
      "differences",
      columns: key("model") + key("than", "than_name") + [
        "test", "variable", "term", "statistic", "df1", "df2", "p_value",
      ],
      rows: differences.map { difference in
        let test = difference.test
        return key(difference.larger) + key(difference.smaller) + [
          .text(test.test), .text(test.variable), .text(test.term), .number(test.statistic),
          .number(test.df1),
          .number(test.df2), .number(test.pValue),
        ]
      })
  }

  private var formulaRecords: Records {
    Records(
      "formulas", columns: key("model") + ["formula"],
      rows: fits.indices.map { key($0) + [.text(fits[$0].formula.source)] })
  }

  /// What the fits have to say, each thing once.
  package var notes: [String] {
    context.words(of: fits.flatMap(\.notes))
  }

  /// The printed table.
  package var table: Table {
    guard fits.count > 1 || options.sideBySide || options.parentheses != nil else {
      let stars = options.stars ? SignificanceStars() : nil
      return fits[0].table(
        tests: tests[0], statistics: statistics[0], stars: stars, context: context)
    }
    return ModelSeriesTable(
      fits, statistics: statistics, differences: differences, options: options, context: context
    ).table
  }
}
