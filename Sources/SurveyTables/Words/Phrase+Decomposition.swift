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
    default: Phrase("Unexplained", "Uforklart")
    }
  }

  /// How a gap was taken apart.
  public static func decompositionChoices(
    _ method: String, coefficients: String, reference: String, group: String
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
    return Phrase(
      "\(name.text(in: "en")): “\(group)” minus “\(reference)”; the coefficients that weigh the "
        + "differences are \(weight.text(in: "en")) (\(coefficients)).",
      "\(name.text(in: "nb")): «\(group)» minus «\(reference)»; koeffisientene som veier "
        + "forskjellene, er \(weight.text(in: "nb")) (\(coefficients)).")
  }

  /// A decomposition in plain words.
  public static func decompositionSentence(
    gap: Double, explained: Double, unexplained: Double, share: Double, isShare: Bool,
    as numberFormat: Table.Format
  ) -> Phrase {
    Phrase { format in
      let unit = isShare ? (" points", " poeng") : ("", "")
      let (g, e, u) = (
        format.text(gap, as: numberFormat), format.text(explained, as: numberFormat),
        format.text(unexplained, as: numberFormat)
      )
      let percent = format.percentSign(share)
      return (
        "Of a gap of \(g)\(unit.0), the covariates account for \(e) (\(percent)); \(u) are left "
          + "unexplained.",
        "Av en avstand på \(g)\(unit.1) gjør kovariatene rede for \(e) (\(percent)); \(u) er "
          + "uforklart."
      )
    }
  }
}
