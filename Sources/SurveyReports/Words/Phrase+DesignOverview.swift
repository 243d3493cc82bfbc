package import SurveyStatistics
public import SurveyTables

extension Phrase {
  /// The title of what a design is made of.
  public static let designTitle = Phrase("Design", "Utvalgsplan")
  /// Heading of stages of sampling.
  public static let stage = Phrase("stage", "trinn")
  /// Heading of the number of strata, or of units of the stage above.
  public static let parents = Phrase("strata or parents", "strata eller foreldre")
  /// Heading of the number of sampling units.
  public static let units = Phrase("units", "enheter")
  /// Heading of the fewest and the most units of a stratum or parent.
  public static let unitsEach = Phrase("units in each", "enheter i hver")
  /// Heading of the smallest and the largest weight.
  public static let range = Phrase("range", "spenn")
  /// Heading of means of weights and of units.
  public static let meanWeight = Phrase("mean", "snitt")
  /// Heading of the number of strata with one unit.
  public static let lonely = Phrase("lonely", "enslige")
  /// Heading of sampling fractions.
  public static let fraction = Phrase("sampling fraction", "trekkandel")
  /// There is one stratum, the sample.
  public static let noStrata = Phrase("No strata are named.", "Ingen strata er oppgitt.")

  /// Strata with one unit by their names.
  public static func lonelyNames(_ names: String, more: Int, rule: String) -> Phrase {
    Phrase(
      "With one unit: \(names)\(more > 0 ? " and \(more) more" : "") (rule: \(rule)).",
      "Med én enhet: \(names)\(more > 0 ? " og \(more) til" : "") (regel: \(rule)).")
  }

  /// The title of weights.
  public static func weightsAtGlance(_ name: String?) -> Phrase {
    guard let name else { return Phrase("Weights: none", "Vekter: ingen") }
    return Phrase("Weight '\(name)'", "Vekta «\(name)»")
  }
  /// Heading of sums of weights.
  public static let sumOfWeights = Phrase("sum", "sum")
  /// Heading of the standard deviation over the mean.
  public static let variation = Phrase("CV", "CV")
  /// Heading of Kish's design effect.
  public static let kishEffect = Phrase("Kish's deff", "Kish' deff")
  /// Heading of Kish's effective number.
  public static let effectiveCount = Phrase("effective n", "effektiv n")
  /// What Kish's design effect means.
  public static let kishExplained = Phrase(
    "Kish's deff is what unequal weights cost the precision of a mean, 1 + CV²; n over it is the effective n.",
    "Kish' deff er det ulike vekter koster presisjonen til et snitt, 1 + CV²; n delt på den er effektiv n."
  )

  /// Rows that have no weight above zero.
  public static func weightless(zero: Int, missing: Int) -> Phrase {
    Phrase { format in
      let (zero, missing) = (format.count(zero), format.count(missing))
      return (
        "Weight of zero: \(zero) rows; without a weight: \(missing).",
        "Vekt null: \(zero) rader; uten vekt: \(missing)."
      )
    }
  }

  /// The title of how weights are spread.
  public static let histogram = Phrase("How the weights are spread", "Hvordan vektene er fordelt")
  /// Heading of stretches of weights.
  public static let stretchHeading = Phrase("weight", "vekt")

  /// The title of replicate weights.
  public static let replicateWeights = Phrase("Replicate weights", "Replikatvekter")
  /// Heading of columns of the file.
  public static let columnsHeading = Phrase("columns", "kolonner")
  /// Heading of what is declared.
  public static let declaredAs = Phrase("declared", "oppgitt")
  /// Heading of what they probably are.
  public static let likelyKind = Phrase("likely", "trolig")
  /// Heading of why.
  public static let becauseHeading = Phrase("because", "fordi")
  /// The method is not recognised.
  public static let unknownKind = Phrase("not known", "ukjent")

  /// Replicate weights that were found, and the options that use them.
  public static func notDeclared(_ options: String) -> Phrase {
    Phrase(
      "Not declared. If they are replicate weights, write: \(options)",
      "Ikke oppgitt. Er de replikatvekter, skriv: \(options)")
  }

  /// Replicate weights that look like another method's.
  public static func otherKind(_ declared: String, likely: String) -> Phrase {
    Phrase(
      "They are declared as \(declared), but look like \(likely): see the documentation of the survey.",
      "De er oppgitt som \(declared), men ligner \(likely): se dokumentasjonen til undersøkelsen.")
  }

  /// What the kind of replicate weights is told from.
  package static func because(_ kind: ReplicateKind) -> Phrase {
    Phrase { format in
      let zero = format.percent(kind.zeroShare)
      let (low, high) = (
        format.significant(kind.low, digits: 3), format.significant(kind.high, digits: 3)
      )
      switch kind.method {
      case .brr:
        return (
          "half are 0, the others \(high) times the weight",
          "halvparten er 0, de andre \(high) ganger vekta"
        )
      case .fay: return ("\(low) or \(high) times the weight", "\(low) eller \(high) ganger vekta")
      case .sdr:
        return (
          "\(low), 1 or \(high) times the weight", "\(low), 1 eller \(high) ganger vekta"
        )
      case .jk1:
        return (
          "a part is 0 in each, all others \(high) times the weight",
          "en del er 0 i hver, alle andre \(high) ganger vekta"
        )
      case .jkn:
        return (
          "a part is 0 in each, some are \(high) times the weight, the rest unchanged",
          "en del er 0 i hver, noen er \(high) ganger vekta, resten uendret"
        )
      case .jk2:
        return (
          "half of a pair is 0 in each, the other \(high) times the weight, the rest unchanged",
          "halve paret er 0 i hver, den andre halvdelen \(high) ganger vekta, resten uendret"
        )
      case .bootstrap:
        return (
          "\(zero) % are 0, the others many multiples",
          "\(zero) % er 0, de andre mange ulike faktorer"
        )
      case .other, nil:
        return (
          "\(zero) % are 0, \(format.percent(kind.unchangedShare)) % unchanged: no known pattern",
          "\(zero) % er 0, \(format.percent(kind.unchangedShare)) % uendret: ikke noe kjent mønster"
        )
      }
    }
  }
}
