extension Phrase {
  /// The button that copies a table.
  public static let copy = Phrase("copy", "kopier")
  /// What it says afterwards.
  public static let copied = Phrase("copied", "kopiert")
  /// The list of all tables of a report or a book.
  public static func allTables(_ count: Int) -> Phrase {
    Phrase("All \(count) tables", "Alle \(count) tabeller")
  }
  /// The name of a table of contents.
  public static let contents = Phrase("Contents", "Innhold")
}
