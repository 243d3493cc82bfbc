import SurveyData
import SurveyReaders
import Testing

@Suite struct StataReadingTests {
  static let versions = [102, 103, 104, 105, 108, 110, 111, 113, 114, 115, 117, 118, 119]

  /// Every kind of number, a short text, labels and a missing value.
  static func sample(_ version: Int, bigEndian: Bool) -> DTABytes {
    var file = DTABytes(version: version, isBigEndian: bigEndian, fileLabel: "Blåbær")
    file.variables = [
      .init(name: "answer", kind: .byte, label: "Spørsmål", labels: "yesno"),
      .init(name: "year", kind: .int),
      .init(name: "income", kind: .long),
      .init(name: "share", kind: .float),
      .init(name: "weight", kind: .double),
      .init(name: "town", kind: .text(8)),
    ]
    file.rows = [
      [.number(1), .number(2023), .number(450_000), .number(0.5), .number(1.1), .text("Bodø")],
      [.number(-2), .number(-5), .number(-70_000), .number(-0.25), .number(1e300), .text("")],
      [.missing(0), .missing(0), .missing(0), .missing(0), .missing(0), .text("Tromsø")],
    ]
    file.labelSets = [("yesno", [(1, "Ja"), (-2, "Nei")])]
    return file
  }

  @Test(arguments: versions, [false, true])
  func `every format in both byte orders gives the same answers`(version: Int, bigEndian: Bool)
    throws
  {
    let contents = try Contents(Self.sample(version, bigEndian: bigEndian))
    #expect(contents.texts["answer"] == ["1", "-2", ""])
    #expect(contents.texts["year"] == ["2023", "-5", ""])
    #expect(contents.texts["income"] == ["450000", "-70000", ""])
    #expect(contents.texts["share"] == ["0.5", "-0.25", ""])
    #expect(contents.texts["weight"] == ["1.1", "1e+300", ""])
    #expect(contents.texts["town"] == ["Bodø", "", "Tromsø"])
    #expect(contents.codebook.study.title.text(in: "und") == "Blåbær")
    let answer = try contents.variable("answer")
    #expect(answer.label.text(in: "und") == "Spørsmål")
    #expect(answer.categories.map(\.code) == ["-2", "1"])
    #expect(answer.categories.map { $0.name(in: "und") } == ["Nei", "Ja"])
    #expect(answer.type == .integer)
    #expect(try contents.variable("weight").type == .decimal)
    #expect(try contents.variable("town").type == .text)
    #expect(contents.notes.isEmpty)
  }

  @Test(arguments: [113, 115, 117, 118, 119], [false, true])
  func `tagged missing values keep their tags and labels`(version: Int, bigEndian: Bool) throws {
    var file = DTABytes(version: version, isBigEndian: bigEndian)
    file.variables = [DTABytes.Kind.byte, .int, .long, .float, .double].enumerated().map {
      DTABytes.Variable(name: "v\($0.offset)", kind: $0.element, labels: "why")
    }
    file.rows = [4, 1, 26].map { tag in Array(repeating: .missing(tag), count: 5) }
    file.labelSets = [("why", [(2_147_483_621 + 4, "Vet ikke"), (2_147_483_621 + 1, "Nekter")])]
    let contents = try Contents(file)
    for name in ["v0", "v1", "v2", "v3", "v4"] {
      #expect(contents.texts[name] == [".d", ".a", ".z"])
      #expect(
        try contents.variable(name).missing == [
          MissingCode(.code(".a"), reason: .refused, label: LocalizedText("Nekter", in: "und")),
          MissingCode(.code(".d"), reason: .dontKnow, label: LocalizedText("Vet ikke", in: "und")),
        ])
    }
  }

  @Test(arguments: [117, 118, 119], [false, true])
  func `long texts are found where they stand`(version: Int, bigEndian: Bool) throws {
    var file = DTABytes(version: version, isBigEndian: bigEndian)
    file.variables = [.init(name: "n", kind: .byte), .init(name: "story", kind: .longText)]
    let long = String(repeating: "å", count: 3000)
    file.rows = [
      [.number(1), .text(long)], [.number(2), .text("")], [.number(3), .text("kort")],
    ]
    #expect(try Contents(file).texts["story"] == [long, "", "kort"])
  }

  @Test func `dates count from 1960 and times in milliseconds`() throws {
    var file = DTABytes(version: 118)
    file.variables = [
      .init(name: "day", kind: .int, format: "%td"),
      .init(name: "moment", kind: .double, format: "%tc"),
    ]
    file.rows = [[.number(23_513), .number(2_031_568_200_000)], [.number(-1), .missing(0)]]
    let contents = try Contents(file)
    #expect(contents.texts["day"] == ["2024-05-17", "1959-12-31"])
    #expect(contents.texts["moment"] == ["2024-05-17T12:30:00", ""])
    #expect(try contents.variable("day").type == .date)
  }

  @Test(arguments: [108, 115, 118])
  func `notes and the survey design come from characteristics`(version: Int) throws {
    var file = Self.sample(version, bigEndian: false)
    file.characteristics = [
      ("_dta", "note1", "Samlet inn i mai"), ("_dta", "note0", "1"), ("answer", "note1", "Kort"),
      ("_dta", "_svy_wvar", "weight"), ("_dta", "_svy_strata1", "year"),
      ("_dta", "_svy_su1", "income"),
      ("_dta", "note2", "Vektet"),
    ].map { ($0.0, String($0.1.prefix(version >= 110 ? 32 : 8)), $0.2) }
    let codebook = try Contents(file).codebook
    #expect(codebook.study.note.text(in: "und") == "Samlet inn i mai\nVektet")
    #expect(codebook.variable(named: "answer")?.note.text(in: "und") == "Kort")
    guard version >= 110 else { return }
    #expect(codebook.defaultWeight?.source == .variable("weight"))
    #expect(codebook.variable(named: "weight")?.role == .weight)
    #expect(
      codebook.design == .declared(DesignDeclaration(strata: "year", psu: ["income"])))
  }

  @Test func `a file cut short says how many rows it holds`() throws {
    var file = Self.sample(115, bigEndian: false)
    file.labelSets = []
    let cut = Array(file.bytes.dropLast(1))
    #expect(
      try refusal(ofStata: cut)
        == "answers.dta: is cut short: it announces 3 rows, but holds 2")
  }

  @Test(arguments: [105, 115, 117])
  func `text in UTF-8 where the format has none is read as it is, and said`(version: Int) throws {
    var file = DTABytes(version: version, isUnicode: true)
    file.variables = [
      .init(name: "q", kind: .byte, label: "Spørsmål"), .init(name: "town", kind: .text(8)),
    ]
    file.rows = [[.number(1), .text("Tromsø")], [.number(2), .text("Oslo")]]
    let found = try Contents(file)
    #expect(try found.variable("q").label.text(in: "und") == "Spørsmål")
    #expect(found.texts["town"] == ["Tromsø", "Oslo"])
    #expect(found.notes.map(\.id) == ["encoding.unicode", "encoding.unicode"])
    #expect(found.notes.allSatisfy { $0.text.contains("'--encoding windows-1252'") })
    var options = ReadingOptions()
    options.file.encoding = "windows-1252"
    let stated = try Contents(file, options: options)
    #expect(try stated.variable("q").label.text(in: "und") == "SpÃ¸rsmÃ¥l")
    #expect(stated.notes.isEmpty)
  }

  @Test func `bytes behind the end of an old file are left out, and said`() throws {
    var file = Self.sample(105, bigEndian: false)
    file.trailing = [10]
    let contents = try Contents(file)
    #expect(contents.texts["town"]?.count == 3)
    #expect(contents.notes.map(\.id) == ["dta.trailing-bytes"])
  }

  @Test func `rows and hash that the codebook states are checked`() throws {
    let file = try TestFile(Self.sample(118, bigEndian: false).bytes, named: "answers.dta")
    var codebook = Codebook()
    codebook.file.rows = 4
    codebook.file.sha256 = "00"
    let source = try StataSource(
      FileBytes(file.path), codebook: codebook, options: ReadingOptions())
    let error = try #require(throws: SurveyError.self) { try source.read([]) }
    #expect(error.problem == "has 3 rows, but the codebook states 4")
    #expect(throws: SurveyError.self) { try source.sha256() }
  }

  @Test func `a wrong encoding names the field`() throws {
    var file = DTABytes(version: 118)
    file.variables = [.init(name: "s", kind: .text(3))]
    file.rows = [[.text("abc")]]
    var bytes = file.bytes
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: "abc".utf8) })
    bytes[place] = 0xD8
    #expect(
      try refusal(ofStata: bytes) == """
        answers.dta: 's', row 1, is not valid utf-8
              Say what it is, such as '--encoding latin1', or '--lossy' to mark such bytes.
        """)
  }
}

extension Contents {
  init(_ file: DTABytes, options: ReadingOptions = ReadingOptions()) throws {
    let file = try TestFile(file.bytes, named: "answers.dta")
    try self.init(StataSource(FileBytes(file.path), codebook: nil, options: options))
  }
}

/// The message with which a Stata file is refused, without its folder; nil when it is read.
func refusal(ofStata bytes: [UInt8]) throws -> String? {
  let file = try TestFile(bytes, named: "answers.dta")
  do {
    _ = try Contents(StataSource(FileBytes(file.path), codebook: nil, options: ReadingOptions()))
    return nil
  } catch let error as SurveyError {
    return file.shortened(error)
  }
}
