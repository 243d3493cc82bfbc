import SurveyTables

extension Phrase {
  /// Notes of comparisons, margins and scales in Norwegian.
  static func statisticNote(_ id: String, _ values: [String]) -> String? {
    switch (id, values.count) {
    case ("compare.stratum-left-out", 2):
      let why =
        values[1] == "one" ? "det er bare én gruppe der" : "ingen der er i referansegruppen"
      return "'\(values[0])' er utelatt: \(why)"
    case ("compare.no-overall-test", 1):
      return "ingen test av alle grupper samlet: den ville hatt mer enn \(values[0]) kontraster"
    case ("compare.one-respondent", 1):
      return
        "gruppe '\(values[0])' har én som svarte, så ingenting er kjent om variansen, og den har "
        + "ingen test"
    case ("compare.no-ratio", 1):
      return
        "\(values[0]): en andel på 0 eller 1 og tall med ulikt fortegn har ikke noe forholdstall på "
        + "logskala"
    case ("summarize.no-test", _):
      return "har ingen test: det er færre enn to grupper eller svar, eller for få utvalgsenheter"
    case ("summarize.no-ratio", 1):
      return "\(values[0]): nevneren summerer seg til null, så det er ikke noe forholdstall"
    case ("estimate.unknown-variance", 1):
      return
        "\(values[0]): ingenting er kjent om variansen, så det er ingen standardfeil og ingen test: "
        + "alle svarte likt, én utvalgsenhet rommer alle, eller grensene til en kvantil finnes ikke "
        + "eller faller sammen"
    case ("estimate.known", 1):
      return
        "\(values[0]): hele populasjonen er med i utvalget, så forskjellen er kjent, og det er "
        + "ingenting å teste"
    case ("estimate.replicates-without-answer", 2):
      return
        "\(values[0]) av \(values[1]) replikater ga ingen verdi for noe som estimeres her (ingen igjen i en "
        + "gruppe, en andel på 0 eller 1 på logitskalaen, en modell uten løsning): de er utelatt fra "
        + "variansen av det, og ingenting veier opp for dem"
    case ("estimate.cells-subpopulation-df", _):
      return "frihetsgradene er de som gjelder for alle; i en delpopulasjon kan de være færre"
    case ("estimate.suppressed", 1):
      return
        "svar som færre enn \(values[0]) personer deler, er fjernet av hensyn til personvernet: disse personene regnes der "
        + "som uten svar, og det er ingen standardfeil"
    case ("estimate.cells-df", _):
      return
        "frihetsgradene er rangen av replikatvektene i cellene minus 1, og personenes kan være flere: oppgi "
        + "dem med --replicate-df, eller `df:` under `replicates:`"
    case ("compare.trend-without-order", _):
      return "er nominal, så trenden følger rekkefølgen av kodene, som kanskje ikke betyr noe"
    case ("margins.without-group", 1):
      return
        "mangler for \(values[0]) av dem som er i modellen; de er ikke med i snittet av noen gruppe"
    case ("margins.not-estimable", 3):
      let more = values[1] == "0" ? "" : " og \(values[1]) til"
      return
        "\(values[0])\(more) kan ikke estimeres: det avhenger av koeffisienten til \(values[2]), som "
        + "de som svarte ikke sier noe om"
    case ("margins.zero-or-one", _):
      return "er 0 eller 1 for alle, så effekten er forskjellen 1 − 0"
    case ("scale.reversed", 2): return "er snudd, \(values[0]) − \(values[1])"
    case ("scale.constant-item", _):
      return "har samme svar hos alle, så ingenting følger det; alfa regner det med som et ledd"
    case ("scale.against", 1):
      return "går mot de andre leddene; "
        + (values[0].isEmpty ? "skal det snus?" : "er det riktig at det er snudd?")
    default: return nil
    }
  }

  /// Notes of files in Norwegian.
  static func fileNote(_ id: String, _ values: [String]) -> String? {
    func many(_ count: String) -> String { count == "1" ? "1 verdi" : "\(count) verdier" }
    switch (id, values.count) {
    case ("cells.written", 3):
      return "\(values[0]) celler av \(values[1]) personer"
        + (values[2] == "0"
          ? "" : "; \(values[2]) av dem er én person, med svarene som de ble gitt")
    case ("cells.left-out", _):
      return "rollene i paradokset er utelatt, siden cellene ikke er etter alle variablene deres"
    case ("cells.suppressed", 2):
      return
        "svar fra \(values[0]) personer er fjernet, slik at hver linje står for \(values[1]) personer eller flere; det "
        + "som lages av disse cellene har ingen standardfeil"
    case ("cells.codebook", _): return "forklarer kodene i cellene, og navngir vekt og utvalgsplan"
    case ("values.look-missing", 2):
      return
        "\(values[0]): er det en verdi? Hvis ikke, skriv `--missing '\(values[1])'`, eller flytt det "
        + "til `missing:` i kodeboka"
    case ("missing.taken", 3):
      return
        "regelen '\(values[0])' for manglende tok \(many(values[1])) i "
        + (values[2] == "1" ? "1 kolonne" : "\(values[2]) kolonner")
    case ("missing.applied", 2):
      return
        "regelen '\(values[0])' for manglende gjelder "
        + (values[1] == "1" ? "1 kolonne" : "\(values[1]) kolonner")
        + "; hvor mange verdier den tar, blir ingen database spurt om"
    case ("csv.inexact-integer", 3):
      return
        "'\(values[0])' har \(many(values[1])) med flere sifre enn et tall rommer; den første er "
        + "\(values[2]). Med `type: text` er de koder, siffer for siffer"
    case ("csv.missing-words", 1): return "blant tallene er \(values[0]), regnet som manglende"
    case ("csv.dialect-detected", 2):
      let detected = values[0].replacing("delimiter", with: "skilletegn")
        .replacing("decimal comma", with: "desimalkomma")
      return "fant \(detected); skriv `file: {\(values[1])}` i kodeboka for å slå det fast"
    case ("csv.question-line", 2):
      let what =
        values[0] == "2"
        ? "Qualtrics' spørsmålstekster og import-id-er står under navnene, og er ikke svar"
        : values[1] == "ids"
          ? "Qualtrics' import-id-er står under navnene, og er ikke svar"
          : "Qualtrics' spørsmålstekster står under navnene, og er ikke svar"
      return what + "; er de det, skriv `--header true`, eller `header: true` under `file:`"
    case ("csv.answer-line", 2):
      let columns =
        values[0] == "0"
        ? ""
        : ", og \(values[0] == "1" ? "1 kolonne" : "\(values[0]) kolonner") uten navn fortsetter "
          + "spørsmålet til venstre, som \(values[1])"
      return
        "SurveyMonkeys linje med svaralternativer står under spørsmålene, og er ikke svar\(columns); er "
        + "den det, skriv `--header true`, eller `header: true` under `file:`"
    case ("csv.renamed-columns", 2):
      let more = (Int(values[1]) ?? 0) > 5 ? " og \((Int(values[1]) ?? 0) - 5) til" : ""
      return "navn som står to ganger, er skilt fra hverandre: \(values[0])\(more)"
    case ("csv.maybe-question-line", 1):
      return
        "den første raden har ord i \(values[0].replacing(" and ", with: " og ").replacing(" more", with: " til")), "
        + "der alle andre har tall; er det spørsmålstekster, skriv `--header questions`, eller "
        + "`header: questions` under `file:`"
    case ("csv.unknown-code", 4):
      let what = values[3] == "kept" ? "beholdt som de er" : "regnet som manglende"
      return
        "'\(values[0])' har \(many(values[1])) som kodeboka ikke kjenner, \(what); den første er "
        + values[2]
    case ("csv.rewritten-code", 3):
      return
        "'\(values[0])' har \(many(values[1])) skrevet på en annen måte enn koden; den første er "
        + values[2]
    case ("csv.national-identity-number", 2):
      return
        "'\(values[0])' inneholder det som ser ut som fødselsnumre (\(many(values[1]))); fjern dem "
        + "før filen deles"
    case ("published.unused-columns", 1):
      return
        "kolonnene \(values[0]) er verken variabler i dataene eller kjent i en publisert tabell, så "
        + "de velger ingenting"
    case ("published.without-value", 1):
      return values[0] == "1"
        ? "1 rad er uten verdi og hoppes over" : "\(values[0]) rader er uten verdi og hoppes over"
    default: return nil
    }
  }
}
