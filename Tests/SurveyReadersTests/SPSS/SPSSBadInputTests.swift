import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

/// The table of bad SPSS files in the plan of the readers, row by row.
@Suite struct SPSSBadInputTests {
  private let drinks = ["øl", "år", "ære", "z"]

  @Test(arguments: [0, 1]) func `an unknown number of cases is found by reading`(compression: Int)
    throws
  {
    var file = SAVBytes.norwegian
    file.compression = compression
    file.caseCount = -1
    let contents = try Contents(file)
    #expect(contents.texts["Q1"] == ["1", "2", "9", "3"])
    #expect(contents.notes.isEmpty)
  }

  @Test(arguments: [0, 1]) func `cases after the last announced are an error`(compression: Int)
    throws
  {
    var file = SAVBytes.norwegian
    file.compression = compression
    file.caseCount = 2
    #expect(
      try refusal(file) == """
        answers.sav: announces 2 cases, but 2 more follow after the last
              Say '--read-all-cases' to read them, if the number in the file is what is wrong.
        """)
    var options = ReadingOptions()
    options.readsBeyondCaseCount = true
    #expect(try Contents(file, options: options).texts["Q1"]?.count == 4)
  }

  @Test(arguments: [0, 1]) func `too few cases are an error that counts them`(compression: Int)
    throws
  {
    var file = SAVBytes.norwegian
    file.compression = compression
    file.caseCount = 6
    #expect(
      try refusal(file) == "answers.sav: is cut short: it announces 6 cases, but holds 4")
    file.caseCount = 2_147_483_647
    #expect(
      try refusal(file) == "answers.sav: is cut short: it announces 2147483647 cases, but holds 4")
  }

  @Test func `the encoding's name wins over its number, with a warning`() throws {
    var file = SAVBytes.norwegian
    file.encoding = "UTF-8"
    file.variables[0].label = Array("Blåbær".utf8)
    file.valueLabels[0].labels[0].label = Array("Svært".utf8)
    file.cases = [[.number(1), .text(Array("øl".utf8))]]
    let contents = try Contents(file)
    #expect(try contents.variable("Q1").label.text(in: "und") == "Blåbær")
    #expect(contents.texts["S1"] == ["øl"])
    #expect(contents.notes.map(\.id) == ["sav.encoding-conflict"])
    #expect(contents.notes.first?.text.contains("utf-8 and windows-1252; utf-8 is used") == true)
  }

  @Test func `bytes that are not the declared UTF-8 name their field`() throws {
    var file = SAVBytes.norwegian
    file.codePage = 65_001
    let remedy =
      "\n      Say what it is, such as '--encoding latin1', or '--lossy' to mark such bytes."
    #expect(try refusal(file) == "answers.sav: the label of 'Q1' is not valid utf-8" + remedy)
    file.variables[0].label = nil
    file.valueLabels = []
    #expect(try refusal(file) == "answers.sav: 'S1', row 1, is not valid utf-8" + remedy)
    var stated = ReadingOptions()
    stated.file.encoding = "latin1"
    #expect(try Contents(file, options: stated).texts["S1"] == drinks)
    var lossy = ReadingOptions()
    lossy.lossy = true
    #expect(try Contents(file, options: lossy).texts["S1"]?.first == "\u{FFFD}l")
  }

  @Test(arguments: [2, 1252]) func `code pages 2 and 1252 keep Norwegian letters`(page: Int) throws
  {
    var file = SAVBytes.norwegian
    file.codePage = page
    let contents = try Contents(file)
    #expect(contents.texts["S1"] == drinks)
    #expect(try contents.variable("Q1").categories[0].label.text(in: "und") == "Svært")
  }

  @Test func `without any encoding record UTF-8 is tried, then windows-1252 with a warning`() throws
  {
    var file = SAVBytes.norwegian
    file.codePage = nil
    let contents = try Contents(file)
    #expect(contents.texts["S1"] == drinks)
    #expect(contents.notes.contains { $0.id == "encoding.guessed" && $0.level == .warning })
    file.variables[0].label = Array("Blåbær".utf8)
    file.valueLabels = []
    file.cases = [[.number(1), .text(Array("øl".utf8))]]
    let unicode = try Contents(file)
    #expect(try unicode.variable("Q1").label.text(in: "und") == "Blåbær")
    #expect(unicode.texts["S1"] == ["øl"])
    #expect(unicode.notes.isEmpty)
  }

  @Test func `NULs in the first part of a long string are padding`() throws {
    var file = SAVBytes()
    file.variables = [
      .init(name: "TXT", width: 255, format: 0x01_FF_00),
      .init(name: "TXT1", width: 148, format: 0x01_94_00),
    ]
    file.extensions = [(14, 1, Array("TXT=00400\0\t".utf8))]
    file.cases = [
      [.text(Array(repeating: 0, count: 255)), .text(Array("slutt".utf8))],
      [.text(Array(repeating: 0x61, count: 255)), .text(Array(repeating: 0x62, count: 145))],
    ]
    let texts = try #require(try Contents(file).texts["TXT"])
    #expect(texts[0] == "slutt")
    #expect(texts[1] == String(repeating: "a", count: 255) + String(repeating: "b", count: 145))
  }

  @Test func `a byte order mark before the signature is named`() throws {
    let file = try TestFile([0xEF, 0xBB, 0xBF] + SAVBytes.norwegian.bytes)
    let error = try #require(throws: SurveyError.self) {
      try SPSSSource(FileBytes(file.path), codebook: nil, options: ReadingOptions())
    }
    #expect(
      file.shortened(error) == """
        answers.sav: begins with a byte order mark before the SPSS signature
              A program took the file for text; remove the first three bytes, or fetch it again.
        """)
  }

  @Test(arguments: [0, 1]) func `bytes after the last case are a warning`(compression: Int) throws {
    var file = SAVBytes.norwegian
    file.compression = compression
    file.trailing = Array(repeating: 7, count: 25)
    let contents = try Contents(file)
    #expect(contents.texts["S1"] == drinks)
    #expect(contents.notes.map(\.id) == ["sav.trailing-bytes"])
  }

  @Test func `open ranges and a single value are missing`() throws {
    var file = SAVBytes.norwegian
    file.variables[0].missingCount = -2
    file.variables[0].missing = [
      file.double((-Double.greatestFiniteMagnitude).nextUp), file.double(2),
    ]
    file.valueLabels = []
    #expect(
      try Contents(file).variable("Q1").missing == [
        MissingCode(.range(-.infinity, 2), reason: .noAnswer)
      ])
    file.variables[0].missingCount = -3
    file.variables[0].missing = [7, Double.greatestFiniteMagnitude, 3].map(file.double)
    #expect(
      try Contents(file).variable("Q1").missing == [
        MissingCode(.code("3"), reason: .noAnswer),
        MissingCode(.range(7, .infinity), reason: .noAnswer),
      ])
  }

  @Test func `only the system-missing number is missing; other extremes are said`() throws {
    var file = SAVBytes.norwegian
    let lowest = (-Double.greatestFiniteMagnitude).nextUp
    file.cases = [-Double.greatestFiniteMagnitude, lowest, Double.greatestFiniteMagnitude, .nan]
      .map { [.number($0), .text([])] }
    let contents = try Contents(file)
    #expect(
      contents.texts["Q1"] == ["", "-1.7976931348623155e+308", "1.7976931348623157e+308", ""])
    #expect(contents.notes.map(\.id) == ["sav.not-a-number", "sav.extreme-values"])
  }

  @Test func `of two labels for one value the first is used and the other named`() throws {
    var file = SAVBytes.norwegian
    file.valueLabels = [
      ([(file.double(1), Array("Ja".utf8)), (file.double(1), Array("Nei".utf8))], [1])
    ]
    let contents = try Contents(file)
    #expect(try contents.variable("Q1").categories.map { $0.name(in: "und") } == ["Ja"])
    #expect(contents.notes.map(\.id) == ["sav.duplicate-label"])
  }

  @Test func `a very long text filled up with zero bytes is read`() throws {
    var file = SAVBytes.norwegian
    file.codePage = 65_001
    file.variables = [SAVBytes.Variable(name: "ID"), .init(name: "TXT", width: 255)]
    file.variables += [.init(name: "TXT0", width: 255), .init(name: "TXT1", width: 96)]
    file.valueLabels = []
    file.extensions = [(14, 1, Array("TXT=00600\0\t".utf8))]
    let zeros = [UInt8](repeating: 0, count: 255)
    let first = Array(repeating: UInt8(ascii: "a"), count: 255)
    file.cases = [
      [.number(1), .text(first), .text(zeros), .text([UInt8](repeating: 0, count: 96))]
    ]
    file.cases.append([.number(2), .text(first), .text(first), .text(Array("end".utf8))])
    let contents = try Contents(file)
    let texts = try #require(contents.texts["TXT"])
    #expect(texts.map(\.count) == [255, 513] && contents.texts.keys.sorted() == ["ID", "TXT"])
  }
}
