extension Phrase {
  /// The title of a gradient.
  public static func gradient(of outcome: String, over status: String) -> Phrase {
    Phrase(
      "\(outcome) by \(status.withinSentence)", "\(outcome) etter \(status.withinSentence)")
  }
  /// The title of a smooth curve.
  public static func gradientCurve(of outcome: String, over status: String) -> Phrase {
    Phrase(
      "\(outcome) by \(status.withinSentence): restricted cubic spline",
      "\(outcome) etter \(status.withinSentence): begrenset kubisk spline")
  }
  /// The title of polynomial contrasts.
  public static let shape = Phrase("Shape of the gradient", "Gradientens form")
  /// The unit of polynomial contrasts.
  public static let contrastOfPoints = Phrase(
    "contrast of percentages", "kontrast mellom prosenter")
  /// A polynomial contrast.
  public static func bend(_ name: String) -> Phrase {
    switch name {
    case "linear": Phrase("linear", "lineær")
    case "quadratic": Phrase("quadratic", "kvadratisk")
    case "cubic": Phrase("cubic", "kubisk")
    default: Phrase(verbatim: name)
    }
  }
  /// The title of differences between groups' steps.
  public static let secondDifferences = Phrase(
    "Differences between the groups' gradients", "Forskjeller mellom gruppenes gradienter")

  /// What second differences are.
  public static func steeper(than reference: String, from first: String) -> Phrase {
    Phrase(
      "How much further it is from “\(first)” to the level than for \(reference).",
      "Hvor mye lenger det er fra «\(first)» til nivået enn for \(reference).")
  }

  /// What percentages are averaged over.
  public static func averagedOver(_ controls: [String]) -> Phrase {
    let names = controls.map(\.withinSentence).joined(separator: ", ")
    return Phrase(
      "Averages of a logistic model's predictions over everybody's \(names).",
      "Gjennomsnitt av en logistisk modells prediksjoner over alles \(names).")
  }

  /// Where a curve is drawn.
  public static func drawnAt(_ values: [(name: String, value: Double)]) -> Phrase {
    Phrase { format in
      let parts = values.map { name, value in
        "\(name.withinSentence)\u{A0}\(format.text(value, as: .significant(digits: 1)))"
      }.joined(separator: ", ")
      return ("Drawn at \(parts).", "Tegnet ved \(parts).")
    }
  }

  /// How far it is from the first level to the last, in a sentence.
  ///
  /// - Parameter group: The group; nil when there are none.
  public static func rise(
    group: String?, from first: String, to last: String, _ rise: Finding
  ) -> Phrase {
    Phrase { numbers in
      let head = group.map { "\($0): " } ?? ""
      guard rise.isClear else {
        let aside = rise.aside(numbers)
        return (
          head + (head.isEmpty ? "No" : "no")
            + " clear difference between “\(first)” and “\(last)” \(aside.en).",
          head + (head.isEmpty ? "Ingen" : "ingen")
            + " tydelig forskjell mellom «\(first)» og «\(last)» \(aside.nb)."
        )
      }
      let size = rise.size(numbers)
      let isFall = rise.isNegative
      return (
        "\(head)\(size.en) \(isFall ? "lower" : "higher") at “\(last)” than at “\(first)” "
          + "\(size.interval).",
        "\(head)\(size.nb) \(isFall ? "lavere" : "høyere") ved «\(last)» enn ved «\(first)» "
          + "\(size.interval)."
      )
    }
  }

  /// The words for a test of a gradient.
  public static func gradientTest(_ name: String) -> Phrase {
    switch name {
    case "equal-levels": Phrase("Equal levels: Wald F", "Like nivåer: Wald F")
    case "departure":
      Phrase("Departure from a straight logit: Wald F", "Avvik fra rett logit: Wald F")
    case "second-differences":
      Phrase("As chances: Wald F", "Som sannsynligheter: Wald F")
    case "product-terms":
      Phrase("Product terms of the logit: Wald F", "Produktledd i logiten: Wald F")
    case "spline": Phrase("Any effect: Wald F", "Noen effekt: Wald F")
    case "nonlinearity": Phrase("Nonlinearity: Wald F", "Ikke-linearitet: Wald F")
    default: test(name)
    }
  }
}
