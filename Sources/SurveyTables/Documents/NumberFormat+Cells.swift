extension NumberFormat {
  /// A number in the format that it asks for.
  public func text(_ quantity: Table.Quantity) -> String {
    text(quantity.value, as: quantity.format)
  }

  /// A number in a format.
  public func text(_ value: Double, as format: Table.Format) -> String {
    switch format {
    case .percent(let digits): percent(value, digits: digits)
    case .points(let digits): points(value, digits: digits)
    case .fixed(let digits): fixed(value, digits: digits)
    case .significant(let digits): significant(value, digits: digits)
    case .probability: probability(value)
    }
  }

  /// One number in parentheses, or the two ends of a range.
  func parentheses(_ quantities: [Table.Quantity]) -> String {
    guard let first = quantities.first else { return "" }
    return quantities.count == 1
      ? "(\(text(first)))" : "(\(interval(first.value, quantities[1].value, as: first.format)))"
  }

  /// The bounds of an interval: `77–83`, or `−1.2 to 2.2` where a bound is below zero.
  ///
  /// Bounds of percentage points have no plus sign.
  public func interval(_ low: Double, _ high: Double, as format: Table.Format) -> String {
    let bounds: Table.Format =
      if case .points(let digits) = format { .percent(digits: digits) } else { format }
    let (low, high) = (text(low, as: bounds), text(high, as: bounds))
    let space = Self.noBreakSpace
    let isBelowZero = low.hasPrefix(Self.minus) || high.hasPrefix(Self.minus)
    return isBelowZero ? "\(low)\(space)\(to)\(space)\(high)" : "\(low)–\(high)"
  }
}
