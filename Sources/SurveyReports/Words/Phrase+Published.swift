public import SurveyTables

extension Phrase {
  /// The title of printed figures beside estimates.
  public static let publishedFigures = Phrase("Published figures", "Publiserte tall")
  /// The heading of printed numbers.
  public static let published = Phrase("published", "publisert")
  /// The heading of estimates beside them.
  public static let foundHere = Phrase("here", "her")
  /// The heading of how they agree.
  public static let agreement = Phrase("agreement", "samsvar")
  /// The heading of the page.
  public static let page = Phrase("page", "side")

  /// How an estimate and a printed number agree.
  public static func figureMatch(_ name: String) -> Phrase {
    switch name {
    case "matches": Phrase("matches", "stemmer")
    case "within_rounding": Phrase("within rounding", "innen avrunding")
    case "inside_interval": Phrase("inside the interval", "i intervallet")
    case "differs": Phrase("differs", "avviker")
    default: Phrase("not found", "ikke funnet")
    }
  }

  /// What the sign beside an estimate means.
  public static func figureMatchKey(_ name: String) -> Phrase {
    switch name {
    case "matches":
      Phrase("matches the published number", "stemmer med det publiserte tallet")
    case "within_rounding":
      Phrase("within rounding of the published number", "innen avrunding av det publiserte tallet")
    case "inside_interval":
      Phrase(
        "its interval holds the published number", "intervallet omfatter det publiserte tallet")
    default: Phrase("differs from the published number", "avviker fra det publiserte tallet")
    }
  }

  /// What the words of agreement mean.
  public static let agreementKey = Phrase(
    "Matches: rounds to the printed number. Within rounding: off by one in its last digit. Inside the "
      + "interval: further off, but the interval holds the printed number.",
    "Stemmer: avrundes til det trykte tallet. Innen avrunding: én enhet feil i siste siffer. I "
      + "intervallet: lenger unna, men intervallet omfatter det trykte tallet.")

  /// How many figures agree in each way.
  public static func ledgerSummary(
    _ counts: [(name: String, count: Int)], of total: Int, others: Int
  ) -> Phrase {
    Phrase { format in
      let found = counts.filter { $0.count > 0 }
      func list(_ language: String, of word: String) -> String {
        found.enumerated().map { place, part in
          let all = place == 0 ? " \(word) \(format.count(total))" : ""
          let verb = figuresMatch(part.name, isOne: part.count == 1).text(in: language)
          return "\(format.count(part.count))\(all) \(verb)"
        }.joined(separator: ", ")
      }
      let more =
        others > 0
        ? (
          " \(format.count(others)) of other variables are left aside.",
          " \(format.count(others)) om andre variabler er holdt utenfor."
        ) : ("", "")
      return (
        "Published figures: \(list("en", of: "of")).\(more.0)",
        "Publiserte tall: \(list("nb", of: "av")).\(more.1)"
      )
    }
  }

  /// What so many figures do: match, lie within rounding, ….
  private static func figuresMatch(_ name: String, isOne: Bool) -> Phrase {
    switch name {
    case "matches": Phrase(isOne ? "matches" : "match", "stemmer")
    case "within_rounding":
      Phrase(isOne ? "is within rounding" : "are within rounding", "er innen avrunding")
    case "inside_interval":
      Phrase(isOne ? "is inside the interval" : "are inside the interval", "er i intervallet")
    case "differs": Phrase(isOne ? "differs" : "differ", "avviker")
    default: Phrase(isOne ? "is not found" : "are not found", "er ikke funnet")
    }
  }
}

extension Phrase {
  /// The title of the choices that may give a printed table.
  public static let reproduction = Phrase(
    "Choices that may give the printed table", "Valg som kan gi den trykte tabellen")
  /// The unit of their counts.
  public static let figuresUnit = Phrase("number of figures", "antall tall")
  /// The heading of weights.
  public static let weightHeading = Phrase("weight", "vekt")
  /// The heading of bases.
  public static let baseHeading = Phrase("percentages of", "prosent av")
  /// The heading of the mean distance.
  public static let meanDistance = Phrase("mean distance", "snittavstand")
  /// What the mean distance is measured in.
  public static let meanDistanceKey = Phrase(
    "Mean distance in units of the last printed digit; the best choice is first.",
    "Snittavstand i enheter av siste trykte siffer; det beste valget står først.")

  /// Whom percentages are of: `answered`, `dont_know`, `asked`, `all`.
  public static func reproductionBase(_ name: String) -> Phrase {
    switch name {
    case "answered": Phrase("those who answered", "dem som svarte")
    case "dont_know": Phrase("answers and don't know", "svar og vet ikke")
    case "asked": Phrase("all who were asked", "alle som ble spurt")
    default: Phrase("all", "alle")
    }
  }

  /// How many figures the best choices give.
  public static func reproduced(_ matched: Int, of total: Int, by choices: [String]) -> Phrase {
    Phrase { format in
      let list = choices.joined(separator: "; ")
      let (m, t) = (format.count(matched), format.count(total))
      return matched == total
        ? (
          "All \(t) figures are reproduced by: \(list).",
          "Alle \(t) tallene gjenskapes av: \(list)."
        )
        : (
          "No choice reproduces all \(t) figures; most, \(m), are reproduced by: \(list).",
          "Ingen valg gjenskaper alle \(t) tallene; flest, \(m), gjenskapes av: \(list)."
        )
    }
  }
}
