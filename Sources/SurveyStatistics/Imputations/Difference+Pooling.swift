extension Difference {
  /// Combines a difference over imputed data sets by Rubin's rules.
  public init(pooling imputations: [Difference], level: Double) {
    let pooled = PooledEstimate(
      imputations.map(\.estimate), standardErrors: imputations.map(\.standardError),
      degreesOfFreedom: imputations.map(\.degreesOfFreedom))
    self.init(
      pooled.estimate, standardError: pooled.standardError,
      degreesOfFreedom: pooled.degreesOfFreedom, level: level)
    missingInformation = pooled.information
  }
}
