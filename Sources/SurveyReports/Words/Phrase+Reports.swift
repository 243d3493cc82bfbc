public import SurveyTables

extension Phrase {
  /// The number of a table in a report.
  public static func tableNumber(_ number: Int) -> Phrase {
    Phrase("Table \(number).", "Tabell \(number).")
  }
  /// The button that copies a table.
  public static let copy = Phrase("copy", "kopier")
  /// What it says afterwards.
  public static let copied = Phrase("copied", "kopiert")
  /// The check-box that shows the commands of cells.
  public static let showCommands = Phrase("Show the commands", "Vis kommandoene")
  /// The list of all tables of a report.
  public static func allTables(_ count: Int) -> Phrase {
    Phrase("All \(count) tables", "Alle \(count) tabeller")
  }
  /// The name of a table of contents.
  public static let contents = Phrase("Contents", "Innhold")
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
}
