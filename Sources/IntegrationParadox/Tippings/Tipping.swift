public import SurveyData
public import SurveyStatistics

/// How much misreporting that depends on status would erase a gradient.
public struct Tipping: Sendable {
  /// The outcome's prevalence at each level of the status, as observed.
  public let levels: [Level]
  /// The gradient as observed, the rise in the share from the lowest level to the highest, −1…1.
  public let gradient: Difference
  /// The curve and the point of each way to misreport.
  public let ways: [Way]
  /// Where every row of the file went.
  public let accounting: Accounting
  /// What the user must know.
  public let notes: [Note]

  /// A level of the status.
  public struct Level: Sendable {
    /// The level.
    public let category: Category
    /// The respondents.
    public let count: Int
    /// The observed prevalence, 0…1, with its error.
    public let observed: Difference
  }

  /// What one way to misreport does to the gradient.
  public struct Way: Sendable {
    /// The way.
    public let kind: Misreporting
    /// The corrected gradient along the parameter, from 0.
    public let curve: [(parameter: Double, gradient: Difference)]
    /// The parameter, 0…1, at which the corrected gradient is zero, with its error; nil when no
    /// parameter that the answers allow reaches it.
    public let point: Difference?
    /// The least parameter, 0…1, at which the corrected gradient's interval includes zero; nil when
    /// none that the answers allow does.
    public let includesZero: Double?
    /// The largest parameter that the answers allow, 0…1.
    public let limit: Double
    /// The corrected prevalence, 0…1, of each level at the point; empty without one.
    public let correctedLevels: [Double]
  }
}

/// What is assumed of reporting besides.
public struct TippingOptions: Hashable, Sendable {
  /// The codes of the levels, lowest first; nil means all, in the order of the codebook.
  public var levels: [String]?
  /// The sensitivity that all levels share, above 0.
  public var sensitivity = 1.0
  /// The specificity that all levels share, above 0.
  public var specificity = 1.0
  /// The confidence level, between 0 and 1.
  public var level = 0.95

  /// The defaults: all levels, all other reports right, level 0.95.
  public init() {}
}

extension Survey {
  /// Finds how much misreporting that depends on status would erase a gradient.
  ///
  /// The gradient is the rise of the outcome's prevalence from the lowest level to the highest
  /// along the straight line through all, `Σ c_j p_j` with `c_j = (s_j − s̄) ∕ Σ (s − s̄)²` and the
  /// levels evenly placed, `s` from 0 to 1; of two levels it is their difference. Misreporting δ
  /// grows evenly towards one end: over-reporting takes δ off the specificity at the end where the
  /// outcome is common, under-reporting takes δ off the sensitivity at the end where it is rare.
  /// The corrected prevalence is `p* = (p + sp − 1) ∕ (se + sp − 1)`, and the point is the δ at
  /// which `Σ c_j p*_j = 0`; for two levels `(p₁ − p₀) ∕ (1 − p₀)` and `1 − p₀ ∕ p₁`. Its error is
  /// by the delta method, `∂δ∕∂p_j = −c_j (∂p*_j∕∂p_j) ∕ Σ c_i ∂p*_i∕∂δ`, with the covariance of
  /// levels that share sampling units; so its influence is `Σ_j ∂δ∕∂p_j · u_j` with theirs.
  ///
  /// It says what misreporting would suffice, not that there is any.
  ///
  /// - Parameters:
  ///   - outcome: A variable of two answers of which the second counts, or a condition.
  ///   - status: The variable of the levels.
  ///   - options: The levels, and what is assumed of reporting everywhere.
  /// - Returns: Prevalences and parameters as 0…1, gradients −1…1; a point that no allowed
  ///   parameter reaches is nil.
  /// - Throws: ``SurveyError`` for an outcome of other values, fewer than two levels, or reporting
  ///   that the answers contradict.
  /// - Complexity: O(rows + levels²) a point of the curve.
  /// - Note: Two levels, and misreporting that was put in, agree with the result by hand; no
  ///   program was compared.
  /// - SeeAlso: Rogan and Gladen (1978), American Journal of Epidemiology 107.
  public func tipping(
    _ outcome: String, over status: String, options: TippingOptions = TippingOptions()
  ) throws -> Tipping {
    try LevelPrevalence(Judgement(outcome, in: dataset), over: status, options: options, in: self)
      .tipping(options)
  }
}
