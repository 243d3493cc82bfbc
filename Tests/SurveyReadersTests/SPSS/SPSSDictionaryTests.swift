import SurveyData
import SurveyReaders
import Testing

@Suite struct SPSSDictionaryTests {
  @Test func `names, levels, weights, sets, attributes and notes come from their records`() throws {
    var file = SAVBytes.norwegian
    file.codePage = 65_001
    file.fileLabel = "Levekår"
    file.documents = ["Første linje", "Andre"]
    file.variables = [
      .init(name: "Q1", label: Array("Blåbær".utf8)), .init(name: "Q2"), .init(name: "W"),
    ]
    file.valueLabels = []
    file.cases = [[.number(1), .number(0), .number(0.5)]]
    file.weight = 3
    file.extensions = [
      (13, 1, Array("Q1=spørsmål_1\tQ2=spørsmål_2\tW=vekt".utf8)),
      (11, 4, [1, 8, 1, 2, 8, 1, 3, 8, 1].flatMap(file.int)),
      (7, 1, Array("$kanaler=D1 1 7 Kanaler q1 q2\n$andre=C 0  q1 q2\n".utf8)),
      (19, 1, Array("$tredje=E 1 1 1 3 Hei q2 q1\n".utf8)),
      (
        18, 1,
        Array("spørsmål_1:question('Liker du 'blåbær'?'\n)unit('kg'\n)/vekt:note('x'\n)".utf8)
      ),
    ]
    let codebook = try Contents(file).codebook
    #expect(codebook.study.title.text(in: "und") == "Levekår")
    #expect(codebook.study.note.text(in: "und") == "Første linje\nAndre")
    #expect(codebook.variables.map(\.name) == ["spørsmål_1", "spørsmål_2", "vekt"])
    #expect(codebook.variables.map(\.measure) == [.nominal, .ordinal, .interval])
    #expect(codebook.variables.map(\.role) == [nil, nil, .weight])
    #expect(codebook.defaultWeight?.source == .variable("vekt"))
    #expect(codebook.variables[0].question.text(in: "und") == "Liker du 'blåbær'?")
    #expect(codebook.variables[0].unit.text(in: "und") == "kg")
    #expect(codebook.variables[2].note.text(in: "und") == "x")
    #expect(codebook.groups.map(\.name) == ["kanaler", "andre", "tredje"])
    #expect(codebook.groups.map(\.counted) == ["1", nil, "1"])
    #expect(codebook.groups.map(\.kind) == [.multiple, .choices, .multiple])
    #expect(try Codebook(parsing: codebook.yaml(), name: "c").groups == codebook.groups)
    #expect(codebook.groups.map { $0.label.text(in: "und") } == ["Kanaler", "", "Hei"])
    #expect(codebook.groups.map(\.members.count) == [2, 2, 2])
    #expect(codebook.groups[2].members == ["spørsmål_2", "spørsmål_1"])
  }

  @Test func `a blank text is no answer, whatever its label says`() throws {
    var file = SAVBytes()
    file.variables = [
      .init(name: "S", width: 4, missingCount: 1, missing: [[]], format: 0x01_04_00)
    ]
    file.valueLabels = [([([], Array("Ubesvart".utf8)), (Array("a".utf8), Array("Ja".utf8))], [1])]
    file.cases = [[.text([])], [.text(Array("a".utf8))]]
    let contents = try Contents(file)
    let variable = try contents.variable("S")
    #expect(variable.categories.map(\.code) == ["a"])
    #expect(variable.missing == [])
    #expect(contents.texts["S"] == ["", "a"])
    #expect(
      contents.notes.map(\.text) == [
        "'S' has the label 'Ubesvart' for blank text, which counts as missing"
      ])
  }

  @Test func `a missing value that is declared twice is one`() throws {
    var file = SAVBytes()
    file.variables = [.init(name: "Q")]
    file.variables[0].missing = [9, 9].map(file.double)
    file.variables[0].missingCount = 2
    file.cases = [[.number(9)]]
    #expect(
      try Contents(file).variable("Q").missing == [MissingCode(.code("9"), reason: .noAnswer)])
  }

  @Test func `an infinite number is missing, and that is said`() throws {
    var file = SAVBytes()
    file.variables = [.init(name: "Q")]
    file.cases = [.infinity, -.infinity, 1].map { [.number($0)] }
    let contents = try Contents(file)
    #expect(contents.texts["Q"] == ["", "", "1"])
    #expect(contents.notes.map(\.text) == ["'Q' is infinite in 2 rows; counted as missing"])
  }

  @Test func `labels and missing values of long texts have records of their own`() throws {
    var file = SAVBytes()
    file.variables = [.init(name: "LAND", width: 12, format: 0x01_0C_00)]
    file.cases = [[.text(Array("Norge".utf8))], [.text(Array("ukjent".utf8))]]
    func counted(_ text: String, _ width: Int) -> [UInt8] {
      file.int(width) + SAVBytes.padded(Array(text.utf8), width)
    }
    file.extensions = [
      (
        21, 1,
        counted("LAND", 4) + file.int(12) + file.int(2) + counted("Norge", 12)
          + counted("Noreg", 5) + counted("ukjent", 12) + counted("Veit ikkje", 10)
      ),
      (22, 1, counted("LAND", 4) + [1] + counted("ukjent", 8)),
    ]
    let land = try Contents(file).variable("LAND")
    #expect(land.categories == [Category("Norge", label: LocalizedText("Noreg", in: "und"))])
    #expect(
      land.missing == [
        MissingCode(
          .code("ukjent"), reason: .dontKnow, label: LocalizedText("Veit ikkje", in: "und"))
      ])
  }

  @Test(arguments: [0, 1], [false, true])
  func `compression and byte order change nothing`(compression: Int, bigEndian: Bool) throws {
    var file = SAVBytes.norwegian
    file.compression = compression
    file.isBigEndian = bigEndian
    let values = [1, -99, 151, 152, 0.1, -1e10, -Double.greatestFiniteMagnitude, 0]
    file.valueLabels = []
    file.cases = values.map { [.number($0), .text(Array("ab".utf8))] }
    let contents = try Contents(file)
    #expect(
      contents.texts["Q1"] == ["1", "-99", "151", "152", "0.1", "-10000000000", "", "0"])
    #expect(contents.texts["S1"] == Array(repeating: "ab", count: 8))
  }

  @Test func `dates count from 1582`() throws {
    var file = SAVBytes()
    file.variables = [
      .init(name: "D", format: 20 << 16 | 11 << 8), .init(name: "T", format: 22 << 16 | 20 << 8),
    ]
    file.cases = [[.number(13_935_283_200), .number(13_935_328_200)]]
    let contents = try Contents(file)
    #expect(contents.texts["D"] == ["2024-05-17"])
    #expect(contents.texts["T"] == ["2024-05-17T12:30:00"])
  }
}
