/// Answers as positions in a list of codes, in the narrowest integers that hold them.
///
/// A position below `categories.count` is a valid category; `categories.count + i` is the missing
/// code `missing[i]`. `missing[0]` is always ``MissingCode/system``.
public struct CategoricalColumn: Sendable {
  /// One position a row.
  public let positions: Positions
  /// The valid codes, in the order of the codebook.
  public let categories: [Category]
  /// The missing codes that may occur.
  public let missing: [MissingCode]

  /// Makes a column; positions must lie below `categories.count + missing.count`.
  public init(positions: Positions, categories: [Category], missing: [MissingCode]) {
    precondition(missing.first == .system, "the first missing code is the system-missing value")
    self.positions = positions
    self.categories = categories
    self.missing = missing
  }

  /// The number of rows.
  public var count: Int { positions.count }

  /// The missing code of a position; nil for a valid category.
  public func missingCode(at position: Int) -> MissingCode? {
    position < categories.count ? nil : missing[position - categories.count]
  }

  /// How many rows hold each position: valid categories first, then missing codes.
  /// - Complexity: O(rows).
  public func counts() -> [Int] {
    var counts = Array(repeating: 0, count: categories.count + missing.count)
    positions.withEach { counts[$0] += 1 }
    return counts
  }

  /// The same answers as numbers: each category's code, missing codes as in ``NumericColumn``.
  /// - Returns: nil when a category's code is not a number.
  public func numeric() -> NumericColumn? {
    var values = [Double]()
    for category in categories {
      guard let number = category.number else { return nil }
      values.append(number)
    }
    values += missing.indices.map(NumericColumn.missingValue)
    var result = [Double]()
    result.reserveCapacity(count)
    positions.withEach { result.append(values[$0]) }
    return NumericColumn(values: result, missing: missing)
  }
}

/// Small integers in the narrowest type that holds them.
public enum Positions: Sendable {
  /// Up to 256 different values.
  case uint8([UInt8])
  /// Up to 65,536.
  case uint16([UInt16])
  /// Any number.
  case uint32([UInt32])

  /// Packs values into the narrowest type for `valueCount` different ones.
  @inlinable
  public init(_ values: some Collection<Int>, valueCount: Int) {
    self =
      switch valueCount {
      case ...256: .uint8(values.map(UInt8.init))
      case ...65_536: .uint16(values.map(UInt16.init))
      default: .uint32(values.map(UInt32.init))
      }
  }

  /// The number of rows.
  public var count: Int {
    switch self {
    case .uint8(let values): values.count
    case .uint16(let values): values.count
    case .uint32(let values): values.count
    }
  }

  /// The value of one row.
  public subscript(row: Int) -> Int {
    switch self {
    case .uint8(let values): Int(values[row])
    case .uint16(let values): Int(values[row])
    case .uint32(let values): Int(values[row])
    }
  }

  /// Calls `body` with each row's value, in order.
  @inlinable
  public func withEach(_ body: (Int) -> Void) {
    switch self {
    case .uint8(let values): for value in values { body(Int(value)) }
    case .uint16(let values): for value in values { body(Int(value)) }
    case .uint32(let values): for value in values { body(Int(value)) }
    }
  }
}

extension Positions {
  /// What a table says of each row's position.
  ///
  /// - Parameter table: One value a position.
  @inline(__always)
  func lookedUp<Value>(in table: [Value]) -> [Value] {
    switch self {
    case .uint8(let values): values.map { table[Int($0)] }
    case .uint16(let values): values.map { table[Int($0)] }
    case .uint32(let values): values.map { table[Int($0)] }
    }
  }
}
