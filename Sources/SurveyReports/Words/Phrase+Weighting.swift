public import SurveyData
public import SurveyTables

extension Phrase {
  /// The title of what steps of a weighting did.
  public static let totalsBeforeAndAfter = Phrase(
    "Totals before and after weighting", "Totaler før og etter vekting")
  /// The title of weights at a glance.
  public static let weightsBeforeAndAfter = Phrase("Weights", "Vekter")
  /// The title of the classes whose weights were raised most.
  public static let largestFactors = Phrase("Largest factors", "Største faktorer")
  /// The title of a histogram of weights.
  public static let distributionOfWeights = Phrase(
    "Weights, in multiples of their mean", "Vekter, i antall ganger gjennomsnittet")
  /// What a bar of it is.
  public static let shareOfRows = Phrase("% of those with a weight", "% av dem med vekt")
  /// What was wanted of a total.
  public static let target = Phrase("target", "mål")
  /// After weighting.
  public static let afterWeighting = Phrase("after", "etter")
  /// The least factor.
  public static let leastFactor = Phrase("least factor", "minste faktor")
  /// The largest factor.
  public static let largestFactor = Phrase("largest factor", "største faktor")
  /// The least weight.
  public static let leastWeight = Phrase("least", "minste")
  /// The largest weight.
  public static let largestWeight = Phrase("largest", "største")
  /// Everybody with a weight.
  public static let everybody = Phrase("All", "Alle")

  /// What a step did.
  public static func step(_ adjustment: WeightAdjustment) -> Phrase {
    let by = adjustment.variables.joined(separator: ", ")
    return switch adjustment.step {
    case .poststratify: Phrase("Post-stratified by \(by)", "Etterstratifisert etter \(by)")
    case .rake: Phrase("Raked by \(by)", "Raket etter \(by)")
    case .calibrate:
      Phrase(
        "Calibrated by \(adjustment.formula ?? "")", "Kalibrert etter \(adjustment.formula ?? "")")
    case .nonresponse: Phrase("Non-response within \(by)", "Frafall innenfor \(by)")
    case .trim: Phrase("Trimmed", "Trimmet")
    case .normalize: Phrase("Normalized", "Normalisert")
    case .other: Phrase("Other", "Annet")
    }
  }

  /// How many replicates were made, and how.
  public static func replicatesMade(
    _ count: Int, _ kind: String, seed: UInt64?, existed: Bool
  ) -> Phrase {
    let seeded = seed.map { ("; seed \($0)", "; frø \($0)") } ?? ("", "")
    let name = replicateKind(kind)
    return Phrase { format in
      let number = format.count(count)
      return existed
        ? (
          "The \(number) replicate weights went through the same steps.",
          "De \(number) replikatvektene gikk gjennom de samme trinnene."
        )
        : (
          "\(number) replicate weights: \(name.text(in: "en"))\(seeded.0). Each went through the same steps.",
          "\(number) replikatvekter: \(name.text(in: "nb"))\(seeded.1). Hver gikk gjennom de samme trinnene."
        )
    }
  }

  private static func replicateKind(_ kind: String) -> Phrase {
    switch kind {
    case "jk1": Phrase("jackknife of the whole sample (JK1)", "jackknife av hele utvalget (JK1)")
    case "jkn": Phrase("jackknife within strata (JKn)", "jackknife innenfor strata (JKn)")
    case "brr": Phrase("balanced half-samples (BRR)", "balanserte halvutvalg (BRR)")
    case "fay": Phrase("balanced half-samples by Fay", "balanserte halvutvalg etter Fay")
    case "bootstrap":
      Phrase("bootstrap by Rao, Wu and Yue (n − 1)", "bootstrap etter Rao, Wu og Yue (n − 1)")
    case "canty-davison":
      Phrase(
        "bootstrap by Canty and Davison, with the population's size",
        "bootstrap etter Canty og Davison, med populasjonens størrelse")
    default: Phrase("successive differences", "suksessive differanser")
    }
  }

  /// The words of notes of weightings.
  static func weightNote(_ id: String, _ values: [String]) -> String? {
    switch (id, values.count) {
    case ("weight.negative", 3):
      "\(values[0]) vekter er negative, den minste \(values[1]) i rad \(values[2]), slik lineær kalibrering kan "
        + "gi, og ingen analyse tar imot dem: gi --bounds 0,inf, eller --method raking"
    case ("weight.negative-replicates", 2):
      "\(values[0]) av \(values[1]) replikater har negative vekter, slik lineær kalibrering kan gi, og ingen "
        + "analyse tar imot dem: gi --bounds 0,inf, eller --method raking"
    case ("weight.trimmed", 4):
      "\(values[0]) vekter er hevet til \(values[1]) og \(values[2]) senket til \(values[3])"
    case ("weight.first-stage", 1):
      "replikatene er av enhetene i første trinn, der opptil \(values[0]) % er trukket, og utelater det senere trinn "
        + "legger til variansen; i en utvalgsplan uten populasjonsstørrelser får de med alt"
    case ("weight.silent", 1): "\(values[0]) som ikke svarte, har nå vekten null"
    default: nil
    }
  }
}
