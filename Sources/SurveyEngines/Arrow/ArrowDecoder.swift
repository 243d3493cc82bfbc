internal import CADBC
internal import SurveyData
internal import SurveyReaders

/// Copies one column of a batch out of the driver's memory.
struct ArrowDecoder {
  private let array: ArrowArray
  private let type: ArrowType
  /// The rows that are wanted, counted as the buffers count.
  private let rows: Range<Int>

  /// What is wrong with an array.
  struct Broken: Error { let problem: String }
  /// A value that is no answer.
  struct NoAnswer: Error {
    let problem: String
    let remedy: String

    /// A whole number, such as that of a household, which would become the same as others near it.
    static func tooLong(_ digits: String) -> NoAnswer {
      NoAnswer(
        problem: "\(digits) has more digits than a number holds",
        remedy: "Make a text of it in a view.")
    }

    /// PostgreSQL and DuckDB have dates that are infinite.
    static let endless = NoAnswer(
      problem: "a date is infinite, or not in the years 1 to 9999", remedy: "Mend it in a view.")
  }

  /// - Parameters:
  ///   - array: The column.
  ///   - rows: The rows of the batch; nil means all of the column.
  init(_ array: ArrowArray, _ type: ArrowType, rows: Range<Int>? = nil) throws {
    let rows = rows ?? 0..<Int(max(0, array.length))
    guard array.length >= rows.upperBound, array.offset >= 0 else {
      throw Broken(problem: "it is shorter than its batch")
    }
    self.array = array
    self.type = type
    self.rows = rows.lowerBound + Int(array.offset)..<rows.upperBound + Int(array.offset)
  }

  /// The values.
  func values() throws -> ArrowValues {
    switch type {
    case .nothing: .integers(Array(repeating: nil, count: rows.count))
    case .boolean: try booleans()
    case .integer(let bytes, let isSigned): .integers(try integers(bytes, isSigned))
    case .float: .numbers(try numbers(of: Float.self) { Double($0) })
    case .double: .numbers(try numbers(of: Double.self) { $0 })
    case .decimal(let bytes, let scale): .numbers(try decimals(bytes, scale))
    case .text(let isLong, let isNumber): try texts(isLong, isNumber)
    case .textView: .texts(try views())
    case .days: .texts(try items(of: Int32.self) { try date(Double($0)) })
    case .moment(let ticks, let isDate): .texts(try moments(ticks, isDate))
    case .dictionary(let index, let values): try looked(index, values)
    }
  }

  // MARK: Buffers

  private func buffer(_ index: Int) -> UnsafeRawPointer? {
    index < array.n_buffers ? array.buffers?[index] : nil
  }

  /// A buffer that must be there where there are rows.
  private func required(_ index: Int) throws -> UnsafeRawPointer? {
    let found = buffer(index)
    guard found != nil || rows.isEmpty else { throw Broken(problem: "a buffer is missing") }
    return found
  }

  /// Whether a row has an answer.
  private func validity() -> (Int) -> Bool {
    guard array.null_count != 0, let bits = buffer(0) else { return { _ in true } }
    return { bits.load(fromByteOffset: $0 >> 3, as: UInt8.self) >> UInt8($0 & 7) & 1 == 1 }
  }

  private func items<Item, Value>(
    of _: Item.Type, _ value: (Item) throws -> Value
  ) throws -> [Value?] {
    guard let start = try required(1) else { return [] }
    let isValid = validity()
    let size = MemoryLayout<Item>.stride
    return try rows.map { row in
      isValid(row) ? try value(start.loadUnaligned(fromByteOffset: row * size, as: Item.self)) : nil
    }
  }

  // MARK: Numbers

  private func numbers<Item>(of type: Item.Type, _ value: (Item) -> Double) throws -> [Double] {
    try items(of: type, value).map { $0 ?? .nan }
  }

  private func integers(_ bytes: Int, _ isSigned: Bool) throws -> [Int64?] {
    switch (bytes, isSigned) {
    case (1, true): try items(of: Int8.self) { Int64($0) }
    case (1, false): try items(of: UInt8.self) { Int64($0) }
    case (2, true): try items(of: Int16.self) { Int64($0) }
    case (2, false): try items(of: UInt16.self) { Int64($0) }
    case (4, true): try items(of: Int32.self) { Int64($0) }
    case (4, false): try items(of: UInt32.self) { Int64($0) }
    case (_, true): try items(of: Int64.self) { $0 }
    default:
      try items(of: UInt64.self) { number in
        guard let whole = Int64(exactly: number) else {
          throw NoAnswer.tooLong("\(number)")
        }
        return whole
      }
    }
  }

  private func booleans() throws -> ArrowValues {
    guard let bits = try required(1) else { return .integers([]) }
    let isValid = validity()
    return .integers(
      rows.map { row in
        isValid(row)
          ? Int64(bits.load(fromByteOffset: row >> 3, as: UInt8.self) >> UInt8(row & 7) & 1) : nil
      })
  }

  /// Correctly rounded, by way of the digits where a Double does not hold the whole number.
  private func decimals(_ bytes: Int, _ scale: Int) throws -> [Double] {
    func number(_ unscaled: Int128) throws -> Double {
      // Whole numbers below 2⁵³ and powers of ten up to 10²² are exact, so that one division rounds once.
      if unscaled.magnitude < 1 << 53, 0...22 ~= scale {
        return Double(Int64(unscaled)) / Self.powers[scale]
      }
      guard scale != 0 else { throw NoAnswer.tooLong("\(unscaled)") }
      return Double("\(unscaled)e\(-scale)") ?? .nan
    }
    return switch bytes {
    case 4: try items(of: Int32.self) { try number(Int128($0)) }.map { $0 ?? .nan }
    case 8: try items(of: Int64.self) { try number(Int128($0)) }.map { $0 ?? .nan }
    default: try items(of: Int128.self) { try number($0) }.map { $0 ?? .nan }
    }
  }

  private static let powers = (0...22).map { Double("1e\($0)") ?? .nan }

  // MARK: Texts

  private func texts(_ isLong: Bool, _ isNumber: Bool) throws -> ArrowValues {
    let texts =
      isLong ? try texts(offsets: Int64.self) : try texts(offsets: Int32.self)
    return isNumber ? .numbers(try texts.map(number)) : .texts(texts)
  }

  private func number(_ text: String?) throws -> Double {
    guard let text, let number = Double(text) else { return .nan }
    let isWhole = number.isFinite && !text.contains(".")
    guard !isWhole || number.magnitude < 0x1p53 else { throw NoAnswer.tooLong(text) }
    return number
  }

  private func texts<Offset: FixedWidthInteger>(offsets _: Offset.Type) throws -> [String?] {
    guard let offsets = try required(1) else { return [] }
    let size = MemoryLayout<Offset>.stride
    func place(_ row: Int) -> Int {
      Int(offsets.loadUnaligned(fromByteOffset: row * size, as: Offset.self))
    }
    let isValid = validity()
    let start = buffer(2)
    return try rows.map { row in
      guard isValid(row) else { return nil }
      let (from, to) = (place(row), place(row + 1))
      guard 0 <= from, from <= to, start != nil || from == to else {
        throw Broken(problem: "a text ends before it begins")
      }
      return try text(start.map { $0 + from }, to - from)
    }
  }

  /// A text of up to twelve bytes lies in its view; of a longer one, the view says where it lies.
  private func views() throws -> [String?] {
    guard let views = try required(1) else { return [] }
    let isValid = validity()
    return try rows.map { row in
      guard isValid(row) else { return nil }
      let view = views + row * 16
      func number(_ place: Int) -> Int {
        Int(view.loadUnaligned(fromByteOffset: place, as: Int32.self))
      }
      let length = number(0)
      guard length > 12 else { return try text(view + 4, length) }
      let (index, offset) = (number(8), number(12))
      // The last buffer holds the lengths of those with texts.
      guard index >= 0, offset >= 0, index + 3 < array.n_buffers, let data = buffer(index + 2)
      else {
        throw Broken(problem: "a text lies in a buffer that is not there")
      }
      return try text(data + offset, length)
    }
  }

  private func text(_ start: UnsafeRawPointer?, _ length: Int) throws -> String {
    guard length >= 0 else { throw Broken(problem: "a text ends before it begins") }
    let bytes = UnsafeRawBufferPointer(start: start, count: length)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Broken(problem: "a text is not UTF-8")
    }
    return text
  }

  private func moments(_ ticks: Double, _ isDate: Bool) throws -> [String?] {
    try items(of: Int64.self) { count in
      let seconds = Double(count) / ticks
      let day = try date((seconds / 86_400).rounded(.down))
      return isDate ? day : NumberNotation.datetime.text(seconds)
    }
  }

  /// A day after 1970.
  private func date(_ day: Double) throws -> String {
    guard Self.days ~= day else { throw NoAnswer.endless }
    return NumberNotation.date.text(day)
  }

  /// From the first day of the year 1 to the last of 9999.
  private static let days = -719_162.0...2_932_896.0

  // MARK: Dictionaries

  private func looked(_ index: ArrowType, _ type: ArrowType) throws -> ArrowValues {
    guard let dictionary = array.dictionary?.pointee else {
      throw Broken(problem: "its list of values is missing")
    }
    let values = try ArrowDecoder(dictionary, type).values()
    guard case .integer(let bytes, let isSigned) = index else {
      throw Broken(problem: "its positions are no whole numbers")
    }
    let positions = try integers(bytes, isSigned).map {
      try $0.map { position in
        guard 0..<Int64(values.count) ~= position else {
          throw Broken(problem: "a position is not in its list of values")
        }
        return Int(position)
      }
    }
    return values.taking(positions)
  }
}
