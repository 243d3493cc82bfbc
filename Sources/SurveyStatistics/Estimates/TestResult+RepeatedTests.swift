internal import Glibc
internal import SurveyNumerics

extension TestResult {
  /// Combines the same test of several imputed data sets from its p-values: D₂ of Li, Meng,
  /// Raghunathan and Rubin.
  ///
  /// With `xₗ` the value of χ² on k degrees of freedom whose upper tail is the p-value of data set l, and
  /// `r = (1 + 1∕m) · var(√x)`, `D₂ = (x̄ ∕ k − (m + 1) ∕ (m − 1) · r) ∕ (1 + r)` is compared with
  /// `F(k, k^(−3∕m) (m − 1) (1 + 1∕r)²)`. A test that is the same in all data sets keeps its p-value.
  ///
  /// It needs nothing but p-values, so that it combines likelihood ratios and Rao and Scott's
  /// corrections too; where much is missing it is less certain of its size than D₁.
  ///
  /// - Parameters:
  ///   - imputations: The test in each data set, at least two.
  ///   - components: k, what is tested at once; nil means the mean of the (numerator) degrees of
  ///     freedom.
  /// - Returns: D₂, at least 0, named `d2-` and the test, with k and the second degrees of freedom, infinite where data sets agree.
  /// - Note: Agrees with `micombine.chisquare` of R's miceadds by its formulas.
  /// - SeeAlso: Li, Meng, Raghunathan and Rubin (1991), Statistica Sinica 1.
  package init(repeated imputations: [TestResult], components: Double? = nil) {
    let (first, m) = (imputations[0], Double(imputations.count))
    let k = components ?? mean(imputations.map(\.df1))
    let values = imputations.map { Self.chiSquare(ofTail: $0.pValue, degreesOfFreedom: k) }
    let roots = values.map { $0.squareRoot() }
    let center = mean(roots)
    let r = (1 + 1 / m) * roots.reduce(0) { $0 + ($1 - center) * ($1 - center) } / (m - 1)
    let raw = (mean(values) / k - (m + 1) / (m - 1) * r) / (1 + r)
    let d2 = raw < 0 ? 0 : raw
    let df2 = r > 0 ? pow(k, -3 / m) * (m - 1) * (1 + 1 / r) * (1 + 1 / r) : .infinity
    self.init(
      test: Self.repeatedPrefix + first.test, variable: first.variable, by: first.by,
      term: first.term, statistic: d2,
      df1: k, df2: df2,
      pValue: Distribution.f(numerator: k, denominator: df2).upperTail(d2))
  }

  /// What stands before the name of a test that was combined from p-values.
  package static let repeatedPrefix = "d2-"

  /// The value of χ² above which lies a chance `p`, also where that is tiny.
  private static func chiSquare(ofTail p: Double, degreesOfFreedom k: Double) -> Double {
    guard p < 1, k > 0 else { return p.isNaN || !(k > 0) ? .nan : 0 }
    let chiSquare = Distribution.chiSquared(degreesOfFreedom: k)
    let least = Double.leastNormalMagnitude
    let wanted = log(max(p, least))
    // Beyond the end of the bracket a double holds no tail.
    let found = try? root(
      of: { log(max(chiSquare.upperTail($0), least / 2)) - wanted }, in: 0...(1600 + 20 * k))
    return found ?? .nan
  }
}
