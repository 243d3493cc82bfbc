public import SurveyTables

extension Phrase {
  /// The title of pooled estimates.
  public static let pooledEstimates = Phrase("Pooled estimates", "Samlede estimater")
  /// The row of the pooled mean.
  public static let pooled = Phrase("Pooled", "Samlet")
  /// The pooled mean or a coefficient with the error from the sums of clusters.
  public static func clusterRobust(_ label: String) -> Phrase {
    Phrase("\(label), cluster-robust error", "\(label), klyngerobust feil")
  }
  /// The row of the prediction interval.
  public static let newStudy = Phrase("A new study (prediction)", "En ny studie (prediksjon)")
  /// The heading over the coefficients of a meta-regression.
  public static let metaRegression = Phrase("Meta-regression", "Metaregresjon")
  /// The heading of the share of the weights.
  public static let weightShare = Phrase("weight %", "vekt %")

  /// The joint test of the moderators, by χ².
  public static let moderatorsChi = Phrase("Moderators: χ²", "Moderatorene: χ²")
  /// The joint test of the moderators, by F.
  public static let moderatorsF = Phrase("Moderators: F", "Moderatorene: F")
  /// Egger's test.
  public static func eggerTest(_ t: Double, df: Double, p: Double) -> Phrase {
    Phrase { format in
      let text =
        "t(\(format.degreesOfFreedom(df)))\u{A0}=\u{A0}\(format.fixed(t, digits: 2)), \(format.p(p))."
      return (
        "Is the funnel lopsided (Egger)? " + text, "Er trakten skjev (Egger)? " + text
      )
    }
  }

  /// What coefficients were made into before they were pooled.
  public static func effectSize(_ name: String) -> Phrase {
    name == "fisher-z"
      ? Phrase(
        "Pooled are Fisher's z of partial correlations t ∕ √(t² + df), with variance 1 ∕ (df − 1).",
        "Det som er slått sammen, er Fishers z av partielle korrelasjoner t ∕ √(t² + df), med varians "
          + "1 ∕ (df − 1).")
      : Phrase(
        "Pooled are partial correlations r = t ∕ √(t² + df), with variance (1 − r²)² ∕ df.",
        "Det som er slått sammen, er partielle korrelasjoner r = t ∕ √(t² + df), med varians "
          + "(1 − r²)² ∕ df.")
  }

  /// How estimates were pooled.
  ///
  /// - Parameters:
  ///   - method: `reml`, `ml`, `dl`, `pm` or `fe`.
  ///   - error: `normal`, `knappHartung` or `knappHartungAdhoc`.
  ///   - clusters: The number of studies that estimates stand in; nil when each stands alone.
  public static func poolingMethod(_ method: String, error: String, clusters: Int?) -> Phrase {
    if let clusters {
      return Phrase(
        "Estimates in \(clusters) studies: three-level model by REML; robust errors by CR1 on "
          + "studies.",
        "Estimater i \(clusters) studier: trenivåmodell med REML; robuste feil med CR1 over "
          + "studier.")
    }
    let names = ["reml": "REML", "ml": "ML", "dl": "DerSimonian–Laird", "pm": "Paule–Mandel"]
    guard let name = names[method] else {
      return Phrase(
        "Fixed effect: all estimates are taken to be of the same number.",
        "Fast effekt: alle estimater regnes som anslag på samme tall.")
    }
    let errors: [String: (String, String)] = [
      "knappHartung": ("; Knapp–Hartung error", "; Knapp–Hartungs feil"),
      "knappHartungAdhoc": (
        "; Knapp–Hartung error, never below the normal one",
        "; Knapp–Hartungs feil, aldri under den normale"
      ),
    ]
    let (en, nb) = errors[error] ?? ("", "")
    return Phrase("Random effects by \(name)\(en).", "Tilfeldige effekter med \(name)\(nb).")
  }

  /// How much estimates differ, as τ², I² and Q.
  public static func heterogeneity(
    tau2: Double, low: Double, high: Double, i2: Double, q: Double, df: Double, p: Double
  ) -> Phrase {
    Phrase { format in
      let interval =
        low.isNaN ? "" : " (\(format.interval(low, high, as: .significant(digits: 2))))"
      let text =
        "τ²\u{A0}=\u{A0}\(format.significant(tau2, digits: 3))\(interval), "
        + "I²\u{A0}=\u{A0}\(format.percentSign(i2 / 100)); "
        + "Q(\(format.degreesOfFreedom(df)))\u{A0}=\u{A0}\(format.fixed(q, digits: 1)), "
        + "\(format.p(p))."
      return ("Heterogeneity: " + text, "Heterogenitet: " + text)
    }
  }

  /// The share of τ² that moderators explain.
  public static func explainedHeterogeneity(_ r2: Double) -> Phrase {
    Phrase {
      (
        "The moderators take away \($0.percentSign(r2 / 100)) of τ².",
        "Moderatorene tar bort \($0.percentSign(r2 / 100)) av τ²."
      )
    }
  }

  /// The two parts of τ² when estimates stand in studies.
  public static func nestedVariances(between: Double, within: Double) -> Phrase {
    Phrase { format in
      let (b, w) = (
        format.significant(between, digits: 3), format.significant(within, digits: 3)
      )
      return (
        "Of τ², \(b) is between studies and \(w) between the estimates of a study.",
        "Av τ² er \(b) mellom studier og \(w) mellom estimatene i en studie."
      )
    }
  }

  /// The pooled estimate in plain words.
  public static func pooledSentence(
    studies: Int, _ pooled: Finding, prediction: (low: Double, high: Double)?
  ) -> Phrase {
    Phrase { format in
      let number = format.text(pooled.value, as: pooled.format)
      let ends = format.interval(pooled.low, pooled.high, as: pooled.format)
      let sure = format.level(pooled.level)
      let doubt = pooled.isClear ? ("", "") : (", no clear effect", ", ingen tydelig effekt")
      var en =
        "Over \(format.count(studies)) estimates the pooled one is \(number) (\(sure) \(ends)"
        + "\(doubt.0))"
      var nb =
        "Over \(format.count(studies)) estimater er det samlede \(number) (\(sure) \(ends)"
        + "\(doubt.1))"
      if let prediction {
        let range = format.interval(prediction.low, prediction.high, as: pooled.format)
        en += "; a new study's effect is expected within \(range)"
        nb += "; effekten i en ny studie ventes innenfor \(range)"
      }
      return (en + ".", nb + ".")
    }
  }

  /// Rows that could not be pooled.
  public static func estimatesMissing(_ count: Int) -> Phrase {
    Phrase { format in
      (
        "\(format.count(count)) row\(count == 1 ? "" : "s") without an estimate, error or moderator "
          + "\(count == 1 ? "is" : "are") not pooled.",
        "\(format.count(count)) \(count == 1 ? "rad" : "rader") uten estimat, feil eller moderator "
          + "er ikke med."
      )
    }
  }

  /// How many estimates were read, and what became of the others.
  public static func estimatesRead(_ read: Int, pooled: Int, outside: Int, missing: Int) -> Phrase {
    Phrase { format in
      var en = ["\(format.count(pooled)) pooled"]
      var nb = ["\(format.count(pooled)) samlet"]
      if outside > 0 {
        en.append("\(format.count(outside)) left out by --where")
        nb.append("\(format.count(outside)) utelatt med --where")
      }
      if missing > 0 {
        en.append("\(format.count(missing)) without an estimate, error or moderator")
        nb.append("\(format.count(missing)) uten estimat, feil eller moderator")
      }
      return (
        "Rows read \(format.count(read)): \(en.joined(separator: ", ")).",
        "Leste rader \(format.count(read)): \(nb.joined(separator: ", "))."
      )
    }
  }
}
