package import SurveyData

/// Positions of one column while it is read: kept in the narrowest integers that hold them so far.
package struct GrowingPositions {
  private var stored: Positions

  package init(capacity: Int) {
    var values: [UInt8] = []
    values.reserveCapacity(capacity)
    stored = .uint8(values)
  }

  /// Adds positions, the highest of which is below `bound`.
  package mutating func append(_ positions: UnsafeBufferPointer<UInt32>, bound: Int) {
    widen(toHold: bound)
    // The array leaves the enum while it grows, so that it is not copied.
    switch stored {
    case .uint8(var values):
      stored = .uint8([])
      values.append(contentsOf: positions.lazy.map { UInt8(truncatingIfNeeded: $0) })
      stored = .uint8(values)
    case .uint16(var values):
      stored = .uint8([])
      values.append(contentsOf: positions.lazy.map { UInt16(truncatingIfNeeded: $0) })
      stored = .uint16(values)
    case .uint32(var values):
      stored = .uint8([])
      values.append(contentsOf: positions)
      stored = .uint32(values)
    }
  }

  private mutating func widen(toHold bound: Int) {
    switch stored {
    case .uint8(let values) where bound > 65_536: stored = .uint32(values.map(UInt32.init))
    case .uint8(let values) where bound > 256: stored = .uint16(values.map(UInt16.init))
    case .uint16(let values) where bound > 65_536: stored = .uint32(values.map(UInt32.init))
    default: break
    }
  }

  /// The positions, each replaced by its entry in `map`.
  package func mapped(by map: [Int]) -> Positions {
    if map.enumerated().allSatisfy({ $0.offset == $0.element }) { return stored }
    let bound = (map.max() ?? 0) + 1
    switch stored {
    case .uint8(let values) where bound <= 256:
      let small = map.map { UInt8(truncatingIfNeeded: $0) }
      return .uint8(values.map { small[Int($0)] })
    case .uint16(let values) where bound <= 65_536:
      let small = map.map { UInt16(truncatingIfNeeded: $0) }
      return .uint16(values.map { small[Int($0)] })
    default:
      var wide: [UInt32] = []
      wide.reserveCapacity(stored.count)
      let large = map.map { UInt32(truncatingIfNeeded: $0) }
      stored.withEach { wide.append(large[$0]) }
      return .uint32(wide)
    }
  }
}
