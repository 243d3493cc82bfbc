internal import SurveyData
package import SurveyNumerics

/// The shares of the cells of a two-way table, of all, with their covariance: what Pearson's
/// statistic and Rao and Scott's corrections of it are made of.
package struct CellShares: Sendable {
  package let rows: Int
  package let columns: Int
  /// Shares of all, row by row.
  package let shares: [Double]
  package let covariance: Matrix
  package let respondents: Int
  package let degreesOfFreedom: Double

  package typealias Outcome = (statistic: Double, df1: Double, df2: Double, pValue: Double)

  /// Makes a table.
  /// - Throws: ``SurveyError`` when it has one row or column, or the design no degrees of freedom.
  package init(
    _ shares: [Double], covariance: Matrix, rows: Int, columns: Int, respondents: Int,
    degreesOfFreedom: Double, place: String
  ) throws {
    guard rows > 1, columns > 1 else {
      throw SurveyError(
        .noAnswer, at: place,
        "a test of independence needs two groups and two answers; the table has "
          + "\(rows) and \(columns)")
    }
    guard degreesOfFreedom > 0 else {
      throw SurveyError(
        .noAnswer, at: place,
        "the design leaves no degrees of freedom for a test: as many strata as sampling units")
    }
    self.rows = rows
    self.columns = columns
    self.shares = shares
    self.covariance = covariance
    self.respondents = respondents
    self.degreesOfFreedom = degreesOfFreedom
  }

  var rowShares: [Double] {
    (0..<rows).map { row in (0..<columns).reduce(0) { $0 + shares[row * columns + $1] } }
  }

  var columnShares: [Double] {
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

  /// Compares Pearson's statistic with what Rao and Scott say it is distributed like; see
  /// `Tabulation/independenceTest(_:)`.
  package func raoScott(_ statistic: IndependenceStatistic = .f) throws -> Outcome {
    let contrasts = interactions
    var scaled = contrasts
    for i in 0..<scaled.rows {
      for j in 0..<scaled.columns {
        scaled[i, j] = shares[i] > 0 ? contrasts[i, j] / shares[i] : 0
      }
    }
    let inner = contrasts.transposed * scaled
    // Where too many cells are empty, some contrasts are of nothing.
    guard inner.dependentColumns().isEmpty else { return (.nan, .nan, .nan, .nan) }
    var delta = try inner.solve(scaled.transposed * covariance * scaled)
    for k in delta.elements.indices { delta.elements[k] *= Double(respondents) }
    let trace = delta.trace
    let traceOfSquare = (0..<delta.rows).reduce(0) { sum, i in
      (0..<delta.rows).reduce(sum) { $0 + delta[i, $1] * delta[$1, i] }
    }
    // Δ holds design effects, so that what is this small is rounding: nothing varies between units.
    guard trace > 1e-10 else { return (.nan, .nan, .nan, .nan) }
    let d = trace * trace / traceOfSquare
    let x2 = pearson
    // Without a variance nothing is known of how Pearson's statistic varies.
    guard trace > 0 else { return (.nan, .nan, .nan, .nan) }
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
}
