internal import SurveyData
internal import SurveyNumerics

/// A two-way table of estimated shares with its covariance; rows and columns without anybody are
/// left out.
struct ContingencyTable {
  private let rows: Int
  private let columns: Int
  /// Shares of all, row by row.
  private let shares: [Double]
  private let covariance: Matrix
  private let weightedCounts: [Double]
  /// What the covariance of the weighted counts is made of, when a test asks for it.
  private let counts: WeightedCounts
  private let indices: [Int]
  private let roster: Roster
  let respondents: Int
  let degreesOfFreedom: Double

  typealias Outcome = (statistic: Double, df1: Double, df2: Double, pValue: Double)

  init(_ all: Shares, cells: AnswerCells, roster: Roster) throws {
    let categories = cells.columns[0].categories.count
    var columnTotals = Array(repeating: 0.0, count: categories)
    for (key, weight) in zip(all.keys, all.estimates.weightedCounts) {
      columnTotals[key.category] += weight
    }
    let used = columnTotals.indices.filter { columnTotals[$0] > 0 }
    rows = all.groups.count
    columns = used.count
    guard rows > 1, columns > 1 else {
      throw SurveyError(
        .noAnswer, at: cells.names[0],
        "a test of independence needs two groups and two answers; the table has "
          + "\(rows) and \(columns)")
    }
    let indices = (0..<rows).flatMap { row in used.map { row * categories + $0 } }
    shares = indices.map { all.estimates.values[$0] }
    covariance = all.estimates.covariance(of: indices)
    weightedCounts = indices.map { all.estimates.weightedCounts[$0] }
    respondents = all.bases[0].count
    degreesOfFreedom = all.estimates.degreesOfFreedom[0]
    guard degreesOfFreedom > 0 else {
      throw SurveyError(
        .noAnswer, at: cells.names[0],
        "the design leaves no degrees of freedom for a test: as many strata as sampling units")
    }
    counts = WeightedCounts(of: cells, categories: categories, groups: all.groups)
    self.indices = indices
    self.roster = roster
  }

  private var rowShares: [Double] {
    (0..<rows).map { row in (0..<columns).reduce(0) { $0 + shares[row * columns + $1] } }
  }

  private var columnShares: [Double] {
    (0..<columns).map { column in (0..<rows).reduce(0) { $0 + shares[$1 * columns + column] } }
  }

  /// Pearson's statistic on the shares, times the respondents.
  private var pearson: Double {
    let (byRow, byColumn) = (rowShares, columnShares)
    return Double(respondents)
      * shares.indices.reduce(0) { sum, index in
        let expected = byRow[index / columns] * byColumn[index % columns]
        let miss = shares[index] - expected
        return sum + miss * miss / expected
      }
  }

  /// Products of Helmert contrasts: they span the interactions and are orthogonal to the margins.
  private var interactions: Matrix {
    func contrasts(_ size: Int) -> [[Double]] {
      (1..<size).map { k in
        (0..<size).map { $0 < k ? 1 : ($0 == k ? -Double(k) : 0) }
      }
    }
    let pairs = contrasts(rows).flatMap { a in contrasts(columns).map { (a, $0) } }
    var result = Matrix(rows: rows * columns, columns: pairs.count)
    for (column, (a, b)) in pairs.enumerated() {
      for i in 0..<rows { for j in 0..<columns { result[i * columns + j, column] = a[i] * b[j] } }
    }
    return result
  }

  func raoScott(_ statistic: IndependenceStatistic) throws -> Outcome {
    let contrasts = interactions
    var scaled = contrasts
    for i in 0..<scaled.rows {
      for j in 0..<scaled.columns {
        scaled[i, j] = shares[i] > 0 ? contrasts[i, j] / shares[i] : 0
      }
    }
    let inner = contrasts.transposed * scaled
    var delta = try inner.solve(scaled.transposed * covariance * scaled)
    for k in delta.elements.indices { delta.elements[k] *= Double(respondents) }
    let trace = delta.trace
    let traceOfSquare = (delta * delta).trace
    let d = trace * trace / traceOfSquare
    let x2 = pearson
    switch statistic {
    case .chisq:
      let q = Double(delta.rows)
      return (
        x2, q, .nan, Distribution.chiSquared(degreesOfFreedom: q).upperTail(x2 / (trace / q))
      )
    case .lincom, .saddlepoint:
      return (
        x2, .nan, .nan,
        try exactTail(x2, delta: delta, inner: inner, kappa: d, exact: statistic == .lincom)
      )
    default:
      let f = x2 / trace
      let df2 = d * degreesOfFreedom
      return (f, d, df2, Distribution.f(numerator: d, denominator: df2).upperTail(f))
    }
  }

  /// `P(Σ λⱼχ²₁ > X²·χ²_κ ∕ κ)` with `κ = d·ν`; for the saddlepoint formula the χ²'s degrees of
  /// freedom are cut to a whole number, as R cuts them.
  private func exactTail(
    _ x2: Double, delta: Matrix, inner: Matrix, kappa d: Double, exact: Bool
  ) throws -> Double {
    // Δ is similar to the symmetric L⁻¹ (inner·Δ) L⁻ᵀ with inner = L Lᵀ.
    let factor = try inner.cholesky()
    let half = try factor.solve(inner * delta)
    let symmetric = try factor.solve(half.transposed)
    let kappa = d * degreesOfFreedom
    let form = QuadraticForm(
      try symmetric.symmetricEigenvalues().map { QuadraticForm.Term(weight: $0) }
        + [
          QuadraticForm.Term(
            weight: -x2 / kappa, degreesOfFreedom: exact ? kappa : kappa.rounded(.down))
        ])
    if exact { return try form.upperTail(0) }
    return try form.saddlepointUpperTail(0) ?? form.upperTail(0)
  }

  /// `Y = N_rc − N_r N_c ∕ N` without the first row and column, with its covariance.
  func departures() throws -> (values: [Double], covariance: Matrix) {
    let total = weightedCounts.reduce(0, +)
    let byRow = rowShares.map { $0 * total }
    let byColumn = columnShares.map { $0 * total }
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

  /// `W = Yᵀ V⁻¹ Y`.
  func wald(adjusted: Bool) throws -> Outcome {
    let (y, variance) = try departures()
    let solved = try variance.solve(y)
    let w = zip(y, solved).reduce(0) { $0 + $1.0 * $1.1 }
    let q = Double(y.count)
    let nu = degreesOfFreedom
    guard adjusted else {
      return (w / q, q, nu, Distribution.f(numerator: q, denominator: nu).upperTail(w / q))
    }
    let f = w * (nu - q + 1) / (q * nu)
    return (
      f, q, nu - q + 1, Distribution.f(numerator: q, denominator: nu - q + 1).upperTail(f)
    )
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
    let totals = try UnitTotals(
      roster: roster, width: groups.count * categories, blockCount: 1,
      units: cells.valid.map(\.cell.unit), blocks: cells.valid.map { _ in 0 },
      counts: cells.valid.map(\.cell.count)
    ) { index, sums, squares in
      let slot = slots[index]
      sums[slot] += cells.valid[index].cell.weight
      guard !squares.isEmpty else { return }
      squares[slot * (slot + 1) / 2 + slot] += cells.valid[index].cell.squaredWeight
    }
    let all = totals.covariance()
    return Matrix(indices.map { i in indices.map { all[i, $0] } })
  }
}
