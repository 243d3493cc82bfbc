public import SurveyTables

extension Phrase {
  /// The heading of what was observed.
  public static let observed = Phrase("observed", "observert")
  /// The row of the gradient.
  public static let gradientRow = Phrase("Lowest to highest", "Laveste til høyeste")
  /// The heading over prevalences corrected so that the gradient is zero.
  public static let prevalenceAtPoint = Phrase("at the tipping point", "i vippepunktet")
  /// The heading of corrected gradients.
  public static let correctedGradientHeading = Phrase("gradient", "gradient")

  /// The name of a way to misreport.
  public static func misreporting(_ way: String) -> Phrase {
    way == "over-reporting"
      ? Phrase("over-reporting", "overrapportering")
      : Phrase("under-reporting", "underrapportering")
  }

  /// The same in a narrow heading.
  public static func misreportingHeading(_ way: String) -> Phrase {
    way == "over-reporting"
      ? Phrase("over-reporting", "overrapp.") : Phrase("under-reporting", "underrapp.")
  }

  /// The title of a curve.
  public static func correctedGradient(_ way: String) -> Phrase {
    way == "over-reporting"
      ? Phrase("Gradient corrected for over-reporting", "Gradient korrigert for overrapportering")
      : Phrase(
        "Gradient corrected for under-reporting", "Gradient korrigert for underrapportering")
  }

  /// The stub of a curve: whose answers the parameter is about.
  public static func misreportingParameter(_ way: String) -> Phrase {
    way == "over-reporting"
      ? Phrase("report without experience", "rapporterer uten erfaring")
      : Phrase("keep silent about it", "fortier erfaringen")
  }

  /// The observed gradient in a sentence.
  public static func observedGradient(
    from: String, to: String, _ gradient: Finding
  ) -> Phrase {
    Phrase { format in
      guard gradient.isKnown else {
        return gradient.unknown(format, between: from, and: to)
      }
      guard gradient.isClear else {
        let aside = gradient.aside(format)
        return (
          "Observed, the outcome does not clearly change from “\(from)” to “\(to)” \(aside.en), "
            + "along the straight line through the levels.",
          "Observert endrer utfallet seg ikke tydelig fra «\(from)» til «\(to)» \(aside.nb), "
            + "langs den rette linjen gjennom nivåene."
        )
      }
      let size = gradient.size(format)
      let words = gradient.isNegative ? ("falls", "faller") : ("rises", "stiger")
      return (
        "Observed, the outcome \(words.0) by \(size.en) from “\(from)” to “\(to)” "
          + "\(size.interval), along the straight line through the levels.",
        "Observert \(words.1) utfallet med \(size.nb) fra «\(from)» til «\(to)» "
          + "\(size.interval), langs den rette linjen gjennom nivåene."
      )
    }
  }

  /// Where a curve meets zero, in a sentence.
  public static func zeroGradient(
    at point: (value: Double, low: Double, high: Double)?, limit: Double, level: Double
  ) -> Phrase {
    Phrase { format in
      guard let point else {
        let most = format.percentSign(limit)
        return (
          "The gradient stays on its side of zero up to \(most).",
          "Gradienten blir på sin side av null opp til \(most)."
        )
      }
      let value = format.percentSign(point.value) + format.ends(point.low, point.high, level)
      return (
        "The gradient is zero at \(value).",
        "Gradienten er null ved \(value)."
      )
    }
  }

  /// A tipping point in plain words.
  ///
  /// - Parameters:
  ///   - end: The level at which misreporting is largest.
  ///   - point: The parameter with its interval, 0…1; nil when there is none.
  public static func tippingPoint(
    _ way: String, end: String, point: (value: Double, low: Double, high: Double)?,
    includesZero: Double?, limit: Double, level: Double
  ) -> Phrase {
    let isOver = way == "over-reporting"
    return Phrase { format in
      let (nameEN, nameNB) = (
        misreporting(way).text(in: "en").capitalizedFirst,
        misreporting(way).text(in: "nb").capitalizedFirst
      )
      guard let point else {
        let most = format.percentSign(limit)
        return (
          "\(nameEN): no amount that the answers allow (up to \(most)) erases the gradient.",
          "\(nameNB): ingen mengde som svarene tillater (opp til \(most)), visker ut gradienten."
        )
      }
      let value = format.percentSign(point.value) + format.ends(point.low, point.high, level)
      var en: String
      var nb: String
      if isOver {
        en =
          "\(nameEN): the gradient is zero if \(value) of those without the "
          + "experience report it at “\(end)”, falling evenly to none at the other end"
        nb =
          "\(nameNB): gradienten er null hvis \(value) av dem uten erfaringen "
          + "rapporterer den ved «\(end)», jevnt avtagende til ingen i den andre enden"
      } else {
        en =
          "\(nameEN): the gradient is zero if \(value) of those with the "
          + "experience keep silent about it at “\(end)”, falling evenly to none at the other end"
        nb =
          "\(nameNB): gradienten er null hvis \(value) av dem med erfaringen "
          + "fortier den ved «\(end)», jevnt avtagende til ingen i den andre enden"
      }
      if let includesZero {
        let least = format.percentSign(includesZero)
        en += "; from \(least) its interval includes zero"
        nb += "; fra \(least) omfatter intervallet null"
      }
      return (en + ".", nb + ".")
    }
  }

  /// What a tipping point does not say.
  public static let tippingCaution = Phrase(
    "This is what would suffice, not evidence that anybody misreports.",
    "Dette er hva som skulle til, ikke tegn på at noen rapporterer feil.")
}

extension NumberFormat {
  /// The interval of a share in brackets; nothing where there is none.
  fileprivate func ends(_ low: Double, _ high: Double, _ level: Double) -> String {
    low.isNaN || high.isNaN
      ? "" : " (\(self.level(level)) \(interval(low, high, as: .percent(digits: 0))))"
  }
}
