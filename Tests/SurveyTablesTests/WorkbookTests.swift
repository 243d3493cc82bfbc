import Foundation
import SurveyData
import SurveyTables
import Testing
import VektTestSupport

@Suite("Workbooks and JSON-stat")
struct WorkbookTests {
  static let document = Document(
    command: "tabulate a.csv trust --by origin",
    data: .object([Tree.Member("file", .value(.text("a.csv")))]),
    records: [
      Records(
        "rows", columns: ["variable", "category", "label", "origin", "n", "estimate", "flag"],
        rows: [
          [
            .text("trust"), .text("1"), .text("Yes"), .text("a"), .integer(3), .number(0.25),
            .empty,
          ],
          [
            .text("trust"), .text("2"), .text("No"), .text("b"), .integer(9), .number(.nan),
            .text("review"),
          ],
        ])
    ], tables: [Samples.trust, Samples.trust, Samples.model], notes: ["=1+1 is a note"])

  private func parts(_ bytes: [UInt8], _ name: String) throws -> String {
    try ZippedFile.part(name, of: bytes)
  }

  @Test
  func `the same document gives the same workbook`() throws {
    let first = try Self.document.rendered(as: .xlsx)
    #expect(first.starts(with: [0x50, 0x4B]))
    #expect(try Self.document.rendered(as: .xlsx) == first)
  }

  @Test
  func `numbers are numbers, texts never formulas, each table has a sheet`() throws {
    let bytes = try Self.document.rendered(as: .xlsx, style: Style(language: "nb"))
    let sheet = try parts(bytes, "xl/worksheets/sheet2.xml")
    #expect(sheet.contains("<v>0.8</v>") && sheet.contains("<v>803</v>"))
    #expect(!sheet.contains("<f>") && !sheet.contains("<mergeCell"))
    #expect(sheet.contains("<pane xSplit=\"1\" ySplit=\"5\""))
    #expect(sheet.contains("Tabell 1 · &amp;P/&amp;N"))
    let texts = try parts(bytes, "xl/sharedStrings.xml")
    #expect(texts.contains("<t>=1+1 is a note</t>") && texts.contains("<t>nedre</t>"))
  }

  @Test
  func `several tables are a book, whose contents lead to every sheet and back`() throws {
    let bytes = try Self.document.rendered(as: .xlsx)
    #expect(try ZippedFile.sheets(of: bytes) == ["Contents", "1", "2", "3", "Notes"])
    let contents = try parts(bytes, "xl/worksheets/sheet1.xml")
    for number in 1...3 { #expect(contents.contains("location=\"'\(number)'!A1\"")) }
    #expect(
      try parts(bytes, "xl/worksheets/sheet3.xml").contains("location=\"'Contents'!A1\""))
    var one = Self.document
    one.tables = [Samples.trust]
    let single = try parts(try one.rendered(as: .xlsx), "xl/workbook.xml")
    #expect(single.contains("name=\"Can most people be trusted\"") && !single.contains("Contents"))
  }

  @Test
  func `a banner is centred over its columns, and each background may have a sheet`() throws {
    func estimate(_ value: Double) -> Table.Cell {
      .estimate(
        Table.Quantity(value, as: .percent(digits: 0)), low: value - 0.1, high: value + 0.1,
        mark: "")
    }
    let banner = Table(
      title: "Q",
      columns: [
        Table.Column("All"), Table.Column("Male", group: "Sex"),
        Table.Column("Female", group: "Sex"),
        Table.Column("Young", group: "Age"),
      ],
      rows: [Table.Row("Yes", cells: [0.2, 0.3, 0.4, 0.5].map(estimate))])
    let document = Document(command: "x", tables: [banner, banner])
    let sheet = try parts(try document.rendered(as: .xlsx), "xl/worksheets/sheet2.xml")
    #expect(!sheet.contains("<mergeCell"))
    #expect(
      try parts(try document.rendered(as: .xlsx), "xl/styles.xml").contains("centerContinuous"))
    var style = Style()
    style.sheets = .banner
    let bytes = try document.rendered(as: .xlsx, style: style)
    let contents = try parts(bytes, "xl/worksheets/sheet1.xml")
    let places = contents.components(separatedBy: "location=\"").dropFirst().map {
      $0.prefix { $0 != "\"" }
    }
    #expect(Set(places).count == 4 && places.contains("'2'!A1"), "\(places)")
    style.sheets = .one
    style.intervals = .text
    let text = try parts(try document.rendered(as: .xlsx, style: style), "xl/sharedStrings.xml")
    #expect(text.contains("<t>20 (10–30)</t>"), "\(text)")
  }

  @Test func `what is printed of a sheet is named as Excel wants it, numbers in quotes`() throws {
    func names(_ document: Document) throws -> String {
      try parts(document.rendered(as: .xlsx), "xl/workbook.xml")
    }
    let book = try names(Self.document)
    #expect(book.contains("localSheetId=\"1\">'1'!$A$1:$"), "\(book)")
    #expect(book.contains("localSheetId=\"1\">'1'!$5:$5<"), "\(book)")
    #expect(book.contains("_xlnm.Print_Titles") && !book.contains(">1!"))
    var one = Self.document
    one.tables = [Samples.trust]
    one.tables[0].title = "Can't be trusted"
    let found = try names(one)
    #expect(found.contains("'Can''t be trusted'!$5:$5<"), "\(found)")
  }

  @Test func `the halves of the intervals stand beside the table, for error bars`() throws {
    func texts(_ style: Style) throws -> [String] {
      var one = Self.document
      one.tables = [Samples.trust]
      return try parts(one.rendered(as: .xlsx, style: style), "xl/sharedStrings.xml")
        .components(separatedBy: "<t>").dropFirst().map { String($0.prefix { $0 != "<" }) }
    }
    let english = try texts(Style()).filter { $0.contains("error bar") }
    #expect(english.count == 4, "\(english)")
    #expect(english[0].hasSuffix(": error bar \u{2212}") && english[1].hasSuffix(": error bar +"))
    #expect(try texts(Style(language: "nb")).contains { $0.hasSuffix(": feilfelt \u{2212}") })
    var style = Style()
    style.intervals = .text
    #expect(try !texts(style).contains { $0.contains("error bar") })

    let table = Table(
      title: "Q", columns: [Table.Column("Yes"), Table.Column("n")],
      rows: [
        Table.Row(
          "All",
          cells: [
            .estimate(
              Table.Quantity(0.25, as: .percent(digits: 0)), low: 0.125, high: 0.5, mark: ""),
            .count(9),
          ])
      ])
    let bytes = try Document(command: "x", tables: [table]).rendered(as: .xlsx)
    let sheet = try parts(bytes, "xl/worksheets/sheet1.xml")
    // Estimate, ends and n, an empty column, and the two halves, which are not printed.
    for (cell, value) in [("B6", "0.25"), ("C6", "0.125"), ("D6", "0.5"), ("E6", "9")] {
      #expect(
        sheet.range(of: "<c r=\"\(cell)\"[^>]*><v>\(value)</v>", options: .regularExpression) != nil
      )
    }
    #expect(sheet.range(of: "<c r=\"G6\"[^>]*><v>0.125</v>", options: .regularExpression) != nil)
    #expect(sheet.range(of: "<c r=\"H6\"[^>]*><v>0.25</v>", options: .regularExpression) != nil)
    #expect(!sheet.contains("r=\"F6\""), "\(sheet)")
    #expect(try parts(bytes, "xl/workbook.xml").contains("$A$1:$E$"))
  }

  @Test func `a chart is a picture below its table, or a line says that it is missing`() throws {
    var document = Document(command: "x", tables: [Samples.trust, Samples.trust])
    document.charts = try document.drawn()
    #expect(document.charts.count == 2)
    let bytes = try document.rendered(as: .xlsx, style: Style(language: "nb"))
    #expect(try document.rendered(as: .xlsx, style: Style(language: "nb")) == bytes)
    let drawing = try parts(bytes, "xl/drawings/drawing1.xml")
    if drawing.isEmpty {
      #expect(try parts(bytes, "xl/sharedStrings.xml").contains("rsvg-convert ikke er installert"))
    } else {
      #expect(drawing.contains("descr=\"Can most people be trusted"), "\(drawing)")
    }
    // Without a table of its own a chart has a sheet, which the contents name.
    document.charts.removeLast()
    let alone = try document.rendered(as: .xlsx)
    #expect(try ZippedFile.sheets(of: alone) == ["Contents", "1", "2", "3", "Notes"])
    #expect(try parts(alone, "xl/sharedStrings.xml").contains("<t>Figure</t>"))
  }

  @Test func `headings of a report stand in the contents`() throws {
    let parts = [
      Book.Part(Samples.trust, section: "First"), Book.Part(Samples.model, section: "First"),
      Book.Part(Samples.trust, language: "nb", section: "Second"),
    ]
    let bytes = try Book(parts, notes: ["The report"]).workbook()
    let contents = try self.parts(bytes, "xl/worksheets/sheet1.xml")
    #expect(contents.contains("<row r=\"6\"") && !contents.contains("<row r=\"7\""))
    let texts = try self.parts(bytes, "xl/sharedStrings.xml")
    #expect(texts.contains("<t>First</t>") && texts.contains("<t>Second</t>"))
    // A part in Norwegian has Norwegian words beside English ones.
    #expect(texts.contains("<t>nedre</t>") && texts.contains("<t>lower</t>"))
  }

  @Test
  func `two hundred tables take less than two seconds`() throws {
    var document = Self.document
    document.tables = Array(repeating: Samples.trust, count: 200)
    let clock = ContinuousClock()
    let bytes = try document.rendered(as: .xlsx)
    let time = try clock.measure { _ = try document.rendered(as: .xlsx) }
    #expect(time < .seconds(2), "\(time)")
    #expect(try parts(bytes, "xl/workbook.xml").contains("<sheet name=\"200\""))
  }

  @Test
  func `JSON-stat holds the first records as a cube`() throws {
    let bytes = try Self.document.rendered(as: .jsonStat)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    #expect(object["version"] as? String == "2.0" && object["class"] as? String == "dataset")
    #expect(object["id"] as? [String] == ["variable", "category", "origin", "measure"])
    #expect(object["size"] as? [Int] == [1, 2, 2, 2])
    let values = try #require(object["value"] as? [Any])
    #expect(values.count == 8 && values[0] as? Int == 3 && values[1] as? Double == 0.25)
    #expect(values[2] is NSNull && values[6] as? Int == 9 && values[7] is NSNull)
    #expect((object["status"] as? [String: String]) == ["6": "review", "7": "review"])
    let dimension = try #require(object["dimension"] as? [String: [String: Any]])
    let labels = (dimension["category"]?["category"] as? [String: Any])?["label"]
    #expect(labels as? [String: String] == ["1": "Yes", "2": "No"])
  }
}
