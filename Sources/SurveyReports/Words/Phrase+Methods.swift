public import SurveyTables

extension Phrase {
  /// The heading over how the numbers of a report were made.
  public static let methods = Phrase("Methods", "Metode")

  /// How estimates and their errors are made.
  public static func designBased(isWeighted: Bool, isDeclared: Bool) -> Phrase {
    let weights = Phrase(
      isWeighted ? "Answers count with their weights. " : "Answers are not weighted. ",
      isWeighted ? "Svarene teller med vektene sine. " : "Svarene er ikke vektet. ")
    let errors = Phrase(
      isDeclared
        ? "Standard errors follow from the sample design by Taylor linearization: what each "
          + "respondent adds to an estimate is summed over the sampling units, and the variance is "
          + "that between units within strata."
        : "Standard errors are those of a simple random sample, since no design is stated.",
      isDeclared
        ? "Standardfeilene følger av utvalgsplanen ved Taylor-linearisering: det hver svarer "
          + "bidrar med til et anslag, summeres over utvalgsenhetene, og variansen er den mellom "
          + "enheter innen strata."
        : "Standardfeilene er de for et enkelt tilfeldig utvalg, siden utvalgsplanen ikke er oppgitt."
    )
    return joined([weights, errors], separator: "")
  }

  /// What population sizes change.
  public static let finitePopulations = Phrase(
    "Population sizes of the strata lower the variance (finite population correction).",
    "Kjente populasjonsstørrelser i strata senker variansen (endelig populasjon).")

  /// What calibration changes.
  public static let calibratedVariance = Phrase(
    "Weights were calibrated to known totals, and standard errors are those of what the totals do not "
      + "say: of residuals on the variables that the weights were calibrated to.",
    "Vektene er kalibrert mot kjente totaler, og standardfeilene gjelder det totalene ikke sier: "
      + "residualene fra variablene vektene er kalibrert mot.")

  /// How intervals are made.
  public static func confidence(_ level: Double) -> Phrase {
    Phrase { format in
      let percent = format.level(level)
      return (
        "Intervals have \(percent) confidence and rest on Student's t with the design's degrees of "
          + "freedom; the line on the design below a table says how those of shares are made.",
        "Intervallene er \(percent) konfidensintervaller etter Students t med utvalgsplanens "
          + "frihetsgrader; linjen om utvalgsplanen under en tabell sier hvordan de for andeler er laget."
      )
    }
  }

  /// What becomes of those outside a subpopulation.
  public static let domainsKeepTheRoster = Phrase(
    "Subpopulations are estimated as domains: everybody else stays in the design and counts as zero.",
    "Delpopulasjoner er anslått som domener: alle andre blir stående i utvalgsplanen og teller som null."
  )

  /// What becomes of missing answers.
  public static let missingLeftOut = Phrase(
    "Unless a table says otherwise, it is about those who answered; the line below it counts the others "
      + "by their reason.",
    "Om ikke tabellen sier noe annet, gjelder den dem som svarte; linjen under den teller de andre etter "
      + "grunn.")

  /// How independence and regression terms are tested, by the names of the tests.
  public static func testMethod(_ name: String) -> Phrase? {
    switch name {
    case "rao-scott-f":
      Phrase(
        "Whether answers differ between groups is tested by Rao and Scott's second-order F.",
        "Om svarene er ulike mellom grupper, er prøvd med Rao og Scotts F av annen orden.")
    case "rao-scott-chisq":
      Phrase(
        "Whether answers differ between groups is tested by Rao and Scott's scaled chi-square.",
        "Om svarene er ulike mellom grupper, er prøvd med Rao og Scotts skalerte khikvadrat.")
    default: nil
    }
  }

  /// How models are fitted.
  public static let pseudoLikelihood = Phrase(
    "Regressions maximise the weighted pseudo-likelihood; their covariance is the design-based sandwich.",
    "Regresjonene maksimerer den vektede pseudo-rimeligheten; kovariansen er utvalgsplanens sandwich."
  )

  /// How imputed data sets are combined.
  public static let rubinsRules = Phrase(
    "Imputed data sets are combined by Rubin's rules with Barnard and Rubin's degrees of freedom.",
    "Imputerte datasett er slått sammen etter Rubins regler med Barnard og Rubins frihetsgrader.")

  /// What was done about strata with one unit.
  public static func lonelyStrata(_ rule: String) -> Phrase {
    Phrase(
      "Strata with a single sampling unit: rule '\(rule)'.",
      "Strata med én utvalgsenhet: regelen «\(rule)».")
  }

  /// The heading over how printed figures and estimates agree.
  public static let agreementOfFigures = Phrase(
    "Published figures and these", "Publiserte tall og disse")
  /// The heading of a number of printed figures.
  public static let figuresHeading = Phrase("figures", "tall")
  /// The heading of data sets.
  public static let survey = Phrase("Survey", "Undersøkelse")
  /// The row of all data sets.
  public static let allSurveys = Phrase("All", "Alle")
}
