internal import SurveyData

/// Makes the rows of a Stata file, which all are equally wide, on all cores.
struct StataRowWriter {
  private let variables: [StataExport]
  /// Where each variable begins in a row.
  private let offsets: [Int]
  private let width: Int
  /// How far the row of a long text stands before its variable.
  private let rowBits: Int

  private static let stretch = 4096

  init(_ variables: [StataExport], version: Int) {
    self.variables = variables
    var offsets: [Int] = []
    var width = 0
    for variable in variables {
      offsets.append(width)
      width += variable.type.width
    }
    self.offsets = offsets
    self.width = width
    rowBits = version >= 119 ? 24 : 16
  }

  func bytes(of rows: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: rows * width) { buffer, size in
      nonisolated(unsafe) let bytes = UnsafeMutableRawBufferPointer(buffer)
      let stretches = (rows + Self.stretch - 1) / Self.stretch
      _ = concurrentWork(stretches, threads: coreCount, state: {}) { _, stretch in
        let first = stretch * Self.stretch
        let range = first..<min(first + Self.stretch, rows)
        for (index, variable) in variables.enumerated() { fill(bytes, range, variable, index) }
      }
      size = rows * width
    }
  }

  private func fill(
    _ bytes: UnsafeMutableRawBufferPointer, _ rows: Range<Int>, _ variable: StataExport,
    _ index: Int
  ) {
    func place(_ row: Int) -> Int { row * width + offsets[index] }
    func fill<Whole: FixedWidthInteger & BitwiseCopyable>(_ type: Whole.Type, missing: Int) {
      variable.column.withNumbers(rows) { row, number in
        let tag = variable.tag(of: number)
        let whole = tag.map { missing + $0 } ?? Int(variable.inFile(number))
        bytes.storeBytes(
          of: Whole(truncatingIfNeeded: whole).littleEndian, toByteOffset: place(row),
          as: Whole.self)
      }
    }
    switch variable.type {
    case .text(let size):
      for row in rows {
        var text = variable.column.text(row)
        if text.utf8.count > size { text = text.cut(toBytes: size) }
        let target = UnsafeMutableRawBufferPointer(rebasing: bytes[place(row)..<place(row) + size])
        let length = text.withUTF8 { utf8 in
          target.copyMemory(from: UnsafeRawBufferPointer(utf8))
          return utf8.count
        }
        for rest in length..<size { target[rest] = 0 }
      }
    case .longText:
      for row in rows {
        let isEmpty = variable.column.text(row).isEmpty
        let reference = isEmpty ? 0 : (row + 1) << rowBits + index + 1
        bytes.storeBytes(
          of: UInt64(truncatingIfNeeded: reference).littleEndian, toByteOffset: place(row),
          as: UInt64.self)
      }
    case .byte: fill(Int8.self, missing: 101)
    case .int: fill(Int16.self, missing: 32_741)
    case .long: fill(Int32.self, missing: 2_147_483_621)
    case .float, .double:
      variable.column.withNumbers(rows) { row, number in
        let bits =
          variable.tag(of: number).map { UInt64(0x7FE0_0000_0000_0000 + $0 << 40) }
          ?? variable.inFile(number).bitPattern
        bytes.storeBytes(of: bits.littleEndian, toByteOffset: place(row), as: UInt64.self)
      }
    }
  }
}

extension StataExport {
  /// The tag of a missing number; nil for a number.
  fileprivate func tag(of number: Double) -> Int? {
    if number.isNaN { return tags[NumericColumn.missingIndex(number)] }
    return abs(number) >= 0x1p1023 ? 0 : nil
  }

  fileprivate func inFile(_ number: Double) -> Double {
    calendar?.inFile(number) ?? number
  }
}
