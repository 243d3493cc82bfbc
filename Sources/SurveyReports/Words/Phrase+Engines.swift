import SurveyTables

extension Phrase {
  /// Notes on tables in engines in Norwegian.
  static func engineNote(_ id: String, _ values: [String]) -> String? {
    switch (id, values.count) {
    case ("engine.cells", 4):
      return
        "\(values[0]) leste \(values[1]) rader og sendte \(values[2]) celler; personer og vekter stemmer"
        + (values[3] == "0" ? "" : "; \(values[3]) celler er én person, så tenk på personvernet")
    case ("engine.rows", 3):
      return
        "\(values[0]) sendte \(values[1]) personer én for én, med \(values[2]); personer og vekter stemmer"
    case ("engine.round", 2):
      return
        "'\(values[0])' er rundet ned til hele \(values[1]), som filen .engine.yaml sier"
    case ("engine.order", _):
      return
        "en database summerer i en ny rekkefølge hver gang, så de siste sifrene kan variere fra gang til gang"
    case ("engine.single", 1):
      return
        "vekten '\(values[0])' er lagret som 32-bits tall, så 0,1 er ikke helt 0,1 (6e-8 av den)"
    case ("engine.values", 3):
      return
        "'\(values[0])' har \(values[1]) ulike verdier, og \(values[2]) av dem ble sett på: de som flest har, de minste og de "
        + "største"
    case ("engine.unread", 2):
      return "'\(values[0])' ble ikke sett på: \(values[1])"
    default: return nil
    }
  }
}
