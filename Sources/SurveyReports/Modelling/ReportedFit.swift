package import SurveyModels
package import SurveyStatistics
package import SurveyTables

/// A fit as `model` reports it.
package protocol ReportedFit: FormulaFit {
  associatedtype Row: ParameterRow
  /// The family's name.
  var familyName: String { get }
  /// Whether its table shows ratios.
  var hasRatios: Bool { get }
  /// Whether every parameter is of an answer, against the first.
  var hasOutcomes: Bool { get }
  /// One row a parameter.
  var rows: [Row] { get }
  /// What each parameter is of, in order.
  var places: [CategoryRow.Place] { get }

  /// What its ratios speak of, where that needs to be said.
  func meaning(in language: String) -> Phrase?
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
  package var familyName: String { family.rawValue }
  package var hasRatios: Bool { family.hasRatios }
  package var hasOutcomes: Bool { false }
  package var places: [CategoryRow.Place] { rows.map { .column($0.column, outcome: nil) } }

  package func meaning(in language: String) -> Phrase? { nil }

  package func cell(of parameter: Int, stars: SignificanceStars?, digits: Int?) -> Table.Cell {
    ModelTable.cell(
      rows[parameter], isRatio: family.hasRatios, stars: stars, digits: digits)
  }

  package func table(
    tests: [TestResult], statistics: FitStatistics, stars: SignificanceStars?,
    context: ResultContext
  ) -> Table {
    ModelTable(self, tests: tests, statistics: statistics, stars: stars, context: context).table
  }
}

extension CategoryFit: ReportedFit {
  package var familyName: String { family.rawValue }
  package var hasRatios: Bool { true }
  package var hasOutcomes: Bool { family == .multinomial }
  package var places: [CategoryRow.Place] { rows.map(\.place) }

  package func meaning(in language: String) -> Phrase? {
    let first = categories[0].name(in: language)
    let last = categories[categories.count - 1].name(in: language)
    return family == .ordinal ? .higherAnswers(from: first, to: last) : .comparedWithAnswer(first)
  }

  package func cell(of parameter: Int, stars: SignificanceStars?, digits: Int?) -> Table.Cell {
    CategoryTable.cell(rows[parameter], stars: stars, digits: digits)
  }

  package func table(
    tests: [TestResult], statistics: FitStatistics, stars: SignificanceStars?,
    context: ResultContext
  ) -> Table {
    CategoryTable(
      fit: self, tests: tests, statistics: statistics, stars: stars, context: context
    ).table
  }
}
