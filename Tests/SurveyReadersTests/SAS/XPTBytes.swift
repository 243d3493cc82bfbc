import Foundation

/// What stands in a cell of a SAS file.
enum SASCell {
  case number(Double)
  /// `.`, a capital letter or `_`.
  case missing(Character)
  case text(String)
  case bytes([UInt8])
}

/// What is said of a variable in a SAS file.
struct SASField {
  var name: String
  var label = ""
  /// Bytes in a row.
  var width = 8
  var isText = false
  var format = ""
  var formatWidth = 0
  var decimals = 0
}

/// The bytes of a small SAS transport file, from facts about each.
struct XPTBytes {
  /// 5, or 8 with the longer records of versions 8 and 9.
  var version = 5
  var name = "ANSWERS"
  var title = ""
  var variables: [SASField] = []
  var rows: [[SASCell]] = []
  /// 136 on some machines.
  var descriptionSize = 140
  /// What version 8 says of the number of rows; nil is the right one.
  var announcedRows: Int?
  /// Bytes behind the rows: further data sets.
  var further: [UInt8] = []
  /// Whether long labels stand with formats, as in version 9.
  var hasLongFormats = false

  /// One variable with one answer.
  static var small: XPTBytes {
    XPTBytes(variables: [SASField(name: "X")], rows: [[.number(7)]])
  }

  private var isLong: Bool { version > 5 }

  static func padded(_ text: String, _ count: Int) -> [UInt8] {
    SAVBytes.padded(Array(text.utf8.prefix(count)), count)
  }

  private static func filled(_ bytes: [UInt8]) -> [UInt8] {
    SAVBytes.padded(bytes, (bytes.count + 79) / 80 * 80)
  }

  private static func short(_ number: Int) -> [UInt8] {
    [UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)]
  }

  private func header(_ short: String, _ long: String, _ rest: String) -> [UInt8] {
    Self.padded(
      "HEADER RECORD*******"
        + (isLong ? long : short).padding(toLength: 8, withPad: " ", startingAt: 0)
        + "HEADER RECORD!!!!!!!" + rest, 80)
  }

  var bytes: [UInt8] {
    let zeros = String(repeating: "0", count: 30)
    return header("LIBRARY", "LIBV8", zeros)
      + Self.padded("SAS     SAS     SASLIB  9.4     Linux", 80)
      + Self.padded("29NOV26:12:00:00", 80)
      + member + further
  }

  /// The data set with its headers.
  var member: [UInt8] {
    let zeros = String(repeating: "0", count: 30)
    let width = isLong ? 32 : 8
    var out = header("MEMBER", "MEMBV8", "000000000000000001600000000\(descriptionSize)")
    out += header("DSCRPTR", "DSCPTV8", zeros)
    out +=
      Self.padded("SAS     ", 8) + Self.padded(name, width) + Self.padded("SASDATA 9.4", 72 - width)
    out += Self.padded("29NOV26:12:00:00", 32) + Self.padded(title, 40) + Self.padded("", 8)
    let count = String(variables.count)
    out += header(
      "NAMESTR", "NAMSTV8",
      String(repeating: "0", count: 10 - count.count) + count + String(repeating: "0", count: 20))
    out += Self.filled(variables.indices.flatMap(description))
    out += longLabels
    out += header("OBS", "OBSV8", isLong ? String(announcedRows ?? rows.count) : zeros)
    return out + Self.filled(rows.flatMap(row))
  }

  private func offset(of place: Int) -> Int { variables[..<place].reduce(0) { $0 + $1.width } }

  private func description(_ place: Int) -> [UInt8] {
    let variable = variables[place]
    let format =
      Self.padded(variable.format, 8) + Self.short(variable.formatWidth)
      + Self.short(variable.decimals) + [0, 0, 0, 0]
    var out = Self.short(variable.isText ? 2 : 1) + [0, 0] + Self.short(variable.width)
    out += Self.short(place + 1) + Self.padded(variable.name, 8) + Self.padded(variable.label, 40)
    out += format + Self.padded("", 8) + [0, 0, 0, 0]
    out += Self.short(offset(of: place) >> 16) + Self.short(offset(of: place))
    if isLong { out += Self.padded(variable.name, 32) + Self.short(variable.label.utf8.count) }
    return SAVBytes.padded(out, descriptionSize, with: 0)
  }

  private var longLabels: [UInt8] {
    let long = variables.indices.filter { variables[$0].label.utf8.count > 40 }
    guard isLong, !long.isEmpty else { return [] }
    var out = header("", hasLongFormats ? "LABELV9" : "LABELV8", "\(long.count)")
    var stream: [UInt8] = []
    for place in long {
      let variable = variables[place]
      let format = variable.format + "."
      stream += Self.short(place + 1) + Self.short(variable.name.utf8.count)
      stream += Self.short(variable.label.utf8.count)
      if hasLongFormats { stream += Self.short(format.utf8.count) + Self.short(2) }
      stream += Array((variable.name + variable.label).utf8)
      if hasLongFormats { stream += Array((format + "F.").utf8) }
    }
    out += Self.filled(stream)
    return out
  }

  private func row(_ cells: [SASCell]) -> [UInt8] {
    zip(variables, cells).flatMap { variable, cell -> [UInt8] in
      switch cell {
      case .number(let number): return Array(Self.hexadecimal(number).prefix(variable.width))
      case .missing(let tag):
        return SAVBytes.padded(Array(String(tag).utf8), variable.width, with: 0)
      case .text(let text): return SAVBytes.padded(Array(text.utf8), variable.width)
      case .bytes(let bytes): return SAVBytes.padded(bytes, variable.width)
      }
    }
  }

  /// A number as IBM's machines wrote it: a sign, an exponent of 16, and 56 bits behind the point.
  static func hexadecimal(_ number: Double) -> [UInt8] {
    guard number != 0 else { return Array(repeating: 0, count: 8) }
    var (size, exponent) = (abs(number), 64)
    while size >= 1 { (size, exponent) = (size / 16, exponent + 1) }
    while size < 1.0 / 16 { (size, exponent) = (size * 16, exponent - 1) }
    let bits = UInt64(size * 0x1p56) | UInt64(exponent) << 56 | (number < 0 ? 1 << 63 : 0)
    return withUnsafeBytes(of: bits.bigEndian, Array.init)
  }
}
