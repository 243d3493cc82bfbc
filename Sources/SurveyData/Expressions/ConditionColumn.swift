/// Whether a condition holds, in three-valued logic.
public enum Truth: UInt8, Sendable {
  /// It does not hold.
  case `false` = 0
  /// It holds.
  case `true` = 1
  /// It is not known, since an answer is missing.
  case missing = 2
}

/// Whether a condition holds for each row.
public struct ConditionColumn: Equatable, Sendable {
  /// One byte a row: 0 false, 1 true, 2 missing.
  public let bytes: [UInt8]

  /// Makes a column of bytes that are 0, 1 or 2.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// The number of rows.
  public var count: Int { bytes.count }

  /// The truth of one row.
  public subscript(row: Int) -> Truth { Truth(rawValue: bytes[row]) ?? .missing }

  /// How many rows are missing.
  /// - Complexity: O(rows).
  public var missingCount: Int { bytes.reduce(0) { $0 + ($1 == 2 ? 1 : 0) } }
}
