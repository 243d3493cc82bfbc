internal import CGSL
internal import Glibc

/// The distribution of `Σ λⱼ χ²(dfⱼ)`, a weighted sum of independent χ² variables, as tests under a
/// complex design need it.
///
/// Weights may be negative, so that ratios of sums are covered too.
public struct QuadraticForm: Hashable, Sendable {
  /// One χ² with its weight.
  public struct Term: Hashable, Sendable {
    /// Its weight λ.
    public let weight: Double
    /// Its degrees of freedom, not necessarily whole.
    public let degreesOfFreedom: Double

    /// Makes a term.
    public init(weight: Double, degreesOfFreedom: Double = 1) {
      self.weight = weight
      self.degreesOfFreedom = degreesOfFreedom
    }
  }

  /// The terms, those of weight zero left out.
  public let terms: [Term]

  /// Makes a sum.
  public init(_ terms: [Term]) { self.terms = terms.filter { $0.weight != 0 } }

  /// The mean, `Σ λ df`.
  public var mean: Double { terms.reduce(0) { $0 + $1.weight * $1.degreesOfFreedom } }

  /// The chance of a value above `x`, by Imhof's inversion of the characteristic function.
  ///
  /// - Parameter x: A value.
  /// - Returns: A chance between 0 and 1, to about ten decimals.
  /// - Throws: ``NumericsError`` when the integral does not settle.
  /// - SeeAlso: Imhof (1961), Biometrika 48, eq. 3.2.
  public func upperTail(_ x: Double) throws -> Double {
    guard !terms.isEmpty else { return x < 0 ? 1 : 0 }
    GSL.ready
    let scale = terms.map { abs($0.weight) }.max() ?? 1
    let integrand = Integrand(
      weights: terms.map { $0.weight / scale }, degrees: terms.map(\.degreesOfFreedom),
      x: x / scale)
    let integral = try Self.integrateToInfinity { integrand($0) }
    return min(1, max(0, 0.5 + integral / .pi))
  }

  /// The chance of a value above `x` by the Lugannani–Rice saddlepoint formula, nil next to the
  /// mean, where it has no value.
  ///
  /// - SeeAlso: Kuonen (1999), Biometrika 86.
  public func saddlepointUpperTail(_ x: Double) -> Double? {
    let scale = terms.map(\.weight).max() ?? 1
    let weights = terms.map { $0.weight / scale }
    let target = x / scale
    func sum(_ term: (Double, Double) -> Double) -> Double {
      zip(weights, terms).reduce(0) { $0 + term($1.0, $1.1.degreesOfFreedom) }
    }
    func slope(_ s: Double) -> Double { sum { $1 * $0 / (1 - 2 * $0 * s) } - target }
    let negative = weights.filter { $0 < 0 }
    let low = negative.map { 1 / (2 * $0) * 0.999_999_999 }.max() ?? -Double(terms.count) / target
    let high = weights.filter { $0 > 0 }.map { 1 / (2 * $0) * 0.999_999_999 }.min() ?? 1e9
    guard let saddle = try? root(of: slope, in: (negative.isEmpty ? min(low, -1e9) : low)...high)
    else { return nil }
    guard abs(saddle) > 1e-4 else { return nil }
    let cumulant = sum { -0.5 * $1 * log(1 - 2 * $0 * saddle) }
    let curvature = sum { 2 * $1 * $0 * $0 / ((1 - 2 * $0 * saddle) * (1 - 2 * $0 * saddle)) }
    let w = (saddle < 0 ? -1.0 : 1.0) * (2 * (saddle * target - cumulant)).squareRoot()
    let v = saddle * curvature.squareRoot()
    return Distribution.normal.upperTail(w + log(v / w) / w)
  }

  /// Imhof's integrand `sin θ(u) ∕ (u ρ(u))`.
  private struct Integrand {
    let weights: [Double]
    let degrees: [Double]
    let x: Double

    func callAsFunction(_ u: Double) -> Double {
      guard u > 0 else {
        return 0.5 * (zip(weights, degrees).reduce(0) { $0 + $1.0 * $1.1 } - x)
      }
      var theta = -0.5 * x * u
      var logRho = 0.0
      for (weight, df) in zip(weights, degrees) {
        theta += 0.5 * df * atan(weight * u)
        logRho += 0.25 * df * log1p(weight * weight * u * u)
      }
      return sin(theta) * exp(-logRho) / u
    }
  }

  private static func integrateToInfinity(_ function: (Double) -> Double) throws -> Double {
    let limit = 2000
    guard let workspace = gsl_integration_workspace_alloc(limit) else {
      throw NumericsError(operation: "integral", reason: "no memory")
    }
    defer { gsl_integration_workspace_free(workspace) }
    var value = 0.0
    var error = 0.0
    try GSL.withFunction(function) { callback in
      let status = gsl_integration_qagiu(
        callback, 0, 1e-11, 1e-10, limit, workspace, &value, &error)
      if error > 1e-8 { try GSL.check(status, "integral") }
    }
    return value
  }
}
