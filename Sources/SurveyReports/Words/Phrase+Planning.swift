public import SurveyTables

extension Phrase {
  /// The title of a plan, by what is planned for.
  public static func plan(_ kind: String) -> Phrase {
    switch kind {
    case "proportion": Phrase("Sample size for a share", "Utvalgsstørrelse for en andel")
    case "mean": Phrase("Sample size for a mean", "Utvalgsstørrelse for et gjennomsnitt")
    case "difference":
      Phrase(
        "Sample size for a difference of two groups",
        "Utvalgsstørrelse for en forskjell mellom to grupper")
    default:
      Phrase(
        "Sample size for a gap between two answers of the same people",
        "Utvalgsstørrelse for et gap mellom to svar fra de samme personene")
    }
  }

  /// The first group of a difference.
  public static let firstGroup = Phrase("first group", "første gruppe")
  /// The second group of a difference.
  public static let secondGroup = Phrase("second group", "andre gruppe")
  /// Those who are asked to take part.
  public static let invited = Phrase("invited", "inviterte")
  /// Half the width of an interval.
  public static let margin = Phrase("margin", "feilmargin")
  /// The same of a share, in percentage points.
  public static let marginOfShares = Phrase("margin, pct. points", "feilmargin, prosentpoeng")
  /// The chance of finding a difference, as a percentage.
  public static let power = Phrase("power, %", "teststyrke, %")

  /// The shares that a plan expects.
  public static func plannedShares(_ shares: [Double]) -> Phrase {
    Phrase { format in
      let text = shares.map { format.level($0) }
      return shares.count == 1
        ? ("share \(text[0])", "andel \(text[0])")
        : ("shares \(text[0]) and \(text[1])", "andeler \(text[0]) og \(text[1])")
    }
  }

  /// The standard deviation that a plan expects.
  public static func plannedDeviation(_ deviation: Double) -> Phrase {
    Phrase { format in
      let text = format.significant(deviation, digits: 4)
      return ("standard deviation \(text)", "standardavvik \(text)")
    }
  }

  /// The correlation that a plan expects.
  public static func plannedCorrelation(_ correlation: Double) -> Phrase {
    Phrase { format in
      let text = format.fixed(correlation, digits: 2)
      return ("correlation \(text)", "korrelasjon \(text)")
    }
  }

  /// The design effect that a plan expects.
  public static func plannedEffect(_ effect: Double) -> Phrase {
    Phrase { format in
      let text = format.fixed(effect, digits: 2)
      return ("design effect \(text)", "designeffekt \(text)")
    }
  }

  /// The response that a plan expects.
  public static func plannedResponse(_ share: Double) -> Phrase {
    Phrase { format in
      let text = format.level(share)
      return ("\(text) of those invited answer", "\(text) av de inviterte svarer")
    }
  }

  /// The population that a plan is for.
  public static func plannedPopulation(_ people: Double) -> Phrase {
    Phrase { format in
      let text = format.count(Int(people))
      return ("a population of \(text)", "en populasjon på \(text)")
    }
  }

  /// What a plan rests on.
  public static func planned(_ parts: [Phrase], level: Double) -> Phrase {
    let all = joined(parts)
    return Phrase { format in
      let percent = format.level(level)
      return (
        "Expected: \(all.text(in: "en")). The margin is half of a \(percent) interval; n are those who answer.",
        "Forventet: \(all.text(in: "nb")). Feilmarginen er halve \(percent)-intervallet; n er de som svarer."
      )
    }
  }

  /// Where normal theory promises too much.
  public static let fewPlanned = Phrase(
    "Some sizes are worth fewer than 30 people of a simple sample, for which these formulas promise too "
      + "much.",
    "Noen størrelser tilsvarer færre enn 30 personer i et enkelt utvalg, og da lover formlene for mye."
  )
}
