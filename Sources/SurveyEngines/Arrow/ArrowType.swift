internal import CADBC
internal import SurveyData

/// What the values of an Arrow column are and how they lie in memory.
indirect enum ArrowType: Equatable, Sendable {
  /// Whole numbers of so many bytes.
  case integer(bytes: Int, isSigned: Bool)
  /// Numbers of four bytes.
  case float
  /// Numbers of eight bytes.
  case double
  /// Whole numbers of so many bytes, to be divided by ten to the power of the scale.
  case decimal(bytes: Int, scale: Int)
  /// Texts one after the other; offsets of four or eight bytes.
  case text(isLong: Bool, isNumber: Bool)
  /// Texts that views of 16 bytes point to.
  case textView
  /// Bits.
  case boolean
  /// Days since 1970 in four bytes.
  case days
  /// A count since 1970 in eight bytes, so many a second.
  case moment(ticks: Double, isDate: Bool)
  /// No answers.
  case nothing
  /// Positions in a list of values.
  case dictionary(index: ArrowType, of: ArrowType)

  /// Whether its values are numbers.
  var isNumber: Bool {
    switch self {
    case .integer, .float, .double, .decimal, .boolean, .nothing: true
    case .text(_, let isNumber): isNumber
    case .dictionary(_, let values): values.isNumber
    default: false
    }
  }

  /// Whether its values are texts that somebody wrote, and not days.
  var isText: Bool {
    switch self {
    case .text, .textView: true
    case .dictionary(_, let values): values.isText
    default: false
    }
  }

  /// Reads a column's schema; nil for a type that is no answer.
  init?(_ schema: ArrowSchema) {
    guard let format = schema.format.map({ String(cString: $0) }),
      let type = Self(format: format, metadata: schema.metadata)
    else { return nil }
    guard let dictionary = schema.dictionary else {
      self = type
      return
    }
    guard case .integer = type, let values = ArrowType(dictionary.pointee) else { return nil }
    self = .dictionary(index: type, of: values)
  }

  init?(format: String, metadata: UnsafePointer<CChar>? = nil) {
    let original = metadata.map(ArrowMetadata.init)?.postgresType
    // It comes in the smallest coin, and which that is the server's country says.
    guard original != "money" else { return nil }
    let parts = format.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch parts.first ?? "" {
    case "c": self = .integer(bytes: 1, isSigned: true)
    case "C": self = .integer(bytes: 1, isSigned: false)
    case "s": self = .integer(bytes: 2, isSigned: true)
    case "S": self = .integer(bytes: 2, isSigned: false)
    case "i": self = .integer(bytes: 4, isSigned: true)
    case "I": self = .integer(bytes: 4, isSigned: false)
    case "l": self = .integer(bytes: 8, isSigned: true)
    case "L": self = .integer(bytes: 8, isSigned: false)
    case "f": self = .float
    case "g": self = .double
    case "u", "U":
      // PostgreSQL's exact numbers come as text.
      self = .text(isLong: format == "U", isNumber: original == "numeric")
    case "vu": self = .textView
    case "b": self = .boolean
    case "n": self = .nothing
    case "tdD": self = .days
    case "tdm": self = .moment(ticks: 1e3, isDate: true)
    case "tss": self = .moment(ticks: 1, isDate: false)
    case "tsm": self = .moment(ticks: 1e3, isDate: false)
    case "tsu": self = .moment(ticks: 1e6, isDate: false)
    case "tsn": self = .moment(ticks: 1e9, isDate: false)
    case "d" where parts.count == 2:
      let numbers = parts[1].split(separator: ",").map { Int($0) }
      guard 2...3 ~= numbers.count, let scale = numbers[1], abs(scale) <= 76,
        let bits = numbers.count == 3 ? numbers[2] : 128, [32, 64, 128].contains(bits)
      else { return nil }
      self = .decimal(bytes: bits / 8, scale: scale)
    default: return nil
    }
  }
}

/// The pairs of words that a column carries.
private struct ArrowMetadata {
  private var values: [String: String] = [:]

  /// The type that PostgreSQL's driver made another of; older ones say it for fewer types, by the second name.
  var postgresType: String? { values["POSTGRESQL:type"] ?? values["ADBC:postgresql:typname"] }

  /// Counts and lengths are numbers of four bytes.
  init(_ start: UnsafePointer<CChar>) {
    var place = UnsafeRawPointer(start)
    func number() -> Int {
      defer { place += 4 }
      return max(0, Int(place.loadUnaligned(as: Int32.self)))
    }
    func text() -> String {
      let length = number()
      defer { place += length }
      return String(decoding: UnsafeRawBufferPointer(start: place, count: length), as: UTF8.self)
    }
    for _ in 0..<number() {
      let key = text()
      values[key] = text()
    }
  }
}
