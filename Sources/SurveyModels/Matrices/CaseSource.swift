internal import SurveyData
internal import SurveyStatistics

/// Where the cases of a model come from: rows of the file, or patterns of answers that many rows
/// share.
struct CaseSource {
  let accounting: Accounting
  /// The respondents of every case; empty when cases are rows.
  let counts: [Int]
  /// The rows or patterns that count, in order; nil when all do.
  let chosen: [Int32]?
  let caseCount: Int
  /// The survey whose rows or patterns they are: the one that was asked, or its merged people.
  let survey: Survey
  private let form: Form

  private enum Form {
    case rows(Cases)
    case patterns(AnswerPatterns, caseOfPattern: [Int32])
  }

  /// Patterns as cases.
  init(_ patterns: AnswerPatterns, _ columns: ModelColumns, in survey: Survey) {
    var tally = MissingTally(numbers: columns.numbers, categories: columns.factors)
    var chosen: [Int32] = []
    var counts: [Int] = []
    var caseOfPattern = [Int32](repeating: -1, count: patterns.counts.count)
    for pattern in patterns.counts.indices
    where tally.counts(
      pattern, membership: patterns.memberships[pattern], respondents: patterns.counts[pattern])
    {
      caseOfPattern[pattern] = Int32(chosen.count)
      chosen.append(Int32(pattern))
      counts.append(patterns.counts[pattern])
    }
    accounting = tally.accounting(rows: patterns.rowCount, used: counts.reduce(0, +))
    self.counts = counts
    self.chosen = chosen
    caseCount = chosen.count
    self.survey = survey
    form = .patterns(patterns, caseOfPattern: caseOfPattern)
  }

  /// Rows as cases.
  init(_ columns: ModelColumns, in survey: Survey) throws {
    let cells = try Cases(
      columns.numbers, answering: columns.factors.map(\.name), by: [], in: survey)
    accounting = cells.accounting
    let rows = cells.rows
    caseCount = rows.count
    chosen = caseCount == cells.cellOfRow.count ? nil : rows
    counts = survey.weights.people.map { people in rows.map { Int(people[Int($0)]) } } ?? []
    self.survey = survey
    form = .rows(cells)
  }

  /// Whether a case stands for everybody with the same answers.
  var isMerged: Bool {
    if case .patterns = form { true } else { survey.weights.people != nil }
  }

  /// The rows with their sampling units; nil where cases are patterns.
  var cells: Cases? { if case .rows(let cells) = form { cells } else { nil } }

  /// The values of the cases among those of rows or patterns.
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
  var weights: [Double] {
    switch form {
    case .rows: selected(survey.weights.values)
    case .patterns(let patterns, _): selected(patterns.weights)
    }
  }

  /// Sums the influence of the cases over sampling units; see ``ModelFrame/unitTotals(width:influence:)``.
  func unitTotals(
    width: Int, influence: (_ case: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) throws -> UnitTotals {
    switch form {
    case .rows(let cells):
      var index = 0
      return try cells.totals(width: width) { _, _, u in
        influence(index, u)
        index += 1
      }
    case .patterns(let patterns, let caseOfPattern):
      var values = Array(repeating: 0.0, count: caseCount * width)
      values.withUnsafeMutableBufferPointer { values in
        for index in 0..<caseCount {
          influence(
            index, UnsafeMutableBufferPointer(rebasing: values[index * width..<(index + 1) * width])
          )
        }
      }
      return try spread(values, width, of: patterns, caseOfPattern: caseOfPattern)
    }
  }

  /// Adds the influence of patterns up over sampling units.
  ///
  /// - Parameter values: The influence of each case, cases × width.
  private func spread(
    _ values: [Double], _ width: Int, of patterns: AnswerPatterns, caseOfPattern: [Int32]
  ) throws -> UnitTotals {
    switch patterns.spread {
    case .rows(let patternOfRow):
      return try survey.unitTotals(
        width: width, patternOfRow: patternOfRow, caseOfPattern: caseOfPattern, influence: values)
    case .cells(let cells, let patternOfCell):
      let cases = patternOfCell.map { caseOfPattern[Int($0)] }
      return try UnitTotals(
        roster: survey.roster, width: width, blockCount: 1, units: cells.map(\.unit),
        blocks: cases.map { $0 < 0 ? -1 : 0 }, counts: cells.map(\.count)
      ) { cell, sums, squares in
        let first = Int(cases[cell]) * width
        let weight = cells[cell].weight
        for k in 0..<width { sums[k] += weight * values[first + k] }
        guard !squares.isEmpty else { return }
        var place = 0
        for k in 0..<width {
          let scaled = cells[cell].squaredWeight * values[first + k]
          for l in 0...k {
            squares[place] += scaled * values[first + l]
            place += 1
          }
        }
      }
    }
  }
}
