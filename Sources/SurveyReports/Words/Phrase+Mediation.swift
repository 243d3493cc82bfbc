public import SurveyTables

extension Phrase {
  /// The title of nested models.
  public static func nestedModels(of outcome: String) -> Phrase {
    Phrase("\(outcome): nested models", "\(outcome): nøstede modeller")
  }
  /// The title of a decomposition.
  public static func explained(by key: String, of outcome: String) -> Phrase {
    Phrase(
      "\(outcome): what mediators explain of \(key.withinSentence)",
      "\(outcome): hva mellomleddene forklarer av \(key.withinSentence)")
  }
  /// The title of effects compared between groups.
  public static let effectDifferences = Phrase(
    "Differences between the groups' effects", "Forskjeller mellom gruppenes effekter")
  /// The heading of an effect.
  public static let effect = Phrase("effect", "effekt")
  /// The heading of a share of an effect.
  public static let shareOfEffect = Phrase("% of the effect", "% av effekten")
  /// The unit of coefficients of a logistic regression.
  public static let logOdds = Phrase("log odds", "logodds")
  /// An effect without mediators.
  public static let withoutMediators = Phrase("without the mediators", "uten mellomleddene")
  /// An effect beside the mediators.
  public static let besideMediators = Phrase("beside the mediators", "ved siden av mellomleddene")
  /// What goes through a mediator.
  public static func through(_ mediator: String) -> Phrase {
    Phrase("through \(mediator.withinSentence)", "gjennom \(mediator.withinSentence)")
  }
  /// A mechanism as a whole.
  public static func block(_ name: String) -> Phrase {
    Phrase("\(name) as a whole", "\(name) i alt")
  }
  /// The words for the mechanisms of the integration paradox; another name stays as it is.
  public static func mechanism(_ name: String) -> Phrase {
    switch name {
    case "exposure": Phrase("exposure", "eksponering")
    case "awareness": Phrase("awareness", "bevissthet")
    case "expectations": Phrase("expectations", "forventninger")
    case "exposure − awareness": Phrase("exposure − awareness", "eksponering − bevissthet")
    default: Phrase(verbatim: name)
    }
  }

  /// How many respondents all models rest on.
  public static func sameRespondents(_ count: Int) -> Phrase {
    Phrase { format in
      let n = format.count(count)
      return (
        "All models rest on the same \(n) respondents.", "Alle modellene bygger på de samme \(n)."
      )
    }
  }

  /// What becomes of an effect from the first model to the last, in a sentence.
  public static func followed(
    _ key: String, from start: Finding, to end: Finding, isRatio: Bool, last: String
  ) -> Phrase {
    Phrase { format in
      func words(_ found: Finding) -> (en: String, nb: String) {
        let number = format.text(found.value, as: found.format)
        guard found.isKnown else {
          return ("\(number) (without an interval)", "\(number) (uten intervall)")
        }
        let interval =
          "\(format.level(found.level)) "
          + format.interval(found.low, found.high, as: found.format)
        return found.isClear
          ? ("\(number) (\(interval))", "\(number) (\(interval))")
          : (
            "\(number) (no clear effect, \(interval))",
            "\(number) (ingen tydelig effekt, \(interval))"
          )
      }
      let (a, b) = (words(start), words(end))
      let (en, nb) = isRatio ? ("odds ratio", "oddsratio") : ("coefficient", "koeffisient")
      return (
        "\(key): \(en) \(a.en) in M0, \(b.en) in \(last).",
        "\(key): \(nb) \(a.nb) i M0, \(b.nb) i \(last)."
      )
    }
  }

  /// The test of a block.
  public static func blockTest(_ block: String, isEntry: Bool) -> Phrase {
    let name = (en: mechanism(block).text(in: "en"), nb: mechanism(block).text(in: "nb"))
    return isEntry
      ? Phrase("\(name.en) where it enters: F", "\(name.nb) der den kommer inn: F")
      : Phrase("\(name.en) in the widest model: F", "\(name.nb) i den største modellen: F")
  }

  /// What goes through the mediators, in a sentence.
  ///
  /// - Parameters:
  ///   - share: The share, 0…1, and so its ends and the blocks'.
  ///   - blocks: The mechanisms and their shares.
  public static func mediatedShare(
    key: String, share: Double, low: Double, high: Double, level: Double,
    blocks: [(name: String, share: Double)]
  ) -> Phrase {
    Phrase { format in
      let size = format.percentSign(share)
      let ends = "(\(format.level(level)) \(format.interval(low, high, as: .percent(digits: 0))))"
      let parts = blocks.map { "\(format.percentSign($0.share))\u{A0}\($0.name)" }
      let detail = blocks.count > 1 ? ": " + parts.joined(separator: ", ") : ""
      guard low > 0 || high < 0 else {
        let aside =
          "(\(size), \(format.level(level)) "
          + format.interval(low, high, as: .percent(digits: 0)) + "\u{A0}%)"
        return (
          "\(key): no clear part of the effect goes through the mediators \(aside).",
          "\(key): ingen tydelig del av effekten går gjennom mellomleddene \(aside)."
        )
      }
      return (
        "\(key): \(size) of the effect goes through the mediators \(ends)\(detail).",
        "\(key): \(size) av effekten går gjennom mellomleddene \(ends)\(detail)."
      )
    }
  }

  /// There is no effect to have a share of.
  public static func noEffectToExplain(_ key: String) -> Phrase {
    Phrase(
      "\(key): the effect is less than twice its error, so no share of it is given.",
      "\(key): effekten er mindre enn to ganger standardfeilen, så ingen andel oppgis.")
  }

  /// Mediators hide an effect.
  public static func suppression(_ key: String) -> Phrase {
    Phrase(
      "\(key): suppression – the mediators hide or turn the effect, so no share of it is given.",
      "\(key): suppresjon – mellomleddene skjuler eller snur effekten, så ingen andel oppgis.")
  }

  /// The confounding ratio and the rescaling factor.
  public static func confoundingRatio(key: String, ratio: Double, rescaling: Double) -> Phrase {
    Phrase { format in
      let (a, b) = (format.fixed(ratio, digits: 2), format.fixed(rescaling, digits: 3))
      return (
        "\(key): confounding ratio \(a), rescaling \(b).",
        "\(key): konfunderingsforhold \(a), reskalering \(b)."
      )
    }
  }

  /// What joint errors count.
  public static let jointErrors = Phrase(
    "KHB; errors from all models jointly, with the survey design.",
    "KHB; feil fra alle modellene samlet, med utvalgsplanen.")
  /// What Sobel's errors take for granted.
  public static let sobelErrors = Phrase(
    "KHB; differences with Sobel's error, which takes the models for independent.",
    "KHB; differanser med Sobels feil, som antar at modellene er uavhengige.")
  /// What fixed errors take for granted.
  public static let fixedErrors = Phrase(
    "KHB; the effect without mediators has the error of the model with residuals, taken as data.",
    "KHB; effekten uten mellomledd har feilen fra modellen med residualer, tatt som data.")
  /// What errors without a design take for granted.
  public static let modelErrors = Phrase(
    "KHB; errors of the models as if there were no design, weights as frequencies.",
    "KHB; modellenes egne feil som om det ikke var noen utvalgsplan, vekter som antall.")
  /// What a causal reading takes for granted.
  public static let mediationCaveat = Phrase(
    "A causal reading needs that nothing unseen moves both mediators and outcome.",
    "En årsakstolkning krever at ikke noe usett påvirker både mellomledd og utfall.")
  /// Why groups are compared as chances.
  public static let groupsOnProbabilityScale = Phrase(
    "Average partial effects: log odds of different groups have scales of their own.",
    "Gjennomsnittlige partielle effekter: logodds i ulike grupper har hver sin skala.")
}
