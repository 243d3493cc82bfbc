/// Answers as numbers.
///
/// A missing answer is a NaN whose payload is the position of its code in `missing`, so that the
/// reason costs no memory. `missing[0]` is always ``MissingCode/system``, and arithmetic's own NaNs
/// have payload 0.
public struct NumericColumn: Sendable {
  /// One number a row.
  public let values: [Double]
  /// The missing codes that may occur.
  public let missing: [MissingCode]

  /// Makes a column; every NaN's payload must be a position in `missing`.
  public init(values: [Double], missing: [MissingCode]) {
    precondition(missing.first == .system, "the first missing code is the system-missing value")
    self.values = values
    self.missing = missing
  }

  /// The number of rows.
  public var count: Int { values.count }

  /// The number that stands for the missing code at a position.
  public static func missingValue(_ index: Int) -> Double {
    Double(nan: Double.RawSignificand(index), signaling: false)
  }

  /// The position in `missing` of a value that is NaN.
  @inlinable
  public static func missingIndex(_ value: Double) -> Int {
    Int(value.bitPattern & 0x7_FFFF_FFFF_FFFF)
  }

  /// The missing code of a value; nil for a number.
  public func missingCode(of value: Double) -> MissingCode? {
    value.isNaN ? missing[Self.missingIndex(value)] : nil
  }
}
