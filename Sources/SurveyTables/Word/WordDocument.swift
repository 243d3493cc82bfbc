internal import SurveyData

/// A Word file in the making: headings, paragraphs, tables and pictures, one after the other.
public struct WordDocument {
  let style: Style
  private let template: WordTemplate
  private var body: [String] = []
  private var pictures: [WordPicture] = []
  /// The numbered tables and figures, for the list of tables.
  private var captions: [(kind: CaptionKind, bookmark: String, text: String)] = []
  private var title = ""
  /// Where the list of tables stands: after the title.
  private var contentsPlace = 0
  /// Whether the section that is being written has anything.
  private var hasContent = false

  enum CaptionKind: String {
    case table = "Table"
    case figure = "Figure"
  }

  /// A piece of a paragraph.
  public struct Run: Sendable {
    /// The words; a line break is `\n`.
    public var text: String
    /// How they are set.
    public var isBold = false, isItalic = false, isCode = false, isRaised = false
    /// Where a link leads.
    public var address: String?

    /// Makes a piece.
    public init(_ text: String) { self.text = text }
  }

  /// An empty document.
  ///
  /// - Parameters:
  ///   - style: The language and the dots of pictures.
  ///   - template: The bytes of a Word file whose styles, headers, footers and page are taken, with
  ///     its path for errors; nil means plain ones.
  /// - Throws: ``SurveyError`` of kind data for a template that is no Word file.
  public init(_ style: Style = Style(), template: (bytes: [UInt8], path: String)? = nil) throws {
    self.style = style
    self.template =
      try template.map { try WordTemplate($0.bytes, path: $0.path) }
      ?? WordTemplate(language: style.language)
  }

  /// Adds a heading; the first of level 1 is the title in the file's properties.
  public mutating func addHeading(_ text: String, level: Int) {
    add(paragraph([Run(text)], style: .heading(min(max(level, 1), 3)), isKept: true))
    guard title.isEmpty else { return }
    title = text
    if body.count == 1 { contentsPlace = 1 }
  }

  /// Adds a paragraph.
  ///
  /// - Parameter indent: How deep it is indented, as in a list.
  public mutating func addParagraph(_ runs: [Run], indent: Int = 0, bullet: String = "") {
    add(paragraph(runs, style: .body, indent: indent, bullet: bullet))
  }

  /// Adds text as it is, line by line.
  public mutating func addText(_ text: String) {
    var run = Run(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    run.isCode = true
    add(paragraph([run], style: .note))
  }

  /// Adds notes, smaller than the text.
  public mutating func addNotes(_ notes: [String]) {
    for note in notes { add(paragraph([Run(note)], style: .note)) }
  }

  /// Adds a table with its caption above and its notes below; one too wide for the page stands on a
  /// page of its own across, and one too wide for that is cut between its groups of columns.
  public mutating func addTable(_ table: Table, language: String? = nil) {
    let set = WordTable(
      table, language: language ?? style.language, room: template.textWidth)
    let isAcross = set.width > template.textWidth
    if isAcross { endSection() }
    let room = isAcross ? template.textWidthAcross : template.textWidth
    for (number, part) in set.parts(room: room).enumerated() {
      let unit = table.unit.isEmpty ? "" : "\n\(table.unit)"
      if number > 0 {
        add(paragraph([Run("\u{2026}")], style: .caption, isKept: true))
      } else if !table.title.isEmpty {
        add(caption(.table, table.title, unit: unit))
      }
      add(set.xml(part, room: room, styles: template.id))
    }
    for mark in table.legend {
      var letter = Run(mark.letter)
      letter.isRaised = true
      add(paragraph([letter, Run(" \(mark.text)")], style: .note))
    }
    addNotes(table.notes)
    add(paragraph([], style: .note))
    if isAcross { endSection(isAcross: true) }
  }

  /// Adds a chart as a picture of dots, with the drawing itself for programs that show it.
  ///
  /// - Throws: ``SurveyError`` of kind output without `rsvg-convert`.
  public mutating func addChart(_ chart: Chart, language: String? = nil) throws {
    let style = Style(language: language ?? self.style.language, dpi: 288)
    let number = pictures.count + 1
    let picture = try WordPicture(
      chart.svg(style, id: "chart-\(number)"), number: number,
      description: "\(chart.title). \(chart.description(style))")
    pictures.append(picture)
    add(
      "<w:p><w:pPr><w:pStyle w:val=\"\(template.id(.body))\"/><w:keepNext/></w:pPr><w:r>"
        + picture.xml(width: template.textWidth) + "</w:r></w:p>")
    add(caption(.figure, chart.title, unit: ""))
  }

  private mutating func add(_ xml: String) {
    body.append(xml)
    hasContent = true
  }

  /// Ends a section, so that what follows stands on a page of another shape.
  private mutating func endSection(isAcross: Bool = false) {
    guard hasContent else { return }
    body.append("<w:p><w:pPr>\(template.section(isAcross: isAcross))</w:pPr></w:p>")
    hasContent = false
  }

  /// A caption with a number that Word counts, and a mark for the list of tables.
  private mutating func caption(_ kind: CaptionKind, _ text: String, unit: String) -> String {
    let number = captions.count { $0.kind == kind } + 1
    let mark = "vekt_\(kind.rawValue.lowercased())_\(number)"
    captions.append((kind, mark, text))
    let word = kind == .table ? Phrase.table : .figure
    let label = word.text(in: style.language)
    let place = captions.count
    return "<w:p><w:pPr><w:pStyle w:val=\"\(template.id(.caption))\"/>"
      + (kind == .table ? "<w:keepNext/>" : "") + "</w:pPr>"
      + "<w:bookmarkStart w:id=\"\(place)\" w:name=\"\(mark)\"/>" + run(Run("\(label) "))
      + "<w:fldSimple w:instr=\" SEQ \(label) \\* ARABIC \">" + run(Run("\(number)"))
      + "</w:fldSimple>" + run(Run(". \(text)")) + "<w:bookmarkEnd w:id=\"\(place)\"/>"
      + (unit.isEmpty ? "" : run(Run(unit), isQuiet: true)) + "</w:p>"
  }

  /// The list of tables with links; Word adds the pages when it opens the file.
  private var contents: String {
    let tables = captions.filter { $0.kind == .table }
    guard tables.count > 3 else { return "" }
    let label = Phrase.table.text(in: style.language)
    let lines = tables.enumerated().map { number, caption in
      "<w:p><w:pPr><w:pStyle w:val=\"\(template.id(.contents))\"/><w:tabs><w:tab "
        + "w:val=\"right\" w:leader=\"dot\" w:pos=\"\(template.textWidth)\"/></w:tabs></w:pPr>"
        + (number == 0 ? Self.fieldStart(" TOC \\h \\z \\c \"\(label)\" ") : "")
        + "<w:hyperlink w:anchor=\"\(caption.bookmark)\" w:history=\"1\">"
        + run(Run("\(label) \(number + 1). \(caption.text)")) + "</w:hyperlink>"
        + (number == tables.count - 1 ? Self.fieldEnd : "") + "</w:p>"
    }
    return paragraph(
      [Run(Phrase.listOfTables.text(in: style.language))], style: .heading(2), isKept: true)
      + lines.joined()
  }

  private static func fieldStart(_ instruction: String) -> String {
    "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r><w:instrText "
      + "xml:space=\"preserve\">\(instruction.htmlEscaped)</w:instrText></w:r>"
      + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
  }

  private static let fieldEnd = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"

  /// The file.
  public func bytes() -> [UInt8] {
    template.package(
      body: (body[..<contentsPlace] + [contents] + body[contentsPlace...]).joined(separator: "\n"),
      title: title, pictures: pictures)
  }

  // MARK: Paragraphs

  private func paragraph(
    _ runs: [Run], style: WordTemplate.Style, isKept: Bool = false, indent: Int = 0,
    bullet: String = ""
  ) -> String {
    let left = 340 * (indent + (bullet.isEmpty ? 0 : 1))
    let hanging = bullet.isEmpty ? "" : " w:hanging=\"340\""
    return "<w:p><w:pPr><w:pStyle w:val=\"\(template.id(style))\"/>"
      + (isKept ? "<w:keepNext/>" : "")
      + (left > 0 ? "<w:ind w:left=\"\(left)\"\(hanging)/>" : "") + "</w:pPr>"
      + (bullet.isEmpty ? "" : run(Run(bullet)) + "<w:r><w:tab/></w:r>")
      + runs.map { run($0) }.joined() + "</w:p>"
  }

  private func run(_ run: Run, isQuiet: Bool = false) -> String {
    let look =
      (run.isCode ? "<w:rFonts w:ascii=\"DejaVu Sans Mono\" w:hAnsi=\"DejaVu Sans Mono\"/>" : "")
      + (run.isBold ? "<w:b/>" : isQuiet ? "<w:b w:val=\"0\"/>" : "")
      + (run.isItalic ? "<w:i/>" : "")
      + (isQuiet ? "<w:color w:val=\"595959\"/>" : "")
      + (run.address == nil ? "" : "<w:color w:val=\"0B5394\"/><w:u w:val=\"single\"/>")
      + (run.isRaised ? "<w:vertAlign w:val=\"superscript\"/>" : "")
    let properties = look.isEmpty ? "" : "<w:rPr>\(look)</w:rPr>"
    let lines = run.text.split(separator: "\n", omittingEmptySubsequences: false)
    let text = lines.map { "<w:t xml:space=\"preserve\">\(String($0).xmlEscaped)</w:t>" }
      .joined(separator: "<w:br/>")
    let whole = "<w:r>\(properties)\(text)</w:r>"
    guard let address = run.address else { return whole }
    let target = "HYPERLINK \"\(address.replacing("\"", with: "%22"))\""
    return "<w:fldSimple w:instr=\" \(target.xmlEscaped) \">\(whole)</w:fldSimple>"
  }
}

extension String {
  /// The text for XML, without the two characters that it cannot have besides controls.
  var xmlEscaped: String {
    htmlEscaped.replacing("\u{FFFE}", with: "").replacing("\u{FFFF}", with: "")
  }
}
