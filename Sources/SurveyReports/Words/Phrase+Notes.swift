public import SurveyData
public import SurveyTables

extension Phrase {
  /// A note in words; one without Norwegian words stays as it is.
  public init(_ note: Note) {
    let norwegian = Self.norwegian(note.id, note.values) ?? note.text
    self.init(note.description, note.place.map { "\($0): \(norwegian)" } ?? norwegian)
  }

  /// The sentence of a note in Norwegian.
  private static func norwegian(_ id: String, _ values: [String]) -> String? {
    let room = id.split(separator: ".").first.map(String.init) ?? id
    switch room {
    case "paradox": return paradoxNote(id, values)
    case "decompose": return decompositionNote(id, values)
    case "model": return modelNote(id, values)
    case "compare", "estimate", "margins", "scale", "summarize": return statisticNote(id, values)
    case "cells", "csv", "published", "values", "missing": return fileNote(id, values)
    case "engine": return engineNote(id, values)
    case "language", "picture": return outputNote(id, values)
    case "weight": return weightNote(id, values)
    case "append": return joiningNote(id, values)
    default: return nil
    }
  }

  private static func outputNote(_ id: String, _ values: [String]) -> String? {
    switch (id, values.count) {
    case ("picture.font", 2):
      return
        "ordene i bildet er satt med \(values[0]), og plassen er regnet ut for \(values[1]) (Debian: "
        + "fonts-dejavu-core)"
    case ("language.bokmal-words", _):
      return
        "Etikettene er på nynorsk der kodeboken har dem, ellers på bokmål; overskrifter og noter "
        + "er på bokmål."
    default: return nil
    }
  }

  private static func paradoxNote(_ id: String, _ values: [String]) -> String? {
    switch (id, values.count) {
    case ("paradox.counted-answer", 1): return "teller '\(values[0])'"
    case ("paradox.lonely-group", 1):
      return "'\(values[0])' har én som svarte, så tallene er uten feil og sier ingenting"
    case ("paradox.no-ratio", 2):
      let place = values[1].isEmpty ? "" : " i '\(values[1])'"
      let only = values[0].replacing("A or only B", with: "A eller bare B")
      return "ingen\(place) gir bare \(only), så ln(p10 ∕ p01) har ingen verdi der"
    case ("paradox.no-logit", _):
      return "er lik for alle på et nivå, så tester på logitskalaen har ikke noe svar der"
    case ("paradox.tied-knots", 3):
      return "av \(values[0]) knutepunkter er \(values[1]) forskjellige: \(values[2])"
    case ("paradox.knots", 1): return "splinens knutepunkter: \(values[0])"
    case ("paradox.no-effect", _):
      return
        "effekten uten mellomledd er mindre enn to ganger standardfeilen, så ingen andel av den "
        + "oppgis"
    case ("paradox.suppression", 1):
      return values[0] == "hiding"
        ? "suppresjon: mellomleddene skjuler en del av effekten, så ingen andel av den oppgis"
        : "suppresjon: effekten skifter fortegn ved siden av mellomleddene, så ingen andel oppgis"
    default: return nil
    }
  }

  private static func decompositionNote(_ id: String, _ values: [String]) -> String? {
    switch (id, values.count) {
    case ("decompose.small-sum", 1):
      return "delen fordeles etter ledd hvis sum er mindre enn to standardfeil fra null, så radene "
        + "for hver kovariat kan være langt fra det de sier"
    case ("decompose.small-gap", _):
      return "avstanden er mindre enn to standardfeil fra null, så andeler av den sier lite"
    case ("decompose.draws", 4):
      return
        "radene for hver kovariat er snitt av \(values[0]) trekninger i tilfeldig rekkefølge, frø "
        + "\(values[1]); de summerer seg til \(values[2]) av \(values[3]), og feilene tar kovariatene "
        + "som gitt"
    default: return nil
    }
  }

  private static func modelNote(_ id: String, _ values: [String]) -> String? {
    switch (id, values.count) {
    case ("model.event", 3):
      return "modellerer sjansen for at '\(values[0])' er \(values[1]) og ikke \(values[2])"
    case ("model.labelled-number", 3):
      return
        "regnes som et tall (\(values[0]) verdier, \(values[1]) etiketter); `factor(\(values[2]))` "
        + "gjør kategorier av det"
    case ("model.codes-as-numbers", 1): return "kodene \(values[0]) teller som tall"
    case ("model.dependent-column", 1):
      return "'\(values[0])' følger av leddene foran, så det er ingen koeffisient"
    case ("model.dependent-column", 2):
      let place = values[1].isEmpty ? "" : " i \(values[1])"
      return "'\(values[0])' følger av leddene foran og er utelatt\(place)"
    case ("model.empty-reference", 2):
      return "ingen i modellen har referansen '\(values[0])', så referansen er '\(values[1])'"
    case ("model.empty-category", 2):
      let more = values[1] == "0" ? "" : " og \(values[1]) til"
      return "ingen i modellen har \(values[0])\(more), så det er ingen koeffisient"
    case ("model.nominal-outcome", _):
      return "kodeboka kaller den nominal; rekkefølgen av kodene regnes som svarenes rekkefølge"
    case ("model.empty-outcome", 1):
      let they = values[0].contains(", ") ? "de er" : "det er"
      return "ingen i modellen svarte \(values[0]), så \(they) utelatt fra utfallet"
    case ("model.counts-with-decimals", 1):
      return "modelleres som snitt av antall, og har desimaler, som \(values[0])"
    case ("model.share-outcome", _):
      return "ligger mellom 0 og 1: snittet modelleres som en sjanse, ved kvasi-likelihood"
    case ("model.exact-fit", _):
      return "modellen gir hvert svar nøyaktig, så ingenting er kjent om feilene"
    case ("model.tiny-weights", 1):
      let who = values[0] == "1" ? "ett svar" : "\(values[0]) svar"
      return
        "uten \(who) med vekt under en milliondel av snittet ville modellen gitt utfallet sikkert, så "
        + "koeffisientene sier lite annet enn hvor liten den vekta er"
    case ("model.one-category", 1):
      return "er '\(values[0])' for alle i modellen, så det er ingen koeffisient"
    default: return nil
    }
  }
}
