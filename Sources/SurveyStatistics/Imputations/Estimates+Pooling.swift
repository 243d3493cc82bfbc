internal import SurveyData
internal import SurveyNumerics

extension Estimates {
  /// Combines the estimates of several imputed data sets by Rubin's rules.
  ///
  /// The covariance is `T = Ū + (1 + 1∕m) B`, the mean of the covariances and that of the estimates
  /// between data sets; the degrees of freedom are Barnard and Rubin's, each estimate its own. What
  /// is made of the result (``combined(_:of:labels:)``,
  /// ``waldTest(_:variable:by:term:of:degreesOfFreedom:)``) is made in every data set and combined
  /// anew.
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
}

extension Estimates.Label {
  /// The category and groups in words, for an error.
  fileprivate var parts: String {
    let codes = [category].compactMap { $0 } + groups
    return codes.isEmpty ? "it" : codes.map { "'\($0)'" }.joined(separator: ", ")
  }
}
