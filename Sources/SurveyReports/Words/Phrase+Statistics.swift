public import SurveyTables

extension Phrase {
  /// Arithmetic mean.
  public static let mean = Phrase("mean", "gjennomsnitt")
  /// Estimated sum in the population.
  public static let total = Phrase("total", "sum")
  /// The middle value.
  public static let median = Phrase("median", "median")
  /// One sum over another.
  public static let ratio = Phrase("ratio", "forholdstall")
  /// Spread in the population.
  public static let standardDeviation = Phrase("standard deviation", "standardavvik")
  /// Variance by the design over that of a simple random sample.
  public static let designEffect = Phrase("design effect", "designeffekt")
  /// Standard error over estimate.
  public static let coefficientOfVariation = Phrase(
    "coefficient of variation", "variasjonskoeffisient")
  /// The value below which a share of the population lies.
  public static func quantile(_ share: Double) -> Phrase {
    Phrase { format in
      let text = format.exactPercent(share)
      return ("percentile \(text)", "persentil \(text)")
    }
  }

  /// The words for a value of the column `statistic`; a name that is not known stays as it is.
  public static func statistic(_ name: String) -> Phrase {
    switch name {
    case "mean": return mean
    case "total": return total
    case "median", "q0.5": return median
    case "ratio": return ratio
    case "sd", "std_dev", "standard_deviation": return standardDeviation
    case "deff": return designEffect
    case "cv": return coefficientOfVariation
    case "alpha": return alpha
    case "alpha_without": return alphaWithout
    case "item_rest": return itemRest
    case "correlation": return correlation
    default:
      guard name.hasPrefix("q"), let share = Double(name.dropFirst()), (0...1).contains(share)
      else {
        return Phrase(verbatim: name)
      }
      return quantile(share)
    }
  }

  /// The words for a value of the column `test`; a name that is not known stays as it is.
  public static func test(_ name: String) -> Phrase {
    guard !name.hasPrefix("d2-") else { return repeatedTest(String(name.dropFirst(3)), test) }
    return switch name.lowercased() {
    case "f", "rao-scott", "rao-scott-f": Phrase("Rao–Scott F", "Rao–Scott F")
    case "chisq", "rao-scott-chisq": Phrase("Rao–Scott chi-squared", "Rao–Scott kjikvadrat")
    case "wald": Phrase("Wald F", "Wald F")
    case "adjwald", "adjusted-wald": Phrase("adjusted Wald F", "justert Wald F")
    case "saddlepoint": Phrase("Rao–Scott, saddlepoint", "Rao–Scott, sadelpunkt")
    case "lincom": Phrase("Rao–Scott, exact mixture", "Rao–Scott, eksakt blanding")
    case "wald-f": Phrase("Wald F", "Wald F")
    case "working-wald": Phrase("Rao–Scott working Wald", "Rao–Scott, Wald på arbeidsmodellen")
    case "lrt": Phrase("Rao–Scott likelihood ratio", "Rao–Scott, sannsynlighetskvote")
    case "d1": Phrase("Wald F over imputations (D1)", "Wald F over imputeringer (D1)")
    case "t": Phrase("t-test", "t-test")
    default: comparisonTest(name)
    }
  }

  /// A test in a sentence: `Rao–Scott F(3.9, 4 887) = 5.1, p 0.006`.
  ///
  /// Without a statistic it says why: there are no degrees of freedom, or no variance to hold against.
  ///
  /// - Parameters:
  ///   - df2: The second degrees of freedom; nil for a chi-squared.
  public static func testResult(
    _ test: Phrase, statistic: Double, df1: Double, df2: Double?, p: Double
  ) -> Phrase {
    guard statistic.isFinite, !p.isNaN else {
      let isShort = (df2 ?? df1) <= 0
      return Phrase(
        test.text(in: "en")
          + (isShort
            ? ": none, since the sampling units are too few"
            : ": none, since the variance of what is "
              + "tested is not known or not of full rank"),
        test.text(in: "nb")
          + (isShort
            ? ": ingen, siden det er for få utvalgsenheter"
            : ": ingen, siden variansen til det som "
              + "testes, ikke er kjent eller ikke har full rang"))
    }
    return Phrase { format in
      let df = [df1, df2].compactMap { $0 }.map(format.degreesOfFreedom)
      // A decimal comma needs another separator between the degrees of freedom.
      let separator = (format.decimalSign == "," ? ";" : ",") + "\u{A0}"
      let value = format.fixed(statistic, digits: statistic.magnitude < 10 ? 2 : 1)
      let text = "(\(df.joined(separator: separator))) =\u{A0}\(value), \(format.p(p))"
      return (test.text(in: "en") + text, test.text(in: "nb") + text)
    }
  }
}

extension Phrase {
  /// The heading of the group that others are compared with.
  public static let referenceHeading = Phrase("reference", "referanse")
  /// What differences are differences from, and how p-values were adjusted.
  public static func comparedWith(_ reference: String, adjustment: String) -> Phrase {
    let names = ["holm": "Holm", "bonferroni": "Bonferroni", "bh": "Benjamini–Hochberg"]
    let (en, nb) = ("Compared with \(reference)", "Sammenlignet med \(reference)")
    guard let name = names[adjustment] else { return Phrase("\(en).", "\(nb).") }
    return Phrase("\(en); p-values adjusted by \(name).", "\(nb); p-verdier justert etter \(name).")
  }
}
