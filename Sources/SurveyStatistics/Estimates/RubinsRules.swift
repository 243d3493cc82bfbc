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
