public import SurveyTables

extension Phrase {
  /// Both of two judgements.
  public static let both = Phrase("both", "begge")
  /// None of two judgements.
  public static let neither = Phrase("neither", "ingen")
  /// One judgement without the other.
  public static func only(_ judgement: String) -> Phrase {
    Phrase("only \(judgement)", "bare \(judgement)")
  }
  /// The share without the second judgement among those with the first.
  public static func without(_ second: String, among first: String) -> Phrase {
    Phrase("not \(second) among \(first)", "ikke \(second) blant \(first)")
  }
  /// The same with the judgements' names, as a title.
  public static func withoutInWords(_ second: String, among first: String) -> Phrase {
    Phrase("Not “\(second)” among “\(first)”", "Ikke «\(second)» blant «\(first)»")
  }
  /// The title of a logistic model of something.
  public static func modelled(_ what: String) -> Phrase {
    Phrase("\(what): logistic model", "\(what): logistisk modell")
  }
  /// What the points beside odds ratios are.
  public static let averageEffects = Phrase(
    "Points: average marginal effects among those with the first judgement.",
    "Poeng: gjennomsnittlige marginaleffekter blant dem med den første vurderingen.")
  /// What the letters of the headings stand for.
  public static func letters(_ first: String, _ second: String) -> Phrase {
    Phrase("A: “\(first)”; B: “\(second)”.", "A: «\(first)»; B: «\(second)».")
  }

  /// The share without the second judgement among those with the first, in a sentence.
  ///
  /// - Parameters:
  ///   - group: The group; nil for all.
  ///   - share: The share, 0…1, and so its ends.
  public static func discordantShare(
    group: String?, first: String, second: String, share: Double, low: Double, high: Double,
    level: Double
  ) -> Phrase {
    Phrase { format in
      let size = format.percentSign(share)
      let ends = "(\(format.level(level)) \(format.interval(low, high, as: .percent(digits: 0))))"
      let (en, nb) = group.map { ("\($0): of", "\($0): Av") } ?? ("Of", "Av")
      return (
        "\(en) those with “\(first)”, \(size) are without “\(second)” \(ends).",
        "\(nb) dem med «\(first)» er \(size) uten «\(second)» \(ends)."
      )
    }
  }

  /// What the p-values of a discordance table test.
  public static let equalDiscordance = Phrase(
    "p: do more, or fewer, have only A than only B? (Wald F, the design counted.)",
    "p: Har flere, eller færre, bare A enn bare B? (Wald F, med utvalgsplanen.)")

  /// McNemar's test of the respondents.
  public static func unweightedMcNemar(
    _ onlyFirst: Int, _ onlySecond: Int, statistic: Double, p: Double
  ) -> Phrase {
    Phrase { format in
      let space = "\u{A0}"
      let value = format.fixed(statistic, digits: statistic < 10 ? 2 : 1)
      let counts = (format.count(onlyFirst), format.count(onlySecond))
      let en =
        "Unweighted McNemar, for comparison only: \(counts.0) against \(counts.1) respondents"
      let nb = "Uvektet McNemar, bare til sammenligning: \(counts.0) mot \(counts.1) personer"
      guard !p.isNaN else { return ("\(en), so there is no test.", "\(nb), så det er ingen test.") }
      let test = ", χ²(1) =\(space)\(value), \(format.p(p)); "
      return (
        en + test + "it ignores weights and design.",
        nb + test + "den ser bort fra vekter og utvalgsplan."
      )
    }
  }

  /// The words for a test of the paradox.
  public static func paradoxTest(_ name: String) -> Phrase {
    guard !name.hasPrefix("d2-") else {
      return repeatedTest(String(name.dropFirst(3)), paradoxTest)
    }
    return switch name {
    case "equal-shares":
      Phrase("Do the groups' shares differ? Wald F", "Er gruppenes andeler forskjellige? Wald F")
    case "typology":
      Phrase(
        "Do the four types differ between the groups? Rao–Scott F",
        "Er de fire typene ulikt fordelt i gruppene? Rao–Scott F")
    default: test(name)
    }
  }
}
