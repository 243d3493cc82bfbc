import SurveyTables

extension Phrase {
  /// Notes of waves that are put below each other, in Norwegian.
  static func joiningNote(_ id: String, _ values: [String]) -> String? {
    switch (id, values.count) {
    case ("append.rows", 3...): return joinedRows(values)
    case ("append.case", 1):
      return "\(values[0]) skiller seg bare i store og små bokstaver, og er hver sin variabel"
    case ("append.id", 1):
      return "\(values[0]): identifikatorer i én runde står i en annen også, og skiller ingen rader"
    case ("append.paradox", _):
      return "rollene i integreringsparadokset er utelatt: oppgi dem på nytt"
    case ("append.derivations", 1):
      return "verdiene til \(list(values[0])) er beholdt, men ikke hvordan de er avledet"
    case ("append.notes", _):
      return "notene til filene er forskjellige: hver av dem står i den nye etter sin runde"
    case ("append.study", 2...):
      let parts = values.dropFirst().map(studyPart).joined(separator: ", ")
      return "undersøkelsens \(parts): beholdt som i \(values[0])"
    case ("append.groups", 3): return joinedGroups(values)
    default: return joinedDesign(id, values) ?? joinedWeights(id, values)
    }
  }

  private static func joinedRows(_ values: [String]) -> String {
    let areTwo = values[0] == "2"
    let (all, others) = areTwo ? ("begge", "den andre runden") : ("alle", "de andre rundene")
    let variables = values[2] == "1" ? "1 variabel" : "\(values[2]) variabler"
    let whole = "\(values[0]) filer, \(values[1]) rader, \(variables) i \(all)"
    let parts = values.dropFirst(3).map { "; bare i \($0)" }.joined()
    return parts.isEmpty ? whole : "\(whole)\(parts): ikke spurt om i \(others)"
  }

  private static func joinedGroups(_ values: [String]) -> String? {
    let group = "gruppe '\(values[1])'"
    return switch values[0] {
    case "kind":
      "\(group) er ikke samme slags spørsmål i alle rundene: den i \(values[2]) er utelatt"
    case "members":
      "\(group) har andre medlemmer i noen runder: \(list(values[2])) er ikke med i alle"
    case "apart": "\(group) rommer ikke \(list(values[2])), som er holdt fra hverandre etter runde"
    default: nil
    }
  }

  private static func joinedWeights(_ id: String, _ values: [String]) -> String? {
    switch (id, values.first ?? "", values.count) {
    case ("append.weights", "left-out", 2):
      return "hvordan vekten '\(values[1])' ble til, er utelatt: hver runde ble justert for seg"
    case ("append.weights", "kept", 2):
      return
        "vekten '\(values[1])' er ikke i alle rundene, eller ikke den samme: kolonnene er beholdt"
    case ("append.weights-lacking", _, 1):
      return "ingen vekt er oppgitt i \(values[0]): der teller hver rad som én"
    case ("append.weights-total", "none", 2):
      return
        "vekt: hver runde summerer seg til sin egen sum (\(values[1])), som avgjør hvor mye den teller i "
        + "en felles andel; for andre se --scale-weights mean|size"
    case ("append.weights-total", "mean", 2):
      return
        "vekt: alle rundene summerer seg til det samme (\(values[1])): en felles andel er snittet av "
        + "rundenes"
    case ("append.weights-total", "size", 2):
      return
        "vekt: hver runde summerer seg til antall vektede rader (\(values[1])): en felles andel veier "
        + "rundene etter størrelse"
    case ("append.weight", _, 1):
      return "vekten '\(values[0])' er den som hver runde veies med, og den som ellers brukes"
    default: return nil
    }
  }

  private static func joinedDesign(_ id: String, _ values: [String]) -> String? {
    switch (id, values.first ?? "", values.count) {
    case ("append.design", _, _):
      return "ingen runde oppgir en utvalgsplan, så ingen oppgis her heller"
    case ("append.design-lacking", _, 1):
      return "ingen utvalgsplan er oppgitt i \(values[0]): et enkelt tilfeldig utvalg der"
    case ("append.lonely-psu", _, _):
      return "lonely_psu er ikke det samme i rundene: den er fail"
    case ("append.strata", "waves", 2): return "strata: hver runde er ett, '\(values[1])'"
    case ("append.strata", "panel", 2):
      return "enheter i '\(values[1])' er med i flere runder, som strata ikke skiller fra hverandre"
    case ("append.strata", "unique", 3):
      return "strata er gjort entydige: \(values[1])"
        + (values[2] == "0" ? "" : "; \(values[2]) med enheter i flere runder beholder navnet")
    case ("append.panel", _, 3):
      return
        "\(values[0]) av \(values[1]) enheter i '\(values[2])' er med i mer enn én runde: de er samme "
        + "utvalgsenhet der"
    case ("append.panel-moved", _, 1):
      return "\(values[0]) av disse skifter stratum mellom rundene, og teller som en enhet i hvert"
    case ("append.psu", _, 1):
      return
        "utvalgsenhetene er gjort entydige: \(values[0]); er de samme enhetene med i flere runder, skriv "
        + "--panel NAVN"
    case ("append.stages", _, _):
      return "senere trinn i utvalget er ikke de samme i rundene, og er utelatt"
    case ("append.population-sizes", _, _):
      return "populasjonsstørrelsene er ikke de samme i rundene, og er utelatt"
    default: return nil
    }
  }

  /// A list of names with how many more there are.
  private static func list(_ names: String) -> String {
    guard names.hasSuffix(" more") else { return names }
    return names.replacing(" and ", with: " og ").replacing(" more", with: " til")
  }

  private static func studyPart(_ name: String) -> String {
    switch name {
    case "title": "tittel"
    case "population": "populasjon"
    case "source": "kilde"
    case "licence": "lisens"
    case "citation": "referanse"
    default: name
    }
  }
}
