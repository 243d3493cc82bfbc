internal import Glibc

extension Difference {
  /// Combines a difference over imputed data sets by Rubin's rules, a ratio by its logarithm.
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
