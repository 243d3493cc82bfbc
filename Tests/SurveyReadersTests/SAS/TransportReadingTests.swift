import SurveyData
import SurveyReaders
import Testing

@Suite struct TransportReadingTests {
  /// Numbers of every width, a text, a date, a time, a format of the user's own, missing values.
  static func sample(_ version: Int) -> XPTBytes {
    var file = XPTBytes(version: version, title: "Prøve")
    file.variables = [
      .init(name: "ID", label: "Løpenummer"),
      .init(name: "SEX", width: 3, format: "SEXF"),
      .init(name: "AMOUNT", format: "COMMA", formatWidth: 12, decimals: 2),
      .init(name: "DAY", width: 4, format: "DATE", formatWidth: 9),
      .init(name: "MOMENT", format: "DATETIME", formatWidth: 20),
      .init(name: "CLOCK", format: "TIME", formatWidth: 8),
      .init(name: "TOWN", width: 7, isText: true, format: "$CHAR", formatWidth: 7),
    ]
    file.rows = [
      [
        .number(1), .number(1), .number(0.1), .number(23_513), .number(2_031_568_200),
        .number(45_000), .text("Bodø"),
      ],
      [
        .number(-2), .number(2), .number(-118.625), .number(-1), .missing("."), .number(1.5),
        .text(""),
      ],
      [
        .missing("A"), .missing("Z"), .missing("_"), .missing("D"), .missing("."), .missing("."),
        .text("Tromsø"),
      ],
    ]
    return file
  }

  @Test(arguments: [5, 8])
  func `every kind of value comes out as it went in`(version: Int) throws {
    let contents = try Contents(Self.sample(version))
    #expect(contents.texts["ID"] == ["1", "-2", ".a"])
    #expect(contents.texts["SEX"] == ["1", "2", ".z"])
    #expect(contents.texts["AMOUNT"] == ["0.1", "-118.625", "._"])
    #expect(contents.texts["DAY"] == ["2024-05-17", "1959-12-31", ".d"])
    #expect(contents.texts["MOMENT"] == ["2024-05-17T12:30:00", "", ""])
    #expect(contents.texts["CLOCK"] == ["45000", "1.5", ""])
    #expect(contents.texts["TOWN"] == ["Bodø", "", "Tromsø"])
    #expect(contents.codebook.study.title.text(in: "und") == "Prøve")
    #expect(contents.codebook.file.format == "xpt")
    #expect(try contents.variable("ID").label.text(in: "und") == "Løpenummer")
    #expect(try contents.variable("ID").type == nil)
    #expect(try contents.variable("AMOUNT").type == .decimal)
    #expect(try contents.variable("DAY").type == .date)
    #expect(try contents.variable("MOMENT").type == .datetime)
    #expect(try contents.variable("CLOCK").unit.text(in: "und") == "s")
    #expect(try contents.variable("TOWN").type == .text)
    #expect(contents.notes.map(\.id) == ["sas.labels-elsewhere", "read.time"])
  }

  /// The first bytes of TS-140's own examples, and the ends of what fits.
  static let numbers: [(bytes: [UInt8], text: String)] = [
    ([0x41, 0x10, 0, 0, 0, 0, 0, 0], "1"), ([0xC1, 0x10, 0, 0, 0, 0, 0, 0], "-1"),
    ([0, 0, 0, 0, 0, 0, 0, 0], "0"), ([0x80, 0, 0, 0, 0, 0, 0, 0], "0"),
    ([0xC2, 0x76, 0xA0, 0, 0, 0, 0, 0], "-118.625"),
    ([0x40, 0x19, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A], "0.1"),
    ([0x41, 0x32, 0x43, 0xF6, 0xA8, 0x88, 0x5A, 0x30], "3.141592653589793"),
    ([0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "7.237005577332262e+75"),
    ([0x00, 0x10, 0, 0, 0, 0, 0, 0], "5.397605346934028e-79"),
    ([0x2E, 0, 0, 0, 0, 0, 0, 0], ""), ([0x41, 0, 0, 0, 0, 0, 0, 0], ".a"),
    ([0x5A, 0, 0, 0, 0, 0, 0, 0], ".z"), ([0x5F, 0, 0, 0, 0, 0, 0, 0], "._"),
    ([0x43, 0x12, 0x34, 0, 0, 0, 0, 0], "291.25"),
  ]

  @Test(arguments: numbers.indices)
  func `IBM's numbers are read bit by bit`(place: Int) throws {
    var file = XPTBytes()
    file.variables = [.init(name: "X")]
    file.rows = [[.number(1)], [.number(1)]]
    var bytes = file.bytes
    bytes.replaceSubrange(bytes.count - 80..<bytes.count - 72, with: Self.numbers[place].bytes)
    #expect(try Contents(sas: bytes).texts["X"] == [Self.numbers[place].text, "1"])
  }

  @Test func `a number cut to its leading bytes is what SAS reads`() throws {
    var file = XPTBytes()
    file.variables = [2, 3, 4, 5, 6, 7, 8].map { SASField(name: "W\($0)", width: $0) }
    file.rows = [Array(repeating: .number(33.3), count: 7)]
    let texts = try Contents(file).texts
    #expect(texts["W2"] == ["33"])
    #expect(texts["W3"] == ["33.296875"])
    #expect(texts["W8"] == ["33.3"])
    let seven = try #require(texts["W7"]?.first.flatMap(Double.init))
    #expect(abs(seven - 33.3) < 1e-12 && seven != 33.3)
  }

  @Test(arguments: [false, true])
  func `labels and formats longer than the old records come from the new ones`(_ isNine: Bool)
    throws
  {
    var file = XPTBytes(version: 8, hasLongFormats: isNine)
    let label = String(repeating: "Hvor ofte er det slik? ", count: 6) + "Nå"
    file.variables = [
      .init(name: "A"),
      .init(name: "A_name_of_more_than_eight_letters", label: label, format: "DATE"),
    ]
    file.variables[1].name = String(file.variables[1].name.prefix(32))
    file.rows = [[.number(1), .number(0)]]
    let contents = try Contents(file)
    let variable = try contents.variable("A_name_of_more_than_eight_letter")
    #expect(variable.label.text(in: "und") == label)
    #expect(contents.texts[variable.name] == ["1960-01-01"])
  }

  @Test func `descriptions of 136 bytes are read too`() throws {
    var file = Self.sample(5)
    file.descriptionSize = 136
    #expect(try Contents(file).texts["TOWN"] == ["Bodø", "", "Tromsø"])
  }

  @Test func `rows of blanks at the end are padding only where no number stands in them`() throws {
    var file = XPTBytes()
    file.variables = [.init(name: "A", width: 5, isText: true)]
    file.rows = [[.text("x")], [.text("")], [.text("y")]]
    let texts = try Contents(file)
    #expect(texts.texts["A"] == ["x", "", "y"])
    #expect(texts.notes.map(\.id) == ["xpt.blank-rows"])
    file.variables.append(.init(name: "B", width: 3))
    file.rows = [[.text("x"), .number(1)], [.text(""), .missing(".")], [.text(""), .number(0)]]
    let mixed = try Contents(file)
    #expect(mixed.texts["B"] == ["1", "", "0"])
    #expect(mixed.notes.isEmpty)
  }

  @Test func `the number of rows that version 8 states tells blank rows from padding`() throws {
    var file = XPTBytes(version: 8)
    file.variables = [.init(name: "A", width: 5, isText: true)]
    file.rows = [[.text("x")], [.text("")]]
    let contents = try Contents(file)
    #expect(contents.texts["A"] == ["x", ""])
    #expect(contents.notes.isEmpty)
  }

  @Test(arguments: [(100, 1), (1, 40)])
  func `a number of rows that the file does not hold is an error`(announced: Int, rows: Int) throws
  {
    var file = XPTBytes(version: 8)
    file.variables = [.init(name: "A")]
    file.rows = Array(repeating: [.number(1)], count: rows)
    file.announcedRows = announced
    let message = try #require(try refusal(ofSAS: file.bytes, named: "a.xpt"))
    #expect(message.contains("it announces \(announced) rows, but holds \(rows)"))
  }

  @Test func `a file cut in a row says which`() throws {
    var file = XPTBytes()
    file.variables = [.init(name: "A"), .init(name: "B", width: 200, isText: true)]
    file.rows = Array(repeating: [.number(1), .text(String(repeating: "x", count: 200))], count: 5)
    let cut = Array(file.bytes.dropLast(160))
    #expect(
      try refusal(ofSAS: cut, named: "a.xpt") == """
        a.xpt: is cut short: it ends in the middle of row 5
              Fetch it again.
        """)
  }

  @Test func `data sets behind the first are named, and not read as its rows`() throws {
    var file = Self.sample(5)
    var other = XPTBytes(name: "SECOND")
    other.variables = [.init(name: "X")]
    other.rows = [[.number(9)]]
    file.further = other.member
    let contents = try Contents(file)
    #expect(contents.texts["TOWN"] == ["Bodø", "", "Tromsø"])
    let note = try #require(contents.notes.first { $0.id == "xpt.more-data-sets" })
    #expect(note.text == "holds 2 data sets; 'ANSWERS' is read, and not 'SECOND'")
  }

  @Test func `text in a stated encoding, and bytes that are none`() throws {
    var file = XPTBytes()
    file.variables = [.init(name: "A", width: 4, isText: true), .init(name: "N")]
    file.rows = [[.bytes([0x42, 0xF8]), .number(1)]]
    let guessed = try Contents(file)
    #expect(guessed.texts["A"] == ["Bø"])
    #expect(guessed.notes.map(\.id) == ["encoding.guessed"])
    var options = ReadingOptions()
    options.file.encoding = "cp865"
    #expect(try Contents(file, options: options).texts["A"] == ["B°"])
    options.file.encoding = "utf-8"
    #expect(throws: SurveyError.self) { try Contents(file, options: options) }
    options.file.encoding = "no-such"
    #expect(throws: SurveyError.self) { try Contents(file, options: options) }
  }

  static let damages: [(what: String, change: @Sendable (inout XPTBytes) -> Void)] = [
    ("has two variables named 'ID'", { $0.variables[1].name = "ID" }),
    ("has two variables named ''", { $0.variables[1].name = "" }),
    ("'ID' has 1 bytes from byte 0", { $0.variables[0].width = 1 }),
    ("has no variables", { ($0.variables, $0.rows) = ([], []) }),
    ("has variables of 999 bytes", { $0.descriptionSize = 999 }),
  ]

  @Test(arguments: damages.indices)
  func `what cannot be is an error of the data`(place: Int) throws {
    var file = Self.sample(5)
    Self.damages[place].change(&file)
    let message = try #require(try refusal(ofSAS: file.bytes, named: "a.xpt"))
    #expect(message.contains(Self.damages[place].what), "\(message)")
  }

  @Test func `rows and hash that the codebook states are checked`() throws {
    let file = try TestFile(Self.sample(5).bytes, named: "answers.xpt")
    var codebook = Codebook()
    codebook.file.rows = 4
    codebook.file.sha256 = "00"
    let source = try SASSource(FileBytes(file.path), codebook: codebook, options: ReadingOptions())
    let error = try #require(throws: SurveyError.self) { try source.read([]) }
    #expect(error.problem == "has 3 rows, but the codebook states 4")
    #expect(throws: SurveyError.self) { try source.sha256() }
  }
}

extension Contents {
  init(sas bytes: [UInt8], options: ReadingOptions = ReadingOptions()) throws {
    let file = try TestFile(bytes, named: "answers.sas7bdat")
    try self.init(SASSource(FileBytes(file.path), codebook: nil, options: options))
  }

  init(_ file: XPTBytes, options: ReadingOptions = ReadingOptions()) throws {
    try self.init(sas: file.bytes, options: options)
  }
}

/// The message with which a SAS file is refused, without its folder; nil when it is read.
func refusal(ofSAS bytes: [UInt8], named name: String = "answers.sas7bdat") throws -> String? {
  let file = try TestFile(bytes, named: name)
  do {
    _ = try Contents(SASSource(FileBytes(file.path), codebook: nil, options: ReadingOptions()))
    return nil
  } catch let error as SurveyError {
    return file.shortened(error)
  }
}
