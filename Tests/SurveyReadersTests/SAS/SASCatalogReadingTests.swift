import Foundation
import SurveyData
import Testing

@testable import SurveyReaders

@Suite struct SASCatalogReadingTests {
  /// 64 bits, the most significant byte first, four bytes before the sizes.
  static let shapes = [false, true].flatMap { wide in
    [false, true].flatMap { big in [false, true].map { (wide: wide, big: big, padded: $0) } }
  }

  private static func catalog(_ shape: Int) -> SASCatalogBytes {
    let (wide, big, padded) = shapes[shape]
    return SASCatalogBytes(is64Bit: wide, isBigEndian: big, isPadded: padded)
  }

  /// A folder with a data set of four variables.
  private static func data(_ name: String = "answers.sas7bdat") throws -> TestFile {
    var file = SASDataBytes()
    file.variables = [
      .init(name: "answer", format: "YESNO"),
      .init(name: "sex", width: 4, isText: true, format: "$SEX"),
      .init(name: "age", format: "AGEGRP"), .init(name: "long", format: "A_LONG_FORMAT_NAME"),
    ]
    file.rows = [
      [.number(1), .text("M"), .number(1), .number(0.5)],
      [.number(2), .text("F"), .number(7), .number(-9)],
      [.missing("R"), .text(""), .number(3), .missing("_")],
    ]
    return try TestFile(file.bytes, named: name)
  }

  private static let formats: [SASCatalogBytes.Format] = [
    SASCatalogBytes.Format(
      name: "YESNO",
      labels: [(.number(2), "Nei"), (.number(1), "Ja"), (.missing("R"), "Nekter å svare")]),
    .init(name: "$SEX", labels: [(.text("M"), "Mann"), (.text("F"), "Kvinne")]),
    .init(
      name: "A_LONG_FORMAT_NAME",
      labels: [
        (.number(-9), "Minus ni"), (.number(0.5), "Halv"), (.number(0), "Null"),
        (.missing("_"), "Ikke spurt"),
      ]),
    .init(name: "AGEGRP", labels: [(.number(1), "En"), (.number(3), "Tre")], other: "Andre"),
  ]

  private func open(
    _ catalog: [UInt8], named name: String = "answers.sas7bcat", data: TestFile,
    options: ReadingOptions = ReadingOptions()
  ) throws -> Dataset {
    try Data(catalog).write(to: data.folder.appending(path: name))
    return try Dataset(contentsOf: data.path, options: options)
  }

  private func labels(_ data: Dataset, _ name: String) throws -> [String: String] {
    let variable = try data.variable(name)
    let categories = variable.categories.map { ($0.code, $0.name(in: "und")) }
    return Dictionary(
      categories + variable.missing.map { ($0.text, $0.label.text(in: "und")) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test(arguments: shapes.indices)
  func `every shape of a catalog gives values and missing values their labels`(shape: Int) throws {
    var catalog = Self.catalog(shape)
    // What no page holds goes on on the next, and the index too.
    catalog.formats =
      Self.formats + (0..<40).map { .init(name: "F\($0)_", labels: SASCatalogBytes.yesNo.labels) }
    for encoding: UInt8 in [20, 62] {
      for longest in [4000, 97] {
        (catalog.encoding, catalog.longestStretch) = (encoding, longest)
        let data = try open(catalog.bytes, data: Self.data())
        #expect(try labels(data, "answer") == ["1": "Ja", "2": "Nei", ".r": "Nekter å svare"])
        #expect(try data.variable("answer").missing.map(\.reason) == [.refused])
        #expect(try labels(data, "sex") == ["M": "Mann", "F": "Kvinne"])
        #expect(
          try labels(data, "long")
            == ["-9": "Minus ni", "0": "Null", "0.5": "Halv", "._": "Ikke spurt"])
        #expect(try labels(data, "age") == ["1": "En", "3": "Tre"])
        #expect(try data.categorical("answer").counts().prefix(2) == [1, 1])
        #expect(try data.categorical("sex").categories.map(\.code) == ["M", "F"])
      }
    }
  }

  @Test func `the last of many formats is found through a later page of the index`() throws {
    for shape in Self.shapes.indices {
      var catalog = Self.catalog(shape)
      catalog.formats = (0..<40).map { .init(name: "F\($0)_", labels: [(.number(0), "Null")]) }
      catalog.formats.append(SASCatalogBytes.yesNo)
      let data = try open(catalog.bytes, data: Self.data())
      #expect(try labels(data, "answer") == ["1": "Ja", "2": "Nei"])
    }
  }

  @Test func `what is used is said, and what a catalog lacks`() throws {
    var catalog = SASCatalogBytes()
    catalog.formats = Array(Self.formats.dropFirst())
    let data = try open(catalog.bytes, named: "formats.sas7bcat", data: Self.data())
    let notes = try data.source.read(
      data.codebook.variables.map { ColumnRequest($0, as: .text) }
    ).notes
    #expect(notes.map(\.id) == ["sas.catalog", "sas.format-lacking", "sas.format-ranges"])
    #expect(notes[0].description.contains("formats.sas7bcat: stands beside the data"))
    #expect(notes[1].text.hasPrefix("'answer' is shown by the format YESNO., which '"))
    #expect(notes[2].text.contains("the labels of 1 of 3 entries are not used"))
  }

  /// Ranges by every layout that one could think of, and values that are none.
  static let strangers: [SASCatalogBytes.Value] = [
    .bytes(SASCatalogBytes.big(1) + SASCatalogBytes.big(2)),
    .bytes(Array(repeating: 0, count: 8)), .bytes(Array(repeating: 0xFF, count: 8)),
    .bytes([0x3F, 0xF0]), .bytes(Array(repeating: 0x20, count: 24)), .missing("."),
    .number(1e308),
  ]

  @Test(arguments: strangers.indices)
  func `an entry that is not provably a single value gives no label`(place: Int) throws {
    for shape in Self.shapes.indices {
      var catalog = Self.catalog(shape)
      var format = SASCatalogBytes.yesNo
      format.labels.insert((Self.strangers[place], "Kanskje"), at: 1)
      catalog.formats = [format]
      let data = try open(catalog.bytes, data: Self.data())
      #expect(try labels(data, "answer") == ["1": "Ja", "2": "Nei"])
      let notes = try data.source.read([ColumnRequest(data.variable("answer"), as: .text)]).notes
      #expect(notes.map(\.id).contains("sas.format-ranges"))
    }
  }

  @Test func `texts of more than ten bytes and entries beyond the labels give none`() throws {
    var catalog = SASCatalogBytes()
    catalog.formats = [
      .init(
        name: "$SEX",
        labels: [
          (.text("M"), "Mann"), (.text("abcdeABCDEabcdeA"), "Lang"),
          (.text("**OTHER**"), "Annet"),
        ]),
      .init(
        name: "YESNO", labels: SASCatalogBytes.yesNo.labels, further: [.number(3)]),
    ]
    let data = try open(catalog.bytes, data: Self.data())
    #expect(try labels(data, "sex") == ["M": "Mann"])
    #expect(try labels(data, "answer") == ["1": "Ja", "2": "Nei"])
  }

  @Test func `negative numbers of ReadStat's first writers are read too`() throws {
    var catalog = SASCatalogBytes()
    catalog.formats = [
      .init(name: "YESNO", labels: [(.bytes(SASCatalogBytes.big(9.0.bitPattern)), "Nekter")])
    ]
    #expect(try labels(open(catalog.bytes, data: Self.data()), "answer") == ["-9": "Nekter"])
  }

  // MARK: Which catalog

  @Test func `a catalog that is named goes before those beside the data, and none declines both`()
    throws
  {
    let file = try Self.data()
    var catalog = SASCatalogBytes(formats: [SASCatalogBytes.yesNo])
    _ = try open(catalog.bytes, named: "formats.sas7bcat", data: file)
    catalog.formats[0].labels[0].text = "Yes"
    #expect(try labels(open(catalog.bytes, data: file), "answer")["1"] == "Yes")
    catalog.formats[0].labels[0].text = "Oui"
    var options = ReadingOptions()
    options.file.catalog = file.folder.path + "/other.sas7bcat"
    let named = try open(catalog.bytes, named: "other.sas7bcat", data: file, options: options)
    #expect(try labels(named, "answer")["1"] == "Oui")
    let book = file.folder.appending(path: "book.yaml")
    try Data("vekt: 1\nfile: {catalog: other.sas7bcat}\nvariables: {}\n".utf8).write(to: book)
    let codebook = try Codebook(contentsOf: book.path)
    #expect(try Codebook(parsing: codebook.yaml(), name: "again").file.catalog == "other.sas7bcat")
    let described = try SASSource(
      FileBytes(file.path), codebook: codebook, options: ReadingOptions())
    #expect(
      described.embeddedCodebook.variable(named: "answer")?.categories[0].name(in: "und") == "Oui")
    options.file.catalog = "none"
    #expect(try labels(Dataset(contentsOf: file.path, options: options), "answer").isEmpty)
  }

  @Test func `a damaged catalog beside the data is said, one that is named stops`() throws {
    let file = try Self.data()
    let bytes = Array(SASCatalogBytes(formats: [SASCatalogBytes.yesNo]).bytes.dropLast(4096))
    let data = try open(bytes, data: file)
    #expect(try labels(data, "answer").isEmpty)
    let notes = try data.source.read([ColumnRequest(data.variable("answer"), as: .text)]).notes
    #expect(notes.map(\.id) == ["sas.catalog-unread", "sas.labels-elsewhere"])
    var options = ReadingOptions()
    options.file.catalog = file.folder.path + "/answers.sas7bcat"
    #expect {
      _ = try Dataset(contentsOf: file.path, options: options)
    } throws: { fault in
      (fault as? SurveyError).map(file.shortened)?.hasPrefix(
        "answers.sas7bcat: is cut short or damaged") == true
    }
    options.file.catalog = file.path
    #expect {
      _ = try Dataset(contentsOf: file.path, options: options)
    } throws: { ($0 as? SurveyError)?.problem == "is no catalog of SAS (.sas7bcat)" }
  }

  @Test func `a catalog for data of another kind is refused`() throws {
    let file = try TestFile(Array("a,b\n1,2\n".utf8), named: "a.csv")
    var options = ReadingOptions()
    options.file.catalog = "formats.sas7bcat"
    #expect {
      _ = try Dataset(contentsOf: file.path, options: options)
    } throws: { ($0 as? SurveyError)?.kind == .usage }
  }

  @Test func `labels come through a conversion, of transport files too`() throws {
    let fields = [
      SASField(name: "A", format: "YESNO"),
      SASField(name: "B", width: 4, isText: true, format: "$SEX"),
    ]
    let rows: [[SASCell]] = [[.number(1), .text("M")], [.missing("R"), .text("F")]]
    for (name, bytes) in [
      ("a.sas7bdat", SASDataBytes(variables: fields, rows: rows).bytes),
      ("a.xpt", XPTBytes(variables: fields, rows: rows).bytes),
    ] {
      let file = try TestFile(bytes, named: name)
      let catalog = SASCatalogBytes(formats: Self.formats).bytes
      let data = try open(catalog, named: "formats.sas7bcat", data: file)
      for target in ["b.dta", "b.sav"] {
        let path = file.folder.path + "/" + target
        _ = try data.write(to: path)
        let again = try Dataset(contentsOf: path)
        #expect(try labels(again, "A")["1"] == "Ja")
        #expect(try again.variable("A").missing.first?.label.text(in: "und") == "Nekter å svare")
        #expect(try labels(again, "B")["F"] == (target == "b.dta" ? nil : "Kvinne"))
      }
    }
  }
}
