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
        default: nil
        }
      return (text, norwegian ?? text)
    }
  }
}
