public import SurveyTables

extension Phrase {
  /// Two groups that are compared.
  public static func versus(_ group: String, _ reference: String) -> Phrase {
    Phrase("\(group) vs. \(reference)", "\(group) mot \(reference)")
  }
  /// The heading over comparisons with one group.
  public static func against(_ reference: String) -> Phrase {
    Phrase("vs. \(reference)", "mot \(reference)")
  }
  /// All groups but one.
  public static let rest = Phrase("the rest", "resten")
  /// A value that estimates are compared with.
  public static let statedValue = Phrase("stated value", "oppgitt verdi")
  /// Shares that estimates are compared with.
  public static let statedShare = Phrase("stated share", "oppgitt andel")
  /// Two items that are compared.
  public static func items(_ first: String, _ second: String) -> Phrase {
    Phrase("\(first) and \(second.withinSentence)", "\(first) og \(second.withinSentence)")
  }
  /// What each group is compared with, when it is not one group; by the name of the option.
  public static func comparedAgainst(_ baseline: String) -> Phrase {
    switch baseline {
    case "previous":
      Phrase(
        "Each group compared with the one before it", "Hver gruppe sammenlignet med den foregående")
    case "all-pairs": Phrase("Every pair of groups compared", "Alle par av grupper sammenlignet")
    case "rest":
      Phrase(
        "Each group compared with all the others together",
        "Hver gruppe sammenlignet med alle de andre samlet")
    case "total":
      Phrase(
        "Each group compared with everybody, itself among them",
        "Hver gruppe sammenlignet med alle, gruppen selv medregnet")
    case "items":
      Phrase(
        "Two answers by the same people compared; only those who gave both count",
        "To svar fra de samme personene sammenlignet; bare de som ga begge, er med")
    default:
      Phrase("Compared with what was stated", "Sammenlignet med det som er oppgitt")
    }
  }
  /// A sentence on what is compared, with how p-values were adjusted.
  ///
  /// - Parameters:
  ///   - isByAnswer: Whether they were adjusted for each answer by itself.
  ///   - within: The variable in whose categories they were adjusted separately.
  public static func compared(
    _ what: Phrase, adjustment: String, isByAnswer: Bool, within: String?
  ) -> Phrase {
    let names = ["holm": "Holm", "bonferroni": "Bonferroni", "bh": "Benjamini–Hochberg"]
    let (en, nb) = (what.text(in: "en"), what.text(in: "nb"))
    guard let name = names[adjustment] else { return Phrase("\(en).", "\(nb).") }
    let scope = [
      isByAnswer ? Phrase("each answer", "hvert svar") : nil,
      within.map {
        Phrase("each category of \($0.withinSentence)", "hver kategori av \($0.withinSentence)")
      },
    ].compactMap { $0 }
    let (inEnglish, inNorwegian) = (
      Phrase.joined(scope, separator: " and ").text(in: "en"),
      Phrase.joined(scope, separator: " og ").text(in: "nb")
    )
    return Phrase(
      "\(en); p-values adjusted by \(name)\(scope.isEmpty ? "" : " within \(inEnglish)").",
      "\(nb); p-verdier justert etter \(name)\(scope.isEmpty ? "" : " innenfor \(inNorwegian)").")
  }
  /// One group that the others are compared with, for `compared(_:adjustment:isByAnswer:within:)`.
  public static func comparedWithGroup(_ reference: String) -> Phrase {
    Phrase("Compared with \(reference)", "Sammenlignet med \(reference)")
  }
  /// How ratios are tested.
  public static let testedOnLogScale = Phrase(
    "Tests and intervals of ratios are made on the log scale.",
    "Tester og intervaller for forholdstall er laget på logskala.")
  /// How a difference gets its interval where the error of a share is not known.
  public static let intervalsOfShares = Phrase(
    "Where nothing is known of a share's variance the interval of the difference is made of the two "
      + "shares' own (Newcombe).",
    "Der ingenting er kjent om variansen til en andel, er intervallet for forskjellen laget av de to "
      + "andelenes egne (Newcombe).")
  /// How medians are compared.
  public static let linearizedMedians = Phrase(
    "Medians are compared by their influence, with the density that Woodruff's interval implies.",
    "Medianer sammenlignes ved linearisering, med tettheten som Woodruffs intervall gir.")

  // A test is named by the question to which a small p says yes, so that no name reads as a finding.

  /// The test that groups are equal, before its figures.
  public static func equalGroups(_ stratum: String?) -> Phrase {
    guard let stratum else {
      return Phrase("Do the groups differ? Wald F", "Er gruppene forskjellige? Wald F")
    }
    return Phrase(
      "Do the groups differ, \(stratum)? Wald F", "Er gruppene forskjellige, \(stratum)? Wald F")
  }
  /// The test that two items have the same answers, before its figures.
  public static let equalItems = Phrase(
    "Do the answers to the two differ? Wald F", "Er svarene på de to forskjellige? Wald F")
  /// The test that answers have stated shares, before its figures.
  public static let goodnessOfFit = Phrase(
    "Goodness of fit, Rao–Scott: χ²", "Avvik fra oppgitte andeler? Rao–Scott: χ²")

  /// The name of a test that only comparisons make; other names stay as they are.
  static func comparisonTest(_ name: String) -> Phrase {
    switch name {
    case "wilcoxon": Phrase("Wilcoxon rank test", "Wilcoxons rangtest")
    case "kruskal-wallis": Phrase("Kruskal–Wallis rank test", "Kruskal–Wallis’ rangtest")
    case "van-der-waerden": Phrase("Van der Waerden rank test", "Van der Waerdens rangtest")
    case "median-test", "median": Phrase("Median test", "Mediantest")
    case "linear-trend": Phrase("Is there a linear trend? t", "Er det en lineær trend? t")
    case "departure-from-linearity":
      Phrase("Do the groups depart from a line? Wald F", "Avviker gruppene fra en linje? Wald F")
    case "goodness-of-fit": goodnessOfFit
    default: Phrase(verbatim: name)
    }
  }

  /// The title of a trend.
  public static func trend(of variable: String, over group: String) -> Phrase {
    Phrase(
      "Trend of \(variable.withinSentence) over \(group.withinSentence)",
      "Trend i \(variable.withinSentence) over \(group.withinSentence)")
  }
  /// The name of a contrast over ordered groups; a name that is not known stays as it is.
  public static func contrast(_ name: String) -> Phrase {
    switch name {
    case "slope": Phrase("change for each step", "endring per trinn")
    case "linear": Phrase("linear contrast", "lineær kontrast")
    case "quadratic": Phrase("quadratic contrast", "kvadratisk kontrast")
    case "cubic": Phrase("cubic contrast", "kubisk kontrast")
    default: Phrase(verbatim: name)
    }
  }
  /// The scores of the groups of a trend.
  public static func scores(_ scores: [Double]) -> Phrase {
    Phrase { format in
      let text = scores.map { format.significant($0, digits: 1) }.joined(separator: "; ")
      return ("Scores of the groups: \(text).", "Gruppenes skårer: \(text).")
    }
  }
  /// The title of mean ranks.
  public static func ranks(of variable: String) -> Phrase {
    Phrase("Ranks: \(variable.withinSentence)", "Ranger: \(variable.withinSentence)")
  }
  /// How equal numbers were ranked.
  public static func ties(inOrderOfFile: Bool) -> Phrase {
    inOrderOfFile
      ? Phrase(
        "Equal answers have the mean of their ranks in the order of the file, as in R (--ties file).",
        "Like svar har snittet av rangene sine i filens rekkefølge, som i R (--ties file).")
      : Phrase(
        "Equal answers have the middle rank of the weight that they share (--ties middle).",
        "Like svar har midten av vekten de deler, som rang (--ties middle).")
  }
  /// The heading of a mean score of ranks, which lie between 0 and 1.
  public static let meanRank = Phrase("mean rank score (0–1)", "gjennomsnittlig rangskår (0–1)")
  /// The heading of a mean normal score of ranks.
  public static let meanNormalScore = Phrase("mean normal score", "gjennomsnittlig normalskår")

  /// What the letters beside shares mean.
  public static func significanceLetters(level: Double, adjustment: String) -> Phrase {
    let names = ["holm": "Holm", "bonferroni": "Bonferroni", "bh": "Benjamini–Hochberg"]
    return Phrase { format in
      let p = format.significant(level, digits: 1)
      let name = names[adjustment]
      return (
        "Letters beside a share name the groups whose share of the same answer is significantly "
          + "smaller (t-tests, p < \(p)\(name.map { ", adjusted by \($0) within each answer" } ?? "")).",
        "Bokstaver ved en andel viser hvilke grupper som har en signifikant mindre andel av samme "
          + "svar (t-tester, p < \(p)\(name.map { ", justert etter \($0) innenfor hvert svar" } ?? ""))."
      )
    }
  }
}
