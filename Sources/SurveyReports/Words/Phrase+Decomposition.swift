public import SurveyTables

extension Phrase {
  /// The title of a decomposition.
  public static func decomposition(of outcome: String) -> Phrase {
    Phrase("\(outcome): the gap and its parts", "\(outcome): avstanden og delene av den")
  }
  /// The heading of a part over the gap.
  public static let shareOfGap = Phrase("% of the gap", "% av avstanden")

  /// The rows of a decomposition: `gap`, `explained`, `unexplained`.
  public static func component(_ name: String) -> Phrase {
    switch name {
    case "gap": Phrase("Gap", "Avstand")
    case "explained": Phrase("Explained by", "Forklart av")
    case "endowments": Phrase("Other covariates (endowments)", "Andre kovariater (utrustning)")
    case "coefficients": Phrase("Other coefficients", "Andre koeffisienter")
    case "interaction": Phrase("Both together (interaction)", "Begge sammen (samspill)")
    default: Phrase("Unexplained", "Uforklart")
    }
  }

  /// How a gap was taken apart.
  public static func decompositionChoices(
    _ method: String, coefficients: String, isThreefold: Bool, reference: String, group: String
  ) -> Phrase {
    let names = [
      "yun": Phrase(
        "Yun's decomposition of logistic models", "Yuns dekomponering av logistiske modeller"),
      "oaxaca": Phrase(
        "Oaxaca–Blinder decomposition of linear models",
        "Oaxaca–Blinder-dekomponering av lineære modeller"),
      "fairlie": Phrase(
        "Fairlie's decomposition of logistic models",
        "Fairlies dekomponering av logistiske modeller"),
    ]
    let weights = [
      "group0": Phrase("those of “\(reference)”", "dem for «\(reference)»"),
      "group1": Phrase("those of “\(group)”", "dem for «\(group)»"),
      "pooled": Phrase(
        "those of a model of both groups with the group in it",
        "dem fra en modell av begge gruppene med gruppen i"),
    ]
    let (name, weight) = (
      names[method] ?? Phrase(verbatim: method),
      weights[coefficients] ?? Phrase(verbatim: coefficients)
    )
    if isThreefold {
      return Phrase(
        "\(name.text(in: "en")) in three parts: “\(group)” minus “\(reference)”, from where "
          + "“\(reference)” stands (its covariates and its coefficients are the reference).",
        "\(name.text(in: "nb")) i tre deler: «\(group)» minus «\(reference)», sett fra «\(reference)» "
          + "(kovariatene og koeffisientene der er referansen).")
    }
    return Phrase(
      "\(name.text(in: "en")): “\(group)” minus “\(reference)”; the coefficients that weigh the "
        + "differences are \(weight.text(in: "en")) (\(coefficients)).",
      "\(name.text(in: "nb")): «\(group)» minus «\(reference)»; koeffisientene som veier "
        + "forskjellene, er \(weight.text(in: "nb")) (\(coefficients)).")
  }

  /// A decomposition in plain words.
  ///
  /// - Parameters:
  ///   - share: The explained part over the gap.
  public static func decompositionSentence(
    group: String, reference: String, gap: Finding, explained: Finding, unexplained: Finding,
    share: Double
  ) -> Phrase {
    gapInWords(group, reference, gap) { format in
      guard explained.isClear else {
        let aside = explained.aside(format)
        return (
          "; the covariates account for no clear part of it \(aside.en).",
          "; kovariatene gjør ikke rede for noen tydelig del av det \(aside.nb)."
        )
      }
      let rest = format.text(unexplained.value, as: unexplained.format)
      let part = format.text(explained.value, as: explained.format)
      let percent = format.percentSign(share)
      return (
        "; the covariates account for \(part) of it (\(percent)), and \(rest) are left unexplained.",
        "; kovariatene gjør rede for \(part) av det (\(percent)), og \(rest) er uforklart."
      )
    }
  }

  /// The three parts of a gap in plain words.
  public static func threefoldSentence(
    group: String, reference: String, gap: Finding, endowments: Finding, coefficients: Finding,
    interaction: Finding
  ) -> Phrase {
    gapInWords(group, reference, gap) { format in
      let parts = [endowments, coefficients, interaction].map {
        format.text($0.value, as: $0.format)
      }
      return (
        ": \(parts[0]) by other covariates, \(parts[1]) by other coefficients, \(parts[2]) by both "
          + "together.",
        ": \(parts[0]) ved andre kovariater, \(parts[1]) ved andre koeffisienter, \(parts[2]) ved begge "
          + "sammen."
      )
    }
  }

  /// How far a group is from another and what comes after it; that there is no clear gap.
  private static func gapInWords(
    _ group: String, _ reference: String, _ gap: Finding,
    then rest: @escaping @Sendable (NumberFormat) -> (en: String, nb: String)
  ) -> Phrase {
    Phrase { format in
      guard gap.isKnown else { return gap.unknown(format, between: group, and: reference) }
      guard gap.isClear else {
        let aside = gap.aside(format)
        return (
          "No clear gap between “\(group)” and “\(reference)” \(aside.en), so its parts say little.",
          "Ingen tydelig avstand mellom «\(group)» og «\(reference)» \(aside.nb), så delene av den "
            + "sier lite."
        )
      }
      let (whole, rest) = (gap.size(format), rest(format))
      let words = gap.isNegative ? ("below", "lavere enn") : ("above", "høyere enn")
      return (
        "“\(group)” is \(whole.en) \(words.0) “\(reference)” \(whole.interval)\(rest.en)",
        "«\(group)» er \(whole.nb) \(words.1) «\(reference)» \(whole.interval)\(rest.nb)"
      )
    }
  }
}
