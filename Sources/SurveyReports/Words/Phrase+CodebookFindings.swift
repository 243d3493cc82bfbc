public import SurveyTables

extension Phrase {
  /// What was found in a file and its codebook, in words; a finding without Norwegian words stays as it
  /// is.
  ///
  /// - Parameters:
  ///   - id: The finding's name.
  ///   - text: The sentence in English.
  ///   - count: How many rows, codes or columns it concerns.
  ///   - values: What the sentence lists.
  public static func finding(
    _ id: String, _ text: String, count: Int?, values: [String]
  ) -> Phrase {
    Phrase { format in
      let number = format.count(count ?? 0)
      let rows = count == 1 ? "1 rad" : "\(number) rader"
      var list = values.first ?? ""
      if list.hasSuffix(" more") {
        list = list.replacing(" and ", with: " og ").replacing(" more", with: " til")
      }
      let norwegian: String? =
        switch (id, values.count) {
        case ("weight-normalized", _):
          "vektene summerer seg til antall rader, så summer er ikke befolkningens"
        case ("weight-missing", _): "vekten mangler i \(rows)"
        case ("weight-negative", _): "vekten er negativ i \(rows)"
        case ("columns-not-in-file", 1):
          "fila, som oppgis å være en del, mangler \(number) av kolonnene som er beskrevet: \(list)"
        case ("columns-not-described", 1):
          "kodeboka beskriver ikke \(number) av filas kolonner: \(list)"
        case ("unused-codes", 1):
          "ingen rad har \(values[0])"
            + ((count ?? 0) > 12 ? " og \(format.count((count ?? 0) - 12)) til" : "")
        case ("answer-not-given", 1): "ingen rad har svaret som teller, \(values[0])"
        case ("several-answers", 2):
          "\(rows) har flere svar med '\(values[0])' mellom: "
            + values[1].replacing(" and ", with: " og ").replacing(" more", with: " til")
        case ("national-id", _):
          "ser ut som fødselsnumre: 11 siffer med gyldige kontrollsiffer"
        case ("values-in-part", 1):
          "\(number) ulike verdier, hvorav \(values[0]) ble sett på"
        case ("weight-not-named", 2), ("design-not-named", 2):
          "ser ut som \(roleWords(values[0])), uten at kodeboka sier det"
        case ("design-missing", _): "kolonnen i utvalgsplanen mangler i \(rows)"
        case ("lonely-psu", 1): "strata med én utvalgsenhet: \(values[0])"
        case ("unknown-code", 1): "\(rows) er \(values[0]), som kodeboka ikke kjenner"
        case ("out-of-range", 2):
          "\(rows) er \(values[0]), utenfor området \(values[1].replacing(" to ", with: " til "))"
        case ("label-looks-missing", 3):
          "koden \(values[0]) heter '\(values[1])', men regnes som et svar"
        case ("outside-universe", 1): "\(rows) utenfor universet `\(values[0])` har svar"
        case ("duplicate-id", 2):
          "\(number) identifikator\(count == 1 ? "" : "er") står i flere rader, slik som \(values[0]) "
            + "i \(values[1])"
        case ("row-count", 2):
          "kodeboka oppgir \(values[0]) rader, men fila har \(values[1])"
        case ("variable-not-in-file", 1): "fila har ingen kolonne '\(values[0])'"
        case ("variable-not-in-file", 2):
          "fila har ingen kolonne '\(values[0])'; den har '\(values[1])'"
        default: nil
        }
      return (text, norwegian ?? text)
    }
  }

  /// What to do about a finding; what has no Norwegian words stays as it is.
  ///
  /// - Parameters:
  ///   - id: The finding's name.
  ///   - text: The sentence in English.
  ///   - values: What the finding lists.
  public static func remedy(_ id: String, _ text: String, values: [String]) -> Phrase {
    let norwegian: String? =
      switch (id, values.count) {
      case ("weight-not-named", 2), ("design-not-named", 2): "Stemmer det, skriv `\(values[1])`."
      case ("weight-missing", _): "Rett fila, eller skriv `missing: drop`."
      case ("lonely-psu", 1):
        "Si hva som skal gjøres: `lonely_psu: adjust`, `average`, `certainty` eller `remove`."
      case ("unknown-code", 1), ("out-of-range", 2):
        "Legg \(values[0]) til under `codes:` eller `missing:`, eller skriv `unknown: missing`."
      case ("label-looks-missing", 3): "Flytt den: `missing: {\(values[0]): \(values[2])}`."
      case ("answer-not-given", 1): "Oppgi et annet under `answer:`."
      case ("national-id", _): "Ta kolonnen ut av fila hvis du ikke har lov til å ha den."
      case ("row-count", 2): "Bruk fila som kodeboka beskriver, eller rett `rows:`."
      case ("variable-not-in-file", 2): "Skriv '\(values[1])' i kodeboka."
      default: nil
      }
    return Phrase(text, norwegian ?? text)
  }

  /// What a column looks like, by its role.
  private static func roleWords(_ role: String) -> String {
    switch role {
    case "weight": "en vekt"
    case "stratum": "et stratum i utvalgsplanen"
    case "psu": "en utvalgsenhet i utvalgsplanen"
    case "fpc": "en populasjonsstørrelse i utvalgsplanen"
    default: "en identifikator"
    }
  }
}
