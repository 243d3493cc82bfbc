public import SurveyTables

extension Phrase {
  /// Heading of variables' names.
  public static let variable = Phrase("variable", "variabel")
  /// Heading of labels.
  public static let label = Phrase("label", "etikett")
  /// Heading of codes.
  public static let code = Phrase("code", "kode")
  /// Heading of kinds of variables.
  public static let type = Phrase("type", "type")
  /// Heading of the number who answered.
  public static let answered = Phrase("answered", "besvart")
  /// Heading of missing answers and their reasons.
  public static let missing = Phrase("missing", "mangler")
  /// Heading of the most frequent answers.
  public static let mostFrequent = Phrase("most frequent", "vanligst")
  /// A variable with codes and labels.
  public static let categorical = Phrase("categorical", "kategorisk")
  /// A variable of numbers.
  public static let number = Phrase("number", "tall")
  /// A variable of free text.
  public static let text = Phrase("text", "tekst")
  /// Heading of what looks odd.
  public static let findings = Phrase("What looks odd", "Det som ser rart ut")

  /// How large a file is.
  public static func size(rows: Int, columns: Int) -> Phrase {
    Phrase { format in
      let (rows, columns) = (format.count(rows), format.count(columns))
      return (
        "\(rows)\u{A0}rows, \(columns)\u{A0}columns", "\(rows)\u{A0}rader, \(columns)\u{A0}kolonner"
      )
    }
  }
}

extension Phrase {
  /// How many codes a variable has.
  public static func codes(_ count: Int) -> Phrase {
    Phrase { ("\($0.count(count))\u{A0}codes", "\($0.count(count))\u{A0}koder") }
  }
  /// The title of an overview.
  public static let variables = Phrase("Variables", "Variabler")
  /// The smallest of some numbers.
  public static let smallest = Phrase("smallest", "minste")
  /// The largest of some numbers.
  public static let largest = Phrase("largest", "største")
}

extension Phrase {
  /// The heading of what a check found.
  public static let finding = Phrase("finding", "funn")
  /// A check that found nothing.
  public static let nothingFound = Phrase(
    "Codebook and file agree.", "Kodebok og fil stemmer overens.")
  /// The place of a codebook that is the file's own.
  public static let ownLabels = Phrase("the file's own labels", "filens egne etiketter")
  /// Who was asked.
  public static func askedOf(_ whom: String) -> Phrase {
    Phrase("Asked of: \(whom)", "Stilt til: \(whom)")
  }

  /// How many findings there are of a severity: `error`, `warning` or `information`.
  public static func severity(_ name: String, _ count: Int) -> Phrase {
    Phrase { format in
      let count = format.count(count)
      return switch name {
      case "error": ("Contradictions (\(count))", "Motsigelser (\(count))")
      case "warning": ("Probably wrong (\(count))", "Trolig feil (\(count))")
      default: ("Worth knowing (\(count))", "Verd å vite (\(count))")
      }
    }
  }
}
