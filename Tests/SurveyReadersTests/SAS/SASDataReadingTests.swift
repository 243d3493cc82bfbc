import Foundation
import SurveyData
import Testing

@testable import SurveyReaders

@Suite struct SASDataReadingTests {
  /// 64 bits, the most significant byte first, how rows are compressed.
  static let shapes: [(is64Bit: Bool, isBigEndian: Bool, compression: SASDataBytes.Compression?)] =
    [false, true].flatMap { wide in
      [false, true].flatMap { big in
        [nil, .runs, .repetitions].map { (wide, big, $0) }
      }
    }

  /// More rows than a page holds, of numbers of several widths and a text.
  static func sample(_ shape: Int, rows: Int = 300) -> SASDataBytes {
    let (wide, big, compression) = shapes[shape]
    var file = SASDataBytes(
      is64Bit: wide, isBigEndian: big, compression: compression, title: "Prøve")
    file.variables = [
      .init(name: "id", label: "Løpenummer"),
      .init(name: "sex", width: 3, format: "SEXF"),
      .init(name: "amount", format: "COMMA", formatWidth: 12, decimals: 2),
      .init(name: "day", width: 4, format: "DATE", formatWidth: 9),
      .init(name: "story", width: 57, isText: true),
    ]
    file.rows = (0..<rows).map { row -> [SASCell] in
      let number = Double(row)
      let sex: SASCell = row % 7 == 0 ? .missing("R") : .number(Double(row % 3))
      let share: SASCell = row % 11 == 0 ? .missing("_") : .number(number / 10)
      let amount: SASCell = row % 5 == 0 ? .missing(".") : share
      let story = String(repeating: "ab \(row) ø", count: row % 4)
      return [.number(number), sex, amount, .number(23_513 - number), .text(story)]
    }
    return file
  }

  @Test(arguments: shapes.indices)
  func `both widths, both byte orders and every compression give the same answers`(shape: Int)
    throws
  {
    let contents = try Contents(sas: Self.sample(shape).bytes)
    #expect(contents.texts["id"] == (0..<300).map { "\($0)" })
    #expect(contents.texts["sex"] == (0..<300).map { $0 % 7 == 0 ? ".r" : "\($0 % 3)" })
    #expect(
      contents.texts["amount"]
        == (0..<300).map { row -> String in
          if row % 5 == 0 { return "" }
          return row % 11 == 0 ? "._" : "\(Double(row) / 10)"
        })
    #expect(contents.texts["day"]?[0] == "2024-05-17")
    #expect(contents.texts["day"]?[17] == "2024-04-30")
    #expect(
      contents.texts["story"] == (0..<300).map { String(repeating: "ab \($0) ø", count: $0 % 4) })
    #expect(contents.codebook.study.title.text(in: "und") == "Prøve")
    #expect(contents.codebook.file.format == "sas7bdat")
    #expect(try contents.variable("id").label.text(in: "und") == "Løpenummer")
    #expect(try contents.variable("sex").missing.isEmpty)
    #expect(contents.notes.map(\.id) == ["sas.labels-elsewhere"])
    #expect(contents.notes[0].text.contains("'sex' is shown by the format SEXF."))
  }

  @Test(arguments: shapes.indices)
  func `only what is wanted is decoded, as numbers too`(shape: Int) throws {
    let file = try TestFile(Self.sample(shape).bytes, named: "a.sas7bdat")
    let data = try Dataset(contentsOf: file.path)
    #expect(try data.rowCount == 300)
    #expect(try data.numeric("amount").values[1] == 0.1)
    #expect(
      try data.numeric("amount").missingCode(of: data.numeric("amount").values[11])?.text == "._")
    #expect(try data.categorical("sex").missing.map(\.reason).contains(.refused))
    #expect(data.source.facts.detail.hasPrefix(Self.shapes[shape].is64Bit ? "64 bit" : "32 bit"))
  }

  @Test func `a header without padding is read too`() throws {
    var file = Self.sample(0)
    file.isPadded = false
    #expect(try Contents(sas: file.bytes).texts["id"]?.count == 300)
  }

  @Test(arguments: shapes.indices.filter { shapes[$0].compression == nil })
  func `rows that are marked as deleted are left out, and said`(shape: Int) throws {
    var file = Self.sample(shape)
    file.deleted = [0, 7, 8, 60, 299]
    let contents = try Contents(sas: file.bytes)
    #expect(contents.texts["id"] == (0..<300).filter { !file.deleted.contains($0) }.map { "\($0)" })
    let note = try #require(contents.notes.first)
    #expect(note.id == "sas.deleted-rows")
    #expect(note.text == "5 rows are marked as deleted, and left out")
    file.announcedDeletions = 4
    #expect(
      try refusal(ofSAS: file.bytes)?.contains("marks 5 rows as deleted, but announces 4") == true)
  }

  @Test(arguments: shapes.indices)
  func `more rows announced than held are an error, fewer a warning`(shape: Int) throws {
    var file = Self.sample(shape, rows: 50)
    file.announcedRows = 51
    #expect(try refusal(ofSAS: file.bytes)?.contains("it announces 51 rows, but holds 50") == true)
    file.announcedRows = 49
    let contents = try Contents(sas: file.bytes)
    #expect(contents.texts["id"]?.count == 49)
    #expect(contents.notes.map(\.id).contains("sas.rows-left"))
  }

  @Test func `pages that are not there are an error`() throws {
    let bytes = Self.sample(6).bytes
    let pages = (bytes.count - 1024) / 4096
    #expect(
      try refusal(ofSAS: Array(bytes.dropLast(4096))) == """
        answers.sas7bdat: is cut short or damaged: it announces \(pages) pages, but holds \(pages - 1)
              Fetch it again.
        """)
  }

  static let encodings: [(number: UInt8, bytes: [UInt8], text: String)] = [
    (20, Array("Bodø".utf8), "Bodø"), (29, [0x42, 0xF8], "Bø"), (62, [0x80], "€"),
    (61, [0xCC, 0xF3, 0xE6], "Муж"), (138, [0x92, 0x6A], "男"), (140, [0xB3, 0xB2], "남"),
    (42, [0x9B], "ø"), (0, [0x42, 0xF8], "Bø"),
  ]

  @Test(arguments: encodings.indices)
  func `the number of an encoding says what text is`(place: Int) throws {
    let (number, bytes, text) = Self.encodings[place]
    var file = SASDataBytes(encoding: number)
    file.variables = [.init(name: "a", width: 8, isText: true)]
    file.rows = [[.bytes(bytes)]]
    #expect(try Contents(sas: file.bytes).texts["a"] == [text])
  }

  @Test func `an encoding that nobody knows is said, and can be stated`() throws {
    var file = SASDataBytes(encoding: 199)
    file.variables = [.init(name: "a", width: 8, isText: true)]
    file.rows = [[.bytes([0x9B])]]
    #expect(try Contents(sas: file.bytes).notes.first?.id == "sas.unknown-encoding")
    var options = ReadingOptions()
    options.file.encoding = "cp850"
    let stated = try Contents(sas: file.bytes, options: options)
    #expect(stated.texts["a"] == ["ø"])
    #expect(stated.notes.isEmpty)
  }

  @Test func `infinite numbers are missing, and said`() throws {
    var file = SASDataBytes()
    file.variables = [.init(name: "a")]
    file.rows = [[.number(.infinity)], [.number(1)], [.number(.nan)]]
    let contents = try Contents(sas: file.bytes)
    #expect(contents.texts["a"] == ["", "1", ""])
    #expect(contents.notes.map(\.id) == ["sas.infinite"])
    #expect(contents.notes[0].text.contains("in 1 row"))
  }

  @Test(arguments: [false, true], [3, 4, 5, 6, 7, 8])
  func `every missing value of SAS is told from the others`(isBigEndian: Bool, width: Int) throws {
    var file = SASDataBytes(isBigEndian: isBigEndian)
    file.variables = [.init(name: "a", width: width)]
    let tags = Array("._ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    // Some programs store the complement of the character itself.
    let other = Double(bitPattern: 0xFFFF_0000_0000_0000 | UInt64(~UInt8(ascii: "Q")) << 40)
    file.rows = tags.map { [.missing($0)] } + [[.number(other)], [.number(2)]]
    let texts = try Contents(sas: file.bytes).texts["a"]
    #expect(texts == ["", "._"] + tags.dropFirst(2).map { "." + $0.lowercased() } + [".q", "2"])
  }

  @Test(arguments: shapes.indices)
  func `long texts are whole`(shape: Int) throws {
    let (wide, big, compression) = Self.shapes[shape]
    var file = SASDataBytes(is64Bit: wide, isBigEndian: big, compression: compression)
    file.variables = [.init(name: "n"), .init(name: "story", isText: true)]
    let stories = (0..<5).map { number in
      (0..<number * 400).map { "\($0 * $0 % 97) blåbær " }.joined()
    }
    file.rows = stories.enumerated().map { [.number(Double($0.offset)), .text($0.element)] }
    file.variables[1].width = stories.map(\.utf8.count).max() ?? 0
    file.pageSize = file.variables[1].width + 4096
    let trimmed = stories.map { $0.isEmpty ? $0 : String($0.dropLast()) }
    #expect(try Contents(sas: file.bytes).texts["story"] == trimmed)
  }

  // MARK: Compression

  /// Every command with its shortest and a longer length.
  static let commands: [(compression: SASCompression, packed: [UInt8], row: [UInt8])] = [
    (.runs, [0x00, 0x01] + letters(65), letters(65)),
    (.runs, [0x01, 0x00] + letters(320), letters(320)),
    (.runs, [0x10, 0x00] + letters(4160), letters(4160)),
    (.runs, [0x21] + letters(97), letters(97)),
    (.runs, [0x41, 0x02, 0x58], fill(0x58, 276)),
    (.runs, [0x51, 0x02], fill(0x40, 275)), (.runs, [0x60, 0x00], fill(0x20, 17)),
    (.runs, [0x70, 0x05], fill(0, 22)), (.runs, [0x8F] + letters(16), letters(16)),
    (.runs, [0x90] + letters(17), letters(17)), (.runs, [0xA0] + letters(33), letters(33)),
    (.runs, [0xBF] + letters(64), letters(64)), (.runs, [0xC0, 0x58], fill(0x58, 3)),
    (.runs, [0xDF], fill(0x40, 17)), (.runs, [0xE0], fill(0x20, 2)), (.runs, [0xF0], fill(0, 2)),
    (.repetitions, [0, 0] + letters(16), letters(16)),
    (.repetitions, [0x80, 0, 0x0F, 0x58], fill(0x58, 18)),
    (.repetitions, [0x80, 0, 0x11, 0x01, 0x58], fill(0x58, 36)),
    (.repetitions, [0x10, 0, 1, 2, 3, 0x30, 0x00], [1, 2, 3, 1, 2, 3]),
    (.repetitions, [0x10, 0, 1, 2, 3, 0x20, 0x00, 0x01], (0..<20).map { [1, 2, 3][$0 % 3] }),
    (.repetitions, [0x04, 0, 1, 2, 3, 4, 5, 0x52, 0x00], [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]),
  ]

  private static func letters(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(65 + $0 % 26) } }
  private static func fill(_ byte: UInt8, _ count: Int) -> [UInt8] {
    Array(repeating: byte, count: count)
  }

  private func expanded(_ compression: SASCompression, _ packed: [UInt8], _ count: Int) -> [UInt8]?
  {
    var row = [UInt8](repeating: 0xEE, count: count)
    let isWhole = row.withUnsafeMutableBytes { target in
      packed.withUnsafeBytes { compression.expand($0, into: target) }
    }
    return isWhole ? row : nil
  }

  @Test(arguments: commands.indices)
  func `every command of both compressions`(place: Int) {
    let (compression, packed, row) = Self.commands[place]
    #expect(expanded(compression, packed, row.count) == row)
    #expect(expanded(compression, packed, row.count + 1) == nil)
    #expect(expanded(compression, packed, row.count - 1) == nil)
    #expect(expanded(compression, packed.dropLast(), row.count) == nil)
  }

  @Test func `what reaches before the row, or is no command, is refused`() {
    #expect(expanded(.repetitions, [0x80, 0, 0x30, 0x00], 3) == nil)
    #expect(expanded(.runs, [0x30], 1) == nil)
  }

  @Test func `a row that cannot be unpacked is named`() throws {
    var file = SASDataBytes(compression: .runs)
    file.variables = [.init(name: "a", width: 40, isText: true)]
    file.rows = [[.text("x")], [.text("yy")]]
    var bytes = file.bytes
    // The second row's command that fills with blanks, made one blank longer.
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: [0x81, 0x79, 0x79]) })
    bytes[place + 4] += 1
    #expect(
      try refusal(ofSAS: bytes)
        == "answers.sas7bdat: is damaged: row 2 cannot be unpacked\n      Fetch it again.")
  }
}
