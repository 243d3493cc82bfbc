import SurveyData
import Testing

@testable import SurveyTables

@Suite("Pictures of charts") struct PictureTests {
  private func document() throws -> Document {
    var table = Table(
      title: "Trust", unit: "weighted %", columns: [Table.Column("Yes")],
      rows: [0.2, 0.7].map { share in
        Table.Row(
          "Group \(share)",
          cells: [
            .estimate(
              Table.Quantity(share, as: .percent(digits: 0)), low: share - 0.1, high: share + 0.1,
              mark: "")
          ])
      })
    table.chartKind = .bars
    var document = Document(tables: [table])
    document.charts = try document.drawn()
    return document
  }

  /// Where the outside program is not installed, that is what must be said.
  private func expectSentence(_ make: () throws -> [UInt8]) {
    let error = #expect(throws: SurveyError.self) { _ = try make() }
    #expect(error?.kind == .output && error?.remedy?.contains("librsvg2-bin") == true)
  }

  @Test(arguments: [(96, 720), (192, 1440), (300, 2250)])
  func `a picture has the dots that are asked for`(dpi: Int, width: Int) throws {
    let document = try document()
    let style = Style(dpi: dpi)
    guard PictureProgram.isInstalled else { return expectSentence { try document.png(style) } }
    let bytes = try document.png(style)
    #expect(Array(bytes.prefix(4)) == [0x89, 0x50, 0x4E, 0x47])
    #expect(bytes[16..<20].reduce(0) { $0 << 8 | Int($1) } == width)
    #expect(try document.png(style) == bytes)
  }

  @Test func `a page keeps text as text`() throws {
    let document = try document()
    guard PictureProgram.isInstalled else { return expectSentence { try document.pdf() } }
    let bytes = try document.pdf()
    #expect(Array(bytes.prefix(5)) == Array("%PDF-".utf8))
    #expect(String(decoding: bytes, as: UTF8.self).contains("/Font"))
  }

  @Test func `a Word file has the picture, the drawing and what they show in words`() throws {
    let document = try document()
    guard PictureProgram.isInstalled else { return expectSentence { try document.word() } }
    let archive = try ZIPArchive(document.word(), path: "a.docx")
    #expect(archive["word/media/vekt-1.png"]?.first == 0x89)
    #expect(archive.text("word/media/vekt-1.svg")?.hasPrefix("<svg ") == true)
    let body = try #require(archive.text("word/document.xml"))
    #expect(body.contains("descr=\"Trust. ") && body.contains("70") && body.contains("svgBlip"))
    #expect(archive.text("[Content_Types].xml")?.contains("image/svg+xml") == true)
  }

  @Test func `a drawing that is none fails with a sentence`() {
    guard PictureProgram.isInstalled else { return }
    let error = #expect(throws: SurveyError.self) {
      _ = try PictureProgram.picture(of: "<svg", as: .png, zoom: 1)
    }
    #expect(error?.problem == "rsvg-convert could not make the PNG")
  }
}
