/// The bytes of a small Stata file of any format, from facts about each.
struct DTABytes {
  enum Kind { case byte, int, long, float, double, text(Int), longText }

  enum Cell {
    case number(Double)
    /// `.` is 0, `.a` 1.
    case missing(Int)
    case text(String)
  }

  struct Variable {
    var name: String
    var kind: Kind
    var label = ""
    var format = "%9.0g"
    var labels = ""
  }

  var version: Int
  /// Bytes behind the end.
  var trailing: [UInt8] = []
  /// Whether text is UTF-8 where the format has windows-1252.
  var isUnicode = false
  var isBigEndian = false
  var fileLabel = ""
  var variables: [Variable] = []
  var rows: [[Cell]] = []
  /// Labels; a value of nil with a tag is a missing value's.
  var labelSets: [(name: String, labels: [(value: Int, label: String)])] = []
  var characteristics: [(variable: String, name: String, text: String)] = []

  var isTagged: Bool { version >= 117 }

  func integer<T: FixedWidthInteger>(_ value: Int, _ type: T.Type) -> [UInt8] {
    let raw = T(truncatingIfNeeded: value)
    return withUnsafeBytes(of: isBigEndian ? raw.bigEndian : raw.littleEndian, Array.init)
  }

  /// Text in the format's own encoding, padded with NULs.
  func text(_ text: String, _ width: Int) -> [UInt8] {
    SAVBytes.padded(encoded(text), width, with: 0)
  }

  func encoded(_ text: String) -> [UInt8] {
    version >= 118 || isUnicode ? Array(text.utf8) : SAVBytes.latin1(text)
  }

  private var nameWidth: Int { version >= 118 ? 129 : version >= 110 ? 33 : 9 }
  private var labelWidth: Int { version >= 118 ? 321 : version >= 108 ? 81 : 32 }

  private func tagged(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    isTagged ? Array("<\(name)>".utf8) + bytes + Array("</\(name)>".utf8) : bytes
  }

  /// The whole file.
  var bytes: [UInt8] {
    guard isTagged else {
      return header + descriptors + characteristicBytes + data + labelBytes + trailing
    }
    let start = Array("<stata_dta>".utf8) + header
    let mapSize = "<map></map>".utf8.count + 14 * 8
    var places = [0, start.count]
    var body: [UInt8] = []
    for section in sections {
      places.append(start.count + mapSize + body.count)
      body += section
    }
    let end = Array("</stata_dta>".utf8)
    places.append(start.count + mapSize + body.count)
    places.append(start.count + mapSize + body.count + end.count)
    return start + tagged("map", places.flatMap { integer($0, UInt64.self) }) + body + end
  }

  private var sections: [[UInt8]] {
    [
      types, names, sortList, formats, labelNames, labels,
      tagged("characteristics", characteristicBytes), tagged("data", data),
      tagged("strls", longTexts), tagged("value_labels", labelBytes),
    ]
  }

  private var header: [UInt8] {
    guard isTagged else {
      return [UInt8(version), isBigEndian ? 1 : 2, 1, 0] + integer(variables.count, UInt16.self)
        + (version == 102 ? integer(rows.count, Int16.self) : integer(rows.count, Int32.self))
        + text(fileLabel, labelWidth) + (version >= 105 ? text("17 May 2024", 18) : [])
    }
    let label = encoded(fileLabel)
    return tagged(
      "header",
      tagged("release", Array("\(version)".utf8))
        + tagged("byteorder", Array((isBigEndian ? "MSF" : "LSF").utf8))
        + tagged(
          "K",
          version >= 119
            ? integer(variables.count, UInt32.self) : integer(variables.count, UInt16.self))
        + tagged(
          "N",
          version >= 118 ? integer(rows.count, UInt64.self) : integer(rows.count, UInt32.self))
        + tagged(
          "label",
          (version >= 118
            ? integer(label.count, UInt16.self) : integer(label.count, UInt8.self)) + label)
        + tagged("timestamp", [0]))
  }

  private var descriptors: [UInt8] { types + names + sortList + formats + labelNames + labels }

  private var types: [UInt8] {
    tagged("variable_types", variables.flatMap { code(of: $0.kind) })
  }

  private func code(of kind: Kind) -> [UInt8] {
    let codes: (byte: Int, int: Int, long: Int, float: Int, double: Int) =
      isTagged
      ? (65_530, 65_529, 65_528, 65_527, 65_526)
      : version >= 111 ? (251, 252, 253, 254, 255) : (0x62, 0x69, 0x6C, 0x66, 0x64)
    let code =
      switch kind {
      case .byte: codes.byte
      case .int: codes.int
      case .long: codes.long
      case .float: codes.float
      case .double: codes.double
      case .text(let width): version >= 111 ? width : width + 127
      case .longText: 32_768
      }
    return isTagged ? integer(code, UInt16.self) : [UInt8(code)]
  }

  private var names: [UInt8] { tagged("varnames", variables.flatMap { text($0.name, nameWidth) }) }

  private var sortList: [UInt8] {
    let width = version >= 119 ? 4 : 2
    return tagged("sortlist", Array(repeating: 0, count: (variables.count + 1) * width))
  }

  private var formats: [UInt8] {
    let width = version >= 118 ? 57 : version >= 114 ? 49 : version >= 105 ? 12 : 7
    return tagged("formats", variables.flatMap { text($0.format, width) })
  }

  private var labelNames: [UInt8] {
    tagged("value_label_names", variables.flatMap { text($0.labels, nameWidth) })
  }

  private var labels: [UInt8] {
    tagged("variable_labels", variables.flatMap { text($0.label, labelWidth) })
  }

  private var characteristicBytes: [UInt8] {
    var out: [UInt8] = []
    for (variable, name, content) in characteristics {
      let bytes = text(variable, nameWidth) + text(name, nameWidth) + encoded(content) + [0]
      if isTagged {
        out += tagged("ch", integer(bytes.count, UInt32.self) + bytes)
      } else {
        out += [1] + length(bytes.count) + bytes
      }
    }
    return isTagged || version < 105 ? out : out + [0] + length(0)
  }

  private func length(_ count: Int) -> [UInt8] {
    version >= 110 ? integer(count, Int32.self) : integer(count, Int16.self)
  }

  // MARK: Rows

  private var data: [UInt8] {
    rows.enumerated().flatMap { row, cells in
      zip(variables, cells).enumerated().flatMap { column, pair in
        bytes(of: pair.1, as: pair.0.kind, variable: column + 1, row: row + 1)
      }
    }
  }

  private func bytes(of cell: Cell, as kind: Kind, variable: Int, row: Int) -> [UInt8] {
    let isOld = version < 113
    switch (kind, cell) {
    case (.byte, .number(let number)): return integer(Int(number), Int8.self)
    case (.int, .number(let number)): return integer(Int(number), Int16.self)
    case (.long, .number(let number)): return integer(Int(number), Int32.self)
    case (.float, .number(let number)):
      return integer(Int(Float(number).bitPattern), UInt32.self)
    case (.double, .number(let number)):
      return integer(Int(bitPattern: UInt(number.bitPattern)), UInt64.self)
    case (.byte, .missing(let tag)): return integer(isOld ? 127 : 101 + tag, Int8.self)
    case (.int, .missing(let tag)): return integer(isOld ? 32_767 : 32_741 + tag, Int16.self)
    case (.long, .missing(let tag)):
      return integer(isOld ? 2_147_483_647 : 2_147_483_621 + tag, Int32.self)
    case (.float, .missing(let tag)): return integer(0x7F00_0000 + tag << 11, UInt32.self)
    case (.double, .missing) where version <= 105:
      return integer(Int(bitPattern: UInt(0x1p333.bitPattern)), UInt64.self)
    case (.double, .missing(let tag)):
      return integer(0x7FE0_0000_0000_0000 + tag << 40, UInt64.self)
    case (.text(let width), .text(let value)): return text(value, width)
    case (.longText, .text(let value)): return reference(variable, row, isEmpty: value.isEmpty)
    default: return []
    }
  }

  private func reference(_ variable: Int, _ row: Int, isEmpty: Bool) -> [UInt8] {
    guard !isEmpty else { return Array(repeating: 0, count: 8) }
    let bits = version >= 119 ? 24 : version == 118 ? 16 : 32
    return integer(
      isBigEndian ? variable << (64 - bits) + row : row << bits + variable, UInt64.self)
  }

  private var longTexts: [UInt8] {
    var out: [UInt8] = []
    for (row, cells) in rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        guard case .longText = variables[column].kind, case .text(let value) = cell,
          !value.isEmpty
        else { continue }
        let bytes = encoded(value) + [0]
        out += Array("GSO".utf8) + integer(column + 1, UInt32.self)
        out += version >= 118 ? integer(row + 1, UInt64.self) : integer(row + 1, UInt32.self)
        out += [130] + integer(bytes.count, UInt32.self) + bytes
      }
    }
    return out
  }

  private var labelBytes: [UInt8] {
    labelSets.flatMap { name, labels -> [UInt8] in
      guard version >= 108 else {
        return integer(labels.count, UInt16.self) + text(name, 9) + [0]
          + labels.flatMap { integer($0.value, Int16.self) }
          + labels.flatMap { text($0.label, 8).prefix(8) }
      }
      var texts: [UInt8] = []
      var offsets: [UInt8] = []
      for (_, label) in labels {
        offsets += integer(texts.count, Int32.self)
        texts += encoded(label) + [0]
      }
      let table =
        integer(labels.count, Int32.self) + integer(texts.count, Int32.self) + offsets
        + labels.flatMap { integer($0.value, Int32.self) } + texts
      let set = integer(table.count, Int32.self) + text(name, nameWidth) + [0, 0, 0] + table
      return tagged("lbl", set)
    }
  }
}
