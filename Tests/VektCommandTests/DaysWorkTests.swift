import Foundation
import Testing
import VektTestSupport

@Suite("The day's work")
struct DaysWorkTests {
  private static let place = "Sources/Vekt/Documentation.docc/TheDaysWork.md"

  /// The script of the page.
  private static let lines: [Substring] = {
    let text = try? String(contentsOf: Places.root.appending(path: place), encoding: .utf8)
    let block = text?.components(separatedBy: "```sh run\n").dropFirst().first
    return block?.components(separatedBy: "```")[0].split(separator: "\n") ?? []
  }()

  @Test func `fewer than ten lines make workbook, Word file, page and charts of the sample`()
    throws
  {
    #expect((4..<10).contains(Self.lines.count))
    let hasPictures = try BuiltCommand.run("command -v rsvg-convert").status == 0
    let strict = hasPictures ? "set -e\n" : ""
    let result = try BuiltCommand.run(strict + Self.lines.joined(separator: "\n"))
    #expect(result.status == 0 || !hasPictures, "\(result.errors)")
    func bytes(_ name: String) throws -> [UInt8] {
      Array(try Data(contentsOf: Places.root.appending(path: "build/day/\(name)")))
    }
    let sheets = try ZippedFile.sheets(of: bytes("book.xlsx"))
    #expect(sheets == ["Contents"] + (1...20).map(String.init) + ["Notes"])
    let word = try ZippedFile.part("word/document.xml", of: bytes("book.docx"))
    #expect(word.components(separatedBy: "<w:tbl>").count == 21)
    try expectLinks(of: String(decoding: bytes("book.html"), as: UTF8.self))
    guard hasPictures else { return }
    let names = try #require(Self.lines.first { $0.hasPrefix("for one in ") })
      .dropFirst("for one in ".count).prefix { $0 != ";" }.split(separator: " ")
    #expect(names.count == 6)
    for name in names {
      #expect(try bytes("\(name).png").starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }
  }

  /// Every link of a page leads to a place in it, or holds a file that begins as such files do.
  private func expectLinks(of page: String) throws {
    let addresses = page.matches(of: /href="([^"]+)"/).map { String($0.1) }
    let held = addresses.filter { $0.hasPrefix("data:") }
    // A CSV and a workbook below each of twenty tables, and in the list.
    #expect(held.count == 80)
    for address in Set(addresses) {
      if address.hasPrefix("#") {
        #expect(page.contains("id=\"\(address.dropFirst())\""), "\(address)")
      } else if address.hasPrefix("data:text/csv") {
        #expect(address.contains(",variable%2Ccategory%2Clabel%2Cbanner%2Cgroup"))
      } else {
        let text = try #require(address.split(separator: ",").last)
        #expect(Data(base64Encoded: String(text))?.starts(with: [0x50, 0x4B]) == true)
      }
    }
  }
}
