import SurveyData
import Testing

@testable import SurveyReaders

@Suite struct `Detecting how a CSV file is written` {
  /// The bytes of a text in which every character has one byte.
  private func latin(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

  private let norwegian =
    "id;fylke;vekt;inntekt\r\n1;Østfold;1,25;450\u{A0}000\r\n2;Møre og Romsdal;0,75;1\u{A0}200\u{A0}000,50\r\n"

  @Test func `Norwegian Excel's semicolon, decimal comma and windows-1252 are detected and told`()
    throws
  {
    let source = try csv(latin(norwegian))
    let (columns, notes) = try source.read([ColumnRequest(Variable("vekt"), as: .numbers)])
    #expect(columns[0].count == 2)
    #expect(
      notes.map(\.description) == [
        "t.csv: detected windows-1252, delimiter semicolon, decimal comma; to state it, write "
          + "`file: {encoding: windows-1252, delimiter: \";\", decimal: \",\"}` in the codebook"
      ])
    #expect(try source.texts("fylke") == ["Østfold", "Møre og Romsdal"])
    #expect(try source.codes("fylke") == ["Østfold", "Møre og Romsdal"])
    #expect(try source.numbers("vekt") == ["1.25", "0.75"])
    #expect(source.facts.encoding == "windows-1252")
    #expect(source.facts.detail == "semicolon, decimal comma")
  }

  @Test func `what the codebook states is not detected, and thousands are read when stated`() throws
  {
    var codebook = Codebook()
    codebook.file.delimiter = ";"
    codebook.file.decimal = ","
    codebook.file.encoding = "latin1"
    codebook.file.thousands = " "
    let source = try csv(latin(norwegian), codebook)
    #expect(try source.numbers("inntekt") == ["450000", "1200000.5"])
    #expect(try source.noteIDs(Variable("vekt"), as: .numbers).isEmpty)
  }

  @Test func `a byte order mark is taken off once`() throws {
    let source = try csv(Array("\u{FEFF}id;vekt\r\n1;1,5\r\n2;0,5\r\n".utf8))
    #expect(source.header.names == ["id", "vekt"])
    #expect(try source.numbers("vekt") == ["1.5", "0.5"])
  }

  @Test(arguments: [true, false])
  func `UTF-16 is converted and told`(isBigEndian: Bool) throws {
    let units = "\u{FEFF}id\tvekt\tsted\r\n1\t1,5\tTromsø\r\n".utf16
    let bytes = units.flatMap { unit in
      isBigEndian ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
    let source = try csv(bytes)
    #expect(try source.numbers("vekt") == ["1.5"])
    #expect(try source.texts("sted") == ["Tromsø"])
    #expect(source.facts.encoding == (isBigEndian ? "utf-16be" : "utf-16le"))
    #expect(source.openingNotes.map(\.id) == ["csv.dialect-detected"])
    #expect(try source.sha256() == bytes.withUnsafeBytes { FileBytes.sha256(of: $0) })
  }

  @Test func `Excel's first line sep= names the delimiter`() throws {
    let source = try csv("sep=;\nid;vekt\n1;1,5\n")
    #expect(try source.numbers("vekt") == ["1.5"])
    #expect(source.openingNotes.map(\.id) == ["csv.separator-line", "csv.dialect-detected"])
    #expect(source.header.line == 2)
  }

  @Test func `two possible delimiters are an error`() {
    #expect(
      throws: SurveyError(
        .data, at: "t.csv", "the delimiter may be comma or semicolon",
        remedy: "State it in the codebook: `file: {delimiter: \",\"}`.")
    ) { try csv("a,b;c\n1,2;3\n") }
  }

  @Test func `two possible decimal signs are an error`() {
    #expect(
      throws: SurveyError(
        .data, at: "t.csv", "some numbers have a decimal comma and some a decimal point",
        remedy: "State the decimal sign in the codebook: `file: {decimal: \",\"}`.")
    ) { try csv("a;b\n1,5;2.5\n") }
  }

  @Test func `a plain file with one column needs no delimiter`() throws {
    let source = try csv("q1\n1\n2\n")
    #expect(try source.codes("q1") == ["1", "2"])
    #expect(source.openingNotes.isEmpty)
  }

  @Test func `a file without a header takes the codebook's names`() throws {
    let codebook = Codebook(variables: [Variable("a"), Variable("b")])
    #expect(try csv("1,2\n3,4\n", codebook) { $0.header = false }.codes("b") == ["2", "4"])
    #expect(try csv("1,2\n3,4\n") { $0.header = false }.codes("v2") == ["2", "4"])
    #expect(
      throws: SurveyError(
        .data, at: "t.csv", "has no header and 3 columns, but the codebook has 2 variables")
    ) { try csv("1,2,3\n", codebook) { $0.header = false } }
  }

  @Test func `lines above the header are left out when stated`() throws {
    let source = try csv("Undersøkelse 2024\n\nid,w\n1,x\n") { $0.skip = 2 }
    #expect(
      throws: SurveyError(
        .data, at: "t.csv:4", "'w' is 'x', which is not a number",
        remedy: "If it means a missing answer, declare it under w: `missing: {x: no_answer}`.")
    ) { try source.numbers("w") }
  }

  @Test func `lines of both UTF-8 and windows-1252 are an error at the first that is not UTF-8`()
    throws
  {
    let bytes = Array("id,txt\n1,Tromsø\n".utf8) + latin("2,Bodø\n")
    let source = try csv(bytes)
    #expect(
      throws: SurveyError(
        .data, at: "t.csv:3", "'txt' is not utf-8: 'Bod�'",
        remedy: "State the file's encoding: `encoding: windows-1252` under `file:`.")
    ) { try source.texts("txt") }
    #expect(throws: SurveyError.self) { try source.codes("txt") }
    #expect(try source.codes("id") == ["1", "2"])
  }

  @Test func `an unknown encoding is an error`() {
    #expect(
      throws: SurveyError(
        .usage, at: "t.csv", "unknown encoding 'ebcdic'",
        remedy: "One of utf-8, utf-16, windows-1252, iso-8859-1, iso-8859-15.")
    ) { try csv("a\n") { $0.encoding = "ebcdic" } }
  }

  @Test func `bytes that the encoding does not know are replaced when asked`() throws {
    var options = ReadingOptions()
    options.lossy = true
    let bytes = Array("txt\nTromsø\n".utf8) + latin("Bodø\n")
    let source = try CSVSource(FileBytes(path: "t.csv", contents: bytes), options: options)
    #expect(try source.texts("txt") == ["Tromsø", "Bod\u{FFFD}"])
  }
}
