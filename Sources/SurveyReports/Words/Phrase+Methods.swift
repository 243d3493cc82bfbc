public import SurveyTables

/// What standard errors are made from.
public enum ErrorBasis: Hashable, Sendable {
  /// Strata, sampling units and weights that somebody stated.
  case design
  /// People who are taken for a simple random sample, since nobody has stated more.
  case simpleRandom
  /// Replicate weights.
  case replication
  /// Nothing: there are none.
  case nothing
}

extension Phrase {
  /// The heading over how the numbers of a report were made.
  public static let methods = Phrase("Methods", "Metode")

  /// Whether answers are weighted.
  public static func weighting(isWeighted: Bool) -> Phrase {
    Phrase(
      isWeighted ? "Answers count with their weights." : "Answers are not weighted.",
      isWeighted ? "Svarene teller med vektene sine." : "Svarene er ikke vektet.")
  }

  /// How standard errors are made.
  public static func standardErrors(_ basis: ErrorBasis) -> Phrase {
    switch basis {
    case .design:
      Phrase(
        "Standard errors follow from the sample design by Taylor linearization: what each "
          + "respondent adds to an estimate is summed over the sampling units, and the variance is "
          + "that between units within strata.",
        "Standardfeilene følger av utvalgsplanen ved Taylor-linearisering: det hver svarer "
          + "bidrar med til et anslag, summeres over utvalgsenhetene, og variansen er den mellom "
          + "enheter innen strata.")
    case .simpleRandom:
      Phrase(
        "Standard errors are those of a simple random sample, since no design is stated.",
        "Standardfeilene er de for et enkelt tilfeldig utvalg, siden utvalgsplanen ikke er oppgitt."
      )
    case .replication:
      Phrase(
        "Standard errors come from replicate weights: every estimate is made again with each set of "
          + "them, and its variance is how much these differ.",
        "Standardfeilene kommer av replikatvekter: hvert anslag lages på nytt med hvert sett av dem, "
          + "og variansen er hvor mye disse spriker.")
    case .nothing:
      Phrase(
        "Where answers that few people share were taken out, there are no standard errors.",
        "Der svar som få personer deler er fjernet, er det ingen standardfeil.")
    }
  }

  /// That standard errors are not all made in the same way.
  public static let errorsDiffer = Phrase(
    "The line on the design below a table says which of these it rests on.",
    "Linjen om utvalgsplanen under en tabell sier hva av dette den bygger på.")

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
