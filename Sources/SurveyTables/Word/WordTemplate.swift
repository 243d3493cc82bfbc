internal import SurveyData

/// What a Word file has besides its text: styles, headers, footers and the page.
struct WordTemplate {
  private let archive: ZIPArchive
  private let styles: [Style: String]
  /// The properties of the last section, as XML.
  private let page: String
  private let language: String

  /// The styles that Vekt sets text in.
  enum Style: Hashable {
    case body, note, caption, contents, cell, table
    case heading(Int)

    static let all: [Style] = [
      .body, .heading(1), .heading(2), .heading(3), .caption, .contents, .note, .cell, .table,
    ]

    /// The name by which Word knows the style in every language.
    var name: String {
      switch self {
      case .body: "Normal"
      case .heading(let level): "heading \(level)"
      case .caption: "caption"
      case .contents: "table of figures"
      case .note: "Vekt Note"
      case .cell: "Vekt Cell"
      case .table: "Vekt Table"
      }
    }

    /// The style's definition where a file has none.
    var xml: String {
      func paragraph(_ id: String, _ look: String, isCustom: Bool = false) -> String {
        "<w:style w:type=\"paragraph\"\(isCustom ? " w:customStyle=\"1\"" : "") "
          + "w:styleId=\"\(id)\"><w:name w:val=\"\(name)\"/>"
          + (self == .body ? "" : "<w:basedOn w:val=\"Normal\"/>")
          + "<w:qFormat/>\(look)</w:style>"
      }
      switch self {
      case .body:
        return paragraph(
          "Normal",
          "<w:pPr><w:spacing w:after=\"120\" w:line=\"264\" "
            + "w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz w:val=\"21\"/></w:rPr>"
        )
        .replacing("w:styleId", with: "w:default=\"1\" w:styleId")
      case .heading(let level):
        let size = [32, 26, 22][level - 1]
        return paragraph(
          "Heading\(level)",
          "<w:pPr><w:keepNext/><w:spacing w:before=\"\(level == 1 ? 360 : 240)\" w:after=\"80\"/>"
            + "<w:outlineLvl w:val=\"\(level - 1)\"/></w:pPr><w:rPr><w:b/><w:sz "
            + "w:val=\"\(size)\"/></w:rPr>")
      case .caption:
        return paragraph(
          "Caption",
          "<w:pPr><w:spacing w:before=\"200\" w:after=\"60\"/></w:pPr><w:rPr><w:b/>"
            + "<w:sz w:val=\"19\"/></w:rPr>")
      case .contents:
        return paragraph("TableofFigures", "<w:pPr><w:spacing w:after=\"40\"/></w:pPr>")
      case .note:
        return paragraph(
          "VektNote",
          "<w:pPr><w:spacing w:before=\"20\" w:after=\"20\"/></w:pPr><w:rPr>"
            + "<w:color w:val=\"595959\"/><w:sz w:val=\"16\"/></w:rPr>", isCustom: true)
      case .cell:
        return paragraph(
          "VektCell",
          "<w:pPr><w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" "
            + "w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/></w:rPr>", isCustom: true)
      case .table:
        let rule = "w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"262626\""
        return "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"VektTable\"><w:name "
          + "w:val=\"Vekt Table\"/><w:tblPr><w:tblBorders><w:top \(rule)/><w:bottom \(rule)/>"
          + "</w:tblBorders><w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/><w:right w:w=\"57\" "
          + "w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>"
      }
    }
  }

  /// Reads a Word file.
  ///
  /// - Throws: ``SurveyError`` of kind data for anything else.
  init(_ bytes: [UInt8], path: String, language: String = "en") throws {
    var archive = try ZIPArchive(bytes, path: path)
    guard let document = archive.text("word/document.xml"),
      archive.text("word/_rels/document.xml.rels") != nil,
      archive.text("[Content_Types].xml") != nil
    else {
      throw SurveyError(
        .data, at: path, "is a ZIP archive, but no Word file",
        remedy: "Save it in Word as .docx or .dotx.")
    }
    let styles = archive.text("word/styles.xml") ?? WordParts.styles("", language: language)
    var known: [String: String] = [:]
    for part in styles.split(separator: "<w:style ").dropFirst() {
      guard let id = part.attribute("w:styleId"),
        let name = part.split(separator: "<w:name ", maxSplits: 1).dropFirst().first?
          .attribute("w:val")
      else { continue }
      known[name.lowercased()] = id
    }
    var (names, missing): ([Style: String], String) = ([:], "")
    for style in Style.all {
      if let id = known[style.name.lowercased()] {
        names[style] = id
      } else {
        missing += style.xml
        names[style] = style.xml.attribute("w:styleId")
      }
    }
    archive["word/styles.xml"] = Array(
      styles.replacing("</w:styles>", with: missing + "</w:styles>").utf8)
    self.archive = archive
    self.styles = names
    self.language = language
    let start = document.ranges(of: "<w:sectPr").last?.lowerBound
    let end = document.ranges(of: "</w:sectPr>").last?.upperBound
    page =
      if let start, let end, start < end { String(document[start..<end]) } else { WordParts.page }
  }

  /// A plain file: A4, the page's number at the foot.
  init(language: String) {
    var archive = ZIPArchive()
    archive["[Content_Types].xml"] = Array(WordParts.contentTypes.utf8)
    archive["_rels/.rels"] = Array(WordParts.relations.utf8)
    archive["word/document.xml"] = []
    archive["word/_rels/document.xml.rels"] = Array(WordParts.documentRelations.utf8)
    archive["word/styles.xml"] = Array(
      WordParts.styles(Style.all.map(\.xml).joined(), language: language).utf8)
    archive["word/settings.xml"] = Array(WordParts.settings.utf8)
    archive["word/footer1.xml"] = Array(WordParts.footer.utf8)
    self.archive = archive
    styles = Dictionary(
      uniqueKeysWithValues: Style.all.map { ($0, $0.xml.attribute("w:styleId") ?? "") })
    page = WordParts.page
    self.language = language
  }

  /// What a style is called in the file.
  func id(_ style: Style) -> String { styles[style] ?? "" }

  // MARK: The page

  private func length(_ element: String, _ attribute: String, else usual: Int) -> Int {
    guard let start = page.ranges(of: "<w:\(element) ").first?.upperBound else { return usual }
    return page[start...].attribute("w:\(attribute)").flatMap { Int($0) } ?? usual
  }

  private var margins: Int {
    length("pgMar", "left", else: 1417) + length("pgMar", "right", else: 1417)
  }

  /// How wide text is, in twentieths of a point.
  var textWidth: Int {
    min(length("pgSz", "w", else: 11906), length("pgSz", "h", else: 16838)) - margins
  }

  /// The same on a page that lies across.
  var textWidthAcross: Int {
    max(length("pgSz", "w", else: 11906), length("pgSz", "h", else: 16838)) - margins
  }

  /// The properties of a section that ends.
  func section(isAcross: Bool) -> String {
    let (w, h) = (length("pgSz", "w", else: 11906), length("pgSz", "h", else: 16838))
    let size =
      isAcross
      ? "<w:pgSz w:w=\"\(max(w, h))\" w:h=\"\(min(w, h))\" w:orient=\"landscape\"/>"
      : "<w:pgSz w:w=\"\(min(w, h))\" w:h=\"\(max(w, h))\"/>"
    guard let start = page.ranges(of: "<w:pgSz ").first?.lowerBound,
      let end = page[start...].ranges(of: "/>").first?.upperBound
    else { return page }
    return page[..<start] + size + page[end...]
  }

  // MARK: The file

  /// The file with a text of its own.
  func package(body: String, title: String, pictures: [WordPicture]) -> [UInt8] {
    var archive = archive
    archive["word/document.xml"] = Array(
      (WordParts.documentStart + body + section(isAcross: false) + "</w:body></w:document>").utf8)
    var relations = ""
    for picture in pictures {
      archive["word/\(picture.names.png)"] = picture.png
      archive["word/\(picture.names.svg)"] = Array(picture.svg.utf8)
      for (id, target) in [
        (picture.relations.png, picture.names.png), (picture.relations.svg, picture.names.svg),
      ] {
        relations +=
          "<Relationship Id=\"\(id)\" Type=\"\(WordParts.officeRelations)/image\" "
          + "Target=\"\(target)\"/>"
      }
    }
    let name = "word/_rels/document.xml.rels"
    let known = archive.text(name) ?? ""
    archive[name] = Array(
      known.replacing("</Relationships>", with: relations + "</Relationships>").utf8)
    var types = archive.text("[Content_Types].xml") ?? ""
    // A template becomes a document.
    types = types.replacing(
      "wordprocessingml.template.main", with: "wordprocessingml.document.main")
    for (ending, type) in [("png", "image/png"), ("svg", "image/svg+xml")]
    where !pictures.isEmpty && !types.contains("Extension=\"\(ending)\"") {
      types = types.replacing(
        "</Types>", with: "<Default Extension=\"\(ending)\" ContentType=\"\(type)\"/></Types>")
    }
    archive["[Content_Types].xml"] = Array(types.utf8)
    if archive["docProps/core.xml"] == nil {
      archive["docProps/core.xml"] = Array(WordParts.properties(title: title, language).utf8)
    }
    return archive.bytes()
  }
}

extension StringProtocol {
  /// The value of the first attribute with a name.
  fileprivate func attribute(_ name: String) -> String? {
    guard let start = ranges(of: "\(name)=\"").first?.upperBound,
      let end = self[start...].firstIndex(of: "\"")
    else { return nil }
    return String(self[start..<end])
  }
}
