/// The numbers that mean something special in SPSS.
enum SPSSNumbers {
  /// System-missing: the most negative number.
  static let systemMissing = -Double.greatestFiniteMagnitude
  /// `LOWEST`, the open end of a range of missing values.
  static let lowest = systemMissing.nextUp
  /// `HIGHEST`.
  static let highest = Double.greatestFiniteMagnitude

  /// An end of a range of missing values.
  static func rangeEnd(_ number: Double) -> Double {
    switch number {
    case ...lowest: -.infinity
    case highest...: .infinity
    default: number
    }
  }
}
