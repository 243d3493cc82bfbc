import SurveyData
import Testing

@testable import SurveyReaders

@Suite("Lines that survey tools write above the first respondent")
struct SurveyToolTests {
  static let ids =
    #""{""ImportId"":""startDate"",""timeZone"":""UTC""}","{""ImportId"":""QID1""}","#
    + #""{""ImportId"":""QID2_TEXT""}""#
  static let qualtrics = """
    \u{FEFF}StartDate,Q1,Q2
    Start Date,"How satisfied are you with
    your life?","Your age, in years?"
    \(ids)
    2024-03-01 10:11:12,4,31
    2024-03-02 10:11:12,,44

    """
  static let surveyMonkey = """
    Respondent ID,Start Date,How often?,Which do you own?,,,Age
    ,,Response,Phone,Tablet,Laptop,Open-Ended Response
    1001,03/01/2024,Never,,Tablet,Laptop,20
    1002,03/02/2024,Daily,Phone,,,31

    """

  private func labels(_ source: CSVSource) -> [String] {
    source.embeddedCodebook.variables.map { $0.label.text(in: "und") }
  }

  @Test func `Qualtrics' question texts are labels, and neither they nor import ids answer`() throws
  {
    let source = try csv(Self.qualtrics)
    #expect(try source.rowCount() == 2)
    #expect(try source.codes("Q1") == ["4", "."])
    #expect(try source.numbers("Q2") == ["31", "44"])
    #expect(
      labels(source) == [
        "Start Date", "How satisfied are you with your life?", "Your age, in years?",
      ])
    #expect(
      source.openingNotes == [
        Note(
          .information, id: "csv.question-line",
          "the question texts and import ids of Qualtrics stand below the names, and are no "
            + "respondents; if they are, say `--header true`, or `header: true` under `file:`",
          naming: ["2", "texts"], at: "t.csv:2")
      ])
    #expect(source.completeStatement.header == .questions)
  }

  /// The same file in other dress.
  private static let dressed: [(name: String, bytes: [UInt8])] = {
    let parts = [
      ["StartDate", "Q1", "Q2"], ["Start Date", "\"How\nsatisfied?\"", "Age, in years?"],
      [
        "\"{\"\"ImportId\"\":\"\"startDate\"\"}\"", "\"{\"\"ImportId\"\":\"\"QID1\"\"}\"",
        "\"{\"\"ImportId\"\":\"\"QID2\"\"}\"",
      ],
      ["2024-03-01 10:11:12", "4", "31"], ["2024-03-02 10:11:12", "", "44"],
    ]
    func text(_ separator: String, _ end: String) -> String {
      parts.map { $0.joined(separator: separator) + end }.joined()
    }
    func wide(_ text: String, isBigEndian: Bool) -> [UInt8] {
      ("\u{FEFF}" + text).utf16.flatMap {
        isBigEndian
          ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)]
      }
    }
    return [
      ("semicolons", Array(text(";", "\r\n").utf8)), ("tabs", Array(text("\t", "\n").utf8)),
      ("UTF-16, little end", wide(text("\t", "\r\n"), isBigEndian: false)),
      ("UTF-16, big end", wide(text("\t", "\n"), isBigEndian: true)),
      ("carriage returns", Array(text("|", "\r").utf8)),
    ]
  }()

  @Test(arguments: dressed.indices)
  func `other delimiters, line ends and encodings are read alike`(place: Int) throws {
    let source = try csv(Self.dressed[place].bytes)
    #expect(try source.rowCount() == 2, "\(Self.dressed[place].name)")
    #expect(try source.codes("Q1") == ["4", "."])
    #expect(labels(source) == ["Start Date", "How satisfied?", "Age, in years?"])
    #expect(source.openingNotes.map(\.id).contains("csv.question-line"))
  }

  @Test(
    arguments: [
      "StartDate,EndDate,Q1\nStart Date,End Date,\"Happy?\"\n2024-01-01,2024-01-01,3\n",
      "V1,V8,Q1\nResponseID,StartDate,Happy?\nR_1,2015-01-01,3\n",
      "Q1,Q2\n\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\"}\"\n3,x\n",
    ])
  func `one line is enough`(text: String) throws {
    let source = try csv(text)
    #expect(try source.rowCount() == 1)
    #expect(try source.codes("Q1") == ["3"])
    #expect(source.openingNotes.map(\.id) == ["csv.question-line"])
  }

  @Test func `SurveyMonkey's columns are called by question and answer, and none is lost`() throws {
    let source = try csv(Self.surveyMonkey)
    #expect(try source.rowCount() == 2)
    #expect(
      source.embeddedCodebook.variableNames == [
        "Respondent ID", "Start Date", "How often?", "Which do you own? - Phone",
        "Which do you own? - Tablet", "Which do you own? - Laptop", "Age",
      ])
    #expect(try source.codes("Which do you own? - Tablet") == ["Tablet", "."])
    #expect(try source.codes("How often?") == ["Never", "Daily"])
    #expect(try source.numbers("Age") == ["20", "31"])
    let tablet = try #require(
      source.embeddedCodebook.variable(named: "Which do you own? - Tablet"))
    #expect(tablet.question.text(in: "und") == "Which do you own?")
    #expect(
      labels(source) == [
        "", "", "How often?", "Which do you own? - Phone", "Which do you own? - Tablet",
        "Which do you own? - Laptop", "Age",
      ])
    #expect(
      source.openingNotes.map(\.text) == [
        "SurveyMonkey's line of answers stands below the questions, and is no respondent, and 2 columns "
          + "without a name continue the question to the left, such as 'Which do you own? - Laptop'; if it "
          + "is a respondent, say `--header true`, or `header: true` under `file:`"
      ])
  }

  @Test func `names that stand twice are told apart, and said`() throws {
    let source = try csv(
      "Respondent ID,Why?,Which?,,Why?,Which?,\n,Open-Ended Response,A,B,Open-Ended Response,A,B\n"
        + "1,x,A,,y,,B\n")
    #expect(
      source.embeddedCodebook.variableNames == [
        "Respondent ID", "Why?", "Which? - A", "Which? - B", "Why? (2)", "Which? - A (2)",
        "Which? - B (2)",
      ])
    #expect(try source.codes("Which? - B (2)") == ["B"])
    #expect(source.openingNotes.map(\.id) == ["csv.answer-line", "csv.renamed-columns"])
  }

  @Test func `a tool in another language is known by its columns without a name`() throws {
    let source = try csv(
      "Respondent-nr,Hvilke?,,Alder\n,Telefon,Brett,Åpent svar\n1,Telefon,,20\n2,,Brett,30\n")
    #expect(try source.rowCount() == 2)
    #expect(try source.numbers("Alder") == ["20", "30"])
    #expect(try source.codes("Hvilke? - Brett") == [".", "Brett"])
  }

  @Test(
    arguments: [
      "How often?,Which?,\nResponse,1,2\nNever,1,\n",
      "How often?,Age\nResponse,Open-Ended Response\nNever,3\n",
    ])
  func `the respondent's number may have been taken out`(text: String) throws {
    #expect(try csv(text).rowCount() == 1)
    #expect(try csv(text).codes("How often?") == ["Never"])
  }

  /// Files whose first row is a respondent, however much it looks like words.
  @Test(
    arguments: [
      "id,name,town\n1,Ola,Oslo\n2,Kari,Bodø\n",
      "name,town\nOla Nordmann,Oslo by\nKari,Bodø\n",
      "StartDate,Status\n2024-01-01,IP Address\n2024-01-02,IP Address\n",
      "Respondent ID,Age,Why\n,20,x\n2,31,y\n",
      "Respondent ID,Why\n1,Response\n2,Other\n",
      ",a,b\n1,x,y\n2,z,w\n",
      "a,b,\n1,x,\n2,y,\n",
      "id,note,\n,first,\n2,second,\n",
      "{\"a\"},b\n1,2\n2,3\n",
      "q___1,q___2,f(choice=Yes)\n1,0,Checked\n0,1,Unchecked\n",
      "Timestamp,Which languages?\n2024/03/01 10:00,\"Norsk, Engelsk\"\n2024/03/02 10:00,Norsk\n",
      "id. Response ID,Q1[SQ001]. Which? [Phone]\n1,Yes\n2,No\n",
    ])
  func `an ordinary first row is a respondent`(text: String) throws {
    let source = try csv(text)
    #expect(try source.rowCount() == 2)
    #expect(source.completeStatement.header == .names)
    #expect(!source.openingNotes.contains { $0.id.hasSuffix("-line") })
  }

  @Test func `what is stated is not guessed, either way`() throws {
    let asRows = try csv(Self.surveyMonkey) { $0.header = true }
    #expect(try asRows.rowCount() == 3)
    #expect(!asRows.openingNotes.contains { $0.id == "csv.answer-line" })
    #expect(try csv(Self.qualtrics) { $0.header = .names }.rowCount() == 4)
    let stated = try csv("a,b\nHow are you?,How old are you?\n1,30\n") { $0.header = .questions }
    #expect(try stated.rowCount() == 1)
    #expect(labels(stated) == ["How are you?", "How old are you?"])
    #expect(stated.openingNotes.isEmpty)
    #expect(
      throws: SurveyError(
        .data, at: "t.csv:1",
        "`header: answers` is stated, but no line like it stands below the names",
        remedy: "Write `header: true` under `file:` if respondents stand there.")
    ) { try csv("a,b\n") { $0.header = .answers } }
  }

  @Test func `sentences above numbers are doubted, and stay a row`() throws {
    let source = try csv("a,b\nHow are you?,How old are you?\n1,30\n2,31\n1,40\n3,20\n")
    #expect(try source.rowCount() == 5)
    #expect(source.openingNotes.map(\.id) == ["csv.maybe-question-line"])
    #expect(source.openingNotes[0].level == .warning)
    #expect(try csv("a,b\nnot known,not known\n1,x\n2,y\n1,z\n3,w\n").openingNotes.isEmpty)
  }

  @Test(arguments: [qualtrics, surveyMonkey])
  func `a draft says what the lines are, and reads the file again`(text: String) throws {
    let draft = try CodebookDraft(Dataset(csv(text)))
    let codebook = try Codebook(parsing: draft.yaml, name: "t.codebook.yaml")
    #expect(codebook.file.header == draft.codebook.file.header)
    let again = try csv(text, codebook)
    #expect(try again.rowCount() == 2)
    #expect(again.openingNotes.isEmpty)
    #expect(again.embeddedCodebook.variables.map(\.label) == codebook.variables.map(\.label))
    let data = Dataset(again, codebook: codebook)
    #expect(!(try codebook.findings(in: data)).contains { $0.severity == .error })
  }

  @Test func `faults below are placed by their own line`() throws {
    #expect(
      throws: SurveyError(
        .data, at: "t.csv:6", "'Q2' is 'x', which is not a number",
        remedy: "If it means a missing answer, declare it under Q2: `missing: {x: no_answer}`.")
    ) {
      try csv(Self.qualtrics.replacing(",,44", with: ",,x")).numbers("Q2")
    }
  }
}
