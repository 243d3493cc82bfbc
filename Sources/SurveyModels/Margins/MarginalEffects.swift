public import SurveyData
public import SurveyStatistics

/// Average marginal effects: how much the mean outcome changes with a variable, everything else as
/// each respondent answered.
public struct MarginalEffects: Sendable {
  /// The effects: variable after variable, contrast after contrast, place after place.
  public internal(set) var rows: [Row]
  /// Differences between the effects of a contrast in different places; empty where there is one
  /// place.
  public let differences: [SecondDifference]
  /// A joint Wald F that a factor's effects are all zero, or that its effects are the same in all
  /// places; in an ordinal model of the effects on the first answer, `contact=1`, as the others
  /// follow from the same coefficients.
  public let tests: [TestResult]
  /// The effects with their joint covariance, in the order of `rows`.
  public let estimates: Estimates
  /// What the user must know.
  public let notes: [Note]

  /// Where an effect holds: what was set for everybody, and whom it is averaged over.
  public struct Place: Hashable, Sendable {
    /// The variables that are set.
    public let answers: [SetVariable]
    /// The group of respondents; nil means all.
    public let group: Category?
  }

  /// One effect.
  public struct Row: Hashable, Sendable {
    /// The variable.
    public let variable: String
    /// The category; nil for a slope.
    public let category: Category?
    /// The category it is compared with; nil for a slope.
    public let reference: Category?
    /// Where it holds.
    public let place: Place
    /// The outcome whose chance changes; nil where there is only one.
    public let outcome: Category?
    /// The respondents averaged over.
    public let count: Int
    /// The effect, in the unit of the outcome, of a chance −1…1 (a slope: per unit of the
    /// variable); NaN where it is not estimable.
    public let difference: Difference

    /// `g=2`, or the variable's name for a slope.
    public var term: String { category.map { "\(variable)=\($0.code)" } ?? variable }

    /// `2 - 1`, or `dY/dX` for a slope.
    public var contrast: String {
      guard let category, let reference else { return "dY/dX" }
      return "\(category.code) - \(reference.code)"
    }
  }

  /// The difference between the same effect in two places: the interaction on the scale of the
  /// outcome.
  public struct SecondDifference: Hashable, Sendable {
    /// The effect in its place.
    public let effect: Row
    /// The same effect in the place compared with.
    public let reference: Row
    /// Their difference, in the unit of the outcome: of chances −2…2.
    public let difference: Difference
  }
}
