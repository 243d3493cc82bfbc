internal import SurveyData

/// Reads JSON strictly, as RFC 8259 has it, within limits of depth.
struct JSONParser {
  private let bytes: [UInt8]
  private var place = 0
  /// The file's name, for places.
  private let name: String

  private static let deepest = 200

  /// Reads a text that holds one value.
  /// - Throws: ``SurveyError`` of kind data with the line of the fault.
  static func value(of text: String, name: String) throws -> JSONValue {
    var parser = JSONParser(bytes: Array(text.utf8), name: name)
    if parser.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.place = 3 }
    let value = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.place == parser.bytes.count else {
      throw parser.fault("something follows the end of the notebook")
    }
    return value
  }

  private init(bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  private func fault(_ problem: String) -> SurveyError {
    let line = 1 + bytes[..<min(place, bytes.count)].count { $0 == UInt8(ascii: "\n") }
    return SurveyError(
      .data, at: "\(name):\(line)", "\(problem), so it is not JSON",
      remedy: "A Jupyter notebook is JSON; save it again from Jupyter.")
  }

  private mutating func skipBlanks() {
    while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private mutating func takes(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) throws -> JSONValue {
    guard depth < Self.deepest else { throw fault("values stand too deep in each other") }
    skipBlanks()
    guard place < bytes.count else { throw fault("the file ends too early") }
    switch bytes[place] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .flag(true))
    case UInt8(ascii: "f"): return try word("false", .flag(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws -> JSONValue {
    place += 1
    var members: [JSONValue.Member] = []
    guard !takes("}") else { return .object([]) }
    repeat {
      skipBlanks()
      guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
        throw fault("a member has no name in quotation marks")
      }
      let name = try text()
      guard takes(":") else { throw fault("a colon is missing behind '\(name)'") }
      members.append(JSONValue.Member(name: name, value: try value(depth: depth + 1)))
    } while takes(",")
    guard takes("}") else { throw fault("a brace is never closed") }
    return .object(members)
  }

  private mutating func list(depth: Int) throws -> JSONValue {
    place += 1
    guard !takes("]") else { return .list([]) }
    var values: [JSONValue] = []
    repeat { values.append(try value(depth: depth + 1)) } while takes(",")
    guard takes("]") else { throw fault("a bracket is never closed") }
    return .list(values)
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws -> JSONValue {
    guard bytes[place...].starts(with: word.utf8) else { throw fault("a word is not known") }
    place += word.utf8.count
    return value
  }

  private mutating func number() throws -> JSONValue {
    let start = place
    while place < bytes.count, "+-.eE0123456789".utf8.contains(bytes[place]) { place += 1 }
    let written = String(decoding: bytes[start..<place], as: UTF8.self)
    guard written.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil else {
      throw fault("a value is missing")
    }
    return .number(written)
  }

  private mutating func text() throws -> String {
    place += 1
    var out: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: out, as: UTF8.self) else {
          throw fault("a text is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): try escape(into: &out)
      case 0..<0x20: throw fault("a text holds a control character")
      default: out.append(byte)
      }
    }
    throw fault("a quotation mark is never closed")
  }

  private mutating func escape(into out: inout [UInt8]) throws {
    guard place < bytes.count else { throw fault("the file ends within a text") }
    let byte = bytes[place]
    place += 1
    switch byte {
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "u"):
      var scalar = try hexadecimal()
      if (0xD800..<0xDC00).contains(scalar), bytes[place...].starts(with: "\\u".utf8) {
        place += 2
        let low = try hexadecimal()
        scalar = 0x10000 + ((scalar & 0x3FF) << 10) + (low & 0x3FF)
      }
      out += Array(String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
    default: throw fault("a backslash stands before '\(Character(Unicode.Scalar(byte)))'")
    }
  }

  private mutating func hexadecimal() throws -> UInt32 {
    let end = min(place + 4, bytes.count)
    guard let value = UInt32(String(decoding: bytes[place..<end], as: UTF8.self), radix: 16),
      end == place + 4
    else { throw fault("\\u is not followed by four digits") }
    place = end
    return value
  }
}
