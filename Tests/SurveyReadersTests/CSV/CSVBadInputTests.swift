import SurveyData
import Testing

@testable import SurveyReaders

/// The message of an error, or what came instead.
private func message(_ body: () throws -> some Any) -> String {
  do {
    return "no error: \(try body())"
  } catch {
    return "\(error)"
  }
}

@Suite struct `Awkward CSV` {
  @Test func `a short row is an error with its line`() {
    #expect(
      message { try csv("id,q1,w\n1,2,1.0\n2,3\n3,4,1.0\n").rowCount() } == """
        t.csv:3: the row has 2 fields, but the header has 3
              Delimiter: comma. If it is another, state `delimiter:` under `file:`; a field that holds it needs quotation marks.
        """)
  }

  @Test func `a long row is an error with its line, and the first five are named`() {
    let rows = String(repeating: "1,2,3,4\n", count: 8)
    #expect(
      message { try csv("id,q1,w\n1,2,3\n" + rows).rowCount() } == """
        t.csv:3: the row has 4 fields, but the header has 3
              Delimiter: comma. If it is another, state `delimiter:` under `file:`; a field that holds it needs quotation marks.
              The same in line 4, 5, 6, 7 and 3 more.
        """)
  }

  @Test func `a quoted line break and doubled quotes are text, and line numbers stay right`() throws
  {
    let source = try csv("id,txt,w\n1,\"linje 1\nlinje 2\",1.0\n2,\"sa \"\"hei\"\"\",x\n")
    #expect(try source.texts("txt") == ["linje 1\nlinje 2", "sa \"hei\""])
    #expect(
      message { try source.numbers("w") } == """
        t.csv:4 (row 2): 'w' is 'x', which is not a number
              If it means a missing answer, declare it under w: `missing: {x: no_answer}`.
        """)
  }

  @Test func `a stray quotation mark is an error unless there is no quoting`() throws {
    let text = "id,txt,w\n1,5\" skjerm,1.0\n2,ok,1.0\n"
    #expect(
      message { try csv(text).texts("txt") } == """
        t.csv:2: a quotation mark stands in the middle of a field: '1,5" skjerm,1.0'
              Double it inside quotation marks, or state `quote: none` under `file:`.
        """)
    #expect(
      message { try csv("a,b\n\"x\"y,1\n").rowCount() } == """
        t.csv:2: a quotation mark stands in the middle of a field: '"x"y,1'
              Double it inside quotation marks, or state `quote: none` under `file:`.
        """)
    #expect(
      try csv(text) { $0.quote = FileStatement.Quote.none }.texts("txt") == ["5\" skjerm", "ok"])
  }

  @Test(arguments: ["", "4,\"ok\",1.0\n"])
  func `a quotation mark that is never closed is an error at its opening`(rest: String) {
    #expect(
      message {
        try csv("id,txt,w\n0,ok,1\n1,\"uten slutt,1.0\n2,ok,1.0\n" + rest).rowCount()
      } == """
        t.csv:3: the quotation mark that opens here is never closed: '1,"uten slutt,1.0'
              Close it, or state `quote: none` under `file:`.
        """)
  }

  @Test func `a NUL byte is an error`() {
    #expect(
      message { try csv("id,txt,w\n1,a\0b,1.0\n").rowCount() } == """
        t.csv:2: there is a NUL byte, which no text holds
              The file is damaged, or it is UTF-16: state `encoding: utf-16` under `file:`.
        """)
  }

  @Test(arguments: ["\r", "\n", "\r\n"])
  func `any line end will do`(end: String) throws {
    let source = try csv(["id,w", "1,1.0", "2,0.5", ""].joined(separator: end))
    #expect(try source.numbers("w") == ["1", "0.5"])
    #expect(try source.codes("id") == ["1", "2"])
  }

  @Test func `mixed line ends are read and told`() throws {
    let source = try csv("id,w\r\n1,1.0\n2,0.5\r3,2\r\n")
    #expect(try source.numbers("w") == ["1", "0.5", "2"])
    #expect(try source.noteIDs(Variable("id")) == ["csv.mixed-line-ends"])
  }

  @Test func `an unnamed last column is left alone and told`() throws {
    let source = try csv("id;w;\n1;1.0;\n2;0.5;\n")
    #expect(try source.numbers("w") == ["1", "0.5"])
    let notes = try source.read([ColumnRequest(Variable("id"), as: .codes)]).notes
    #expect(
      notes.map(\.description) == [
        "t.csv: detected delimiter semicolon; to state it, write `file: {delimiter: \";\"}` in the "
          + "codebook",
        "t.csv:1: column 3 has no name and cannot be used",
      ])
  }

  @Test func `an empty file is an error, a header alone has no rows`() throws {
    #expect(
      message { try csv("") } == """
        t.csv: is empty
              A CSV file begins with a line of names.
        """)
    let source = try csv("id,w\n")
    #expect(try source.rowCount() == 0)
    #expect(try source.numbers("w").isEmpty)
    #expect(try source.codes("id").isEmpty)
    #expect(try source.texts("id").isEmpty)
  }

  @Test(arguments: [("1.", ["csv.truncated"]), ("0.5", []), ("-", ["csv.truncated"]), ("1e", [])])
  func `a last line without its end is read, and told when it looks cut`(
    last: String, notes: [String]
  ) throws {
    let source = try csv("id,w\n1,1.0\n2,\(last)")
    #expect(try source.rowCount() == 2)
    #expect(try source.noteIDs(Variable("id")) == (last == "1e" ? ["csv.truncated"] : notes))
  }

  @Test func `a field that is too long is an error`() throws {
    let text = "id,txt,w\n1,\(String(repeating: "x", count: 3000)),1.0\n2,ok,1.0\n"
    var options = ReadingOptions()
    options.longestField = 2000
    let source = try CSVSource(
      FileBytes(path: "t.csv", contents: Array(text.utf8)), options: options)
    #expect(
      message { try source.rowCount() } == """
        t.csv:2: the field 'txt' is longer than 2000 bytes
              A quotation mark that nothing closes makes such fields; state `quote: none` under `file:` if quotation marks are ordinary characters.
        """)
    #expect(try csv(text).rowCount() == 2)
  }

  @Test func `blank lines are left out and told`() throws {
    let source = try csv("id,w\n1,1\n\n2,2\n\r\n\n")
    #expect(try source.codes("id") == ["1", "2"])
    #expect(try source.numbers("w") == ["1", "2"])
    #expect(try source.noteIDs(Variable("w")).contains("csv.blank-lines"))
    #expect(try csv("id\n1\n\n2\n").codes("id") == ["1", ".", "2"])
  }

  @Test func `the number of rows that the codebook states is checked`() {
    #expect(
      message { try csv("id\n1\n2\n") { $0.rows = 3 }.codes("id") } == """
        t.csv: has 2 rows, but the codebook states 3
              Fetch the file that the codebook describes, or correct `rows:` under `file:`.
        """)
  }

  @Test func `the hash that the codebook states is checked`() throws {
    let abc = "7b3a2c6b8c96a56e1d8e2f7b"
    #expect(
      message { try csv("id\n1\n") { $0.sha256 = abc }.sha256() }.contains(
        "but the codebook states \(abc)"))
  }

  @Test func `warnings are errors when that is asked`() throws {
    var options = ReadingOptions()
    options.strict = true
    let source = try CSVSource(
      FileBytes(path: "t.csv", contents: Array("q,q,w\n1,2,3\n".utf8)), options: options)
    #expect(
      message { try source.numbers("w") } == """
        t.csv:1: 'q' names 2 columns, so that none of them can be used
              Without `--strict` this is a warning.
        """)
  }
}
