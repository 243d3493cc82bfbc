internal import SurveyData

/// A result that can be combined from the same analysis of several imputed data sets.
public protocol Poolable: Sendable {
  /// Combines the results of each data set by Rubin's rules.
  ///
  /// Estimates are means, `T = Ū + (1 + 1∕m) B` with Barnard and Rubin's degrees of freedom, joint
  /// tests are D₁, and tests that are none of estimates D₂ from their p-values. See
  /// ``PooledEstimate`` and ``Estimates/waldTest(_:variable:by:term:of:degreesOfFreedom:)``.
  ///
  /// - Parameters:
  ///   - imputations: The results of each data set, at least two.
  ///   - options: How intervals and flags are made.
  /// - Returns: The combined result, in the units of each; counts are rounded means.
  /// - Throws: ``SurveyError`` when the data sets do not give the same estimates.
  /// - Note: Agrees with `MIcombine` of R's mitools 2.4 in estimates and errors.
  /// - SeeAlso: Rubin (1987), Multiple Imputation for Nonresponse in Surveys, section 3.1; Barnard
  ///   and Rubin (1999), Biometrika 86.
  static func pooled(_ imputations: [Self], options: EstimationOptions) throws -> Self
}

extension Array: Poolable where Element: Poolable {
  /// Combines several results, each with its like.
  ///
  /// - Throws: ``SurveyError`` when there are other results in some data sets.
  public static func pooled(
    _ imputations: [[Element]], options: EstimationOptions
  ) throws -> [Element] {
    guard imputations.allSatisfy({ $0.count == imputations[0].count }) else {
      throw SurveyError(
        .data, "there are other results in some imputations, since groups differ",
        remedy: "List the codes in the codebook, or join groups that are rare.")
    }
    return try imputations[0].indices.map { index in
      try Element.pooled(imputations.map { $0[index] }, options: options)
    }
  }
}
