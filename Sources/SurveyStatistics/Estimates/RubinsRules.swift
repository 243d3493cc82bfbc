internal import Glibc
internal import SurveyData
internal import SurveyNumerics

/// One quantity of several imputed data sets, combined by Rubin's rules.
///
/// With m data sets, `Q̄` is the mean of the estimates, `Ū` the mean of their variances and `B` the
/// variance of the estimates between data sets. The total variance is `T = Ū + (1 + 1∕m) B`.
public struct PooledEstimate: Hashable, Sendable {
  /// `Q̄`, the mean of the estimates, in their unit.
  public let estimate: Double
  /// `√T`, in the same unit; NaN where one data set does not know its variance.
  public let standardError: Double
  /// Barnard and Rubin's degrees of freedom; those of the complete data where nothing is missing.
  public let degreesOfFreedom: Double
  /// How much the missing answers cost.
  public let information: MissingInformation

  /// Combines the estimates of one quantity.
  ///
  /// With `r = (1 + 1∕m) B ∕ Ū` and the degrees of freedom ν of the complete data,
  /// `1∕df = 1∕ν_m + 1∕ν_obs` where `ν_m = (m − 1)(1 + 1∕r)²` and
  /// `ν_obs = (ν + 1)∕(ν + 3) · ν · Ū∕T`. The fraction of missing information is
  /// `(r + 2∕(df + 3)) ∕ (r + 1)`, the relative efficiency `1 ∕ (1 + fraction∕m)`.
  ///
  /// An estimate that is the same in all data sets, but for rounding, misses no information and
  /// keeps ν. Where a variance is unknown (NaN) in one data set, so is that of the whole.
  ///
  /// The rules trust the imputations to be draws from a proper posterior; copies of one best guess
  /// make the error too small.
  ///
  /// - Parameters:
  ///   - values: The estimates, one a data set, at least two.
  ///   - standardErrors: Their standard errors, in the same unit.
  ///   - degreesOfFreedom: Those of the complete data; where data sets differ the least counts.
  /// - Complexity: O(m).
  /// - Note: Agrees with `MIcombine(…, df.complete = ν)` of R's mitools 2.4, but for `(1 + 1∕m)` in
  ///   `ν_obs`, which mitools leaves out and Barnard and Rubin have.
  /// - SeeAlso: Rubin (1987), Multiple Imputation for Nonresponse in Surveys, section 3.1; Barnard
  ///   and Rubin (1999), Biometrika 86.
  public init(_ values: [Double], standardErrors: [Double], degreesOfFreedom: [Double]) {
    let m = Double(values.count)
    let center = mean(values)
    let within = mean(standardErrors.map { $0 * $0 })
    let between =
      values.reduce(0) { $0 + ($1 - center) * ($1 - center) } / (m - 1) * (1 + 1 / m)
    let rounding = max(1e-28 * center * center, within.isNaN ? 0 : 1e-24 * within)
    estimate = center
    let complete = degreesOfFreedom.min() ?? .nan
    guard between > rounding else {
      standardError = within.squareRoot()
      self.degreesOfFreedom = complete
      information = MissingInformation(imputations: values.count, fraction: 0)
      return
    }
    standardError = (within + between).squareRoot()
    let r = between / within
    let imputed = (m - 1) * (1 + 1 / r) * (1 + 1 / r)
    let observed = (complete + 1) / (complete + 3) * complete * within / (within + between)
    let df =
      complete.isInfinite ? imputed : complete > 0 ? 1 / (1 / imputed + 1 / observed) : complete
    self.degreesOfFreedom = df
    information = MissingInformation(
      imputations: values.count, fraction: r.isFinite ? (r + 2 / (df + 3)) / (r + 1) : 1)
  }
}

/// How much the missing answers behind an estimate cost.
public struct MissingInformation: Hashable, Sendable {
  /// The number of imputed data sets.
  public let imputations: Int
  /// The share of the information about the estimate that is missing, 0…1.
  public let fraction: Double

  /// The precision relative to that of infinitely many imputations, 0…1.
  public var relativeEfficiency: Double { 1 / (1 + fraction / Double(imputations)) }
}

/// The mean, exact where all values are the same.
func mean(_ values: [Double]) -> Double {
  guard let first = values.first else { return .nan }
  return first + values.reduce(0) { $0 + ($1 - first) } / Double(values.count)
}

extension Estimates {
  /// Combines the estimates of several imputed data sets by Rubin's rules.
  ///
  /// The covariance is `T = Ū + (1 + 1∕m) B`, the mean of the covariances and that of the estimates
  /// between data sets; the degrees of freedom are Barnard and Rubin's, each estimate its own. What
  /// is made of the result (``combined(_:of:labels:)``, ``waldTest(_:variable:by:term:of:degreesOfFreedom:)``)
  /// is made in every data set and combined anew.
  ///
  /// - Parameter imputations: The estimates of each data set, at least two, all of the same things.
  /// - Returns: Means of the estimates; counts are rounded means.
  /// - Throws: ``SurveyError`` when one data set has an estimate that another has not.
  /// - Complexity: O(m × estimates); covariances when they are asked for.
  /// - Note: Agrees with `MIcombine` of R's mitools 2.4 in estimates and covariance.
  /// - SeeAlso: Rubin (1987), Multiple Imputation for Nonresponse in Surveys, section 3.1.
  public init(pooling imputations: [Estimates]) throws {
    for (number, other) in imputations.enumerated() where other.labels != imputations[0].labels {
      let all = [imputations[0], other]
      let odd = zip(all, all.reversed()).lazy.compactMap { a, b in
        a.labels.first { !b.labels.contains($0) }
      }.first
      throw SurveyError(
        .data, at: odd?.variable,
        odd.map { "\($0.parts) has an estimate in some imputations only" }
          ?? "imputation \(number + 1) has its estimates in another order",
        remedy: "List the codes in the codebook, or join categories that are rare.")
    }
    self.init(agreeing: imputations)
  }

  /// Combines estimates of the same things in several imputed data sets by Rubin's rules.
  init(agreeing imputations: [Estimates]) {
    func across<Value>(_ part: KeyPath<Estimates, [Value]>, _ index: Int) -> [Value] {
      imputations.map { $0[keyPath: part][index] }
    }
    let indices = imputations[0].values.indices
    let pooled = indices.map { index in
      PooledEstimate(
        across(\.values, index), standardErrors: across(\.standardErrors, index),
        degreesOfFreedom: across(\.degreesOfFreedom, index))
    }
    labels = imputations[0].labels
    values = pooled.map(\.estimate)
    standardErrors = pooled.map(\.standardError)
    degreesOfFreedom = pooled.map(\.degreesOfFreedom)
    missingInformation = pooled.map(\.information)
    counts = indices.map { Int(mean(across(\.counts, $0).map(Double.init)).rounded()) }
    weightedCounts = indices.map { mean(across(\.weightedCounts, $0)) }
    domains = imputations[0].domains
    source = .imputations(imputations)
  }

  /// Numbers made of the estimates, in imputed data in every data set and combined: a function is
  /// taken where the numbers were made.
  package func inEach(_ make: (Estimates) throws -> Estimates) rethrows -> Estimates {
    guard let imputations else { return try make(self) }
    return Estimates(agreeing: try imputations.map { try $0.inEach(make) })
  }

  /// The respondents behind several estimates together, in imputed data the rounded mean.
  package func people(of indices: some Sequence<Int>) -> Int {
    let indices = Array(indices)
    let sums = (imputations ?? [self]).map { one in
      Double(indices.reduce(0) { $0 + one.counts[$1] })
    }
    return Int(mean(sums).rounded())
  }

  /// The estimates of each imputed data set; nil when there is one data set.
  package var imputations: [Estimates]? {
    if case .imputations(let imputations) = source { imputations } else { nil }
  }

  /// Rubin's `Ū + (1 + 1∕m) B`.
  func total(of indices: [Int], _ imputations: [Estimates]) -> Matrix {
    let m = Double(imputations.count)
    var sum = meanCovariance(of: indices, imputations)
    for imputation in imputations {
      let miss = indices.map { imputation.values[$0] - values[$0] }
      for i in miss.indices {
        for j in miss.indices { sum[i, j] += (1 + 1 / m) / (m - 1) * miss[i] * miss[j] }
      }
    }
    return sum
  }

  /// `Ū`: the mean of the covariances.
  func meanCovariance(of indices: [Int], _ imputations: [Estimates]) -> Matrix {
    var sum = Matrix(rows: indices.count, columns: indices.count)
    for estimates in imputations {
      let part = estimates.covariance(of: indices)
      for k in sum.elements.indices { sum.elements[k] += part.elements[k] }
    }
    for k in sum.elements.indices { sum.elements[k] /= Double(imputations.count) }
    return sum
  }
}

extension Estimates.Label {
  /// The category and groups in words, for an error.
  fileprivate var parts: String {
    let codes = [category].compactMap { $0 } + groups
    return codes.isEmpty ? "it" : codes.map { "'\($0)'" }.joined(separator: ", ")
  }
}

extension EstimateRow {
  /// Combines rows of the same estimates by Rubin's rules, row by row.
  ///
  /// Intervals of shares are made on the logit scale (or by the method chosen) from the combined
  /// share, its total standard error and Barnard and Rubin's degrees of freedom, all others as
  /// `estimate ± t·se`. Correlations are combined on Fisher's scale, `tanh` of the mean of `atanh r`,
  /// and have their intervals there. Counts are rounded means.
  ///
  /// - SeeAlso: Schafer (1997), Analysis of Incomplete Multivariate Data, section 4.4.3.
  static func pooled(
    _ imputations: [[EstimateRow]], options: EstimationOptions
  ) throws -> [EstimateRow] {
    try imputations[0].indices.map { index in
      try EstimateRow(
        pooling: try imputations.map { rows in
          let first = imputations[0][index]
          guard rows.count == imputations[0].count, rows[index].isSame(as: first) else {
            let codes = ([first.category].compactMap { $0 } + first.groups).map { "'\($0.code)'" }
            throw SurveyError(
              .data, at: first.variable,
              "has other answers or groups in some imputations, at \(codes.joined(separator: ", "))",
              remedy: "List the codes in the codebook, or join categories that are rare.")
          }
          return rows[index]
        }, options: options)
    }
  }

  private func isSame(as other: EstimateRow) -> Bool {
    variable == other.variable && category?.code == other.category?.code
      && statistic == other.statistic && groups.map(\.code) == other.groups.map(\.code)
  }

  private init(pooling rows: [EstimateRow], options: EstimationOptions) throws {
    let isCorrelation = ["correlation", "item_rest"].contains(rows[0].statistic)
    let onFisherScale = isCorrelation && rows.allSatisfy { $0.estimate.magnitude < 1 }
    // A share of 0 or 1 in some data sets takes its variance from the others.
    let known = rows.map(\.standardError).filter { !$0.isNaN }
    let usual = mean(known.map { $0 * $0 }).squareRoot()
    let pooled = PooledEstimate(
      rows.map { onFisherScale ? atanh($0.estimate) : $0.estimate },
      standardErrors: rows.map {
        onFisherScale
          ? $0.standardError / (1 - $0.estimate * $0.estimate)
          : $0.isExact ? usual : $0.standardError
      }, degreesOfFreedom: rows.map(\.degreesOfFreedom))
    func count(_ part: (EstimateRow) -> Int) -> Int {
      Int(mean(rows.map { Double(part($0)) }).rounded())
    }
    let value = onFisherScale ? tanh(pooled.estimate) : pooled.estimate
    let error = pooled.standardError * (onFisherScale ? 1 - value * value : 1)
    let df = pooled.degreesOfFreedom
    let base = count(\.base)
    // The variance of a simple random sample, of which the design effect is a multiple.
    let simple = mean(rows.map { $0.standardError * $0.standardError / $0.designEffect })
    var interval = ConfidenceInterval.wald(
      value, error, degreesOfFreedom: df, level: options.level)
    var flags: [ReliabilityFlag] = []
    switch rows[0].statistic {
    case "share" where rows.allSatisfy(\.isExact):
      (interval, flags) = (rows[0].interval, rows[0].flags)
    case "share":
      let share = Proportion(
        value, standardError: error, base: base, kishSize: .nan, degreesOfFreedom: df)
      interval = share.interval(options.interval ?? .logit, level: options.level)
      flags = options.reliability.flags(for: share)
    case _ where isCorrelation:
      interval = .fisher(value, error, degreesOfFreedom: df, level: options.level)
    default: break
    }
    // A quantile's own interval is not symmetric; it stands where nothing was imputed.
    if pooled.information.fraction == 0 { (interval, flags) = (rows[0].interval, rows[0].flags) }
    self.init(
      variable: rows[0].variable, category: rows[0].category, statistic: rows[0].statistic,
      groups: rows[0].groups, count: count(\.count),
      weightedCount: mean(rows.map(\.weightedCount)), base: base, estimate: value,
      standardError: error, interval: interval, degreesOfFreedom: df,
      designEffect: error * error / simple, flags: flags,
      isExact: rows.allSatisfy(\.isExact), missingInformation: pooled.information)
  }
}
