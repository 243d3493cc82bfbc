internal import SurveyData

/// Expands the bytecodes of compressed cases, keeping only the wanted cells.
///
/// Each group is eight codes and then eight bytes for each code 253.
struct SPSSBytecodes: ~Copyable {
  /// Cases seen so far, also those after the last that is wanted.
  private(set) var caseCount = 0
  /// Elements of the case that is not complete yet.
  private(set) var element = 0
  /// Whether the code that ends the data was seen.
  private(set) var hasEnded = false
  private let elementCount: Int
  private let limit: Int
  private let block: Int
  private let sink: SPSSCellSink
  private let targets: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>
  private let steps: UnsafeMutablePointer<Int>
  /// The wanted elements in the order of the case, and at last where the case ends.
  private let wanted: UnsafeMutablePointer<Int>
  private let wantedCount: Int
  /// Which of these is the first at or after each element.
  private let following: UnsafeMutablePointer<Int>
  private let values: UnsafeMutablePointer<UInt64>
  private let memory: UnsafeMutablePointer<UInt64>
  private let places: [SPSSCells.Place]
  /// Cases in the block that is being filled.
  private var filled = 0

  /// - Parameters:
  ///   - limit: How many cases are wanted; those after are counted only.
  init(
    _ header: SPSSHeader, elementCount: Int, stretches: [SPSSCells.Stretch], limit: Int,
    sink: @escaping SPSSCellSink
  ) {
    self.elementCount = elementCount
    self.limit = limit
    self.sink = sink
    let width = max(1, stretches.reduce(0) { $0 + $1.elementCount })
    block = max(1, min(1024, (1 << 17) / width))
    memory = .allocate(capacity: width * block)
    memory.initialize(repeating: 0, count: width * block)
    targets = .allocate(capacity: elementCount)
    targets.initialize(repeating: nil, count: elementCount)
    steps = .allocate(capacity: elementCount)
    steps.initialize(repeating: 0, count: elementCount)
    var places: [SPSSCells.Place] = []
    var next = 0
    for stretch in stretches {
      let start = memory + next * block
      for part in 0..<stretch.elementCount {
        targets[stretch.element + part] = start + part
        steps[stretch.element + part] = stretch.elementCount
      }
      places.append(SPSSCells.Place(start: start, step: stretch.elementCount * 8))
      next += stretch.elementCount
    }
    self.places = places
    let elements = stretches.flatMap { $0.element..<$0.element + $0.elementCount }.sorted()
    wantedCount = elements.count
    wanted = .allocate(capacity: elements.count + 1)
    wanted.initialize(from: elements + [elementCount], count: elements.count + 1)
    following = .allocate(capacity: elementCount)
    var first = elements.count
    for element in (0..<elementCount).reversed() {
      if first > 0, elements[first - 1] == element { first -= 1 }
      (following + element).initialize(to: first)
    }
    values = .allocate(capacity: 256)
    values.initialize(repeating: 0x2020_2020_2020_2020, count: 256)
    func stored(_ number: Double) -> UInt64 {
      header.isBigEndian ? number.bitPattern.bigEndian : number.bitPattern.littleEndian
    }
    for code in 1...251 { values[code] = stored(Double(code) - header.bias) }
    values[255] = stored(SPSSNumbers.systemMissing)
  }

  deinit {
    memory.deallocate()
    targets.deallocate()
    steps.deallocate()
    wanted.deallocate()
    following.deallocate()
    values.deallocate()
  }

  /// Expands whole groups.
  /// - Returns: How many bytes were used; what is left is the start of a group.
  mutating func expand(_ bytes: UnsafeRawBufferPointer) throws -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var offset = 0
    let end = bytes.count
    var element = self.element
    var row = filled
    while offset &+ 8 <= end, !hasEnded {
      let codes = UInt64(littleEndian: (base + offset).loadUnaligned(as: UInt64.self))
      var next = offset &+ 8
      let literals = Self.places(of: 253, in: codes)
      let afterGroup = next &+ 8 &* literals.nonzeroBitCount
      guard afterGroup <= end else { break }
      if row &+ 8 < block, Self.places(of: 0, in: codes) | Self.places(of: 252, in: codes) == 0 {
        takeWanted(codes, literals: literals, values: base + next, element: &element, row: &row)
        offset = afterGroup
        continue
      }
      var rest = codes
      for _ in 0..<8 {
        let code = Int(truncatingIfNeeded: rest & 0xFF)
        rest >>= 8
        if code == 0 { continue }
        if code == 252 {
          hasEnded = true
          break
        }
        if let target = targets[element] {
          (target + row &* steps[element]).pointee =
            code == 253 ? (base + next).loadUnaligned(as: UInt64.self) : values[code]
        }
        next = next &+ (code == 253 ? 8 : 0)
        element = element &+ 1
        if element == elementCount {
          element = 0
          row = row &+ 1
          if row == block {
            filled = row
            try flush()
            row = 0
          }
        }
      }
      offset = next
    }
    self.element = element
    filled = row
    return offset
  }

  /// Takes from a group of eight cells only those that are wanted; the block has room for them.
  @inline(__always)
  private func takeWanted(
    _ codes: UInt64, literals: UInt64, values literal: UnsafeRawPointer, element: inout Int,
    row: inout Int
  ) {
    var index = following[element]
    var start = element
    while true {
      let place = wanted[index] &- start
      if index == wantedCount {
        if place > 8 { break }
        row = row &+ 1
        start = start &- elementCount
        index = 0
        continue
      }
      if place >= 8 { break }
      let bit = UInt64(truncatingIfNeeded: place &* 8)
      let code = Int(truncatingIfNeeded: (codes &>> bit) & 0xFF)
      let before = (literals & ((1 &<< bit) &- 1)).nonzeroBitCount
      let cell = wanted[index]
      (targets[cell].unsafelyUnwrapped + row &* steps[cell]).pointee =
        code == 253 ? (literal + 8 &* before).loadUnaligned(as: UInt64.self) : values[code]
      index = index &+ 1
    }
    element = start &+ 8
  }

  /// Hands over the cases of the last block.
  mutating func finish() throws { try flush() }

  private mutating func flush() throws {
    let wanted = min(filled, max(0, limit - caseCount))
    caseCount += filled
    filled = 0
    if wanted > 0 { try sink(SPSSCells(places: places, count: wanted)) }
  }

  /// The highest bit of each of the eight codes that is this code.
  private static func places(of code: UInt64, in codes: UInt64) -> UInt64 {
    let differing = codes ^ (code &* 0x0101_0101_0101_0101)
    let low = (differing & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F
    return ~(low | differing | 0x7F7F_7F7F_7F7F_7F7F)
  }
}
