/// Tables, and the charts that show them, which together become a workbook.
public struct Book: Sendable {
  /// What stands on a sheet: a table with its charts, or charts alone.
  public struct Part: Sendable {
    /// The table; nil where charts stand alone.
    public var table: Table?
    /// The charts below it.
    public var charts: [Chart]
    /// The language of its numbers; nil means that of the book.
    public var language: String?
    /// The heading under which the contents list it.
    public var section: String

    /// Makes a part.
    public init(
      _ table: Table?, charts: [Chart] = [], language: String? = nil, section: String = ""
    ) {
      self.table = table
      self.charts = charts
      self.language = language
      self.section = section
    }

    var title: String { table?.title ?? charts.first?.title ?? "" }
  }

  /// What stands on its sheets, in order.
  public var parts: [Part]
  /// The lines of the last sheet; the first is its heading.
  public var notes: [String]

  /// Makes a book.
  public init(_ parts: [Part], notes: [String]) {
    self.parts = parts
    self.notes = notes
  }

  /// The book of a document: each chart below the table that it draws, where each table has one.
  init(_ document: Document) {
    let (tables, charts) = (document.tables, document.charts)
    let isPaired = tables.count == charts.count
    parts = tables.indices.map { Part(tables[$0], charts: isPaired ? [charts[$0]] : []) }
    if !isPaired { parts += charts.map { Part(nil, charts: [$0]) } }
    notes = ["vekt \(document.command)", "Vekt \(Document.version)"] + document.notes
  }

  /// The book as a workbook: a sheet for each part, numbers as numbers, and a sheet of notes; of several
  /// parts also a sheet of contents, which leads to the others.
  ///
  /// Charts are pictures below their table. Without `rsvg-convert` a line says which are not there.
  /// The same book gives the same bytes.
  ///
  /// - Throws: ``SurveyError`` for a table larger than a sheet, and of kind output when there is no room
  ///   for a temporary file.
  public func workbook(_ style: Style = Style()) throws -> [UInt8] {
    try Workbook.bytes(style) { workbook in
      for table in parts.compactMap(\.table) { try workbook.checkSize(of: table) }
      try workbook.add(parts)
      workbook.addNotes(notes)
    }
  }
}
