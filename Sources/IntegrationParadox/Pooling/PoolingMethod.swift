/// How the variance between studies, τ², is estimated.
public enum PoolingMethod: String, CaseIterable, Sendable {
  /// Restricted maximum likelihood; the default.
  case reml
  /// Maximum likelihood, which is low where there are few studies.
  case ml
  /// DerSimonian and Laird's moments.
  case dl
  /// Paule and Mandel: the τ² at which Q is its degrees of freedom.
  case pm
  /// None: all studies share one effect.
  case fe
}

/// How the standard error of a pooled estimate is found.
public enum PoolingError: String, CaseIterable, Sendable {
  /// `(Σ w)^−½`, a normal distribution.
  case normal
  /// Knapp and Hartung's, a t distribution.
  case knappHartung
  /// Knapp and Hartung's, never below the normal one.
  case knappHartungAdhoc
}

/// What is chosen when estimates are pooled.
public struct PoolingOptions: Hashable, Sendable {
  /// How τ² is estimated.
  public var method = PoolingMethod.reml
  /// How the standard error is found.
  public var error = PoolingError.normal
  /// The names of the moderators of a meta-regression; none for a mean.
  public var moderators: [String] = []
  /// The confidence level, between 0 and 1.
  public var level = 0.95
  /// Whether Egger's test asks if small studies differ.
  public var testsAsymmetry = false

  /// The defaults: restricted maximum likelihood, normal errors, no moderators, level 0.95.
  public init() {}
}
