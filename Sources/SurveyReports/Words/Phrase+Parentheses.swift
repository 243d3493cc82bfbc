public import SurveyTables

extension Phrase {
  /// What coefficients are of which ratios are made: `log(odds ratio)`.
  public static func logarithm(of ratio: Phrase) -> Phrase {
    Phrase("log(\(ratio.text(in: "en")))", "log(\(ratio.text(in: "nb")))")
  }

  /// What stands in parentheses below coefficients, by the name of the option.
  public static func parenthesized(_ figure: String, level: Double) -> Phrase {
    switch figure {
    case "se": Phrase("standard error", "standardfeil")
    case "interval": .interval(level: level)
    case "statistic": Phrase("t statistic", "t-verdi")
    default: Phrase("p-value", "p-verdi")
    }
  }

  /// The unit of coefficients with something in parentheses.
  public static func unit(_ unit: Phrase, parenthesized: Phrase) -> Phrase {
    Phrase(
      "\(unit.text(in: "en")), \(parenthesized.text(in: "en")) in parentheses",
      "\(unit.text(in: "nb")), \(parenthesized.text(in: "nb")) i parentes")
  }

  /// Where standard errors come from.
  public static let standardErrorsByDesign = Phrase(
    "In parentheses: standard errors of the coefficients, by linearization over the design.",
    "I parentes: standardfeil for koeffisientene, beregnet ved linearisering etter utvalgsplanen.")
  /// The same of ratios.
  public static let standardErrorsOfRatios = Phrase(
    "In parentheses: standard errors of the ratios by the delta method (the ratio times the standard "
      + "error of its logarithm); tests are of the logarithm.",
    "I parentes: standardfeil for forholdstallene ved deltametoden (forholdstallet ganger "
      + "standardfeilen til logaritmen); testene gjelder logaritmen.")
  /// Intervals below ratios or coefficients.
  public static func intervalsInParentheses(level: Double) -> Phrase {
    Phrase {
      (
        "In parentheses: \($0.level(level)) intervals.",
        "I parentes: \($0.level(level)) konfidensintervaller."
      )
    }
  }
  /// Test statistics below ratios or coefficients.
  public static let statisticsInParentheses = Phrase(
    "In parentheses: t statistics, the coefficients over their standard errors.",
    "I parentes: t-verdier, koeffisientene delt på standardfeilene.")
  /// p-values below ratios or coefficients.
  public static let probabilitiesInParentheses = Phrase(
    "In parentheses: p-values of t-tests that the coefficients are zero.",
    "I parentes: p-verdier for t-tester av at koeffisientene er null.")
}
