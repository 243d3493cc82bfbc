package import IntegrationParadox

/// Where a file of estimates has what is pooled.
package struct PoolingColumns: Sendable {
  /// What each estimate is of; nil means `study`, or the columns that tell the rows apart.
  package var studyColumn: String?
  /// The estimates.
  package var estimateColumn = "estimate"
  /// Their standard errors.
  package var stdErrorColumn = "std_error"
  /// Their variances, instead of standard errors.
  package var varianceColumn: String?
  /// The scale that they are pooled on.
  package var effect = EffectSize.estimate
  /// Their residual degrees of freedom.
  package var dfColumn = "df"
  /// Which rows are pooled; nil when all are.
  package var condition: String?

  /// The columns of Vekt's own results.
  package init() {}
}
