internal import Glibc

extension Difference {
  /// Combines a difference over imputed data sets by Rubin's rules, a ratio by its logarithm.
  ///
  /// - Parameters:
  ///   - imputations: The difference in each data set, at least two.
  ///   - isRatio: Whether they are ratios above 0, combined as logarithms.
  ///   - level: The confidence level, between 0 and 1.
  /// - Note: See ``PooledEstimate`` for the rules.
  public init(pooling imputations: [Difference], isRatio: Bool = false, level: Double) {
    let pooled = PooledEstimate(
      imputations.map { isRatio ? log($0.estimate) : $0.estimate },
      standardErrors: imputations.map {
        isRatio ? $0.standardError / $0.estimate : $0.standardError
      }, degreesOfFreedom: imputations.map(\.degreesOfFreedom))
    if isRatio {
      self.init(
        logRatio: pooled.estimate, standardError: pooled.standardError,
        degreesOfFreedom: pooled.degreesOfFreedom, level: level)
    } else {
      self.init(
        pooled.estimate, standardError: pooled.standardError,
        degreesOfFreedom: pooled.degreesOfFreedom, level: level)
    }
    missingInformation = pooled.information
  }
}
