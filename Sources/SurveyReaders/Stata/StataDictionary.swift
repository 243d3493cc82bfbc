internal import SurveyData

/// What a Stata file says of its variables.
///
/// It points into the file's bytes, which it keeps and which never change.
struct StataDictionary: @unchecked Sendable {
  let layout: StataLayout
  let page: CodePage
  let isBigEndian: Bool
  let rowCount: Int
  let rowWidth: Int
  /// Where the rows start.
  let dataOffset: Int
  let fileLabel: String
  let variables: [StataVariable]
  /// Value labels by the set's name, in the file's order.
  let labelSets: [String: [StataLabel]]
  /// Characteristics of the whole file.
  let characteristics: [String: String]
  /// Where texts of type `strL` start; nil in formats without.
  let longTextOffset: Int?
  let notes: [Note]

  init(_ file: FileBytes, encoding: String?, lossy: Bool) throws {
    var parser = try StataParser(file, encoding: encoding, lossy: lossy)
    try parser.readHeader()
    let descriptors = try parser.readDescriptors()
    let found = try parser.readCharacteristics()
    layout = parser.layout
    page = parser.page
    isBigEndian = parser.reader.isBigEndian
    fileLabel = parser.fileLabel
    characteristics = found["_dta"] ?? [:]
    variables = descriptors.map { descriptor in
      var variable = descriptor
      variable.characteristics = found[descriptor.name] ?? [:]
      return variable
    }
    rowWidth = descriptors.last.map { $0.offset + $0.type.width } ?? 0
    dataOffset = try parser.startOfData()
    rowCount = parser.rowCount
    guard rowWidth > 0 else { throw SurveyError(.data, at: file.path, "has no variables") }
    let room = max(0, file.bytes.count - dataOffset)
    guard rowCount <= room / rowWidth else {
      throw SurveyError(
        .data, at: file.path,
        "is cut short: it announces \(rowCount) rows, but holds \(room / rowWidth)")
    }
    let end = dataOffset + rowCount * rowWidth
    longTextOffset = try parser.startOfLongTexts(afterData: end)
    labelSets = try parser.readLabelSets(afterData: end)
    notes = parser.notes
  }
}

/// One value label.
struct StataLabel {
  /// The value: a number, or one of `.a`–`.z` as NaN with the tag as payload.
  let value: Double
  let text: String
}
