internal import SurveyData

/// A result that can be combined from the same analysis of several imputed data sets.
public protocol Poolable: Sendable {
  /// Combines the results of each data set by Rubin's rules.
  ///
  /// - Parameters:
  ///   - imputations: The results of each data set, at least two.
  ///   - options: How intervals and flags are made.
  /// - Throws: ``SurveyError`` when the data sets do not give the same estimates.
  static func pooled(_ imputations: [Self], options: EstimationOptions) throws -> Self
}

extension Array: Poolable where Element: Poolable {
  /// Combines several results, each with its like.
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
