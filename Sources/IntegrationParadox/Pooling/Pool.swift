internal import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

/// Estimates of countries, waves, groups or studies, pooled.
public struct Pool: Sendable {
  /// The estimates that were pooled, in their order.
  public let studies: [Study]
  /// The pooled mean, or the coefficients of a meta-regression, the constant first.
  public let terms: [Term]
  /// The same with cluster-robust errors; empty unless estimates stand in studies.
  public let robustTerms: [Term]
  /// Where the effect of a new study lies, in the unit of what was given; nil for a fixed effect or
  /// a meta-regression.
  public let prediction: ConfidenceInterval?
  /// How much the estimates differ.
  public let heterogeneity: Heterogeneity
  /// Tests: of the moderators, of asymmetry.
  public let tests: [TestResult]
  /// The number of studies that estimates stand in; nil when each stands alone.
  public let clusterCount: Int?

  /// One of the estimates.
  public struct Study: Sendable {
    /// The estimate as it was given.
    public let source: StudyEstimate
    /// Its test and interval, by the normal distribution.
    public let difference: Difference
    /// Its share of the weights, 0…1; they add up to 1.
    public let weight: Double
  }

  /// A pooled mean or a coefficient.
  public struct Term: Sendable {
    /// `pooled`, `(Intercept)` or a moderator's name.
    public let name: String
    /// The estimate with its error, in the unit of what was given; a coefficient per unit of its
    /// moderator.
    public let difference: Difference
  }

  /// Pools estimates.
  ///
  /// With weights `w = 1 ∕ (v + τ²)` the mean is `μ = Σ w y ∕ Σ w`, its error `(Σ w)^−½` or Knapp
  /// and Hartung's `√(Σ w (y − μ)² ∕ ((k − 1) Σ w))`; moderators make it weighted least squares.
  /// Estimates that share a cluster have the covariance `diag(v + σ²_w) + σ²_b Z Zᵀ` by restricted
  /// maximum likelihood, with a sandwich over clusters (CR1) besides. `I² = 100 τ² ∕ (τ² + s²)`
  /// with `s² = (k − p) ∕ tr P`.
  ///
  /// Standard errors are taken as known, and estimates from different clusters as independent:
  /// estimates of the same people in two of them make the pooled error too small. Log odds ratios
  /// of models with different covariates are on different scales and should not be pooled.
  ///
  /// Estimates keep the unit of what was given; τ² is its square, I² in per cent 0…100.
  ///
  /// - Parameters:
  ///   - estimates: At least two, and more than there are coefficients.
  ///   - options: The method and what is said besides.
  /// - Throws: ``SurveyError`` for too few estimates, a standard error that is not above 0, a
  ///   moderator that is constant or follows from others, one cluster only.
  /// - Complexity: O(estimates × coefficients²) a step of the iteration.
  /// - Note: Agrees with `rma` (`threshold = 1e-14`), `rma.mv` and `robust` of R's metafor 3.8.
  /// - SeeAlso: DerSimonian and Laird (1986), Controlled Clinical Trials 7; Viechtbauer (2005),
  ///   Journal of Educational and Behavioral Statistics 30; Viechtbauer (2007), Statistics in
  ///   Medicine 26; Knapp and Hartung (2003), Statistics in Medicine 22; Konstantopoulos (2011),
  ///   Research Synthesis Methods 2.
  public init(_ estimates: [StudyEstimate], options: PoolingOptions = PoolingOptions()) throws {
    let data = try Self.data(estimates, options)
    let clusters = try Self.clusters(estimates, coefficients: data.x.columns)
    let names = options.moderators.isEmpty ? ["pooled"] : ["(Intercept)"] + options.moderators
    let fixed = try data.regression(between: 0)
    let df = data.degreesOfFreedom
    let sampling = df / fixed.traces.p
    let nested = try clusters.map { try NestedVariances(data, clusters: $0) }
    let tau2 = try nested.map { $0.variances.reduce(0, +) } ?? data.between(options.method)
    let fit = try data.regression(between: tau2)
    let isHartung = options.error != .normal && nested == nil
    var scale = isHartung ? fit.q / df : 1
    if options.error == .knappHartungAdhoc { scale = max(1, scale) }
    let inverse = (nested?.fit.inverse ?? fit.inverse).transformed(by: data.map)
    let coefficients = data.map * (nested?.fit.coefficients ?? fit.coefficients)
    let errors = inverse.diagonal.map { (scale * $0).squareRoot() }
    let termDF = isHartung ? df : .infinity
    func terms(_ errors: [Double], _ df: Double) -> [Term] {
      names.indices.map {
        Term(
          name: names[$0],
          difference: Difference(
            coefficients[$0], standardError: errors[$0], degreesOfFreedom: df,
            level: options.level))
      }
    }
    self.terms = terms(errors, termDF)
    robustTerms =
      nested.map { nested in
        terms(
          nested.robustCovariance.transformed(by: data.map).diagonal.map {
            max(0, $0).squareRoot()
          },
          Double(nested.clusterCount - names.count))
      } ?? []
    clusterCount = nested?.clusterCount

    let weights = nested?.fit.ones ?? data.v.map { 1 / ($0 + tau2) }
    let sum = weights.reduce(0, +)
    studies = zip(estimates, weights).map { estimate, weight in
      Study(
        source: estimate,
        difference: Difference(
          estimate.estimate, standardError: estimate.standardError, degreesOfFreedom: .infinity,
          level: options.level), weight: weight / sum)
    }
    prediction =
      options.method == .fe || !options.moderators.isEmpty
      ? nil
      : .wald(
        coefficients[0], (tau2 + errors[0] * errors[0]).squareRoot(), degreesOfFreedom: termDF,
        level: options.level)

    let isFixed = options.method == .fe && nested == nil
    let hasInterval = nested == nil && !isFixed
    heterogeneity = Heterogeneity(
      tau2: tau2,
      tau2Interval: hasInterval ? try data.betweenInterval(level: options.level) : .none,
      between: nested?.variances[0], within: nested?.variances[1],
      i2: isFixed ? max(0, 100 * (fixed.q - df) / fixed.q) : 100 * tau2 / (tau2 + sampling),
      h2: isFixed ? fixed.q / df : 1 + tau2 / sampling, q: fixed.q, degreesOfFreedom: df,
      pValue: Distribution.chiSquared(degreesOfFreedom: df).upperTail(fixed.q),
      r2: try Self.explained(data, tau2, clusters, options),
      logLikelihood: nested?.fit.logLikelihood)
    tests = try Self.tests(
      coefficients, inverse, scale: scale, degreesOfFreedom: termDF, data: data, options: options)
  }

  /// The share of τ² that the moderators take away; nil without moderators or a τ² to begin with.
  private static func explained(
    _ data: PooledData, _ tau2: Double, _ clusters: [Int]?, _ options: PoolingOptions
  ) throws -> Double? {
    guard !options.moderators.isEmpty, options.method != .fe || clusters != nil else { return nil }
    let ones = Matrix(data.y.map { _ in [1.0] })
    let empty = PooledData(y: data.y, v: data.v, x: ones, map: .identity(1))
    let before =
      try clusters.map { try NestedVariances(empty, clusters: $0).variances.reduce(0, +) }
      ?? empty.between(options.method)
    return before > 0 ? max(0, 100 * (before - tau2) / before) : nil
  }
}
