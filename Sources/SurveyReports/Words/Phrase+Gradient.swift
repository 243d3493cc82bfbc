public import SurveyTables

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
        "\(name.withinSentence)\u{A0}\(format.place(value) ?? format.significant(value, digits: 1))"
      }.joined(separator: ", ")
      return ("Drawn at \(parts).", "Tegnet ved \(parts).")
    }
  }

  /// How far it is from the first level to the last, in a sentence.
  ///
  /// - Parameters:
  ///   - group: The group; nil when there are none.
  ///   - slope: Where all levels together have a clear rise 1, a clear fall −1, otherwise 0.
  public static func rise(
    group: String?, from first: String, to last: String, slope: Int, _ rise: Finding
  ) -> Phrase {
    Phrase { numbers in
      let head = group.map { "\($0): " } ?? ""
      guard rise.isKnown else {
        return rise.unknown(numbers, head: head, between: first, and: last)
      }
      guard rise.isClear else {
        let aside = rise.aside(numbers)
        let way = [1: (" rises", " stiger"), -1: (" falls", " faller")][slope]
        return (
          head + (head.isEmpty ? "No" : "no")
            + " clear difference between “\(first)” and “\(last)” \(aside.en)"
            + (way.map { " by themselves; over all levels together it\($0.0) clearly" } ?? "")
            + ".",
          head + (head.isEmpty ? "Ingen" : "ingen")
            + " tydelig forskjell mellom «\(first)» og «\(last)» \(aside.nb)"
            + (way.map { " for seg; over alle nivåene samlet\($0.1) det tydelig" } ?? "") + "."
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
    case "equal-levels": Phrase("Do the levels differ? Wald F", "Er nivåene forskjellige? Wald F")
    case "departure":
      Phrase("Does the logit depart from a line? Wald F", "Avviker logiten fra en linje? Wald F")
    case "second-differences":
      Phrase(
        "Do the gradients differ, as chances? Wald F",
        "Er gradientene forskjellige, som sannsynligheter? Wald F")
    case "product-terms":
      Phrase(
        "Do the gradients differ, as logits (product terms)? Wald F",
        "Er gradientene forskjellige, som logiter (produktledd)? Wald F")
    case "spline": Phrase("Is there any effect? Wald F", "Er det noen effekt? Wald F")
    case "nonlinearity":
      Phrase("Does the line bend (logit)? Wald F", "Bøyer linjen seg (logit)? Wald F")
    default: test(name)
    }
  }
}
