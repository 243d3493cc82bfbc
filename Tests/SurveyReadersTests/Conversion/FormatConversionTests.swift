import SurveyData
import Testing
import VektTestSupport

@testable import SurveyReaders

/// Dates, times and the formats of numbers on their way between programs.
@Suite struct FormatConversionTests {
  /// A file in another format, with the codebook that belongs to a CSV file.
  private func converted(_ file: TestFile, to ending: String) throws -> (
    file: TestFile, notes: [Note], data: Dataset
  ) {
    let beside = file.folder.appending(path: "answers.codebook.yaml").path
    let data = try Dataset(
      contentsOf: file.path,
      codebook: file.path.hasSuffix("csv") ? Codebook(contentsOf: beside) : nil)
    let out = try TestFile([], named: "answers." + ending)
    let notes = try data.write(to: out.path)
    if ending == "csv" {
      let path = out.folder.appending(path: "answers.codebook.yaml").path
      try OutputFile.write(Array(data.codebookOfCSV(at: out.path).yaml().utf8), to: path)
    }
    return (out, notes, data)
  }

  private func contents(_ file: TestFile) throws -> Contents {
    try Contents(Dataset(contentsOf: file.path, codebook: nil).source)
  }

  /// What two files say of the same variables: formats and answers.
  private func expectSame(_ a: TestFile, _ b: TestFile) throws {
    let (first, second) = (try contents(a), try contents(b))
    for variable in first.codebook.variables {
      let other = try second.variable(variable.name)
      #expect(other.format == variable.format, "\(variable.name)")
      #expect(other.type == variable.type, "\(variable.name)")
      #expect(second.texts[variable.name] == first.texts[variable.name], "\(variable.name)")
    }
  }

  // MARK: SPSS

  private static let widths: [SAVBytes.Variable] = [
    .init(name: "TOWN", width: 24, format: 0x01_18_00),
    .init(name: "KEY", width: 4, format: 0x02_08_00),
    .init(name: "NOTE", width: 255, format: 0x01_FF_00, written: 0x02_FE_00),
    .init(name: "MONEY", format: 0x04_08_02, written: 0x05_0A_03),
    .init(name: "PLAIN", format: 0x05_08_02, written: 0x11_0C_04),
  ]

  @Test(arguments: [["sav"], ["zsav"], ["csv", "sav"], ["dta", "sav"], ["dta", "csv", "zsav"]])
  func `the room for a text and the format that SPSS writes by come back`(way: [String]) throws {
    var file = SAVBytes()
    file.variables = Self.widths
    let texts = ["Bodø", "ab", "et notat"].map { SAVBytes.Cell.text(Array($0.utf8)) }
    file.cases = [texts + [.number(1.5), .number(2)], texts + [.number(2), .number(3)]]
    let before = try TestFile(file.bytes)
    var last = before
    for ending in way {
      let (next, notes, _) = try converted(last, to: ending)
      let lost = notes.filter { $0.id == "convert.loss.formats" }.map(\.text)
      #expect(
        lost.map { $0.prefix(5) } == (last === before && ending == "dta" ? ["'KEY'", "'MONE"] : []))
      last = next
    }
    let (first, second) = (try contents(before), try contents(last))
    for variable in first.codebook.variables {
      let other = try second.variable(variable.name)
      #expect(other.format == variable.format, "\(variable.name)")
      #expect(other.writeFormat == variable.writeFormat, "\(variable.name)")
    }
    #expect(first.codebook.variables.map(\.format) == ["A24", "AHEX8", "A255", "DOLLAR8.2", nil])
    #expect(
      first.codebook.variables.map(\.writeFormat) == [nil, nil, "AHEX510", "F10.3", "E12.4"])
  }

  @Test func `a codebook that leaves widths open leaves those of the file`() throws {
    var file = SAVBytes()
    file.variables = [Self.widths[0]]
    file.cases = [[.text(Array("Bodø".utf8))]]
    let before = try TestFile(file.bytes)
    var town = Variable("TOWN")
    town.type = .text
    let data = try Dataset(contentsOf: before.path, codebook: Codebook(variables: [town]))
    let out = try TestFile([], named: "out.sav")
    _ = try data.write(to: out.path)
    #expect(try contents(out).variable("TOWN").format == "A24")
  }

  /// 2013-01-31T01:02:33.72 as SPSS counts, and the beginnings of that day, week, month and quarter.
  private static let moment = 13_578_973_353.72
  private static let day = 13_578_969_600.0

  private static let spss: [(format: String, value: Double)] = [
    ("DATE9", day), ("DATE11", day), ("ADATE8", day), ("ADATE10", day), ("EDATE10", day),
    ("JDATE7", day), ("SDATE10", day), ("MOYR6", 13_576_377_600), ("MOYR8", day), ("QYR6", day),
    ("QYR8", 13_576_377_600), ("WKYR8", 13_578_796_800), ("WKYR10", day), ("DATETIME17", moment),
    ("DATETIME20", moment), ("DATETIME23.2", moment), ("YMDHMS19", moment), ("TIME5", 3720),
    ("TIME8", 105_276), ("TIME11.2", 105_276.58), ("DTIME9", 90_000), ("DTIME15.2", 105_276.58),
    ("MTIME5", 90), ("MTIME8.2", 90.25), ("WKDAY3", 5), ("WKDAY9", 7), ("MONTH3", 1),
    ("MONTH9", 12),
    ("PCT8.2", 45.5), ("DOLLAR8.2", 12.5), ("DOLLAR6", 12), ("COMMA10.2", 1234.5),
    ("COMMA8", 1234), ("DOT10.2", 1234.5), ("E10.3", 1.5e20), ("F1.0", 1), ("F3.2", 0.5),
    ("F8.0", 3), ("F8.2", 3), ("F12.4", 3.1234), ("N5", 7), ("CCA8.2", 3.5), ("F3.0", 55.5),
  ]

  private func sav() throws -> TestFile {
    var file = SAVBytes()
    file.variables = try Self.spss.enumerated().map { index, each in
      let format = try #require(SPSSFormat(each.format))
      return SAVBytes.Variable(name: "V\(index)", format: format.packed)
    }
    file.cases = [
      Self.spss.map { .number($0.value) },
      Self.spss.map { _ in .number(-Double.greatestFiniteMagnitude) },
    ]
    return try TestFile(file.bytes)
  }

  @Test func `the formats of SPSS are read by their names`() throws {
    let variables = try contents(try sav()).codebook.variables
    for (variable, each) in zip(variables, Self.spss) {
      let usual = ["F8.0", "F8.2", "DATE11", "DATETIME20"].contains(each.format)
      #expect(variable.format == (usual ? nil : each.format))
    }
  }

  @Test(arguments: [["csv"], ["sav"], ["dta"], ["csv", "dta"], ["dta", "csv"]])
  func `every format of SPSS comes back`(way: [String]) throws {
    let first = try sav()
    var file = first
    for ending in way + ["sav"] { file = try converted(file, to: ending).file }
    let (before, after) = (try contents(first), try contents(file))
    #expect(after.texts == before.texts)
    // Stata has no month for a day within it.
    let days = way.contains("dta") ? ["V8", "V9", "V12"] : []
    for variable in before.codebook.variables where !days.contains(variable.name) {
      #expect(try after.variable(variable.name).format == variable.format, "\(variable.name)")
    }
  }

  @Test func `a time is its seconds, with a word about it`() throws {
    let (file, _, data) = try converted(try sav(), to: "csv")
    let times = data.notes.filter { $0.id == "read.time" }.map(\.text)
    #expect(times.count == 7)
    #expect(times.contains("'V18' is a time (TIME8), and is read as its seconds"))
    let book = try Codebook(
      contentsOf: file.folder.appending(path: "answers.codebook.yaml").path)
    let time = try #require(book.variable(named: "V18"))
    #expect(time.type == .decimal)
    #expect(time.unit.text(in: "und") == "s")
    #expect(time.format == "TIME8")
  }

  @Test func `months, quarters and weeks of SPSS are dates`() throws {
    let texts = try contents(try sav()).texts
    #expect(texts["V7"]?.first == "2013-01-01")
    #expect(texts["V8"]?.first == "2013-01-31")
    #expect(texts["V11"]?.first == "2013-01-29")
    #expect(texts["V15"]?.first == "2013-01-31T01:02:33.72")
  }

  @Test func `what Stata cannot show is named`() throws {
    let notes = try converted(try sav(), to: "dta").notes
    let lost = notes.filter { $0.id == "convert.loss.formats" }.map(\.text)
    for word in [
      "TIME5", "TIME8", "TIME11.2", "DTIME9", "DTIME15.2", "MTIME5", "MTIME8.2", "WKDAY3", "WKDAY9",
      "MONTH3", "MONTH9", "PCT8.2", "DOLLAR8.2", "DOLLAR6", "DOT10.2", "CCA8.2", "MOYR8",
      "WKYR10",
    ] {
      #expect(lost.contains { $0.contains("has the format \(word),") }, "\(word)")
    }
    #expect(
      lost.contains(
        "'V30' has the format DOLLAR6, which Stata lacks: the values are kept, and shown otherwise"
      )
    )
    #expect(
      lost.contains(
        "'V8' has the format MOYR8, but days other than the first of their period; it became days (%td)"
      ))
    #expect(!lost.contains { $0.contains("COMMA") || $0.contains("F3.2") || $0.contains("DATE") })
  }

  // MARK: Stata

  private static let stata: [(format: String, kind: DTABytes.Kind, value: Double, text: String)] = [
    ("%tc", .double, 1_479_597_200_250, "2006-11-19T23:13:20.25"),
    ("%tcHH:MM", .double, 45_000_000, "1960-01-01T12:30:00"),
    ("%tC", .double, 1_479_597_223_000, "2006-11-19T23:13:20"),
    ("%td", .int, 18_282, "2010-01-20"), ("%d", .int, -1, "1959-12-31"),
    ("%tdDD.NN.CCYY", .int, 0, "1960-01-01"), ("%tdD_m_Y", .double, 0.5, "1960-01-01T12:00:00"),
    ("%tw", .int, 2601, "2010-01-08"), ("%tw", .int, -1, "1959-12-24"),
    ("%tm", .int, 600, "2010-01-01"), ("%tm", .int, -60, "1955-01-01"),
    ("%tq", .int, -18, "1955-07-01"), ("%th", .int, 101, "2010-07-01"),
    ("%ty", .int, 2010, "2010"), ("%9.2f", .double, 1.255, "1.255"), ("%8.0g", .byte, 3, "3"),
    ("%9.0g", .byte, 3, "3"), ("%05.0f", .int, 301, "301"), ("%9.0fc", .long, 12_345, "12345"),
    ("%12.2fc", .double, 12_345.5, "12345.5"), ("%9.3e", .double, 1e20, "1e+20"),
    ("%-9.1f", .double, 2.5, "2.5"), ("%21x", .double, 0.1, "0.1"),
    ("%tm", .double, 1e7, "304365097"),
  ]

  private func dta() throws -> TestFile {
    var file = DTABytes(version: 118)
    file.variables = Self.stata.enumerated().map {
      DTABytes.Variable(name: "v\($0.offset)", kind: $0.element.kind, format: $0.element.format)
    }
    file.rows = [
      Self.stata.map { .number($0.value) }, Self.stata.map { _ in .missing(0) },
      Self.stata.map { _ in .missing(4) },
    ]
    return try TestFile(file.bytes, named: "answers.dta")
  }

  @Test func `what Stata counts from 1960 is read as days and moments`() throws {
    let contents = try contents(try dta())
    for (index, each) in Self.stata.enumerated() {
      #expect(contents.texts["v\(index)"]?[0] == each.text, "\(each.format)")
      #expect(contents.texts["v\(index)"]?[2] == ".d")
    }
    #expect(contents.notes.map(\.id).filter { $0 == "dta.leap-seconds" }.count == 1)
  }

  @Test(arguments: [["csv"], ["dta"], ["csv", "dta", "csv"]])
  func `every format of Stata comes back`(way: [String]) throws {
    let first = try dta()
    var file = first
    for ending in way + ["dta"] { file = try converted(file, to: ending).file }
    try expectSame(first, file)
  }

  @Test func `every format of Stata comes back from SPSS, as far as SPSS has the values`() throws {
    let first = try dta()
    let (file, notes, _) = try converted(first, to: "sav")
    let shown = try contents(file).codebook.variables.map(\.format)
    let back = try contents(try converted(file, to: "dta").file)
    let before = try contents(first)
    for (index, each) in Self.stata.enumerated() {
      #expect(back.texts["v\(index)"]?[0] == each.text, "\(each.format)")
      let old = before.codebook.variables[index].format
      #expect(back.codebook.variables[index].format == old, "\(each.format) \(shown[index] ?? "")")
    }
    #expect(
      notes.filter { $0.id == "convert.loss.formats" }.map(\.text) == [
        "'v12' has the format %th, which SPSS lacks: the values are kept, and shown otherwise",
        "'v22' has the format %21x, which SPSS lacks: the values are kept, and shown otherwise",
      ])
  }

  @Test func `the moment of a leap second is one later in Stata's count`() {
    let leap = StataCalendar.leapClock
    let clock = StataCalendar.clock
    // 2016-12-31T23:59:59 and 2017-01-01T00:00:00, between which a second was put in.
    for (moment, count) in [(1_483_228_799.0, 26.0), (1_483_228_800, 27), (78_796_800, 1), (0, 0)] {
      #expect(leap.inFile(moment) == clock.inFile(moment) + count * 1000)
      #expect(leap.stored(leap.inFile(moment)) == moment)
    }
  }

  // MARK: SAS

  private func xpt() throws -> TestFile {
    var file = XPTBytes(version: 8)
    let formats = [
      ("DATE", 9, 0), ("MMDDYY", 10, 0), ("DDMMYY", 10, 0), ("YYMMDD", 10, 0), ("MONYY", 7, 0),
      ("YYQ", 6, 0), ("DATETIME", 22, 3), ("TIME", 8, 0), ("PERCENT", 8, 1), ("DOLLAR", 10, 2),
      ("COMMA", 12, 2), ("", 8, 2), ("BEST", 12, 0), ("Z", 5, 0), ("YEAR", 4, 0),
    ]
    file.variables = formats.enumerated().map { index, each in
      .init(name: "V\(index)", format: each.0, formatWidth: each.1, decimals: each.2)
    }
    file.rows = [
      [
        .number(23_497), .number(23_497), .number(23_497), .number(23_497), .number(23_497),
        .number(23_467), .number(2_031_568_200.25), .number(45_000), .number(0.455),
        .number(12.5), .number(1234.5), .number(2.25), .number(7), .number(301), .number(23_497),
      ]
    ]
    return try TestFile(file.bytes, named: "answers.xpt")
  }

  @Test func `formats of SAS become those of SPSS and Stata, or are named`() throws {
    let (sav, spssNotes, _) = try converted(try xpt(), to: "sav")
    let spss = try contents(sav)
    #expect(
      try SPSSDictionary(FileBytes(sav.path), encoding: nil, lossy: false).variables.map {
        $0.format.text
      } == [
        "DATE11", "ADATE10", "EDATE10", "SDATE10", "MOYR8", "QYR8", "DATETIME22.3", "TIME8", "F8.1",
        "DOLLAR10.2", "COMMA12.2", "F8.2", "F8.0", "N5", "DATE11",
      ])
    #expect(
      spssNotes.filter { $0.id == "convert.loss.formats" }.map(\.text) == [
        "'V8' has the format PERCENT8.1, which SPSS lacks: the values are kept, and shown otherwise",
        "'V14' has the format YEAR4., which SPSS lacks: the values are kept, and shown otherwise",
      ])
    #expect(spss.texts["V4"] == ["2024-05-01"])
    #expect(spss.texts["V6"] == ["2024-05-17T12:30:00.25"])
    #expect(try spss.variable("V8").format == "PERCENT8.1")
    let (dta, stataNotes, _) = try converted(try xpt(), to: "dta")
    #expect(
      try StataDictionary(FileBytes(dta.path), encoding: nil, lossy: false).variables.map(\.format)
        == [
          "%td", "%tdNN/DD/CCYY", "%tdDD.NN.CCYY", "%tdCCYY/NN/DD", "%tm", "%tq", "%tc", "%10.0g",
          "%8.1f", "%10.2fc", "%12.2fc", "%8.2f", "%8.0g", "%05.0f", "%td",
        ])
    #expect(stataNotes.filter { $0.id == "convert.loss.formats" }.count == 4)
    #expect(try contents(dta).texts["V5"] == ["2024-04-01"])
  }

  // MARK: Odd dates

  private func csv(_ values: [String], _ description: String) throws -> TestFile {
    let file = try TestFile(
      Array("d\n\(values.joined(separator: "\n"))\n".utf8), named: "answers.csv")
    try OutputFile.write(
      Array("vekt: 1\nvariables: {d: \(description)}\n".utf8),
      to: file.folder.appending(path: "answers.codebook.yaml").path)
    return file
  }

  @Test(arguments: ["sav", "dta"])
  func `an odd date does not make the others text`(ending: String) throws {
    let values = ["2024-05-17", "2024-02-30", "unknown", "2024-05-18 12:30", "2024-05-19"]
    let (file, notes, _) = try converted(try csv(values, "{type: date}"), to: ending)
    let result = try contents(file)
    #expect(result.texts["d"] == ["2024-05-17", "", "", "2024-05-18T12:30:00", "2024-05-19"])
    #expect(
      notes.map(\.text) == [
        "'d' is no date in 2 rows, which became missing: '2024-02-30', 'unknown'"
      ])
  }

  @Test func `dates in another way of writing are text, and that is said`() throws {
    let (file, notes, _) = try converted(
      try csv(["17.05.2024", "18.05.2024"], "{type: date}"), to: "sav")
    #expect(try contents(file).texts["d"] == ["17.05.2024", "18.05.2024"])
    #expect(notes.map(\.id) == ["convert.loss.dates"])
  }

  @Test func `a moment too far for a date stands as its seconds, with a word about it`() throws {
    var bytes = SAVBytes()
    bytes.variables = [.init(name: "D", format: 22 << 16 | 20 << 8)]
    bytes.cases = [[.number(6_306_150_067_200)], [.number(13_935_328_200.5)]]
    let first = try TestFile(bytes.bytes)
    let (file, _, data) = try converted(first, to: "csv")
    #expect(
      data.notes.map(\.text) == [
        "'D' is no date of the years 1 to 9999 in 1 row, such as 6293930688000, which counts seconds "
          + "from 1970"
      ])
    try expectSame(first, converted(file, to: "sav").file)
  }

  @Test func `a date with a time of day keeps it`() throws {
    var bytes = SAVBytes()
    bytes.variables = [.init(name: "D", format: 20 << 16 | 11 << 8)]
    bytes.cases = [[.number(Self.moment)], [.number(Self.day)], [.number(99)]]
    let first = try TestFile(bytes.bytes)
    let file = try converted(first, to: "csv").file
    let second = try converted(file, to: "sav").file
    #expect(
      try contents(second).texts["D"] == [
        "2013-01-31T01:02:33.72", "2013-01-31", "1582-10-14T00:01:39",
      ])
    try expectSame(first, second)
  }

  // MARK: Codebooks

  @Test func `a format that shows no such value is a fault of the codebook`() throws {
    func fault(_ description: String) -> String? {
      do {
        _ = try Codebook(parsing: "vekt: 1\nvariables: {d: \(description)}\n", name: "c.yaml")
        return nil
      } catch { return (error as? SurveyError)?.problem }
    }
    #expect(fault("{type: date, format: MOYR8}") == nil)
    #expect(fault("{format: SEXF.}") == nil)
    #expect(
      fault("{type: decimal, format: \"%td\"}") == "the format '%td' shows no value of type decimal"
    )
    #expect(fault("{type: text, format: F8.2}") == "the format 'F8.2' shows no value of type text")
    #expect(fault("{type: date, format: a b}") == "'a b' is no format of SPSS, Stata or SAS")
  }
}
