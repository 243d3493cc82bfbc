public import SurveyData

/// What is estimated in each of the groups that are compared.
public struct Estimand: Hashable, Sendable {
  /// The variable's name.
  public let variable: String
  /// What is said of it.
  public let statistic: Statistic
  /// The only answer whose share is compared; nil means every answer's.
  public let counted: CountedAnswer?
  /// Reasons for a missing answer that are answers here; of shares only.
  public var kept: Set<MissingReason> = []

  /// What can be compared between groups.
  public enum Statistic: String, CaseIterable, Sendable {
    /// The share of an answer, 0…1.
    case share
    /// The mean, in the variable's unit.
    case mean
    /// The total, in the variable's unit.
    case total
    /// The median, in the variable's unit, linearized by Woodruff's density.
    case median
  }

  private init(_ variable: String, _ statistic: Statistic, counted: CountedAnswer? = nil) {
    self.variable = variable
    self.statistic = statistic
    self.counted = counted
  }

  /// The code of the only answer whose share is compared, `4|5` of several as one.
  public var answer: String? { counted?.code }

  /// The share of one answer, 0…1: `Σ w·1[answer] ∕ Σ w`.
  ///
  /// - Parameters:
  ///   - variable: The variable's name.
  ///   - answer: The code.
  public static func share(of variable: String, is answer: String) -> Self {
    share(of: variable, is: CountedAnswer([Category(answer)], isChosen: true))
  }
  /// The share of an answer that may be several codes, 0…1.
  ///
  /// - Parameters:
  ///   - variable: The variable's name.
  ///   - answer: The codes that count as the answer.
  public static func share(of variable: String, is answer: CountedAnswer) -> Self {
    Self(variable, .share, counted: answer)
  }
  /// The shares of all answers, each 0…1.
  public static func shares(of variable: String) -> Self { Self(variable, .share) }
  /// The mean of a number, in its unit.
  public static func mean(of variable: String) -> Self { Self(variable, .mean) }
  /// The total of a number in the population that the weights add up to, in its unit.
  public static func total(of variable: String) -> Self { Self(variable, .total) }
  /// The median of a number, in its unit.
  public static func median(of variable: String) -> Self { Self(variable, .median) }

  /// The same of another variable.
  func of(_ variable: String) -> Self {
    var other = Self(variable, statistic, counted: counted)
    other.kept = kept
    return other
  }

  /// What is compared when nobody says: shares of what the codebook calls nominal or ordinal and of
  /// text, means of everything else.
  ///
  /// - Parameters:
  ///   - variable: The variable's name.
  ///   - survey: The survey whose codebook knows it.
  /// - Throws: ``SurveyError`` for a name that the data do not have.
  public static func standard(_ variable: String, in survey: Survey) throws -> Self {
    let described = try survey.dataset.variable(variable)
    return described.isCategorical || described.type == .text
      ? .shares(of: variable) : .mean(of: variable)
  }
}
