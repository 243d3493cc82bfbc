/// The parts of a plain Word file, as ECMA-376 has them.
enum WordParts {
  private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  static let officeRelations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let type = "application/vnd.openxmlformats-officedocument.wordprocessingml"

  static let contentTypes =
    head + "<Types xmlns=\"\(package)/content-types\"><Default Extension=\"rels\" "
    + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    + [
      ("document", "document.main"), ("styles", "styles"), ("settings", "settings"),
      ("footer1", "footer"),
    ].map {
      "<Override PartName=\"/word/\($0.0).xml\" ContentType=\"\(type).\($0.1)+xml\"/>"
    }.joined()
    + "<Override PartName=\"/docProps/core.xml\" "
    + "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"

  static let relations =
    head + "<Relationships xmlns=\"\(package)/relationships\"><Relationship Id=\"rId1\" "
    + "Type=\"\(officeRelations)/officeDocument\" Target=\"word/document.xml\"/>"
    + "<Relationship Id=\"rId2\" Type=\"\(package)/relationships/metadata/core-properties\" "
    + "Target=\"docProps/core.xml\"/></Relationships>"

  static let documentRelations =
    head + "<Relationships xmlns=\"\(package)/relationships\">"
    + ["styles", "settings", "footer"].enumerated().map { number, name in
      "<Relationship Id=\"rId\(number + 1)\" Type=\"\(officeRelations)/\(name)\" "
        + "Target=\"\(name == "footer" ? "footer1" : name).xml\"/>"
    }.joined() + "</Relationships>"

  /// Before the text.
  static let documentStart =
    head + "<w:document xmlns:w=\"\(word)\" xmlns:r=\"\(officeRelations)\" "
    + "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
    + "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    + "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" "
    + "xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\"><w:body>"

  /// The page of a section: A4, the page's number at its foot.
  static let page =
    "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"11906\" "
    + "w:h=\"16838\"/><w:pgMar w:top=\"1417\" w:right=\"1417\" w:bottom=\"1417\" w:left=\"1417\" "
    + "w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr>"

  static func styles(_ styles: String, language: String) -> String {
    let code = language == "en" ? "en-GB" : language == "nn" ? "nn-NO" : "nb-NO"
    return head + "<w:styles xmlns:w=\"\(word)\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts "
      + "w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:cs=\"Calibri\"/><w:lang w:val=\"\(code)\"/>"
      + "</w:rPr></w:rPrDefault></w:docDefaults>\(styles)</w:styles>"
  }

  static let settings =
    head + "<w:settings xmlns:w=\"\(word)\"><w:compat><w:compatSetting "
    + "w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" "
    + "w:val=\"15\"/></w:compat></w:settings>"

  static let footer =
    head + "<w:ftr xmlns:w=\"\(word)\"><w:p><w:pPr><w:pStyle w:val=\"VektNote\"/><w:jc "
    + "w:val=\"right\"/></w:pPr><w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r>"
    + "</w:fldSimple><w:r><w:t xml:space=\"preserve\"> / </w:t></w:r><w:fldSimple "
    + "w:instr=\" NUMPAGES \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>"

  static func properties(title: String, _ language: String) -> String {
    head + "<cp:coreProperties xmlns:cp=\"\(package)/metadata/core-properties\" "
      + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>\(title.xmlEscaped)</dc:title>"
      + "<dc:creator>Vekt</dc:creator><dc:language>\(language)</dc:language></cp:coreProperties>"
  }
}
