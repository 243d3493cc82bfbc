internal import SurveyData
internal import SurveyStatistics

/// Where the cases of a model come from: the rows of a survey that count, each a person or everybody
/// with the same answers.
struct CaseSource {
  /// The respondents of every case; empty when each is one.
  let counts: [Int]
  /// The rows that count, in order; nil when all do.
  let chosen: [Int32]?
  let caseCount: Int
  /// The survey whose rows they are: the one that was asked, or its merged people.
  let survey: Survey
  /// The rows with their sampling units.
  let cells: Cases

  var accounting: Accounting { cells.accounting }

  init(_ columns: ModelColumns, in survey: Survey) throws {
    self.survey = survey
    cells = try Cases(
      columns.numbers, answering: columns.factors.map(\.name), by: [], in: survey)
    let rows = cells.rows
    caseCount = rows.count
    chosen = caseCount == cells.cellOfRow.count ? nil : rows
    counts = survey.weights.people.map { people in rows.map { Int(people[Int($0)]) } } ?? []
  }

  /// Whether a case may stand for everybody with the same answers.
  var isMerged: Bool { survey.weights.people != nil }

  /// The values of the cases among those of rows.
  func selected(_ values: [Double]) -> [Double] {
    guard let chosen else { return values }
    return chosen.map { values[Int($0)] }
  }

  /// The positions of the cases.
  func selected(_ positions: Positions) -> Positions {
    guard let chosen else { return positions }
    switch positions {
    case .uint8(let values): return .uint8(chosen.map { values[Int($0)] })
    case .uint16(let values): return .uint16(chosen.map { values[Int($0)] })
    case .uint32(let values): return .uint32(chosen.map { values[Int($0)] })
    }
  }

  /// The sum of the weights of every case.
  var weights: [Double] { selected(survey.weights.values) }
}
