/// Numbers as people want them in a spreadsheet; the files of machines have neither.
public struct PrintedNumbers: Sendable {
  /// Whether shares are percentages.
  public var inPercent: Bool
  /// The decimals of estimates; nil leaves all.
  public var digits: Int?

  /// Numbers that are not as machines read them.
  public init(inPercent: Bool = false, digits: Int? = nil) {
    self.inPercent = inPercent
    self.digits = digits
  }

  /// The decimals of what is no estimate, such as a p-value or a design effect, at least.
  private static let fewest = 3

  /// What is rounded to the digits asked for: what is estimated and counted, and its errors.
  private static func isEstimate(_ column: String) -> Bool {
    ["estimate", "std_error", "conf_", "bound_", "weighted_n", "published"].contains {
      column.hasPrefix($0)
    }
  }

  func text(_ value: Records.Value, in column: String, isShare: Bool) -> String {
    guard case .number(let number) = value else { return value.plainText }
    guard var decimal = Decimal(number) else { return "" }
    if isShare, inPercent { decimal = decimal.shifted(by: 2) }
    if let digits, Self.isEstimate(column) {
      return decimal.rounded(toDecimals: digits).plain(decimals: digits)
    }
    if let digits { decimal = decimal.rounded(toDecimals: max(digits, Self.fewest)) }
    return decimal.plain(decimals: decimal.decimals)
  }
}

extension Decimal {
  fileprivate func plain(decimals: Int) -> String {
    (isNegative ? "-" : "") + integer + (decimals > 0 ? ".\(fraction(decimals))" : "")
  }
}
