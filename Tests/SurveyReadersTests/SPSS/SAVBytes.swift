/// The bytes of a small SPSS file, made piece by piece so that each piece can be wrong.
struct SAVBytes {
  struct Variable {
    var name: String
    var width = 0
    var label: [UInt8]?
    var missingCount = 0
    var missing: [[UInt8]] = []
    var format = 0x05_08_02
    /// How SPSS writes it into text files; nil is as it shows it.
    var written: Int?
  }

  enum Cell {
    case number(Double)
    case text([UInt8])
  }

  var magic = "$FL2"
  var isBigEndian = false
  var compression = 0
  var weight = 0
  var caseCount: Int?
  var fileLabel = ""
  var variables: [Variable] = []
  /// Values, labels and the elements (from 1) that they belong to.
  var valueLabels: [(labels: [(value: [UInt8], label: [UInt8])], elements: [Int])] = []
  var documents: [String] = []
  var codePage: Int? = 65_001
  var encoding: String?
  var extensions: [(subtype: Int, size: Int, data: [UInt8])] = []
  var cases: [[Cell]] = []
  var trailing: [UInt8] = []

  func int(_ value: Int) -> [UInt8] {
    let raw = UInt32(truncatingIfNeeded: value)
    return withUnsafeBytes(of: isBigEndian ? raw.bigEndian : raw.littleEndian, Array.init)
  }

  func long(_ value: Int) -> [UInt8] {
    let raw = UInt64(truncatingIfNeeded: value)
    return withUnsafeBytes(of: isBigEndian ? raw.bigEndian : raw.littleEndian, Array.init)
  }

  func double(_ value: Double) -> [UInt8] { long(Int(bitPattern: UInt(value.bitPattern))) }

  static func padded(_ bytes: [UInt8], _ count: Int, with filler: UInt8 = 0x20) -> [UInt8] {
    bytes + Array(repeating: filler, count: max(0, count - bytes.count))
  }

  /// The whole file.
  var bytes: [UInt8] { header + dictionary + data + trailing }

  private var header: [UInt8] {
    Array(magic.utf8) + Self.padded(Array("@(#) SPSS DATA FILE made by a test".utf8), 60) + int(2)
      + int(0) + int(compression) + int(weight) + int(caseCount ?? cases.count) + double(100)
      + Array("01 Jan 2412:00:00".utf8) + Self.padded(Array(fileLabel.utf8), 64) + [0, 0, 0]
  }

  private var dictionary: [UInt8] {
    var out: [UInt8] = []
    for variable in variables {
      out += int(2) + int(variable.width) + int(variable.label == nil ? 0 : 1)
      out += int(variable.missingCount) + int(variable.format)
      out += int(variable.written ?? variable.format)
      out += Self.padded(Array(variable.name.utf8), 8)
      if let label = variable.label {
        out += int(label.count) + Self.padded(label, (label.count + 3) / 4 * 4, with: 0)
      }
      out += variable.missing.flatMap { Self.padded($0, 8) }
      for _ in 1..<max(2, (variable.width + 7) / 8) where variable.width > 8 {
        out += int(2) + int(-1) + int(0) + int(0) + int(0) + int(0) + Self.padded([], 8)
      }
    }
    for set in valueLabels {
      out += int(3) + int(set.labels.count)
      for (value, label) in set.labels {
        out += Self.padded(value, 8) + [UInt8(label.count)]
        out += Self.padded(label, (label.count + 8) / 8 * 8 - 1)
      }
      out += int(4) + int(set.elements.count) + set.elements.flatMap(int)
    }
    if !documents.isEmpty {
      out += int(6) + int(documents.count)
      out += documents.flatMap { Self.padded(Array($0.utf8), 80) }
    }
    var records = extensions
    if let encoding { records.append((20, 1, Array(encoding.utf8))) }
    if let codePage {
      let numbers = [20, 0, 0, -1, 1, 1, isBigEndian ? 1 : 2, codePage]
      records.append((3, 4, numbers.flatMap(int)))
    }
    for (subtype, size, data) in records {
      out += int(7) + int(subtype) + int(size) + int(data.count / size) + data
    }
    return out + int(999) + int(0)
  }

  private var data: [UInt8] {
    var elements: [[UInt8]] = []
    for row in cases {
      for (variable, cell) in zip(variables, row) {
        switch cell {
        case .number(let number): elements.append(double(number))
        case .text(let text):
          let all = Self.padded(text, max(8, (variable.width + 7) / 8 * 8))
          for start in stride(from: 0, to: all.count, by: 8) {
            elements.append(Array(all[start..<start + 8]))
          }
        }
      }
    }
    return compression == 0 ? elements.flatMap { $0 } : compressed(elements)
  }

  /// Bytecodes as SPSS writes them: whole numbers from -99 to 151, spaces and system-missing.
  private func compressed(_ elements: [[UInt8]]) -> [UInt8] {
    var codes: [UInt8] = []
    var literals: [UInt8] = []
    var out: [UInt8] = []
    func flush() {
      guard !codes.isEmpty else { return }
      out += Self.padded(codes, 8, with: 0) + literals
      codes = []
      literals = []
    }
    let small = Dictionary(uniqueKeysWithValues: (-99...151).map { (double(Double($0)), $0) })
    for element in elements {
      if let number = small[element] {
        codes.append(UInt8(number + 100))
      } else if element == double(-Double.greatestFiniteMagnitude) {
        codes.append(255)
      } else if element.allSatisfy({ $0 == 0x20 }) {
        codes.append(254)
      } else {
        codes.append(253)
        literals += element
      }
      if codes.count == 8 { flush() }
    }
    codes.append(252)
    flush()
    return out
  }
}

extension SAVBytes {
  /// Text in windows-1252, for letters that it shares with Latin 1.
  static func latin1(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  }

  /// A question and a text with Norwegian letters, four cases, in windows-1252.
  static var norwegian: SAVBytes {
    var file = SAVBytes()
    file.codePage = 1252
    file.variables = [
      Variable(name: "Q1", label: latin1("Blåbær")),
      Variable(name: "S1", width: 8, format: 0x01_08_00),
    ]
    file.valueLabels = [([(file.double(1), latin1("Svært"))], [1])]
    file.cases = [(1.0, "øl"), (2, "år"), (9, "ære"), (3, "z")].map {
      [.number($0.0), .text(latin1($0.1))]
    }
    return file
  }
}
