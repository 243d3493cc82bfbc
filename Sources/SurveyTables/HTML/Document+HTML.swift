extension Table {
  /// The table as a fragment of HTML, notes below it, for a page that has ``HTMLPage/stylesheet``.
  ///
  /// - Parameter id: A name that no other table of the page has; the links within the table use it.
  public func html(_ style: Style = Style(), id: String) -> String {
    HTMLTable(self, id: id, language: style.language).html()
  }

  /// The table with its own style sheet, on a page of others that may drop the sheet.
  ///
  /// - Parameter id: A name that no other table of the page has.
  package func htmlAlone(_ style: Style, id: String) -> String {
    "<style>\(HTMLPage.tableStylesheet)</style>\n"
      + HTMLTable(self, id: id, language: style.language, standsAlone: true).html()
  }
}

extension Document {
  /// The tables and notes as a fragment of HTML for a page that has ``HTMLPage/stylesheet``.
  ///
  /// - Parameter id: A name that no other document of the page has.
  public func htmlFragment(_ style: Style = Style(), id: String = "table") -> String {
    let tables =
      self.tables.enumerated().map { $1.html(style, id: "\(id)-\($0 + 1)") }
      + charts.enumerated().map { $1.html(style, id: "\(id)-chart-\($0 + 1)") }
    return tables.joined() + htmlNotes(style)
  }

  /// The notes of the whole as a fragment of HTML.
  func htmlNotes(_ style: Style) -> String {
    guard !notes.isEmpty else { return "" }
    let lines = notes.map { "<p>\($0.htmlEscaped)</p>\n" }.joined()
    return "<div class=\"vekt-notes\" lang=\"\(style.language)\">\n\(lines)</div>\n"
  }

  /// The document as one self-contained page; of several tables it is a book, with a list of them and
  /// their files in it.
  ///
  /// - Throws: As ``BookPage/init(_:_:)``.
  public func html(_ style: Style = Style()) throws -> String {
    // A codebook has tables, but no figures that anybody would take along.
    guard tables.count < 2 || records.isEmpty else { return try BookPage(self, style).html() }
    let heading = "<h1><code>\("vekt \(command)".htmlEscaped)</code></h1>\n"
    return HTMLPage(
      title: tables.first?.title ?? command, language: style.language,
      body: heading + htmlFragment(style)
    ).html()
  }
}
