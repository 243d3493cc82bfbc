internal import SurveyData

extension StataParser {
  /// Labels of format 105: short integers and eight bytes of text each.
  mutating func readShortLabelSet(into sets: inout [String: [StataLabel]]) throws {
    let count = Int(try reader.integer(UInt16.self))
    let name = try text(try reader.take(9), "the name of value labels")
    try reader.skip(1)
    let values = try (0..<count).map { _ in Double(try reader.integer(Int16.self)) }
    sets[name] = try values.map { value in
      StataLabel(value: value, text: try text(try reader.take(8), "a label of '\(name)'"))
    }
  }

  /// Labels from format 108 on: offsets, values and texts.
  mutating func readLabelSet(into sets: inout [String: [StataLabel]]) throws {
    let length = try reader.count(ofSize: 1)
    let name = try text(try reader.take(layout.nameWidth), "the name of value labels")
    try reader.skip(3)
    let end = reader.offset + length
    let count = try reader.count(ofSize: 8)
    let textLength = try reader.count(ofSize: 1)
    guard 8 + 8 * count + textLength <= length else {
      throw reader.damage("of '\(name)' are longer than they say")
    }
    let offsets = try (0..<count).map { _ in try reader.int32() }
    let values = try (0..<count).map { _ in try reader.int32() }
    let texts = try reader.take(textLength)
    try reader.move(to: end)
    sets[name] = try zip(offsets, values).map { offset, value in
      guard offset >= 0, offset <= texts.count else {
        throw reader.damage("of '\(name)' point beyond their end")
      }
      let label = try text(
        UnsafeRawBufferPointer(rebasing: texts[offset...]), "a label of '\(name)'")
      // Values above the largest long are the labels of missing values.
      let tag = value - 2_147_483_621
      return StataLabel(
        value: layout.hasTags && (0...26).contains(tag)
          ? NumericColumn.missingValue(tag) : Double(value),
        text: label)
    }
  }
}
