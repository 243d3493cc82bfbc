import Foundation
import SurveyData
import SurveyTables
import Testing

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

  /// The parts of a workbook, inflated by the system's unzip.
  private func parts(_ bytes: [UInt8], _ name: String) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).xlsx")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]).decode())",
      file.path, name,
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
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
    let sheet = try parts(bytes, "xl/worksheets/sheet1.xml")
    #expect(sheet.contains("<v>0.8</v>") && sheet.contains("<v>803</v>"))
    #expect(!sheet.contains("<f>"))
    #expect(sheet.contains("<pane xSplit=\"1\" ySplit=\"3\""))
    let book = try parts(bytes, "xl/workbook.xml")
    #expect(book.contains("name=\"Can most people be trusted\""))
    #expect(book.contains("name=\"Can most people be trusted 2\""))
    #expect(book.contains("name=\"Noter\""))
    let texts = try parts(bytes, "xl/sharedStrings.xml")
    #expect(texts.contains("<t>=1+1 is a note</t>") && texts.contains("<t>nedre</t>"))
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
