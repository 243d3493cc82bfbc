internal import SurveyData

/// Makes the sections of a Stata file in the tagged layout.
struct StataFileWriter {
  private(set) var bytes: [UInt8] = []
  private let variables: [StataExport]
  private let version: Int
  private let rows: Int

  init(_ variables: [StataExport], export: inout Export) {
    self.variables = variables
    version = variables.count > 32_767 ? 119 : 118
    rows = export.rowCount
    let start = Array("<stata_dta>".utf8) + header(&export)
    let sections = [
      types, texts("varnames", width: 129) { $0.name },
      section("sortlist") { bytes in
        bytes.append(
          repeatElement(0, count: (variables.count + 1) * (version >= 119 ? 4 : 2)))
      },
      texts("formats", width: 57) { $0.format },
      texts("value_label_names", width: 129) { $0.labels.isEmpty ? "" : $0.name },
      texts("variable_labels", width: 321) { $0.label }, characteristics(export), data, longTexts,
      labels,
    ]
    let mapSize = "<map></map>".utf8.count + 14 * 8
    let end = Array("</stata_dta>".utf8)
    var places = [0, start.count]
    var place = start.count + mapSize
    for part in sections {
      places.append(place)
      place += part.count
    }
    places += [place, place + end.count]
    bytes = start
    bytes += section("map") { bytes in
      for place in places { bytes.integer(place, as: Int64.self) }
    }
    for part in sections { bytes += part }
    bytes += end
  }

  private func section(_ name: String, _ body: (inout ByteWriter) -> Void) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.append("<\(name)>".utf8)
    body(&bytes)
    bytes.append("</\(name)>".utf8)
    return bytes.bytes
  }

  private func texts(_ name: String, width: Int, _ text: (StataExport) -> String) -> [UInt8] {
    section(name) { bytes in
      for variable in variables { bytes.text(text(variable), width: width, padding: 0) }
    }
  }

  private func header(_ export: inout Export) -> [UInt8] {
    let title = export.cut(
      export.text(export.codebook.study.title), toCharacters: 80, "the study's title")
    return section("header") { bytes in
      bytes.append("<release>\(version)</release><byteorder>LSF</byteorder><K>".utf8)
      if version >= 119 {
        bytes.int32(variables.count)
      } else {
        bytes.integer(variables.count, as: UInt16.self)
      }
      bytes.append("</K><N>".utf8)
      bytes.integer(rows, as: Int64.self)
      bytes.append("</N><label>".utf8)
      bytes.integer(title.utf8.count, as: UInt16.self)
      bytes.append(title.utf8)
      // No date: the same answers give the same bytes.
      bytes.append("</label><timestamp>".utf8)
      bytes.append(0)
      bytes.append("</timestamp>".utf8)
    }
  }

  private var types: [UInt8] {
    section("variable_types") { bytes in
      for variable in variables { bytes.integer(variable.type.code, as: UInt16.self) }
    }
  }

  // MARK: Characteristics

  private func characteristics(_ export: Export) -> [UInt8] {
    section("characteristics") { bytes in
      for (name, text) in Self.fileCharacteristics(export, variables) {
        Self.append("_dta", name, text, to: &bytes)
      }
      for variable in variables {
        for (name, text) in variable.characteristics {
          Self.append(variable.name, name, text, to: &bytes)
        }
      }
    }
  }

  private static func append(
    _ owner: String, _ name: String, _ text: String, to bytes: inout ByteWriter
  ) {
    bytes.append("<ch>".utf8)
    bytes.int32(129 + 129 + text.utf8.count + 1)
    bytes.text(owner, width: 129, padding: 0)
    bytes.text(name.cut(toBytes: 32), width: 129, padding: 0)
    bytes.append(text.utf8)
    bytes.append(0)
    bytes.append("</ch>".utf8)
  }

  private static func fileCharacteristics(_ export: Export, _ variables: [StataExport])
    -> [(name: String, text: String)]
  {
    var found = EmbeddedAttributes(export.codebook, text: export.text).values
      .map { (name: $0.name, text: $0.values.joined(separator: "\n")) }
    let note = export.text(export.codebook.study.note)
    if !note.isEmpty {
      let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
      found.append(("note0", "\(lines.count)"))
      for (index, line) in lines.enumerated() { found.append(("note\(index + 1)", String(line))) }
    }
    let weight = variables.first { $0.column.variable.name == export.weightName }
    if let weight { found.append(("_svy_wvar", weight.name)) }
    return found
  }

  // MARK: Rows

  private var data: [UInt8] {
    section("data") { bytes in
      for row in 0..<rows {
        for (index, variable) in variables.enumerated() {
          switch variable.type {
          case .text(let width): bytes.text(variable.column.text(row), width: width, padding: 0)
          case .longText:
            let isEmpty = variable.column.text(row).isEmpty
            let bits = version >= 119 ? 24 : 16
            bytes.integer(isEmpty ? 0 : (row + 1) << bits + index + 1, as: UInt64.self)
          default: append(variable.column.number(row), of: variable, to: &bytes)
          }
        }
      }
    }
  }

  private func append(_ number: Double, of variable: StataExport, to bytes: inout ByteWriter) {
    let isMissing = number.isNaN || abs(number) >= 0x1p1023
    let tag = number.isNaN ? variable.tags[NumericColumn.missingIndex(number)] : 0
    let value = isMissing ? 0 : variable.calendar?.inFile(number) ?? number
    switch variable.type {
    case .byte: bytes.integer(isMissing ? 101 + tag : Int(value), as: Int8.self)
    case .int: bytes.integer(isMissing ? 32_741 + tag : Int(value), as: Int16.self)
    case .long: bytes.integer(isMissing ? 2_147_483_621 + tag : Int(value), as: Int32.self)
    default:
      if isMissing {
        bytes.integer(0x7FE0_0000_0000_0000 + tag << 40, as: Int64.self)
      } else {
        bytes.double(value)
      }
    }
  }

  private var longTexts: [UInt8] {
    section("strls") { bytes in
      let long = variables.enumerated().filter { $0.element.type == .longText }
      guard !long.isEmpty else { return }
      for row in 0..<rows {
        for (index, variable) in long {
          let text = variable.column.text(row)
          guard !text.isEmpty else { continue }
          bytes.append("GSO".utf8)
          bytes.int32(index + 1)
          bytes.integer(row + 1, as: Int64.self)
          bytes.append(130)
          bytes.int32(text.utf8.count + 1)
          bytes.append(text.utf8)
          bytes.append(0)
        }
      }
    }
  }

  // MARK: Labels

  private var labels: [UInt8] {
    section("value_labels") { bytes in
      for variable in variables where !variable.labels.isEmpty {
        bytes.append("<lbl>".utf8)
        var offsets: [Int] = []
        var texts: [UInt8] = []
        let sorted = variable.labels.sorted { Self.value($0) < Self.value($1) }
        for label in sorted {
          offsets.append(texts.count)
          texts += label.text.cut(toBytes: 32_000).utf8
          texts.append(0)
        }
        bytes.int32(8 + 8 * sorted.count + texts.count)
        bytes.text(variable.name, width: 129, padding: 0)
        bytes.append([0, 0, 0])
        bytes.int32(sorted.count)
        bytes.int32(texts.count)
        for offset in offsets { bytes.int32(offset) }
        for label in sorted { bytes.int32(Self.value(label)) }
        bytes.append(texts)
        bytes.append("</lbl>".utf8)
      }
    }
  }

  private static func value(_ label: StataLabel) -> Int {
    label.value.isNaN
      ? 2_147_483_621 + NumericColumn.missingIndex(label.value) : Int(label.value)
  }
}

extension StataType {
  /// The type's number in the tagged layout.
  fileprivate var code: Int {
    switch self {
    case .text(let width): width
    case .longText: 32_768
    case .double: 65_526
    case .float: 65_527
    case .long: 65_528
    case .int: 65_529
    case .byte: 65_530
    }
  }
}
