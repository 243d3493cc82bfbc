public import SurveyTables

extension Phrase {
  /// The title of a table of average marginal effects.
  public static let averageMarginalEffects = Phrase(
    "Average marginal effects", "Gjennomsnittlige marginaleffekter")
  /// The title of a table of written-out combinations.
  public static let combinations = Phrase(
    "Combinations of coefficients", "Kombinasjoner av koeffisienter")
  /// The test that written-out combinations are all zero.
  public static let allCombinations = Phrase("All together: Wald F", "Alle samlet: Wald F")

  /// The title of adjusted predictions.
  public static func adjustedPredictions(of outcome: String) -> Phrase {
    Phrase("Adjusted predictions: \(outcome)", "Justerte prediksjoner: \(outcome)")
  }

  /// The effect of one unit more of a number.
  public static func perUnit(of variable: String) -> Phrase {
    Phrase("\(variable) (per unit)", "\(variable) (per enhet)")
  }

  /// The test that the effects of a factor are all zero.
  public static func allEffects(of variable: String) -> Phrase {
    Phrase("All effects of \(variable): Wald F", "Alle effekter av \(variable): Wald F")
  }

  /// The test that effects are the same everywhere.
  public static func equalEffects(of variable: String) -> Phrase {
    Phrase(
      "Do the effects of \(variable) differ (second differences)? Wald F",
      "Er effektene av \(variable) forskjellige (andredifferanser)? Wald F")
  }

  /// What a second difference is a difference between.
  public static func differenceBetween(_ group: String, _ reference: String) -> Phrase {
    Phrase("difference: \(group) − \(reference)", "differanse: \(group) − \(reference)")
  }

  /// Whether covariates count as given, by the name of the rule.
  public static func covariates(_ rule: String) -> Phrase {
    switch rule {
    case "sampled":
      Phrase(
        "Covariates count as sampled: the variance of the averages is added.",
        "Kovariatene regnes som trukket: variansen til gjennomsnittene er lagt til.")
    case "joint":
      Phrase(
        "Covariates count as sampled, together with the coefficients.",
        "Kovariatene regnes som trukket, sammen med koeffisientene.")
    default:
      Phrase(
        "Averages over respondents; their covariates count as given.",
        "Gjennomsnitt over respondentene; kovariatene deres regnes som gitt.")
    }
  }

  /// Predictions of a chance, in percent.
  public static let predictedPercent = Phrase("predicted %", "predikert %")
  /// Predictions of a mean.
  public static let predictedMean = Phrase("predicted mean", "predikert gjennomsnitt")
}
