public import SurveyTables

extension Phrase {
  /// What a mark of significance means: `p < 0.05`.
  public static func below(_ limit: Double) -> Phrase {
    Phrase { format in
      let digits = limit < 0.01 ? 3 : 2
      let text = "p\u{A0}<\u{A0}\(format.fixed(limit, digits: digits))"
      return (text, text)
    }
  }

  /// A figure of a model's fit: `AIC 7 045.1`.
  public static func figure(_ name: Phrase, _ value: Double, digits: Int) -> Phrase {
    Phrase { format in
      let text = "\u{A0}\(format.fixed(value, digits: digits))"
      return (name.text(in: "en") + text, name.text(in: "nb") + text)
    }
  }

  /// How well a model fits, in one sentence.
  public static func fit(_ figures: [Phrase]) -> Phrase {
    let all = Phrase.joined(figures, separator: "; ")
    return Phrase("Fit: \(all.text(in: "en")).", "Tilpasning: \(all.text(in: "nb")).")
  }

  /// Akaike's criterion, adjusted for the design.
  public static let aic = Phrase("AIC", "AIC")
  /// The Bayesian criterion, adjusted for the design.
  public static let bic = Phrase("BIC", "BIC")
  /// The share of the variance that is explained.
  public static let rSquared = Phrase("R²", "R²")
  /// Cox and Snell's pseudo-R².
  public static let coxSnell = Phrase("R² (Cox–Snell)", "R² (Cox–Snell)")
  /// Nagelkerke's pseudo-R².
  public static let nagelkerke = Phrase("R² (Nagelkerke)", "R² (Nagelkerke)")
  /// McFadden's pseudo-R².
  public static let mcFadden = Phrase("R² (McFadden)", "R² (McFadden)")
  /// The area under the ROC curve.
  public static let rocArea = Phrase("area under ROC", "areal under ROC")
  /// The variance of Pearson's residuals.
  public static let dispersion = Phrase("dispersion", "spredning")
  /// Archer and Lemeshow's test of a model's fit.
  public static let archerLemeshow = Phrase("Archer–Lemeshow F", "Archer–Lemeshows F")

  /// The title of several models.
  public static func models(of outcome: String, _ kind: Phrase) -> Phrase {
    Phrase("\(outcome): \(kind.text(in: "en"))", "\(outcome): \(kind.text(in: "nb"))")
  }

  /// What a model's table of several says of the respondents.
  public static let commonRespondents = Phrase(
    "All models rest on the same respondents.", "Alle modellene bygger på de samme svarene.")

  /// A larger model against a smaller one: `(2) against (1), + age: …`.
  public static func difference(
    _ larger: String, _ smaller: String, added: String, _ result: Phrase
  ) -> Phrase {
    Phrase(
      "\(larger) against \(smaller), \(added): \(result.text(in: "en"))",
      "\(larger) mot \(smaller), \(added): \(result.text(in: "nb"))")
  }
}
