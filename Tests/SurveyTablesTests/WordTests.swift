import Foundation
import FoundationXML
import Testing

@testable import SurveyTables

/// What a Word file holds, read back.
private struct ReadWord {
  let archive: ZIPArchive

  init(_ bytes: [UInt8]) throws { archive = try ZIPArchive(bytes, path: "a.docx") }

  /// The text of every cell, table after table, row after row.
  var tables: [[[String]]] {
    let body = archive.text("word/document.xml") ?? ""
    return pieces(of: body, "w:tbl").map { table in
      pieces(of: table, "w:tr").map { row in pieces(of: row, "w:tc").map(words) }
    }
  }

  func words(_ xml: String) -> String {
    pieces(of: xml, "w:t").joined().replacing("&lt;", with: "<").replacing("&amp;", with: "&")
  }

  private func pieces(of xml: String, _ tag: String) -> [String] {
    xml.split(separator: "</\(tag)>", omittingEmptySubsequences: false).dropLast().map { piece in
      let start =
        piece.ranges(of: "<\(tag)>").last ?? piece.ranges(of: "<\(tag) ").last
      guard let start else { return "" }
      let rest = piece[start.upperBound...]
      guard !piece[start].hasSuffix(">") else { return String(rest) }
      return String(rest[rest.index(after: rest.firstIndex(of: ">") ?? rest.startIndex)...])
    }
  }
}

@Suite("Word files")
struct WordTests {
  private func share(_ row: Int, _ column: Int) -> Table.Cell {
    let quantity = Table.Quantity(Double(row + column) / 10, as: .percent(digits: 0))
    return .estimate(quantity, low: 0.01, high: 0.99, mark: row == 0 ? "a" : "")
  }

  private func table(_ title: String, columns: Int = 2, rows: Int = 3) -> Table {
    let body = (0..<rows).map { row in
      Table.Row(
        "Level \(row) < 5", indent: 1,
        cells: (0..<columns).map { share(row, $0) } + [.count(1234)])
    }
    let all = Table.Row("All", cells: (0...columns).map { _ in .hidden }, kind: .total)
    return Table(
      title: title, unit: "weighted %, 95 % CI", stub: "Origin",
      columns: (0..<columns).map { Table.Column("Answer \($0 + 1)", group: "Group \($0 / 2)") }
        + [Table.Column("n", isRepeated: true)],
      rows: [Table.Row("Immigrants & others", kind: .heading)] + body + [all],
      legend: [Table.Mark("a", "wide interval: read with caution")],
      notes: ["Question: «How?»", "Source: made-up"])
  }

  @Test func `every part is well-formed XML, and every relation leads to a part`() throws {
    let document = Document(
      command: "tabulate", tables: (1...5).map { table("Trust \($0) <&> \"x\"\u{1}") },
      notes: ["A note."])
    let word = try ReadWord(document.word(Style(language: "nb")))
    let names = Set(word.archive.files.map(\.name))
    for file in word.archive.files where !file.name.hasPrefix("word/media/") {
      let parser = XMLParser(data: Data(file.bytes))
      #expect(parser.parse(), "\(file.name): \(String(describing: parser.parserError))")
    }
    for (part, folder) in [("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")] {
      let text = try #require(word.archive.text(part))
      let targets = text.split(separator: "Target=\"").dropFirst().map {
        folder + $0.prefix { $0 != "\"" }
      }
      #expect(!targets.isEmpty && targets.allSatisfy(names.contains), "\(part): \(targets)")
    }
    let body = try #require(word.archive.text("word/document.xml"))
    #expect(body.contains("SEQ Tabell") && body.contains("TOC \\h \\z \\c"))
    #expect(word.archive.text("word/styles.xml")?.contains("nb-NO") == true)
  }

  @Test func `the cells are those of the text`() throws {
    let table = table("Trust")
    let word = try ReadWord(Document(tables: [table]).word())
    let rows = try #require(word.tables.first)
    #expect(word.tables.count == 1)
    #expect(rows[0] == ["", "Group 0", ""])
    #expect(rows[1] == ["Origin", "Answer 1", "Answer 2", "n"])
    #expect(rows[2] == ["Immigrants & others"])
    #expect(rows[3] == ["Level 0 < 5", "0a\u{A0}(1–99)", "10a\u{A0}(1–99)", "1\u{202F}234"])
    #expect(rows[6] == ["All", ":", ":", ":"])
  }

  @Test func `the same document gives the same bytes`() throws {
    let document = Document(tables: [table("Trust"), table("Belonging")])
    #expect(try document.word() == document.word())
  }

  @Test func `a wide table lies across, a wider one is cut between groups and keeps n`() throws {
    let across = try ReadWord(Document(tables: [table("Trust", columns: 9)]).word())
    let body = try #require(across.archive.text("word/document.xml"))
    #expect(body.contains("w:orient=\"landscape\""))
    #expect(across.tables.count == 1)
    let cut = try ReadWord(Document(tables: [table("Trust", columns: 40)]).word())
    #expect(cut.tables.count > 1)
    for part in cut.tables {
      #expect(part[1].last == "n" && part[1].first == "Origin")
      #expect(part[0].dropFirst().dropLast().allSatisfy { $0.hasPrefix("Group") })
    }
    let headings = cut.tables.flatMap { $0[1].dropFirst().dropLast() }
    #expect(headings == (1...40).map { "Answer \($0)" })
  }

  @Test func `a template gives its styles, its page and its footer`() throws {
    var template = ZIPArchive()
    template["[Content_Types].xml"] = Array(
      WordParts.contentTypes.replacing("document.main", with: "template.main").utf8)
    template["_rels/.rels"] = Array(WordParts.relations.utf8)
    template["word/_rels/document.xml.rels"] = Array(WordParts.documentRelations.utf8)
    template["word/settings.xml"] = Array(WordParts.settings.utf8)
    template["word/footer1.xml"] = Array("<w:ftr>office</w:ftr>".utf8)
    template["word/styles.xml"] = Array(
      ("<w:styles><w:style w:type=\"paragraph\" w:styleId=\"Bildetekst\"><w:name w:val=\"caption\"/>"
        + "</w:style></w:styles>").utf8)
    template["word/document.xml"] = Array(
      ("<w:document><w:body><w:p/><w:sectPr><w:pgSz w:w=\"10000\" w:h=\"15000\"/><w:pgMar "
        + "w:left=\"1000\" w:right=\"1000\"/></w:sectPr></w:body></w:document>").utf8)
    let word = try ReadWord(
      Document(tables: [table("Trust", columns: 7)]).word(
        template: (template.bytes(), "office.dotx")))
    let body = try #require(word.archive.text("word/document.xml"))
    #expect(body.contains("<w:pStyle w:val=\"Bildetekst\"/>"))
    #expect(body.contains("<w:pgSz w:w=\"15000\" w:h=\"10000\" w:orient=\"landscape\"/>"))
    #expect(word.archive.text("word/footer1.xml") == "<w:ftr>office</w:ftr>")
    #expect(word.archive.text("word/styles.xml")?.contains("VektCell") == true)
    #expect(word.archive.text("[Content_Types].xml")?.contains("template.main") == false)
    for bytes in [Array("no archive".utf8), [], ZIPArchive().bytes()] {
      let error = #expect(throws: (any Error).self) {
        try Document(tables: [table("Trust")]).word(template: (bytes, "x.docx"))
      }
      #expect("\(error.map { "\($0)" } ?? "")".contains("x.docx"))
    }
  }

  @Test func `an archive gives back what was put into it`() throws {
    var archive = ZIPArchive()
    archive["a/empty"] = []
    archive["æøå.xml"] = Array(repeating: 65, count: 100_000)
    archive["noise"] = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7919 >> 3) }
    let read = try ZIPArchive(archive.bytes(), path: "a")
    #expect(read.files.map(\.name) == archive.files.map(\.name))
    #expect(read.files.map(\.bytes) == archive.files.map(\.bytes))
    #expect(archive.bytes().count < 20_000)
  }
}
