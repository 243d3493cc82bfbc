internal import SurveyData
internal import SurveyNumerics

/// A two-way table of estimated shares with its covariance; rows and columns without anybody are
/// left out.
struct ContingencyTable {
  private let cells: CellShares
  private let weightedCounts: [Double]
  /// What the covariance of the weighted counts is made of, when a test asks for it.
  private let counts: WeightedCounts
  private let indices: [Int]
  private let roster: Roster

  init(_ all: Shares, cells: AnswerCells, roster: Roster) throws {
    let categories = cells.columns[0].categories.count
    var columnTotals = Array(repeating: 0.0, count: categories)
    for (key, weight) in zip(all.keys, all.estimates.weightedCounts) {
      columnTotals[key.category] += weight
    }
    let used = columnTotals.indices.filter { columnTotals[$0] > 0 }
    let rows = all.groups.count
    let indices = (0..<rows).flatMap { row in used.map { row * categories + $0 } }
    self.cells = try CellShares(
      indices.map { all.estimates.values[$0] }, covariance: all.estimates.covariance(of: indices),
      rows: rows, columns: used.count, respondents: all.bases[0].count,
      degreesOfFreedom: all.estimates.degreesOfFreedom[0], place: cells.names[0])
    weightedCounts = indices.map { all.estimates.weightedCounts[$0] }
    counts = WeightedCounts(of: cells, categories: categories, groups: all.groups)
    self.indices = indices
    self.roster = roster
  }

  func raoScott(_ statistic: IndependenceStatistic) throws -> CellShares.Outcome {
    try cells.raoScott(statistic)
  }

  /// The respondents of the table.
  var respondents: Int { cells.respondents }

  /// The design's degrees of freedom.
  var degreesOfFreedom: Double { cells.degreesOfFreedom }

  /// `Y = N_rc − N_r N_c ∕ N` without the first row and column, with its covariance.
  func departures() throws -> (values: [Double], covariance: Matrix) {
    let (rows, columns) = (cells.rows, cells.columns)
    let total = weightedCounts.reduce(0, +)
    let byRow = cells.rowShares.map { $0 * total }
    let byColumn = cells.columnShares.map { $0 * total }
    let kept = (1..<rows).flatMap { row in (1..<columns).map { (row, $0) } }
    var jacobian = Matrix(rows: kept.count, columns: rows * columns)
    var y: [Double] = []
    for (k, (row, column)) in kept.enumerated() {
      y.append(weightedCounts[row * columns + column] - byRow[row] * byColumn[column] / total)
      for i in 0..<rows {
        for j in 0..<columns {
          jacobian[k, i * columns + j] =
            (i == row && j == column ? 1 : 0) - (i == row ? byColumn[column] / total : 0)
            - (j == column ? byRow[row] / total : 0) + byRow[row] * byColumn[column]
            / (total * total)
        }
      }
    }
    let variance = try counts.covariance(roster: roster, of: indices).transformed(by: jacobian)
    return (y, variance)
  }

  /// `W = Yᵀ V⁻¹ Y` as an F; see ``WaldTest``.
  func wald(adjusted: Bool) throws -> CellShares.Outcome {
    let (y, variance) = try departures()
    let test = WaldTest(
      y, covariance: variance, degreesOfFreedom: cells.degreesOfFreedom, isAdjusted: adjusted)
    return (test.statistic, test.df1, test.df2, test.pValue)
  }
}

/// Weighted counts of the cells of a table; the influence of one unit of weight is 1 in its cell.
private struct WeightedCounts {
  private let cells: AnswerCells
  private let categories: Int
  private let groups: [[Int]]

  init(of cells: AnswerCells, categories: Int, groups: [[Int]]) {
    self.cells = cells
    self.categories = categories
    self.groups = groups
  }

  /// The covariance of the counts of some cells of the table.
  func covariance(roster: Roster, of indices: [Int]) throws -> Matrix {
    let space = cells.columns.dropFirst().reduce(1) { $0 * $1.categories.count }
    var number: [Int: Int] = [:]
    for (index, group) in groups.enumerated() {
      let key = zip(cells.columns.dropFirst(), group).reduce(0) {
        $0 * $1.0.categories.count + $1.1
      }
      number[key] = index
    }
    let slots = cells.valid.map { valid in
      let (category, group) = valid.answers.quotientAndRemainder(dividingBy: space)
      return number[group, default: 0] * categories + category
    }
    let width = groups.count * categories
    func counts(_ weights: [Double]) -> [Double] {
      var counts = Array(repeating: 0.0, count: width)
      for (index, weight) in weights.enumerated() { counts[slots[index]] += weight }
      return counts
    }
    let totals =
      try cells.replicates.map { replicates in
        UnitTotals(
          counts(cells.valid.map(\.weight)), replicates.map(counts), width: width,
          of: replicates, roster: roster)
      }
      ?? UnitTotals(
        roster: roster, width: width, blockCount: 1,
        cells: cells.valid, blocks: cells.valid.map { _ in 0 },
        centredIn: cells.classes
      ) { index, u in
        for k in u.indices { u[k] = k == slots[index] ? 1 : 0 }
      }
    let all = totals.covariance()
    return Matrix(indices.map { i in indices.map { all[i, $0] } })
  }
}
