internal import SurveyNumerics

extension Estimates {
  /// The joint test that some estimates are all zero: a Wald F, in imputed data the D₁ of Li,
  /// Raghunathan and Rubin.
  ///
  /// In one data set `F = θᵀ V⁻¹ θ ∕ q` on (q, ν). In m imputed ones, with means `Q̄` and `Ū`, the
  /// covariance `B` between them and `r = (1 + 1∕m) tr(B Ū⁻¹) ∕ q`, `D₁ = Q̄ᵀ Ū⁻¹ Q̄ ∕ (q (1 +
  /// r))`; its second degrees of freedom are Reiter's, which know that the complete data have ν.
  /// With one estimate it is the square of its t.
  ///
  /// D₁ takes the fraction of missing information to be about the same for all estimates.
  ///
  /// - Parameters:
  ///   - name: What the test is called in results.
  ///   - variable: The variable that is tested.
  ///   - group: The group variables, joined by `,`.
  ///   - term: The term of a model.
  ///   - indices: Which estimates; nil means all.
  ///   - degreesOfFreedom: ν, those of the complete data; nil means the least of the estimates'.
  /// - Returns: F, at least 0, on q and ν, or on Reiter's; a NaN statistic where the covariance is
  ///   short of rank, an error is unknown or ν is not above 0.
  /// - Complexity: O(estimates³), m times in imputed data.
  /// - Note: In one data set agrees with `regTermTest` of R's survey 4.5, in imputed ones with the
  ///   formula of D₁ in R.
  /// - SeeAlso: Li, Raghunathan and Rubin (1991), Journal of the American Statistical Association
  ///   86; Reiter (2007), Biometrika 94.
  public func waldTest(
    _ name: String, variable: String, by group: String = "", term: String = "",
    of indices: [Int]? = nil, degreesOfFreedom: Double? = nil
  ) -> TestResult {
    let chosen = indices ?? Array(values.indices)
    let degreesOfFreedom = degreesOfFreedom ?? leastDegreesOfFreedom(of: chosen)
    let q = Double(chosen.count)
    let theta = chosen.map { values[$0] }
    func result(_ f: Double, _ df2: Double) -> TestResult {
      TestResult(
        test: name, variable: variable, by: group, term: term, statistic: f, df1: q, df2: df2,
        pValue: Distribution.f(numerator: q, denominator: df2).upperTail(f))
    }
    let within =
      imputations.map { meanCovariance(of: chosen, $0) } ?? covariance(of: chosen)
    guard degreesOfFreedom > 0, q > 0, !chosen.contains(where: isUnknown),
      let form = within.quadraticForm(of: theta)
    else { return result(.nan, degreesOfFreedom) }
    let f = form / q
    guard let imputations, let ratios = try? within.solve(covariance(of: chosen)) else {
      return result(f, degreesOfFreedom)
    }
    // T = Ū + (1 + 1∕m) B, so that tr(Ū⁻¹ T) is q + q r.
    let isImputed = chosen.contains { missingInformation[$0].fraction > 0 }
    let r = isImputed ? max(0, ratios.trace / q - 1) : 0
    let df2 =
      chosen.count == 1
      ? PooledEstimate(
        imputations.map { $0.values[chosen[0]] },
        standardErrors: imputations.map { $0.standardErrors[chosen[0]] },
        degreesOfFreedom: [degreesOfFreedom]
      ).degreesOfFreedom
      : Self.degreesOfFreedom(
        ofTest: q, increase: r, imputations: Double(imputations.count),
        complete: degreesOfFreedom)
    return result(f / (1 + r), df2)
  }

  /// Whether nothing is known of an estimate's variance, in one data set at least.
  private func isUnknown(_ index: Int) -> Bool {
    standardErrors[index].isNaN
      || (imputations ?? []).contains { $0.standardErrors[index].isNaN }
  }

  /// The second degrees of freedom of D₁: Reiter's, and where they have no value (few imputations
  /// of few estimates) Li, Raghunathan and Rubin's, at most those of the complete data.
  static func degreesOfFreedom(
    ofTest k: Double, increase r: Double, imputations m: Double, complete: Double
  ) -> Double {
    guard r > 0 else { return complete }
    let t = k * (m - 1)
    let observed = (complete + 1) / (complete + 3) * complete
    let a = r * t / (t - 2)
    let (c0, c1) = (1 / (t - 4), observed - 2 * (1 + a))
    let c2 = observed - 4 * (1 + a)
    guard t > 4, c2 > 0, complete.isFinite else {
      let imputed =
        t > 4
        ? 4 + (t - 4) * (1 + (1 - 2 / t) / r) * (1 + (1 - 2 / t) / r)
        : t * (1 + 1 / k) * (1 + 1 / r) * (1 + 1 / r) / 2
      return min(imputed, complete)
    }
    let a2 = a * a
    let z =
      1 / c2
      + c0
      * (a2 * c1 / ((1 + a) * (1 + a) * c2) + 8 * a2 * c1 / ((1 + a) * c2 * c2)
        + 4 * a2 / ((1 + a) * c2) + 4 * a2 / (c2 * c1) + 16 * a2 * c1 / (c2 * c2 * c2)
        + 8 * a2 / (c2 * c2))
    return 4 + 1 / z
  }
}
