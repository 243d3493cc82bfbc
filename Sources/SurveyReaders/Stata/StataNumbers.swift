internal import SurveyData

/// The numbers of one column of a Stata file, missing values as the decoder wants them: NaN with
/// payload 0 for `.` and 1–26 for `.a`–`.z`.
struct StataNumbers {
  let type: StataType
  let isBigEndian: Bool
  /// Whether there are `.a`–`.z`; before format 113 there is only `.`.
  let hasTags: Bool
  /// A double that stands for a missing value too; nil from format 108 on.
  let missingDouble: Double?

  /// Fills `numbers` with the values of as many rows, `step` bytes apart.
  func read(
    into numbers: UnsafeMutableBufferPointer<Double>, from start: UnsafeRawPointer, step: Int
  ) {
    switch type {
    case .byte:
      let first = hasTags ? 101 : 127
      for row in numbers.indices {
        numbers[row] = whole(Int((start + row &* step).load(as: Int8.self)), missing: first)
      }
    case .int:
      let first = hasTags ? 32_741 : 32_767
      for row in numbers.indices {
        let raw = (start + row &* step).loadUnaligned(as: Int16.self)
        numbers[row] = whole(Int(isBigEndian ? raw.bigEndian : raw.littleEndian), missing: first)
      }
    case .long:
      let first = hasTags ? 2_147_483_621 : 2_147_483_647
      for row in numbers.indices {
        let raw = (start + row &* step).loadUnaligned(as: Int32.self)
        numbers[row] = whole(Int(isBigEndian ? raw.bigEndian : raw.littleEndian), missing: first)
      }
    case .float:
      for row in numbers.indices {
        let raw = (start + row &* step).loadUnaligned(as: UInt32.self)
        numbers[row] = float(isBigEndian ? raw.bigEndian : raw.littleEndian)
      }
    case .double:
      for row in numbers.indices {
        let raw = (start + row &* step).loadUnaligned(as: UInt64.self)
        numbers[row] = double(isBigEndian ? raw.bigEndian : raw.littleEndian)
      }
    case .text, .longText: break
    }
  }

  private func whole(_ value: Int, missing first: Int) -> Double {
    value < first ? Double(value) : NumericColumn.missingValue(hasTags ? value - first : 0)
  }

  /// Missing values are 2^127 plus a tag in the last 13 of the fraction's bits but eleven.
  private func float(_ bits: UInt32) -> Double {
    let number = Float(bitPattern: bits)
    if number < 0x1p127 { return Double(number) }
    return Self.missing(
      tag: Int(bits &- 0x7F00_0000) >> 11, isTagged: hasTags && bits < 0x7F80_0000)
  }

  private func double(_ bits: UInt64) -> Double {
    let number = Double(bitPattern: bits)
    if number < 0x1p1023 && number != missingDouble { return number }
    return Self.missing(
      tag: Int(truncatingIfNeeded: (bits &- 0x7FE0_0000_0000_0000) >> 40),
      isTagged: hasTags && bits < 0x7FF0_0000_0000_0000)
  }

  private static func missing(tag: Int, isTagged: Bool) -> Double {
    NumericColumn.missingValue(isTagged && (1...26).contains(tag) ? tag : 0)
  }
}
