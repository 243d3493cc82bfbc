public import SurveyTables

extension Phrase {
  /// What a family's model is called, and what its table shows.
  public static func regression(_ family: String) -> (kind: Phrase, unit: Phrase) {
    switch family {
    case "logistic": (.logisticRegression, .oddsRatio)
    case "probit": (Phrase("probit regression", "probitregresjon"), .coefficient)
    case "cloglog":
      (
        Phrase("complementary log-log regression", "komplementær log-log-regresjon"),
        Phrase("hazard ratio", "hasardratio")
      )
    case "poisson": (.poissonRegression, .rateRatio)
    case "gamma": (Phrase("gamma regression", "gammaregresjon"), Phrase("ratio", "ratio"))
    case "ordinal": (.ordinalRegression, .oddsRatio)
    case "multinomial": (.multinomialRegression, .relativeRiskRatio)
    default: (.linearRegression, .coefficient)
    }
  }

  /// A model for a yes or no.
  public static let logisticRegression = Phrase("logistic regression", "logistisk regresjon")
  /// A model for a mean.
  public static let linearRegression = Phrase("linear regression", "lineær regresjon")
  /// A model for a rate.
  public static let poissonRegression = Phrase("Poisson regression", "poissonregresjon")
  /// A model for ordered answers.
  public static let ordinalRegression = Phrase("ordinal regression", "ordinal regresjon")
  /// A model for unordered answers.
  public static let multinomialRegression = Phrase(
    "multinomial regression", "multinomisk regresjon")
  /// The constant of a model.
  public static let intercept = Phrase("(constant)", "(konstant)")
  /// A p-value after adjusting for many comparisons.
  public static let adjustedP = Phrase("adjusted p", "justert p")

  /// The title of an average marginal effect.
  public static func averageMarginalEffect(of variable: String) -> Phrase {
    Phrase(
      "Average marginal effect of \(variable)", "Gjennomsnittlig marginaleffekt av \(variable)")
  }

  /// How many respondents a model rests on.
  public static func respondents(_ count: Int) -> Phrase {
    Phrase { ("n\u{A0}\($0.count(count))", "n\u{A0}\($0.count(count))") }
  }
}
