import SurveyData
import SurveyReaders
import Testing

@Suite struct PortableReadingTests {
  private func expectSample(_ contents: Contents) throws {
    #expect(contents.texts["ID"] == ["1", "-31", "10000000000"])
    #expect(contents.texts["SEX"] == ["1", "9", ""])
    #expect(contents.texts["INCOME"] == ["0.1", "-5", "1234.5"])
    #expect(contents.texts["AGE"] == ["44", "98", ""])
    #expect(contents.texts["W"] == ["1.25", "0.75", "1"])
    #expect(contents.texts["TOWN"] == ["Oslo", "", "none"])
    #expect(contents.texts["DAY"] == ["2024-05-17", "", "1970-01-01"])
    #expect(contents.texts["MOMENT"] == ["2024-05-17T12:30:00", "", "1582-10-14T00:00:00"])
    #expect(contents.notes.isEmpty)
  }

  @Test(arguments: ["\n", "\r\n", ""])
  func `a file is read whatever ends its lines`(lineEnd: String) throws {
    var file = PORBytes.sample
    file.lineEnd = lineEnd
    try expectSample(try Contents(file))
  }

  @Test func `blanks that were lost at the ends of lines are put back`() throws {
    var file = PORBytes.sample
    file.variables[1].label = String(repeating: "a ", count: 120) + "b"
    file.losesBlanks = true
    let contents = try Contents(file)
    try expectSample(contents)
    #expect(
      try contents.variable("SEX").label.text(in: "und") == String(repeating: "a ", count: 120)
        + "b")
  }

  @Test func `a variable wanted in two views at once is whole in both`() throws {
    let file = try TestFile(PORBytes.sample.bytes, named: "answers.por")
    let dataset = try Dataset(contentsOf: file.path)
    try dataset.load([("AGE", .codes), ("AGE", .text), ("TOWN", .codes), ("TOWN", .text)])
    #expect(try dataset.categorical("AGE").count == 3)
    #expect(try dataset.text("AGE").values == ["44", "98", ""])
    #expect(try dataset.categorical("TOWN").count == 3)
    #expect(try dataset.text("TOWN").values == ["Oslo", "", "none"])
  }

  @Test func `the table says which byte is which character`() throws {
    // As on machines whose letters are no ASCII.
    var file = PORBytes.sample
    file.characters = { $0 == 0x20 ? 0x40 : $0 ^ 0x80 }
    file.lineEnd = "\n"
    try expectSample(try Contents(file))
  }

  @Test func `labels, missing values, the weight and documents are the file's`() throws {
    let codebook = try Contents(PORBytes.sample).codebook
    #expect(codebook.file.format == "por")
    #expect(codebook.study.note.text(in: "und") == "Samlet inn i mai\nVektet")
    #expect(codebook.defaultWeight?.source == .variable("W"))
    let sex = try #require(codebook.variable(named: "SEX"))
    #expect(sex.label.text(in: "und") == "Gender")
    #expect(sex.categories.map(\.code) == ["1", "2"])
    #expect(sex.categories.map { $0.name(in: "und") } == ["Man", "Woman"])
    #expect(
      sex.missing == [
        MissingCode(.code("9"), reason: .refused, label: LocalizedText("Refused", in: "und"))
      ])
    let income = try #require(codebook.variable(named: "INCOME"))
    #expect(income.type == .decimal)
    #expect(income.missing.map(\.values) == [.code("0.5"), .range(-.infinity, -5)])
    #expect(codebook.variable(named: "AGE")?.missing.map(\.values) == [.range(97, 99)])
    #expect(codebook.variable(named: "TOWN")?.missing.map(\.values) == [.code("none")])
    #expect(codebook.variable(named: "TOWN")?.categories.map(\.code) == ["Oslo"])
    #expect(codebook.variable(named: "DAY")?.type == .date)
  }

  @Test func `missing values are missing in numbers`() throws {
    let file = try TestFile(PORBytes.sample.bytes, named: "a.por")
    let data = try Dataset(contentsOf: file.path)
    #expect(try data.rowCount == 3)
    let age = try data.numeric("AGE")
    #expect(age.values.map(\.isNaN) == [false, true, true])
    #expect(try data.numeric("INCOME").values.map(\.isNaN) == [false, true, false])
    #expect(data.source.facts.detail == "made by made by a test")
  }

  static let numbers: [(raw: String, number: Double?)] = [
    ("0/", 0), ("-0/", 0), ("T/", 29), ("10/", 30), ("-1A.F/", -40.5), ("0.3/", 0.1),
    ("  1.6/", 1.2), ("1+2/", 900), ("1-1/", 1.0 / 30), ("1.F-1/", 0.05), ("0.L/", 0.7),
    (".F/", 0.5),
    ("100000000000000/", 4.782969e20), ("F7IBOFTROD4/", 9_007_199_254_740_994),
    ("0.00000000000000000000000000000000000003/", 2.220821101791889e-56),
    ("1+40/", 1.7970102999144311e+177), ("*.", nil), ("*?", nil),
  ]

  @Test(arguments: numbers.indices)
  func `numbers to base 30 become the nearest number`(place: Int) throws {
    var file = PORBytes()
    file.variables = [.init(name: "X")]
    file.cases = [[.raw(Self.numbers[place].raw)]]
    let source = try TestFile(file.bytes, named: "a.por")
    let found = try Dataset(contentsOf: source.path).numeric("X").values[0]
    #expect(found.isNaN ? Self.numbers[place].number == nil : found == Self.numbers[place].number)
  }

  @Test func `every number that is written with twelve digits comes back`() throws {
    var file = PORBytes()
    file.variables = [.init(name: "X", format: [5, 20, 12])]
    var state: UInt64 = 7
    let values = (0..<500).map { _ -> Double in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 40) / 1000 - 8000
    }
    file.cases = values.map { [.number($0)] }
    let source = try TestFile(file.bytes, named: "a.por")
    let read = try Dataset(contentsOf: source.path).numeric("X").values
    for (value, found) in zip(values, read) { #expect(abs(value - found) <= abs(value) * 2e-16) }
  }

  @Test func `text in a stated encoding, and without one`() throws {
    var file = PORBytes()
    file.variables = [.init(name: "A", width: 8, format: [1, 8, 0])]
    file.cases = [[.bytes([0x42, 0xF8])], [.text("Bodø")]]
    let guessed = try Contents(file)
    #expect(guessed.texts["A"] == ["Bø", "Bodø"])
    #expect(guessed.notes.map(\.id) == ["encoding.guessed"])
    var options = ReadingOptions()
    options.file.encoding = "cp865"
    #expect(try Contents(file, options: options).texts["A"]?[0] == "B°")
  }

  @Test func `an end that is not marked is said, or is a cut`() throws {
    var file = PORBytes()
    file.variables = [.init(name: "A", width: 200, format: [1, 200, 0])]
    (file.end, file.lineEnd) = ("", "")
    file.cases = [[.text(String(repeating: "x", count: 10))]]
    let message = try #require(try refusal(ofPortable: file.bytes))
    #expect(message.contains("is cut short: it ends behind case 1, in the middle of a line"))
    // As many letters as fill the last line.
    var count = 11
    repeat {
      file.cases = [[.text(String(repeating: "x", count: count))]]
      count += 1
    } while file.bytes.count % 80 != 0
    let whole = try Contents(file)
    #expect(whole.texts["A"]?.count == 1)
    #expect(whole.notes.map(\.id) == ["por.no-end"])
  }

  @Test func `a file cut in a case says which`() throws {
    var file = PORBytes()
    file.variables = [.init(name: "A", width: 200, format: [1, 200, 0])]
    file.cases = Array(repeating: [.text(String(repeating: "x", count: 200))], count: 3)
    let message = try #require(try refusal(ofPortable: Array(file.bytes.dropLast(200))))
    #expect(message == "a.por: is cut short: it ends in the case 3\n      Fetch it again.")
  }

  static let damages: [(what: String, change: @Sendable (inout PORBytes) -> Void)] = [
    ("has two variables named 'ID'", { $0.variables[1].name = "ID" }),
    ("has no variables", { $0 = PORBytes() }),
    ("has a version other than 'A'", { $0.version = "B" }),
    ("weighted by 'V', which is no variable", { $0.weight = "V" }),
    ("belong to the unknown variable 'X'", { $0.valueLabels[0].names = ["X"] }),
    ("to numbers and texts at once", { $0.valueLabels[0].names = ["SEX", "TOWN"] }),
    ("has a malformed number", { $0.cases[0][0] = .raw("1U/") }),
    ("has a malformed number", { $0.cases[0][0] = .raw("/") }),
    ("has a count that cannot be", { $0.cases[0][5] = .raw("-5/") }),
    ("has a count that cannot be", { $0.cases[0][5] = .raw("T000000/") }),
    ("has a range of texts", { $0.variables[5].missing = [("9", [.text("a")])] }),
  ]

  @Test(arguments: damages.indices)
  func `what cannot be is an error of the data`(place: Int) throws {
    var file = PORBytes.sample
    Self.damages[place].change(&file)
    let message = try #require(try refusal(ofPortable: file.bytes))
    #expect(message.contains(Self.damages[place].what), "\(message)")
  }

  @Test func `a range of missing values without numbers is left out, and said`() throws {
    var file = PORBytes.sample
    file.variables[3].missing = [("A", [.raw("A9E17IR6IG+6T/")])]
    let contents = try Contents(file)
    #expect(try contents.variable("AGE").missing.isEmpty)
    #expect(contents.notes.map(\.id) == ["por.empty-range"])
  }
}

extension Contents {
  init(_ file: PORBytes, options: ReadingOptions = ReadingOptions()) throws {
    let file = try TestFile(file.bytes, named: "a.por")
    try self.init(PortableSource(FileBytes(file.path), codebook: nil, options: options))
  }
}

/// The message with which a portable file is refused, without its folder; nil when it is read.
private func refusal(ofPortable bytes: [UInt8]) throws -> String? {
  let file = try TestFile(bytes, named: "a.por")
  do {
    _ = try Contents(PortableSource(FileBytes(file.path), codebook: nil, options: ReadingOptions()))
    return nil
  } catch let error as SurveyError {
    return file.shortened(error)
  }
}
