import SurveyData
import Testing

@testable import SurveyReaders

@Suite("Several answers in one cell")
struct SeveralAnswersTests {
  private static let text = """
    id,langs
    1,Norsk;Engelsk
    2,Norsk
    3,Engelsk; Norsk ;Engelsk
    4,
    5,Samisk;
    6,99

    """
  private static let listed = """
    langs:
        label: Language
        kind: multiple
        separator: ";"
        codes: {Norsk: Norwegian, Engelsk: English, Samisk: Sami}
        missing: {99: refused}
    """

  private func codebook(_ variable: String, _ rest: String = "") throws -> Codebook {
    try Codebook(parsing: "vekt: 1\nvariables:\n  id: {}\n  \(variable)\n\(rest)", name: "c.yaml")
  }

  private func data(_ text: String, _ variable: String, _ rest: String = "") throws -> Dataset {
    let codebook = try codebook(variable, rest)
    return try Dataset(csv(text, codebook), codebook: codebook).findingSeveralAnswers()
  }

  private func chosen(_ name: String, _ data: Dataset) throws -> [String] {
    let column = try data.categorical(name)
    return (0..<column.count).map { row in
      let position = column.positions[row]
      return column.missingCode(at: position).map { ".\($0.text)" }
        ?? column.categories[position].code
    }
  }

  @Test func `each answer is a variable, whatever stands twice, padded or last`() throws {
    let data = try data(Self.text, Self.listed)
    #expect(
      data.codebook.derived.map(\.variable.name) == [
        "langs_Norsk", "langs_Engelsk", "langs_Samisk",
      ])
    #expect(try chosen("langs_Norsk", data) == ["1", "1", "1", ".", "0", ".99"])
    #expect(try chosen("langs_Engelsk", data) == ["1", "0", "1", ".", "0", ".99"])
    #expect(try chosen("langs_Samisk", data) == ["0", "0", "0", ".", "1", ".99"])
    #expect(
      try data.variable("langs_Norsk").label.text(in: "en") == "Language: Norwegian")
    #expect(try data.categorical("langs_Norsk").missing[1].reason == .refused)
    #expect(try data.severalAnswers("langs").counts == [3, 2, 1, 1, 1])
  }

  @Test func `without a list the answers are those that occur`() throws {
    let data = try data(
      Self.text, #"langs: {kind: multiple, separator: ";", missing: {99: refused}}"#)
    #expect(
      data.codebook.derived.map(\.variable.name) == [
        "langs_Engelsk", "langs_Norsk", "langs_Samisk",
      ])
    #expect(try chosen("langs_Norsk", data) == ["1", "1", "1", ".", "0", ".99"])
  }

  @Test func `an answer that is not listed is a fault with its line`() throws {
    let text = Self.text.replacing("2,Norsk\n", with: "2,Norsk;Fransk\n")
    #expect(
      throws: SurveyError(
        .data, at: "t.csv:3",
        "'langs' is 'Fransk', but the codebook knows Norsk (Norwegian), Engelsk (English), Samisk "
          + "(Sami), 99 (refused)",
        remedy:
          "Add 'Fransk' to the codebook, or treat unknown codes as missing: `unknown: missing` "
          + "under langs.")
    ) { try chosen("langs_Norsk", data(text, Self.listed)) }
    let counted = try codebook(Self.listed)
    let found = try counted.findings(in: Dataset(csv(text, counted), codebook: counted))
    #expect(found.filter { $0.severity == .error }.map(\.code) == ["Fransk"])
    let tolerant = try data(text, Self.listed + "\n    unknown: missing")
    #expect(try chosen("langs_Norsk", tolerant)[1] == "1")
    #expect(tolerant.notes.map(\.id) == ["csv.unknown-code"])
    #expect(tolerant.notes[0].text.contains("counted as missing"))
  }

  @Test func `in a file that is no CSV it is a fault with its row`() throws {
    let counted = try codebook(Self.listed)
    let columns = [("id", ["1", "2"]), ("langs", ["Norsk", "Norsk;Fransk"])]
    let data = Dataset(TextSource(columns.map { (name: $0.0, fields: $0.1) }), codebook: counted)
    #expect(
      throws: SurveyError(
        .data, at: "langs_Norsk",
        "'langs' is Fransk, but the codebook knows Norsk, Engelsk, Samisk",
        remedy: nil)
    ) {
      do { _ = try data.categorical("langs_Norsk") } catch let error as SurveyError {
        #expect(error.place?.contains("row 2") == true || error.description.contains("row 2"))
        throw SurveyError(.data, at: "langs_Norsk", error.problem, remedy: nil)
      }
    }
  }

  @Test func `codes may hold the separator, and numbers are canonical`() throws {
    let comma = try data(
      "id,langs\n1,\"Yes, always, No\"\n2,No\n3,\"No,Yes, always\"\n",
      #"langs: {kind: multiple, separator: ", ", codes: ["Yes, always", "No"]}"#)
    #expect(try chosen("langs_Yes_always", comma) == ["1", "0", "1"])
    #expect(try chosen("langs_No", comma) == ["1", "1", "1"])
    let numbers = try data(
      "id,langs\n1,\"1,2\"\n2,1.0\n3,\"02, 3\"\n",
      #"langs: {type: integer, kind: multiple, separator: ",", codes: {1: A, 2: B, 3: C}}"#)
    #expect(try chosen("langs_1", numbers) == ["1", "1", "0"])
    #expect(try chosen("langs_2", numbers) == ["1", "0", "1"])
  }

  @Test(
    arguments: [
      ("langs == 'Norsk'", [1, 1, 1, 2, 0, 2]), ("langs != 'Norsk'", [0, 0, 0, 2, 1, 2]),
      ("'Engelsk' == langs", [1, 0, 1, 2, 0, 2]),
      ("langs in ('Engelsk', 'Samisk')", [1, 0, 1, 2, 1, 2]),
      ("langs not in ('Engelsk')", [0, 1, 0, 2, 1, 2]), ("missing(langs)", [0, 0, 0, 1, 0, 1]),
      ("langs == 'Norsk' and langs == 'Engelsk'", [1, 0, 1, 2, 0, 2]),
      ("langs_Norsk", [1, 1, 1, 2, 0, 2]),
    ] as [(String, [UInt8])])
  func `a condition asks whether an answer is among those given`(
    condition: String, rows: [UInt8]
  ) throws {
    let data = try data(Self.text, Self.listed)
    #expect(try Expression(condition).condition(on: data).bytes == rows)
  }

  @Test func `a condition names the answers that there are`() throws {
    let data = try data(Self.text, Self.listed)
    let error = #expect(throws: SurveyError.self) {
      try Expression("langs == 'Norks'").condition(on: data)
    }
    #expect(
      error?.description.contains("has no answer 'Norks'; it has Norsk, Engelsk, Samisk") == true)
    #expect(error?.description.contains("Did you mean 'Norsk'?") == true)
  }

  @Test func `where every row needs one answer, the variables of each are offered`() throws {
    let data = try data(Self.text, Self.listed)
    #expect(
      throws: SurveyError(
        .usage, at: "langs", "holds several answers in a cell, and here every row needs one",
        remedy:
          "Each answer has a variable of its own: 'langs_Norsk', 'langs_Engelsk', 'langs_Samisk'.")
    ) { try data.categorical("langs") }
  }

  @Test func `derived variables build on answers, and the codebook reads back the same`() throws {
    let rest = "derived: {both: {expr: \"langs == 'Norsk' and langs_Engelsk\"}}"
    let data = try data(Self.text, Self.listed, rest)
    #expect(try chosen("both", data) == ["1", "0", "1", ".", "0", ".99"])
    let book = try codebook(Self.listed, rest)
    #expect(!book.yaml().contains("langs_Norsk:"))
    #expect(try Codebook(parsing: book.yaml(), name: "c.yaml").derived == book.derived)
  }

  @Test(arguments: [";", "|", ", ", "tab", "space", "\\n"])
  func `every separator reads back the same`(separator: String) throws {
    let book = try codebook("langs: {kind: multiple, separator: \"\(separator)\", codes: [a, b]}")
    let again = try Codebook(parsing: book.yaml(), name: "c.yaml")
    #expect(again.variable(named: "langs") == book.variable(named: "langs"))
  }

  @Test(
    arguments: [
      ("langs: {kind: multiple}", "go together"), (#"langs: {separator: ";"}"#, "go together"),
      ("langs: {kind: battery}", "the only `kind:` of a variable is `multiple`"),
      (#"langs: {kind: multiple, separator: ""}"#, "'separator' is empty"),
      (#"langs: {kind: multiple, separator: ";", range: [1, 2]}"#, "neither a range nor a role"),
      (
        #"langs: {kind: multiple, separator: ";", codes: [a]}"# + "\n  langs_a: {}",
        "two entries for one variable: 'langs_a'"
      ),
    ])
  func `keys that do not go together are faults`(variable: String, words: String) throws {
    let error = #expect(throws: SurveyError.self) { try codebook(variable) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test func `a draft and a check propose the split`() throws {
    let fields = [
      "Norsk;Engelsk", "Norsk", "Engelsk", "Norsk;Engelsk", "Norsk", "Samisk;Norsk", "Samisk",
    ]
    let source = TextSource([("langs", fields)])
    let draft = try CodebookDraft(Dataset(source))
    #expect(
      draft.comments.variables["langs"] == [
        "Several answers in a cell? Then: `kind: multiple, separator: \";\"`, codes: Engelsk, Norsk, "
          + "Samisk."
      ])
    let found = try draft.codebook.findings(in: Dataset(source)).filter {
      $0.id == "several-answers"
    }
    #expect(found.map(\.count) == [3])
    for plain in [
      ["Oslo, Norway", "Bergen, Norway", "Bodø", "Oslo, Norway", "Moss"],
      ["I like it, mostly", "no", "yes; but", "no", "yes"], ["1.5", "2", "1.5", "2"],
      ["a;b", "a;b", "c", "c"],
    ] {
      let comments = try CodebookDraft(Dataset(TextSource([("q", plain)]))).comments.variables["q"]
      #expect(comments?.contains { $0.hasPrefix("Several") } != true, "\(plain)")
    }
  }

  @Test func `CSV keeps the cells, SPSS gets a column for each answer and a set of them`() throws {
    let data = try data(Self.text, Self.listed)
    let file = try TestFile([], named: "x")
    let csvPath = file.folder.path + "/out.csv"
    let notes = try data.write(to: csvPath)
    #expect(!notes.contains { $0.id == "convert.loss.several-answers" })
    let book = try Codebook(parsing: data.codebookOfCSV(at: csvPath).yaml(), name: "c.yaml")
    let again = try Dataset(contentsOf: csvPath, codebook: book)
    #expect(again.variableNames == data.variableNames)
    #expect(try chosen("langs_Engelsk", again) == chosen("langs_Engelsk", data))

    let sav = file.folder.path + "/out.sav"
    #expect(try data.write(to: sav).contains { $0.id == "convert.loss.several-answers" })
    let spss = try Dataset(contentsOf: sav)
    #expect(try spss.text("langs").values == data.text("langs").values)
    #expect(try chosen("langs_Norsk", spss).prefix(3) == ["1", "1", "1"])
    let group = try #require(spss.codebook.groups.first)
    #expect(group.kind == .multiple && group.counted == "1")
    #expect(group.members == ["langs_Norsk", "langs_Engelsk", "langs_Samisk"])

    let split = try codebook(Self.listed)
    let text = try Dataset(contentsOf: sav, codebook: split)
    #expect(try chosen("langs_Norsk", text) == chosen("langs_Norsk", data))
  }
}
