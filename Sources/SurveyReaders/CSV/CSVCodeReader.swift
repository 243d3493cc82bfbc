internal import SurveyData

/// A column read as positions in a list of codes.
///
/// Each thread numbers the codes that it discovers by itself; `finish` sorts them all and gives every
/// row its final position. Where no code can be discovered, the first numbers are final.
final class CSVCodeReader: CSVColumnReader, @unchecked Sendable {
  let field: Int
  private let rules: CSVCodeRules
  /// The rows, as wide as `width` says.
  private(set) var memory: UnsafeMutableRawPointer?
  /// How wide a position is.
  let width: Width

  /// The narrowest integers that hold all positions.
  enum Width {
    case uint8, uint16, uint32

    init(valueCount: Int) {
      switch valueCount {
      case ...256: self = .uint8
      case ...65_536: self = .uint16
      default: self = .uint32
      }
    }

    /// Bytes of a position.
    var size: Int {
      switch self {
      case .uint8: 1
      case .uint16: 2
      case .uint32: 4
      }
    }
  }

  init(field: Int, rules: CSVCodeRules) {
    self.field = field
    self.rules = rules
    width =
      rules.discovers
      ? .uint32 : Width(valueCount: rules.scheme.categories.count + rules.scheme.missing.count)
  }

  deinit { free() }

  private func free() {
    memory?.deallocate()
    memory = nil
  }

  func makeRoom(_ capacity: Int) {
    memory = .allocate(byteCount: capacity * width.size, alignment: 8)
  }

  /// The first rows as integers of that width.
  private func rows<Position>(_ count: Int) -> UnsafeBufferPointer<Position> {
    UnsafeBufferPointer(start: memory?.assumingMemoryBound(to: Position.self), count: count)
  }

  func makeDecoder() -> any CSVColumnDecoder { CSVCodeDecoder(self, rules) }

  func move(_ rows: Range<Int>, to first: Int) {
    guard let memory else { return }
    let size = width.size
    (memory + first * size).copyMemory(
      from: memory + rows.lowerBound * size, byteCount: rows.count * size)
  }

  func finish(
    _ decoders: [any CSVColumnDecoder], _ pieces: [CSVPiece], count: Int
  ) -> Column {
    defer { free() }
    let scheme = rules.scheme
    guard rules.discovers else {
      let positions: Positions =
        switch width {
        case .uint8: .uint8(Array(rows(count)))
        case .uint16: .uint16(Array(rows(count)))
        case .uint32: .uint32(Array(rows(count)))
        }
      return .codes(
        CategoricalColumn(
          positions: positions, categories: scheme.categories, missing: scheme.missing))
    }
    let found: UnsafeBufferPointer<UInt32> = rows(count)
    let merger = CSVCodeMerger(
      scheme, decoders.map { ($0 as? CSVCodeDecoder)?.discovered ?? [] }, isNumber: rules.isNumber)
    let merged: Positions =
      switch Width(valueCount: merger.categories.count + merger.missing.count) {
      case .uint8: .uint8(remapped(found, pieces, merger.maps))
      case .uint16: .uint16(remapped(found, pieces, merger.maps))
      case .uint32: .uint32(remapped(found, pieces, merger.maps))
      }
    return .codes(
      CategoricalColumn(
        positions: merged, categories: merger.categories, missing: merger.missing))
  }

  @inline(__always)
  private func remapped<Narrow: FixedWidthInteger & Sendable>(
    _ found: UnsafeBufferPointer<UInt32>, _ pieces: [CSVPiece], _ maps: [[UInt32]]
  ) -> [Narrow] {
    [Narrow](unsafeUninitializedCapacity: found.count) { buffer, count in
      for piece in pieces {
        maps[piece.thread].withUnsafeBufferPointer { map in
          for row in piece.rows { buffer[row] = Narrow(truncatingIfNeeded: map[Int(found[row])]) }
        }
      }
      count = found.count
    }
  }
}
