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
    try imputations[0].indices.map { index in
      try Element.pooled(imputations.map { $0[index] }, options: options)
    }
  }
}
