/// How a gap between two groups is taken apart.
public enum DecompositionMethod: String, CaseIterable, Sendable {
  /// Logistic models, the parts shared out by Yun's weights; the default.
  case yun
  /// Linear models: Oaxaca and Blinder.
  case oaxaca
  /// Logistic models, the explained part shared out by Fairlie's matching in random orders.
  case fairlie
}

/// Whose coefficients weigh the differences between the groups' covariates.
public enum DecompositionCoefficients: String, CaseIterable, Sendable {
  /// Those of the reference group; the default.
  case group0
  /// Those of the other group.
  case group1
  /// Those of a model of both groups that has the group in it.
  case pooled
}

/// What is chosen when a gap is taken apart.
public struct DecompositionOptions: Hashable, Sendable {
  /// The method.
  public var method = DecompositionMethod.yun
  /// Whose coefficients weigh the differences.
  public var coefficients = DecompositionCoefficients.group0
  /// Whether the gap has three parts, from where the reference stands, instead of two.
  public var isThreefold = false
  /// The code of the reference group; nil means the variable's reference or the first group.
  public var reference: String?
  /// The seed of Fairlie's draws.
  public var seed: UInt64 = 1
  /// How many draws are averaged, each in an order of its own.
  public var draws = 200
  /// The confidence level, between 0 and 1.
  public var level = 0.95

  /// The defaults: Yun's method, the reference group's coefficients, two parts, level 0.95.
  public init() {}
}
