internal import SurveyData

/// A document of several tables as a page: a list of them, and below each its files.
public struct BookPage: Sendable {
  /// The files of its tables and charts.
  public let files: [(name: String, bytes: [UInt8])]
  private let document: Document
  private let style: Style
  /// The names of the files of each table, and of its chart.
  private let names: [[String]]

  /// - Throws: ``SurveyError`` of kind output when there is no room for a workbook in the making.
  public init(_ document: Document, _ style: Style = Style()) throws {
    self.document = document
    self.style = style
    let tables = TableFile.files(of: document)
    var files = tables.map { (name: $0.name, bytes: $0.records.csv()) }
    names = try document.tables.enumerated().map { place, table in
      var names = tables.filter { $0.numbers.contains(place + 1) }.map(\.name)
      let name = TableFile.workbookName(of: table, number: place + 1, files: names)
      let notes = ["vekt \(document.command)", "Vekt \(Document.version)"] + document.notes
      if let workbook = try Book([Book.Part(table)], notes: notes).workbookIfItFits(style) {
        files.append((name, workbook))
        names.append(name)
      }
      return names
    }
    files += document.charts.indices.map { place in
      (Self.figureName(place), Array(document.charts[place].svg(style).utf8))
    }
    self.files = files
  }

  /// The page; it holds its files where no folder is named.
  ///
  /// - Parameter way: The way from the page to the folder with its ``files``.
  public func html(filesIn way: String? = nil) -> String {
    let links =
      way.map { PageFiles(language: style.language, in: $0) }
      ?? PageFiles(language: style.language, holding: files)
    let entries = document.tables.indices.map { place in
      PageFiles.Entry(
        document.tables[place], number: place + 1, id: "table-\(place + 1)", files: names[place])
    }
    let figures = document.charts.indices.map { place in
      document.charts[place].html(style, id: "table-chart-\(place + 1)")
        + links.links([Self.figureName(place)])
    }
    // A chart stands below the table that it draws, where each table has one.
    let isPaired = figures.count == document.tables.count
    var body =
      "<h1><code>\("vekt \(document.command)".htmlEscaped)</code></h1>\n"
      + "<div id=\"report-contents\"></div>\n" + links.list(entries, isOpen: true)
    for (place, table) in document.tables.enumerated() {
      body +=
        table.html(style, id: "table-\(place + 1)") + links.links(names[place])
        + (isPaired ? figures[place] : "")
    }
    body += isPaired ? "" : figures.joined()
    body += document.htmlNotes(style) + "<script>\n\(HTMLPage.script)</script>\n"
    return HTMLPage(
      title: document.tables.first?.title ?? document.command, language: style.language, body: body,
      styles: HTMLPage.bookRules
    ).html()
  }

  private static func figureName(_ place: Int) -> String { "figure-\(place + 1).svg" }
}

extension Book {
  /// The workbook; nil where a table is larger than a sheet.
  public func workbookIfItFits(_ style: Style = Style()) throws -> [UInt8]? {
    do { return try workbook(style) } catch let error as SurveyError where error.kind == .usage {
      return nil
    }
  }
}
