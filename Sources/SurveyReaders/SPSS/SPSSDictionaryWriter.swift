internal import SurveyData

/// Makes the header and the dictionary of an SPSS file.
struct SPSSDictionaryWriter {
  private(set) var bytes = ByteWriter()
  private let variables: [SPSSExport]

  init(_ variables: [SPSSExport], export: inout Export, deflated: Bool) {
    self.variables = variables
    writeHeader(&export, deflated: deflated)
    for variable in variables { write(variable) }
    writeShortLabels()
    writeDocuments(&export)
    writeMachine()
    writeResponseSets(&export)
    writeMeasures()
    writePairs()
    write(7, 16, size: 8) { bytes in
      bytes.integer(1, as: Int64.self)
      bytes.integer(export.rowCount, as: Int64.self)
    }
    writeAttributes(export)
    write(7, 20, text: "UTF-8")
    writeLongStrings()
    bytes.int32(999)
    bytes.int32(0)
  }

  /// Writes an extension record.
  private mutating func write(
    _ type: Int, _ subtype: Int, size: Int, _ body: (inout ByteWriter) -> Void
  ) {
    var data = ByteWriter()
    body(&data)
    guard !data.bytes.isEmpty else { return }
    for number in [type, subtype, size, data.bytes.count / size] { bytes.int32(number) }
    bytes.append(data.bytes)
  }

  private mutating func write(_ type: Int, _ subtype: Int, text: String) {
    write(type, subtype, size: 1) { $0.append(text.utf8) }
  }

  // MARK: Header

  private mutating func writeHeader(_ export: inout Export, deflated: Bool) {
    var element = 1
    var weight = 0
    for variable in variables {
      if variable.column.variable.name == export.weightName {
        if variable.isText {
          export.lose("weights", "'\(variable.name)' holds text and cannot be the weight")
        } else {
          weight = element
        }
      }
      element += variable.segments.reduce(0) { $0 + max(1, ($1.allocated + 7) / 8) }
    }
    bytes.append((deflated ? "$FL3" : "$FL2").utf8)
    bytes.text("@(#) SPSS DATA FILE - written by Vekt", width: 60, padding: 0x20)
    bytes.int32(2)
    bytes.int32(element - 1)
    bytes.int32(deflated ? 2 : 1)
    bytes.int32(weight)
    bytes.int32(export.rowCount <= Int(Int32.max) ? export.rowCount : -1)
    bytes.double(100)
    // No date: the same answers give the same bytes.
    bytes.append("01 Jan 7000:00:00".utf8)
    let title = export.cut(export.text(export.codebook.study.title), to: 64, "the study's title")
    bytes.text(title, width: 64, padding: 0x20)
    bytes.append([0, 0, 0])
  }

  // MARK: Variables

  private mutating func write(_ variable: SPSSExport) {
    for (part, segment) in variable.segments.enumerated() {
      let isFirst = part == 0
      let isWhole = isFirst || !variable.isText
      let rest = SPSSFormat(kind: 1, width: segment.allocated)
      bytes.int32(2)
      bytes.int32(segment.allocated)
      bytes.int32(isFirst && !variable.label.isEmpty ? 1 : 0)
      let missing = isFirst ? missing(of: variable) : (0, [])
      bytes.int32(missing.0)
      bytes.int32((isWhole ? variable.format : rest).packed)
      bytes.int32((isWhole ? variable.written : rest).packed)
      bytes.text(variable.shortNames[part], width: 8, padding: 0x20)
      if isFirst, !variable.label.isEmpty {
        let count = variable.label.utf8.count
        bytes.int32(count)
        bytes.text(variable.label, width: (count + 3) / 4 * 4, padding: 0x20)
      }
      bytes.append(missing.1)
      for _ in 0..<max(0, (segment.allocated + 7) / 8 - 1) {
        for number in [2, -1, 0, 0, 0x01_1D_01, 0x01_1D_01] { bytes.int32(number) }
        bytes.text("", width: 8, padding: 0x20)
      }
    }
  }

  private func missing(of variable: SPSSExport) -> (count: Int, values: [UInt8]) {
    var values = ByteWriter()
    if variable.isText {
      guard variable.width <= 8 else { return (0, []) }
      for text in variable.missingTexts { values.text(text, width: 8, padding: 0x20) }
      return (variable.missingTexts.count, values.bytes)
    }
    guard let missing = variable.missing else { return (0, []) }
    if let range = missing.range {
      let low = range.lowerBound
      let high = range.upperBound
      values.double(low == -.infinity ? SPSSNumbers.lowest : variable.format.inFile(low))
      values.double(high == .infinity ? SPSSNumbers.highest : variable.format.inFile(high))
    }
    for single in missing.singles { values.double(variable.format.inFile(single)) }
    let count = missing.singles.count
    return (missing.range == nil ? count : -2 - count, values.bytes)
  }

  private mutating func writeShortLabels() {
    var element = 1
    for variable in variables {
      defer { element += variable.segments.reduce(0) { $0 + max(1, ($1.allocated + 7) / 8) } }
      guard !variable.labels.isEmpty, variable.width <= 8 else { continue }
      bytes.int32(3)
      bytes.int32(variable.labels.count)
      for (code, label) in variable.labels {
        if variable.isText {
          bytes.text(code, width: 8, padding: 0x20)
        } else {
          bytes.double(variable.number(ofCode: code))
        }
        let count = label.utf8.count
        bytes.append(UInt8(count))
        bytes.text(label, width: (count + 8) / 8 * 8 - 1, padding: 0x20)
      }
      for number in [4, 1, element] { bytes.int32(number) }
    }
  }

  /// The study's note in lines of 80 bytes.
  private mutating func writeDocuments(_ export: inout Export) {
    let note = export.text(export.codebook.study.note)
    guard !note.isEmpty else { return }
    var lines: [String] = []
    var isFolded = false
    for line in note.split(separator: "\n", omittingEmptySubsequences: false) {
      var rest = String(line)
      repeat {
        var part = rest.cut(toBytes: 80)
        // A word stays whole where it can.
        if part.count < rest.count, !rest.dropFirst(part.count).hasPrefix(" "),
          let space = part.lastIndex(of: " ")
        {
          part = String(part[...space])
        }
        lines.append(part)
        rest.removeFirst(part.count)
        isFolded = isFolded || !rest.isEmpty
      } while !rest.isEmpty
    }
    if isFolded { export.tell("folded", "the study's note is folded to lines of 80 bytes") }
    bytes.int32(6)
    bytes.int32(lines.count)
    for line in lines { bytes.text(line, width: 80, padding: 0x20) }
  }

  // MARK: Extensions

  private mutating func writeMachine() {
    write(7, 3, size: 4) { bytes in
      for number in [1, 0, 0, -1, 1, 1, 2, 65_001] { bytes.int32(number) }
    }
    write(7, 4, size: 8) { bytes in
      for number in [SPSSNumbers.systemMissing, SPSSNumbers.highest, SPSSNumbers.lowest] {
        bytes.double(number)
      }
    }
  }

  private mutating func writeMeasures() {
    let variables = self.variables
    write(7, 11, size: 4) { bytes in
      for variable in variables {
        for (part, segment) in variable.segments.enumerated() {
          bytes.int32(part == 0 ? variable.measure : 1)
          bytes.int32(variable.isText ? min(40, max(8, segment.allocated)) : 8)
          bytes.int32(variable.isText ? 0 : 1)
        }
      }
    }
  }

  private mutating func writePairs() {
    write(
      7, 13, text: variables.map { "\($0.shortNames[0])=\($0.name)" }.joined(separator: "\t"))
    write(
      7, 14,
      text: variables.filter { $0.width > 255 }.map { variable in
        let digits = String(variable.width)
        let zeros = String(repeating: "0", count: 5 - digits.count)
        return "\(variable.shortNames[0])=\(zeros)\(digits)\0\t"
      }.joined())
  }

  private mutating func writeResponseSets(_ export: inout Export) {
    var sets = ""
    var batteries = ""
    for group in export.codebook.groups {
      let members = group.members.compactMap { name in
        variables.first { $0.column.variable.name == name }
      }
      guard members.count == group.members.count, !members.isEmpty else {
        export.lose("groups", "the group '\(group.name)' names variables that are not there")
        continue
      }
      if group.kind == .battery {
        batteries += "\(group.name)= \(members.map(\.name).joined(separator: " "))\r\n"
        if !group.label.isEmpty {
          export.lose("groups", "the label of the group '\(group.name)' is left out")
        }
        continue
      }
      let label = export.text(group.label)
      let kind = group.counted.map { "D\($0.utf8.count) \($0) " } ?? "C "
      sets += "$\(group.name)=\(kind)\(label.utf8.count) \(label) "
      sets += members.map { $0.shortNames[0].lowercased() }.joined(separator: " ") + "\n"
      if !group.exclusive.isEmpty {
        export.lose(
          "groups", "does not hold that \(Export.list(group.exclusive)) excludes the others")
      }
    }
    write(7, 5, text: batteries)
    write(7, 7, text: sets)
  }

  private mutating func writeAttributes(_ export: Export) {
    let file = EmbeddedAttributes(export.codebook, text: export.text).values
    write(7, 17, text: file.map(Self.attribute).joined())
    write(
      7, 18,
      text: variables.filter { !$0.attributes.isEmpty }.map { variable in
        "\(variable.name):" + variable.attributes.map(Self.attribute).joined()
      }.joined(separator: "/"))
  }

  private static func attribute(_ attribute: (name: String, values: [String])) -> String {
    "\(attribute.name)(\(attribute.values.map { "'\($0)'\n" }.joined()))"
  }

  private mutating func writeLongStrings() {
    let long = variables.filter { $0.width > 8 }
    write(7, 21, size: 1) { bytes in
      for variable in long where !variable.labels.isEmpty {
        bytes.int32(variable.name.utf8.count)
        bytes.append(variable.name.utf8)
        bytes.int32(variable.width)
        bytes.int32(variable.labels.count)
        for (code, label) in variable.labels {
          bytes.int32(variable.width)
          bytes.text(code, width: variable.width, padding: 0x20)
          bytes.int32(label.utf8.count)
          bytes.append(label.utf8)
        }
      }
    }
    write(7, 22, size: 1) { bytes in
      for variable in long where !variable.missingTexts.isEmpty {
        bytes.int32(variable.name.utf8.count)
        bytes.append(variable.name.utf8)
        bytes.append(UInt8(variable.missingTexts.count))
        bytes.int32(8)
        for text in variable.missingTexts { bytes.text(text, width: 8, padding: 0x20) }
      }
    }
  }
}
