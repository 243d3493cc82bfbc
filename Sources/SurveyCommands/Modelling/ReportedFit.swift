internal import SurveyModels
internal import SurveyRecords
internal import SurveyStatistics
internal import SurveyTables

/// A fit as `model` reports it.
protocol ReportedFit: FormulaFit {
  /// The family's name.
  var familyName: String { get }
  /// Whether its table shows ratios.
  var hasRatios: Bool { get }
  /// What each parameter is of, in order.
  var places: [CategoryRow.Place] { get }

  /// What its ratios speak of, where that needs to be said.
  func meaning(in language: String) -> Phrase?
  /// One row a parameter.
  func records(exponentiate: Bool) -> Records
  /// How the model fits, one row.
  func summary(_ statistics: FitStatistics) -> Records
  /// A parameter with its interval, as a table shows it.
  func cell(of parameter: Int, stars: SignificanceStars?, digits: Int?) -> Table.Cell
  /// The printed table.
  func table(
    tests: [TestResult], statistics: FitStatistics, stars: SignificanceStars?,
    context: ResultContext
  ) -> Table
}

extension ModelFit: ReportedFit {
  var familyName: String { family.rawValue }
  var hasRatios: Bool { family.hasRatios }
  var places: [CategoryRow.Place] { rows.map { .column($0.column, outcome: nil) } }

  func meaning(in language: String) -> Phrase? { nil }

  func records(exponentiate: Bool) -> Records {
    ModelRecords(self, exponentiate: exponentiate).rows
  }

  func summary(_ statistics: FitStatistics) -> Records {
    ModelRecords(self, exponentiate: false).summary(statistics)
  }

  func cell(of parameter: Int, stars: SignificanceStars?, digits: Int?) -> Table.Cell {
    ModelTable.cell(
      rows[parameter], isRatio: family.hasRatios, stars: stars, digits: digits)
  }

  func table(
    tests: [TestResult], statistics: FitStatistics, stars: SignificanceStars?,
    context: ResultContext
  ) -> Table {
    ModelTable(self, tests: tests, statistics: statistics, stars: stars, context: context).table
  }
}

extension CategoryFit: ReportedFit {
  var familyName: String { family.rawValue }
  var hasRatios: Bool { true }
  var places: [CategoryRow.Place] { rows.map(\.place) }

  func meaning(in language: String) -> Phrase? {
    let first = categories[0].name(in: language)
    let last = categories[categories.count - 1].name(in: language)
    return family == .ordinal ? .higherAnswers(from: first, to: last) : .comparedWithAnswer(first)
  }

  func records(exponentiate: Bool) -> Records {
    CategoryRecords(self, exponentiate: exponentiate).rows
  }

  func summary(_ statistics: FitStatistics) -> Records {
    CategoryRecords(self, exponentiate: false).summary(statistics)
  }

  func cell(of parameter: Int, stars: SignificanceStars?, digits: Int?) -> Table.Cell {
    CategoryTable.cell(rows[parameter], stars: stars, digits: digits)
  }

  func table(
    tests: [TestResult], statistics: FitStatistics, stars: SignificanceStars?,
    context: ResultContext
  ) -> Table {
    CategoryTable(
      fit: self, tests: tests, statistics: statistics, stars: stars, context: context
    ).table
  }
}
