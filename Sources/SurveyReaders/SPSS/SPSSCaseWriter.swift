internal import SurveyData

/// Makes the bytecodes of compressed cases.
///
/// Eight codes go before the values that they announce. Eight cases are whole groups of eight, so that
/// stretches of as many cases are made on all cores and joined.
struct SPSSCaseWriter {
  private static let bias = 100.0
  private static let spaces: UInt64 = 0x2020_2020_2020_2020
  private static let stretch = 4096

  private let variables: [SPSSExport]
  /// Elements of eight bytes in a case.
  private let width: Int

  /// All cases; the code 252 ends them.
  static func bytecodes(_ variables: [SPSSExport], rows: Int) -> [UInt8] {
    let writer = Self(
      variables: variables,
      width: variables.reduce(0) { $0 + ($1.isText ? $1.textElements : 1) })
    let stretches = Array(stride(from: 0, to: rows, by: stretch)).map {
      $0..<min($0 + stretch, rows)
    }
    let parts = concurrentMap(stretches.count, threads: coreCount) { index in
      writer.bytecodes(stretches[index], isLast: index == stretches.count - 1)
    }
    guard !parts.isEmpty else { return [252, 0, 0, 0, 0, 0, 0, 0] }
    var joined: [UInt8] = []
    joined.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts { joined += part }
    return joined
  }

  private func bytecodes(_ rows: Range<Int>, isLast: Bool) -> [UInt8] {
    let count = rows.count * width
    let size = count + (isLast ? 8 - count % 8 : 0)
    var codes = Array(repeating: UInt8(0), count: size)
    var values = Array(repeating: UInt64(0), count: count)
    codes.withUnsafeMutableBufferPointer { codes in
      values.withUnsafeMutableBufferPointer { values in
        var element = 0
        for variable in variables {
          let target = Target(codes: codes, values: values, element: element, step: width)
          if variable.isText {
            fill(target, variable, rows)
            element += variable.textElements
          } else {
            Self.fill(target, variable, rows)
            element += 1
          }
        }
      }
    }
    if isLast { codes[count] = 252 }
    return Self.grouped(codes, values)
  }

  /// Puts the values after the codes, eight by eight.
  private static func grouped(_ codes: [UInt8], _ values: [UInt64]) -> [UInt8] {
    let literals = codes.reduce(0) { $0 + ($1 == 253 ? 1 : 0) }
    return [UInt8](unsafeUninitializedCapacity: codes.count + 8 * literals) { buffer, size in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      var next = 0
      for group in stride(from: 0, to: codes.count, by: 8) {
        for place in group..<group + 8 { bytes[next + place - group] = codes[place] }
        next += 8
        for place in group..<group + 8 where codes[place] == 253 {
          bytes.storeBytes(of: values[place].littleEndian, toByteOffset: next, as: UInt64.self)
          next += 8
        }
      }
      size = next
    }
  }

  /// Where a variable's elements of a stretch of cases go.
  private struct Target {
    let codes: UnsafeMutableBufferPointer<UInt8>
    let values: UnsafeMutableBufferPointer<UInt64>
    /// The first element of the first case.
    let element: Int
    /// From one case to the next.
    let step: Int

    @inline(__always)
    func put(_ code: UInt8, _ value: UInt64, _ row: Int, _ offset: Int = 0) {
      let place = element + row * step + offset
      codes[place] = code
      values[place] = value
    }
  }

  // MARK: Numbers

  private static func fill(_ target: Target, _ variable: SPSSExport, _ rows: Range<Int>) {
    variable.column.withNumbers(rows) { row, number in
      let (code, value) = element(number, variable)
      target.put(code, value, row - rows.lowerBound)
    }
  }

  @inline(__always)
  private static func element(_ number: Double, _ variable: SPSSExport) -> (UInt8, UInt64) {
    let number =
      number.isNaN ? variable.missingNumbers[NumericColumn.missingIndex(number)] : number
    guard number != SPSSNumbers.systemMissing else { return (255, 0) }
    let value = variable.format.inFile(number)
    if value >= 1 - bias, value <= 251 - bias, value == value.rounded(),
      !(value == 0 && value.sign == .minus)
    {
      return (UInt8(value + bias), 0)
    }
    return (253, value.bitPattern)
  }

  // MARK: Text

  private func fill(_ target: Target, _ variable: SPSSExport, _ rows: Range<Int>) {
    let segments = variable.segments
    for (place, row) in rows.enumerated() {
      var text = variable.column.text(row)
      if text.utf8.count > variable.width { text = text.cut(toBytes: variable.width) }
      text.withUTF8 { bytes in
        var offset = 0
        var start = 0
        for (allocated, used) in segments {
          let end = min(start + used, bytes.count)
          let size = (allocated + 7) / 8
          for part in 0..<size {
            let first = start + part * 8
            var value = Self.spaces
            if first < end {
              withUnsafeMutableBytes(of: &value) { value in
                for index in first..<min(first + 8, end) { value[index - first] = bytes[index] }
              }
            }
            let isBlank = value == Self.spaces
            target.put(isBlank ? 254 : 253, UInt64(littleEndian: value), place, offset + part)
          }
          offset += size
          start = min(start + used, bytes.count)
        }
      }
    }
  }
}

extension SPSSExport {
  /// The elements of eight bytes that a text takes.
  fileprivate var textElements: Int { segments.reduce(0) { $0 + ($1.allocated + 7) / 8 } }
}
