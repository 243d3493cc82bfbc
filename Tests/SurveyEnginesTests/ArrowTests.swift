import CTestDriver
import SurveyData
import Testing

@testable import SurveyEngines

private typealias Columns = ArrowColumns

@Suite struct `Columns of Arrow` {
  @Test func `whole numbers of every width are read`() throws {
    #expect(try Columns.values(Columns.fixed("c", [-1, 127] as [Int8])) == .integers([-1, 127]))
    #expect(try Columns.values(Columns.fixed("C", [0, 255] as [UInt8])) == .integers([0, 255]))
    #expect(try Columns.values(Columns.fixed("s", [-1, 300] as [Int16])) == .integers([-1, 300]))
    #expect(
      try Columns.values(Columns.fixed("S", [0, 65_535] as [UInt16])) == .integers([0, 65_535]))
    #expect(
      try Columns.values(Columns.fixed("i", [-1, 70_000] as [Int32])) == .integers([-1, 70_000]))
    #expect(
      try Columns.values(Columns.fixed("I", [0, 4_294_967_295] as [UInt32]))
        == .integers([0, 4_294_967_295]))
    let large = [Int64.max, .min]
    #expect(try Columns.values(Columns.fixed("l", large)) == .integers(large))
    #expect(try Columns.values(Columns.fixed("L", [5, 6] as [UInt64])) == .integers([5, 6]))
  }

  @Test func `a number beyond 2⁶³ is an error by column`() {
    #expect(throws: SurveyError.self) { try Columns.values(Columns.fixed("L", [UInt64.max])) }
  }

  @Test func `rows without an answer are known by their bits, whether they were counted or not`()
    throws
  {
    let valid = [true, false, true]
    let column = Columns.fixed("i", [1, 2, 3] as [Int32], valid: valid)
    #expect(try Columns.values(column) == .integers([1, nil, 3]))
    var counted = column
    counted.null_count = 1
    #expect(try Columns.values(counted) == .integers([1, nil, 3]))
    var none = column
    none.null_count = 0
    #expect(try Columns.values(none) == .integers([1, 2, 3]))
  }

  @Test func `offsets of a batch and of its columns add up`() throws {
    let valid = (0..<12).map { $0 != 9 }
    let column = Columns.fixed("l", (0..<12).map { Int64($0) }, valid: valid, offset: 5)
    let result = try Columns.read(Columns.answer([column], length: 4, offset: 3))
    #expect(result.columns[0].values == .integers([8, nil, 10, 11]))
    let texts = Columns.texts(["a", "bb", nil, "dddd"])
    var later = texts
    (later.offset, later.length) = (1, 3)
    #expect(try Columns.values(later) == .texts(["bb", nil, "dddd"]))
  }

  @Test func `numbers with decimals are read, and NaN is no answer`() throws {
    guard case .numbers(let floats) = try Columns.values(Columns.fixed("f", [0.5, Float.nan]))
    else {
      Issue.record("no numbers")
      return
    }
    #expect(floats[0] == 0.5 && floats[1].isNaN)
    #expect(try Columns.values(Columns.fixed("g", [0.1, 1e300])) == .numbers([0.1, 1e300]))
  }

  @Test func `decimals are the nearest numbers to their digits`() throws {
    #expect(
      try Columns.values(Columns.fixed("d:5,1", [1, -15] as [Int128])) == .numbers([0.1, -1.5]))
    let long: Int128 = 123_456_789_012_345_678_901_234_567_890
    #expect(
      try Columns.values(Columns.fixed("d:38,10", [long]))
        == .numbers([12_345_678_901_234_567_890.123456789]))
    #expect(
      try Columns.values(Columns.fixed("d:38,0", [20_000_000] as [Int128])) == .numbers([2e7]))
    #expect(try Columns.values(Columns.fixed("d:9,2,32", [314] as [Int32])) == .numbers([3.14]))
    #expect(
      try Columns.values(Columns.fixed("d:18,3,64", [9_007_199_254_740_993] as [Int64]))
        == .numbers([9_007_199_254_740.993]))
    #expect(try Columns.values(Columns.fixed("d:5,-2", [3] as [Int128])) == .numbers([300]))
  }

  @Test func `texts are read with short and long offsets`() throws {
    #expect(
      try Columns.values(Columns.texts(["ja", nil, "", "blåbær"]))
        == .texts(["ja", nil, "", "blåbær"]))
    let long = Columns.column(
      "U", length: 2,
      [nil, Columns.bytes([0, 2, 5] as [Int64]), Columns.bytes(Array("janei".utf8))])
    #expect(try Columns.values(long) == .texts(["ja", "nei"]))
  }

  @Test func `texts that views point to are read`() throws {
    func view(_ text: String, at place: (buffer: Int32, offset: Int32)? = nil) -> [UInt8] {
      let bytes = Array(text.utf8)
      var view = withUnsafeBytes(of: Int32(bytes.count)) { Array($0) }
      if let place {
        view += bytes.prefix(4)
        view +=
          withUnsafeBytes(of: place.buffer) { Array($0) }
          + withUnsafeBytes(of: place.offset) { Array($0) }
      } else {
        view += bytes + Array(repeating: 0, count: 12 - bytes.count)
      }
      return view
    }
    let long = "a text of more than twelve"
    let data = Array("..\(long)".utf8)
    let lengths = Columns.bytes([Int64(data.count)])
    func column(_ place: (Int32, Int32)) -> TestColumn {
      Columns.column(
        "vu", length: 3,
        [
          Columns.bits([true, false, true]),
          Columns.bytes(view("twelve bytes") + view("") + view(long, at: place)),
          Columns.bytes(data), lengths,
        ])
    }
    #expect(try Columns.values(column((0, 2))) == .texts(["twelve bytes", nil, long]))
    #expect(throws: SurveyError.self) { try Columns.values(column((1, 0))) }
  }

  @Test func `booleans are 1 and 0, days and moments are ISO texts`() throws {
    let flags = Columns.column(
      "b", length: 3, [Columns.bits([true, true, false]), Columns.bits([true, false, true])])
    #expect(try Columns.values(flags) == .integers([1, 0, nil]))
    #expect(
      try Columns.values(Columns.fixed("tdD", [19_860, -1] as [Int32]))
        == .texts(["2024-05-17", "1969-12-31"]))
    #expect(
      try Columns.values(Columns.fixed("tdm", [86_400_000] as [Int64])) == .texts(["1970-01-02"]))
    #expect(
      try Columns.values(Columns.fixed("tsu:UTC", [1_715_948_400_250_000] as [Int64]))
        == .texts(["2024-05-17T12:20:00.25"]))
    #expect(
      try Columns.values(Columns.fixed("tss:", [0] as [Int64])) == .texts(["1970-01-01T00:00:00"]))
  }

  @Test func `a list of values is looked up, with no answers of its own and of the positions`()
    throws
  {
    let list = Columns.texts(["lav", nil, "høy"])
    let column = Columns.fixed(
      "C", [2, 0, 1, 0] as [UInt8], valid: [true, true, true, false], dictionary: list)
    #expect(try Columns.values(column) == .texts(["høy", "lav", nil, nil]))
    let beyond = Columns.fixed("c", [3] as [Int8], dictionary: list)
    #expect(throws: SurveyError.self) { try Columns.values(beyond) }
  }

  /// What PostgreSQL's driver says of the type that it made a text or a number of.
  private func metadata(_ key: String, _ value: String) -> UnsafePointer<CChar> {
    var bytes = withUnsafeBytes(of: Int32(1)) { Array($0) }
    for word in [key, value] {
      bytes += withUnsafeBytes(of: Int32(word.utf8.count)) { Array($0) } + Array(word.utf8)
    }
    return UnsafePointer(Columns.copy(bytes.map { CChar(bitPattern: $0) }))
  }

  @Test(arguments: ["POSTGRESQL:type", "ADBC:postgresql:typname"])
  func `exact numbers of PostgreSQL come as text and are numbers`(_ key: String) throws {
    let texts = ["0.10", nil, "nan", "-2.50", "12345678901234567890.5", "inf", "1"]
    let column = Columns.texts(texts, metadata: metadata(key, "numeric"))
    guard case .numbers(let numbers) = try Columns.values(column) else {
      Issue.record("no numbers")
      return
    }
    #expect(numbers[0] == 0.1 && numbers[1].isNaN && numbers[2].isNaN)
    #expect(numbers.dropFirst(3) == [-2.5, 12_345_678_901_234_567_890.5, .infinity, 1])
  }

  @Test func `whole numbers that a Double would make equal are an error`() {
    let long = "12345678901234567891"
    let numeric = metadata("POSTGRESQL:type", "numeric")
    for column in [
      Columns.texts(["1", long], metadata: numeric), Columns.fixed("L", [UInt64(long) ?? 0]),
      Columns.fixed("d:38,0", [Int128(long) ?? 0]),
    ] {
      #expect(
        message { try Columns.values(column) } == """
          a: \(long) has more digits than a number holds
                Make a text of it in a view.
          """)
    }
  }

  @Test func `days without an end are an error, and the first and the last day are days`() throws {
    #expect(
      try Columns.values(Columns.fixed("tdD", [-719_162, 2_932_896] as [Int32]))
        == .texts(["0001-01-01", "9999-12-31"]))
    for column in [
      Columns.fixed("tdD", [Int32.max]), Columns.fixed("tdD", [-719_163] as [Int32]),
      Columns.fixed("tsu:UTC", [Int64.min]), Columns.fixed("tdm", [Int64.max]),
    ] {
      #expect(
        message { try Columns.values(column) } == """
          a: a date is infinite, or not in the years 1 to 9999
                Mend it in a view.
          """)
    }
  }

  @Test func `money of PostgreSQL is no answer, since it comes as coins of some kind`() throws {
    let column = Columns.column(
      "l", length: 1, [nil, Columns.bytes([500] as [Int64])],
      metadata: metadata("POSTGRESQL:type", "money"))
    #expect(try Columns.read(Columns.answer([column])).columns[0].type == nil)
  }

  @Test func `no answers at all are read, and so are batches that follow each other`() throws {
    #expect(try Columns.values(Columns.column("n", length: 2, [])) == .integers([nil, nil]))
    let result = try Columns.read(
      Columns.answer([
        Columns.batch([Columns.texts(["a"])]), Columns.batch([Columns.texts([])]),
        Columns.batch([Columns.texts(["b", "c"])]),
      ]))
    #expect(result.rowCount == 3)
    #expect(result.columns[0].values == .texts(["a", "b", "c"]))
  }

  @Test(arguments: ["z", "+l", "+s", "tiM", "tts", "r", "d:5", "w:4", ""])
  func `a type that is no answer is known as none, and not read`(_ format: String) throws {
    let result = try Columns.read(Columns.answer([Columns.column(format, length: 1, [nil])]))
    #expect(result.columns[0].type == nil)
    #expect(result.columns[0].format == format)
  }

  @Test func `broken columns are errors and never read`() {
    let backwards = Columns.column(
      "u", length: 1, [nil, Columns.bytes([4, 1] as [Int32]), Columns.bytes([UInt8(65)])])
    let short = Columns.answer([Columns.fixed("i", [1] as [Int32])], length: 2)
    let bare = Columns.column("i", length: 1, [nil])
    let latin = Columns.column(
      "u", length: 1, [nil, Columns.bytes([0, 1] as [Int32]), Columns.bytes([UInt8(0xE5)])])
    for answer in [
      Columns.answer([backwards]), short, Columns.answer([bare]), Columns.answer([latin]),
    ] {
      #expect(throws: SurveyError.self) { try Columns.read(answer) }
    }
  }

  @Test func `what came before a stream broke off is not used`() {
    let answer = Columns.answer([Columns.batch([Columns.texts(["a"])])], breaksAfter: 1)
    #expect(throws: DriverFault.self) { try Columns.read(answer) }
  }
}
