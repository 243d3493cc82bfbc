extension Phrase {
  /// Number of respondents, unweighted.
  public static let n = Phrase("n", "n")
  /// What a screen reader says at a hidden cell.
  public static let hidden = Phrase("hidden", "skjult")
  /// The heading above notes, for screen readers.
  public static let notes = Phrase("Notes", "Noter")
  /// What a screen reader says at the link from a note back to the table.
  public static let backToTable = Phrase("back to the table", "tilbake til tabellen")
}

extension Phrase {
  /// What stands before a figure's number.
  static let figure = Phrase("Figure", "Figur")
  /// What stands behind the title of a table that goes on.
  static let continued = Phrase("continued", "fortsatt")
  /// The heading of the list of tables.
  static let listOfTables = Phrase("Tables", "Tabeller")
}
