internal import SurveyData

/// The dictionary of an SPSS file as it stands there, before its text is decoded.
struct SPSSRecords {
  /// One variable, or one segment of a very long string.
  struct Variable {
    let shortName: UnsafeRawBufferPointer
    /// 0 for a number, otherwise the bytes of text.
    let width: Int
    let label: UnsafeRawBufferPointer?
    /// 1–3 single values, -2 a range, -3 a range and a value.
    let missingCount: Int
    let missing: [UnsafeRawBufferPointer]
    let format: SPSSFormat
    /// How values are written into text files.
    let written: SPSSFormat
    /// The place of its first eight bytes in a case.
    let element: Int

    var elementCount: Int { max(1, (width + 7) / 8) }
  }

  /// Value labels and the elements that they belong to.
  struct ValueLabels {
    let labels: [(value: UnsafeRawBufferPointer, label: UnsafeRawBufferPointer)]
    /// Elements, from 0.
    let elements: [Int]
  }

  /// A record of type 7.
  struct Extension {
    let subtype: Int
    let size: Int
    let offset: Int
    let data: UnsafeRawBufferPointer
  }

  private(set) var header: SPSSHeader
  private(set) var variables: [Variable] = []
  private(set) var valueLabels: [ValueLabels] = []
  private(set) var documents: [UnsafeRawBufferPointer] = []
  private(set) var extensions: [Extension] = []
  /// How many groups of eight bytes a case has.
  private(set) var elementCount = 0
  /// Where the cases start.
  private(set) var dataOffset = 0

  init(_ file: FileBytes) throws {
    var reader = ByteReader(file.bytes, path: file.path)
    header = try SPSSHeader(&reader)
    var isOpen = true
    while isOpen {
      reader.section = "dictionary"
      switch try reader.int32() {
      case 2: try readVariable(&reader)
      case 3: try readValueLabels(&reader)
      case 6: try readDocuments(&reader)
      case 7: try readExtension(&reader)
      case 999:
        try reader.skip(4)
        isOpen = false
      case let other: throw reader.damage("has a record of the unknown type \(other)")
      }
    }
    dataOffset = reader.offset
    guard !variables.isEmpty else {
      throw SurveyError(.data, at: file.path, "has no variables")
    }
    for record in extensions where record.subtype == 16 && record.data.count >= 16 {
      var counts = self.reader(of: record, in: file)
      _ = try counts.integer(Int64.self)
      let cases = try counts.integer(Int64.self)
      if cases >= 0, header.caseCount == nil { header.caseCount = Int(cases) }
    }
  }

  /// A reader of one extension record.
  func reader(of record: Extension, in file: FileBytes) -> ByteReader {
    ByteReader(
      UnsafeRawBufferPointer(rebasing: file.bytes[..<(record.offset + record.data.count)]),
      path: file.path, offset: record.offset, isBigEndian: header.isBigEndian,
      section: "record 7/\(record.subtype)")
  }

  private mutating func readVariable(_ reader: inout ByteReader) throws {
    reader.section = "variable record"
    let width = try reader.int32()
    let hasLabel = try reader.int32()
    let missingCount = try reader.int32()
    let format = SPSSFormat(packed: try reader.int32())
    let written = SPSSFormat(packed: try reader.int32())
    let name = try reader.take(8)
    var label: UnsafeRawBufferPointer?
    if hasLabel == 1 {
      let length = try reader.count(ofSize: 1)
      label = try reader.take(length)
      try reader.skip(min((4 - length % 4) % 4, reader.remaining))
    }
    guard (-3...3).contains(missingCount), missingCount != -1 else {
      throw reader.damage("has \(missingCount) missing values")
    }
    let missing = try (0..<abs(missingCount)).map { _ in try reader.take(8) }
    guard width != -1 else {
      elementCount += 1
      return
    }
    guard (0...255).contains(width) else { throw reader.damage("has the width \(width)") }
    let variable = Variable(
      shortName: name, width: width, label: label, missingCount: missingCount, missing: missing,
      format: format, written: written, element: elementCount)
    if let last = variables.last, last.element + last.elementCount > elementCount {
      throw reader.damage("lacks continuations")
    }
    variables.append(variable)
    elementCount += 1
  }

  private mutating func readValueLabels(_ reader: inout ByteReader) throws {
    reader.section = "value label record"
    let count = try reader.count(ofSize: 16)
    var labels: [(value: UnsafeRawBufferPointer, label: UnsafeRawBufferPointer)] = []
    for _ in 0..<count {
      let value = try reader.take(8)
      let length = Int(try reader.integer(UInt8.self))
      labels.append((value, try reader.take(length)))
      try reader.skip((8 - (length + 1) % 8) % 8)
    }
    guard try reader.int32() == 4 else { throw reader.damage("names no variables") }
    let users = try reader.count(ofSize: 4)
    let elements = try (0..<users).map { _ in try reader.int32() - 1 }
    valueLabels.append(ValueLabels(labels: labels, elements: elements))
  }

  private mutating func readDocuments(_ reader: inout ByteReader) throws {
    reader.section = "document record"
    for _ in 0..<(try reader.count(ofSize: 80)) { documents.append(try reader.take(80)) }
  }

  private mutating func readExtension(_ reader: inout ByteReader) throws {
    reader.section = "extension record"
    let subtype = try reader.int32()
    let size = try reader.count(ofSize: 1)
    let count = try reader.count(ofSize: size)
    let offset = reader.offset
    let data = try reader.take(size * count)
    extensions.append(Extension(subtype: subtype, size: size, offset: offset, data: data))
  }
}
