import SurveyData
import Testing

@testable import SurveyReaders

@Suite struct `Values of a CSV file` {
  private func weight(_ text: String) -> String {
    do {
      return try csv("id,w\n1,1.0\n2,\(text)\n").numbers("w")[1]
    } catch {
      return "\(error)".split(separator: "\n").first.map(String.init) ?? ""
    }
  }

  @Test(arguments: [
    ("", "."), ("-1", "-1"), ("0", "0"), ("+2", "2"), (".5", "0.5"), ("5.", "5"), (" 3 ", "3"),
    ("\"4\"", "4"), ("1e3", "1000"), ("1E-2", "0.01"), ("0.1", "0.1"),
    ("123456789.123456789", "123456789.12345679"), ("9007199254740993", "9007199254740992.0"),
    ("0.30000000000000004", "0.30000000000000004"), ("1e-400", "0"),
  ])
  func `numbers are read exactly`(text: String, value: String) {
    #expect(weight(text) == value)
  }

  @Test(arguments: [
    "abc", "1e400", "inf", "-inf", "Infinity", "0x10", "1e", "--1", "1 000", "1.2.3", "+", "e5",
    "1_000",
  ])
  func `what is not a finite decimal number is an error`(text: String) {
    #expect(weight(text) == "t.csv:3: 'w' is '\(text)', which is not a number")
  }

  @Test(arguments: [
    ("\"1,5\"", "State how numbers are written: `{decimal: \",\"}` under `file:`."),
    (
      "\"1,234\"",
      "If it means 1234, state `thousands: \",\"` under `file:`; if it means 1.234, `decimal: \",\"` with "
        + "`thousands:` of another sign, or none."
    ),
    (
      "\"1,234.5\"",
      "State how numbers are written: `{decimal: \".\", thousands: \",\"}` under `file:`."
    ),
    ("\"1,234,567\"", "State how numbers are written: `{thousands: \",\"}` under `file:`."),
    (
      "\"1.234,50\"",
      "State how numbers are written: `{decimal: \",\", thousands: \".\"}` under `file:`."
    ),
    (
      "\"1 234,5\"",
      "State how numbers are written: `{decimal: \",\", thousands: \" \"}` under `file:`."
    ),
    ("3\u{A0}000", "State how numbers are written: `{thousands: \" \"}` under `file:`."),
    ("1'234", "State how numbers are written: `{thousands: \"'\"}` under `file:`."),
    (
      "45 %",
      "Write the number alone, without the per cent sign, and declare `unit: \"%\"` under w."
    ),
    ("kr 12", "Write the number alone, without 'kr', and declare `unit: kr` under w."),
    (
      ">65",
      "It is an open end and not a number: declare `type: text` under w, with its `codes:`, or have a "
        + "number in its place."
    ),
    (
      "\u{2212}5",
      "It holds the character U+2212; state `thousands:` under `file:` if numbers are written so."
    ),
    ("ikke", "If it means a missing answer, declare it under w: `missing: {ikke: no_answer}`."),
    (
      "don't",
      "If it means a missing answer, declare it under w: `missing: {\"don't\": no_answer}`."
    ),
  ])
  func `the remedy fits the text`(text: String, remedy: String) throws {
    let error = #expect(throws: SurveyError.self) { try csv("id,w\n2,\(text)\n").numbers("w") }
    #expect(error?.remedy == remedy)
  }

  @Test func `declared thousands are read, with any blank and a typographic minus`() throws {
    let source = try csv("v\n\u{2212}5\n3\u{A0}000\n1\u{202F}234\u{202F}567.5\n12\n") {
      $0.thousands = " "
    }
    #expect(try source.numbers("v") == ["-5", "3000", "1234567.5", "12"])
    #expect(throws: SurveyError.self) {
      try csv("v\n30\u{A0}00\n") { $0.thousands = " " }.numbers("v")
    }
  }

  @Test func `missing codes, ranges and markers keep their reasons`() throws {
    var income = variable("income", type: .integer, missing: ["9999", "8"])
    income.missing.append(MissingCode(.range(-9, -1), reason: .refused))
    let source = try csv("income\n100\n9999\n8\n-5\nNA\n\n-10\n") { $0.missing = ["NA"] }
    #expect(try source.numbers(income) == ["100", ".9999", ".8", ".-9--1", ".NA", ".", "-10"])
    #expect(try source.codes(income) == ["100", ".9999", ".8", ".-9--1", ".NA", ".", "-10"])
  }

  @Test func `only declared markers are missing`() throws {
    let source = try csv("land,w\nNO,1.0\nNA,2.0\nSE,1.0\n")
    #expect(try source.codes("land") == ["NO", "NA", "SE"])
  }

  @Test func `leading zeros are kept unless the variable is declared as whole numbers`() throws {
    let source = try csv("kommune,w\n0301,1.0\n1103,1.0\n0301,1.0\n")
    #expect(try source.codes("kommune") == ["0301", "1103", "0301"])
    #expect(try source.codes(variable("kommune", type: .text)) == ["0301", "1103", "0301"])
    let integer = variable("kommune", type: .integer)
    #expect(try source.codes(integer) == ["301", "1103", "301"])
    #expect(
      try source.read([ColumnRequest(integer, as: .codes)]).notes.map(\.description) == [
        "t.csv:2: 'kommune' has 2 values written another way than the code; the first is '0301'"
      ])
    #expect(
      try source.codes(variable("kommune", codes: ["301", "1103"])) == ["301", "1103", "301"])
    #expect(
      try source.codes(variable("kommune", codes: ["0301", "1103"])) == ["0301", "1103", "0301"])
  }

  @Test func `a code that has lost its leading zeros is an error that says so`() {
    #expect(
      throws: SurveyError(
        .data, at: "t.csv:2", "'kommune' is 301, but the codebook knows 0301, 1103",
        remedy: "The codebook knows 0301: the file has lost its leading zeros.")
    ) {
      try csv("kommune\n301\n1103\n").codes(
        variable("kommune", type: .text, codes: ["0301", "1103"]))
    }
  }

  @Test func `codes written as decimals become whole and are counted`() throws {
    let source = try csv("q1,w\n1.0,1.0\n2.0,0.5\n 3 ,1\n")
    for variable in [
      Variable("q1"), variable("q1", type: .integer),
      variable("q1", type: .integer, codes: ["1", "2", "3"]),
      variable("q1", codes: ["1", "2", "3"]),
    ] {
      #expect(try source.codes(variable) == ["1", "2", "3"])
      #expect(
        try source.read([ColumnRequest(variable, as: .codes)]).notes.map(\.text) == [
          "'q1' has 2 values written another way than the code; the first is '1.0'"
        ])
      #expect(try source.numbers(variable) == ["1", "2", "3"])
    }
  }

  @Test func `a decimal where whole numbers are declared is an error`() throws {
    let source = try csv("q1\n1\n1.0000001\n")
    let expected = SurveyError(
      .data, at: "t.csv:3", "'q1' is '1.0000001', but the codebook declares whole numbers",
      remedy: "Correct the file, or declare `type: decimal` under q1.")
    #expect(throws: expected) { try source.codes(variable("q1", type: .integer)) }
    #expect(throws: expected) { try source.numbers(variable("q1", type: .integer)) }
  }

  @Test func `identifiers stay text, and national identity numbers are told`() throws {
    let source = try csv("id,w\n99999999999999999999,1.0\n01010112300,1.0\n")
    #expect(try source.codes("id") == ["99999999999999999999", "01010112300"])
    #expect(try source.noteIDs(Variable("id")).isEmpty)
    // A number of the synthetic test population, which nobody has.
    let person = try csv("id\n01810900063\n")
    #expect(try person.noteIDs(Variable("id")) == ["csv.national-identity-number"])
    #expect(try person.noteIDs(Variable("id"), as: .text) == ["csv.national-identity-number"])
  }

  @Test(arguments: [ColumnView.codes, .numbers])
  func `unknown codes go by the variable's policy`(view: ColumnView) throws {
    let text = "q\n1\n3\n2\n4\n3\n"
    func read(_ policy: UnknownPolicy) throws -> (values: [String], notes: [String]) {
      let q = variable("q", type: .integer, codes: ["1", "2"], unknown: policy)
      let source = try csv(text)
      let notes = try source.read([ColumnRequest(q, as: view)]).notes.map(\.description)
      return (view == .codes ? try source.codes(q) : try source.numbers(q), notes)
    }
    let error = #expect(throws: SurveyError.self) { try read(.fail) }
    #expect(
      error?.description == """
        t.csv:3: 'q' is 3, but the codebook knows 1, 2
              Add 3 to the codebook, or treat unknown codes as missing: `unknown: missing` under q.
              3 values: line 3: '3', line 5: '4', line 6: '3'.
        """)
    let missing = try read(.missing)
    #expect(missing.values == ["1", ".\u{FFFD}", "2", ".\u{FFFD}", ".\u{FFFD}"])
    #expect(
      missing.notes == [
        "t.csv:3: 'q' has 3 values that the codebook does not know, counted as missing; the first "
          + "is '3'"
      ])
    let kept = try read(.warn)
    #expect(kept.values == ["1", "3", "2", "4", "3"])
    #expect(
      kept.notes == [
        "t.csv:3: 'q' has 3 values that the codebook does not know, kept as they are; the first "
          + "is '3'"
      ])
  }

  @Test func `discovered codes are in numeric order, or in text order when one is no number`()
    throws
  {
    func categories(_ rows: [String], _ variable: Variable = Variable("q")) throws -> [String] {
      let source = try csv("q\n" + rows.joined(separator: "\n") + "\n")
      guard
        case .codes(let column) = try source.read([ColumnRequest(variable, as: .codes)]).columns[0]
      else { return [] }
      return column.categories.map(\.code)
    }
    #expect(try categories(["10", "9", "-1", "2.5", "9"]) == ["-1", "2.5", "9", "10"])
    #expect(try categories(["10", "9", "b", "a"]) == ["10", "9", "a", "b"])
    let wide = variable("q", type: .integer, codes: ["0", "5000"], range: 0...5000)
    #expect(try categories(["17", "3", "5000"], wide) == ["0", "3", "17", "5000"])
    #expect(throws: SurveyError.self) { try categories(["5001"], wide) }
  }

  @Test func `a range admits codes without a label`() throws {
    let trust = variable("q", type: .integer, codes: ["0", "10"], missing: ["88"], range: 0...10)
    let source = try csv("q\n0\n7\n88\n10\n")
    #expect(try source.codes(trust) == ["0", "7", ".88", "10"])
    #expect(try source.numbers(trust) == ["0", "7", ".88", "10"])
    #expect(
      throws: SurveyError(
        .data, at: "t.csv:2", "'q' is 11, but the codebook knows 0, 10, 0 to 10, 88 (no answer)",
        remedy:
          "Add 11 to the codebook, or treat unknown codes as missing: `unknown: missing` under q.")
    ) { try csv("q\n11\n").numbers(trust) }
  }

  @Test func `what the error shows of the file is escaped and cut`() throws {
    let long = String(repeating: "å", count: 100)
    let error = #expect(throws: SurveyError.self) {
      try csv("w\n\"a\u{1B}[1m\nb\"\n").numbers("w")
    }
    #expect(error?.problem == "'w' is 'a\\u{1B}[1m\\nb', which is not a number")
    let cut = #expect(throws: SurveyError.self) { try csv("w\n\(long)\n").numbers("w") }
    #expect(cut?.problem == "'w' is '\(long.prefix(60))…', which is not a number")
  }

  @Test func `a comma that may part thousands is not taken for a decimal sign`() throws {
    #expect(throws: SurveyError.self) { try csv("id;w\n1;1,234\n2;2,500\n") }
    #expect(try csv("id;w\n1;1,234\n2;0,500\n").numbers("w") == ["1.234", "0.5"])
    let stated = try csv("id;w\n1;1,234\n2;2,500\n") { $0.thousands = "," }
    #expect(try stated.numbers("w") == ["1234", "2500"])
  }
}
