internal import SurveyData

/// The numbers of one column of a SAS file, missing values as the decoder wants them: NaN with
/// payload 0 for `.`, 1–26 for `.A`–`.Z` and 27 for `._`.
///
/// SAS stores the leading bytes of a number where a variable is shorter than eight.
struct SASNumbers {
  enum Layout {
    /// IBM's hexadecimal numbers, as in transport files.
    case hexadecimal
    case ieee(isBigEndian: Bool)
  }

  let layout: Layout
  /// Bytes of a number, 2 to 8.
  let width: Int

  /// Fills `numbers` with the values of as many rows, `step` bytes apart.
  /// - Returns: How many are infinite, which counts as missing.
  func read(
    into numbers: UnsafeMutableBufferPointer<Double>, from start: UnsafeRawPointer, step: Int
  ) -> Int {
    var infinite = 0
    for row in numbers.indices {
      let place = start + row &* step
      let number =
        switch layout {
        case .hexadecimal: Self.hexadecimal(leading(place))
        case .ieee(isBigEndian: true): Self.ieee(leading(place))
        case .ieee(isBigEndian: false): Self.ieee(trailing(place))
        }
      numbers[row] = number ?? NumericColumn.missingValue(0)
      infinite &+= number == nil ? 1 : 0
    }
    return infinite
  }

  /// The bits of a number whose most significant byte comes first.
  private func leading(_ place: UnsafeRawPointer) -> UInt64 {
    if width == 8 { return place.loadUnaligned(as: UInt64.self).bigEndian }
    var bits: UInt64 = 0
    for byte in 0..<width {
      bits |= UInt64(place.load(fromByteOffset: byte, as: UInt8.self)) &<< UInt64(56 - 8 * byte)
    }
    return bits
  }

  /// The bits of a number whose most significant byte comes last.
  private func trailing(_ place: UnsafeRawPointer) -> UInt64 {
    if width == 8 { return place.loadUnaligned(as: UInt64.self).littleEndian }
    var bits: UInt64 = 0
    for byte in 0..<width {
      bits |=
        UInt64(place.load(fromByteOffset: byte, as: UInt8.self))
        &<< UInt64(8 * (8 - width + byte))
    }
    return bits
  }

  /// A sign, an exponent of 16 in seven bits, a fraction of 56 bits.
  ///
  /// Missing values have the character of their tag in the first byte, and no fraction.
  private static func hexadecimal(_ bits: UInt64) -> Double? {
    let fraction = bits & 0x00FF_FFFF_FFFF_FFFF
    guard fraction != 0 else {
      return missing(character: UInt8(truncatingIfNeeded: bits >> 56)) ?? 0
    }
    let exponent = Int(bits >> 56 & 0x7F) - 64
    let size = Double(sign: .plus, exponent: 4 * exponent - 56, significand: Double(fraction))
    return bits >> 63 == 0 ? size : -size
  }

  /// Missing values are NaN with the complement of their tag in the third byte: its character, or
  /// its number, in which `._` is 0, `.` 1 and `.A` 2.
  ///
  /// Other programs write any NaN for `.`.
  static func ieee(_ bits: UInt64) -> Double? {
    let number = Double(bitPattern: bits)
    guard number.isNaN else { return number.isFinite ? number : nil }
    switch ~UInt8(truncatingIfNeeded: bits >> 40) {
    case 0: return NumericColumn.missingValue(27)
    case let tag where 1...27 ~= tag: return NumericColumn.missingValue(Int(tag) - 1)
    case let tag: return missing(character: tag) ?? NumericColumn.missingValue(0)
    }
  }

  private static func missing(character: UInt8) -> Double? {
    switch character {
    case UInt8(ascii: "."): NumericColumn.missingValue(0)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): NumericColumn.missingValue(Int(character) - 0x40)
    case UInt8(ascii: "_"): NumericColumn.missingValue(27)
    default: nil
    }
  }
}
