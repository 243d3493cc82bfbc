import SurveyNumerics
import Testing
import VektTestSupport

@Suite("Distributions")
struct DistributionTests {
  @Test(arguments: [
    (Distribution.t(degreesOfFreedom: 21), 0.975),
    (.f(numerator: 2.5, denominator: 40), 0.95),
    (.chiSquared(degreesOfFreedom: 6), 0.95),
    (.beta(3.5, 8.25), 0.025),
    (.normal, 0.9),
  ])
  func `a quantile and its tails agree to twelve digits`(
    _ distribution: Distribution, _ p: Double
  ) {
    let x = distribution.quantile(p)
    #expect(abs(distribution.lowerTail(x) - p) < 1e-13)
    #expect(abs(distribution.upperTail(x) - (1 - p)) < 1e-13)
  }

  @Test func `known quantiles`() {
    #expect(abs(Distribution.normal.quantile(0.975) - 1.959_963_984_540_054) < 1e-13)
    #expect(abs(Distribution.t(degreesOfFreedom: 1).quantile(0.75) - 1) < 1e-13)
    #expect(
      Distribution.t(degreesOfFreedom: .infinity).quantile(0.975)
        == Distribution.normal.quantile(0.975))
    #expect(Distribution.t(degreesOfFreedom: 0).quantile(0.975).isNaN)
  }

  /// GSL's own inverses give NaN for a twentieth of these, and for the beta may search for ever.
  @Test func `every inverse agrees with scipy over its whole range`() throws {
    for row in try Places.reference("SurveyNumericsTests/Reference/quantiles.csv") {
      func number(_ name: String) throws -> Double { try #require(Double(row[name] ?? "")) }
      let distribution: Distribution =
        switch row["distribution"] {
        case "normal": .normal
        case "t": .t(degreesOfFreedom: try number("first"))
        case "chi-squared": .chiSquared(degreesOfFreedom: try number("first"))
        case "f": .f(numerator: try number("first"), denominator: try number("second"))
        default: .beta(try number("first"), try number("second"))
        }
      let (p, expected) = (try number("p"), try number("quantile"))
      let found = distribution.quantile(p)
      // A small value says little of where a steep tail is, and a flat tail little of the value.
      let reached = p < 0.5 ? distribution.lowerTail(found) : distribution.upperTail(found)
      let wanted = min(p, 1 - p)
      #expect(
        abs(found - expected) <= 1e-9 * abs(expected) || abs(reached - wanted) <= 1e-9 * wanted,
        "\(distribution), p = \(p): \(found), not \(expected)")
      #expect(abs(found - expected) <= 1e-7 * abs(expected), "\(distribution), p = \(p)")
    }
  }

  @Test func `beyond what a double holds a quantile is an end of the range`() {
    #expect(Distribution.beta(0.001, 20_000).quantile(0.025) == 0)
    #expect(Distribution.beta(20_000, 0.001).quantile(0.975) == 1)
    #expect(Distribution.chiSquared(degreesOfFreedom: 0.001).quantile(0.025) < 1e-300)
  }

  @Test func `a sum of one weighted chi-squared is a chi-squared`() throws {
    let form = QuadraticForm([QuadraticForm.Term(weight: 2, degreesOfFreedom: 5)])
    let expected = Distribution.chiSquared(degreesOfFreedom: 5).upperTail(7)
    #expect(abs(try form.upperTail(14) - expected) < 1e-9)
  }

  @Test func `a difference of two gives the tail of F`() throws {
    // P(χ²₄ ∕ 4 > f χ²₉₅.₄ ∕ 95.4)
    let (f, n, d) = (2.3, 4.0, 95.4)
    let form = QuadraticForm([
      QuadraticForm.Term(weight: 1 / n, degreesOfFreedom: n),
      QuadraticForm.Term(weight: -f / d, degreesOfFreedom: d),
    ])
    let expected = Distribution.f(numerator: n, denominator: d).upperTail(f)
    #expect(abs(try form.upperTail(0) - expected) < 1e-9)
  }
}

@Suite("Matrices and roots")
struct MatrixTests {
  let positive = Matrix([[4, 2, 0], [2, 5, 1], [0, 1, 3]])

  @Test func `factors, inverses and solutions undo each other`() throws {
    let factor = try positive.cholesky()
    let product = factor * factor.transposed
    let identity = try positive.positiveDefiniteInverse() * positive
    for (a, b) in zip(product.elements, positive.elements) { #expect(abs(a - b) < 1e-14) }
    for (a, b) in zip(identity.elements, Matrix.identity(3).elements) {
      #expect(abs(a - b) < 1e-14)
    }
    let x = try positive.solve([2, -1, 4])
    for (a, b) in zip(positive * x, [2.0, -1, 4]) { #expect(abs(a - b) < 1e-14) }
  }

  @Test func `eigenvalues add to the trace`() throws {
    let values = try positive.symmetricEigenvalues()
    #expect(values == values.sorted(by: >))
    #expect(abs(values.reduce(0, +) - positive.trace) < 1e-13)
  }

  @Test func `what has no answer is an error, not an abort`() {
    let singular = Matrix([[1, 2], [2, 4]])
    #expect(throws: NumericsError.self) { try singular.solve([1, 1]) }
    #expect(throws: NumericsError.self) { try Matrix([[1, 2], [2, 1]]).cholesky() }
    #expect(throws: NumericsError.self) { try root(of: { $0 * $0 + 1 }, in: 0...1) }
  }

  @Test func `the column that others add up to is found`() {
    // Columns a, b and a + b over three rows.
    let x = Matrix([[1, 0, 1], [1, 1, 2], [1, 2, 3]])
    #expect((x.transposed * x).dependentColumns() == [2])
  }

  @Test func `the zero of a function`() throws {
    #expect(abs(try root(of: { $0 * $0 - 2 }, in: 0...2) - 2.0.squareRoot()) < 1e-15)
  }
}
