package import SurveyData

/// Some of the people of a survey, for analyses that are made of several models: what they answered,
/// what they weigh, and what is added up over them.
///
/// What is made of them knows cases by their places, not the rows of the survey; a case may stand for
/// several people.
package struct People: Sendable {
  /// The survey whose rows they are.
  package let survey: Survey
  /// The number of cases.
  package let caseCount: Int
  /// The rows of the cases, in order; nil when all rows are.
  private let chosen: [Int32]?

  /// The people who count.
  package init(_ cases: Cases, in survey: Survey) {
    let rows = cases.rows
    self.init(rows.count == cases.cellOfRow.count ? nil : rows, count: rows.count, survey)
  }

  private init(_ chosen: [Int32]?, count: Int, _ survey: Survey) {
    (self.chosen, caseCount, self.survey) = (chosen, count, survey)
  }

  /// Those at some places.
  package func some(_ places: [Int]) -> People {
    People(places.map { Int32(row($0)) }, count: places.count, survey)
  }

  /// The places of the cases.
  package var places: Range<Int> { 0..<caseCount }

  func row(_ place: Int) -> Int { chosen.map { Int($0[place]) } ?? place }

  /// What belongs to the cases of what belongs to rows.
  package func selected<Value>(_ values: [Value]) -> [Value] {
    chosen.map { $0.map { values[Int($0)] } } ?? values
  }

  /// The positions of the cases among those of rows.
  package func selected(_ positions: Positions) -> Positions {
    switch positions {
    case .uint8(let values): .uint8(selected(values))
    case .uint16(let values): .uint16(selected(values))
    case .uint32(let values): .uint32(selected(values))
    }
  }
}

extension People {
  /// Whether a case may stand for several people.
  package var areMerged: Bool { survey.weights.people != nil }
  /// How many people every case stands for; nil when it is one.
  package var counts: [Int32]? { survey.weights.people.map(selected) }
  /// How many people there are.
  package var count: Int { counts.map { $0.reduce(0) { $0 + Int($1) } } ?? caseCount }
  /// The sum of the weights of every case.
  package var weights: [Double] { selected(survey.weights.values) }
  /// Each replicate's weights of every case; nil where the variance is linearized.
  package var replicateWeights: [[Double]]? {
    survey.weights.replicates?.columns.map(selected)
  }
  /// The sum of the squared weights of every case; nil when it is one person's.
  package var squaredWeights: [Double]? { survey.weights.squares.map(selected) }

  /// How many people have each number, those of cases being below `size`.
  package func counts(_ numbers: [Int], size: Int) -> [Int] {
    let people = counts
    var counts = Array(repeating: 0, count: size)
    for (place, number) in numbers.enumerated() {
      counts[number] += people.map { Int($0[place]) } ?? 1
    }
    return counts
  }

  /// The numbers of a variable, one a case.
  package func numbers(of variable: String) throws -> [Double] {
    selected(try survey.dataset.numeric(variable).values)
  }

  /// The categories of a variable that occur, and each case's among them.
  package func categories(of variable: String) throws -> (categories: [Category], of: [Int]) {
    let column = try survey.dataset.categorical(variable)
    var positions: [Int] = []
    positions.reserveCapacity(caseCount)
    selected(column.positions).withEach { positions.append($0) }
    let used = Set(positions).sorted()
    let number = Dictionary(uniqueKeysWithValues: zip(used, used.indices))
    return (used.map { column.categories[$0] }, positions.map { number[$0, default: 0] })
  }
}
