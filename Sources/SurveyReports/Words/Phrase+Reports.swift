public import SurveyTables

extension Phrase {
  /// The number of a table in a report.
  public static func tableNumber(_ number: Int) -> Phrase {
    Phrase("Table \(number).", "Tabell \(number).")
  }
  /// The check-box that shows the commands of cells.
  public static let showCommands = Phrase("Show the commands", "Vis kommandoene")
  /// The heading over what a report rests on.
  public static let dataAndVersions = Phrase(
    "Data, design and versions", "Data, utvalgsplan og versjoner")
  /// The data file.
  public static let dataFile = Phrase("Data", "Data")
  /// The codebook's file.
  public static let codebook = Phrase("Codebook", "Kodebok")
  /// How the sample was drawn.
  public static let sample = Phrase("Sample", "Utvalg")
  /// The notebook's file.
  public static let notebook = Phrase("Notebook", "Notatbok")
  /// A file has been written.
  public static func written(_ path: String) -> Phrase {
    Phrase("\(path): written", "\(path): skrevet")
  }
  /// A number of rows.
  public static func rows(_ count: Int) -> Phrase {
    Phrase { ("\($0.count(count)) rows", "\($0.count(count)) rader") }
  }
  /// Texts of a notebook that its workbook lacks.
  public static func textsNotInBook(_ count: Int) -> Phrase {
    count == 1
      ? Phrase(
        "One text of the notebook is not in this workbook.",
        "En tekst i notatboken er ikke med i denne arbeidsboken.")
      : Phrase {
        (
          "\($0.count(count)) texts of the notebook are not in this workbook.",
          "\($0.count(count)) tekster i notatboken er ikke med i denne arbeidsboken."
        )
      }
  }
}
