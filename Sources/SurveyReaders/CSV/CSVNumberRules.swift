internal import SurveyData

/// What becomes of a field that is read as a number.
struct CSVNumberRules: Sendable {
  let scheme: CodeScheme
  let dialect: CSVDialect
  /// What becomes of the whole numbers from 0: themselves, a missing value, or ``unlisted``.
  let small: [Double]
  /// Numbers that are valid unless `small` says otherwise; others may be valid too.
  let valid: ClosedRange<Double>
  /// Whether numbers with decimals are faults.
  let wholeOnly: Bool

  /// Stands in `small` for a number that needs a closer look.
  static let unlisted = -1.0
  private static let smallCount = 1024

  init(_ scheme: CodeScheme, _ dialect: CSVDialect) {
    self.scheme = scheme
    self.dialect = dialect
    wholeOnly = scheme.variable.type == .integer
    small = (0..<Self.smallCount).map { whole in
      switch Self.standing(of: Double(whole), scheme) {
      case .valid: Double(whole)
      case .missing(let index): NumericColumn.missingValue(index)
      case .unknown: Self.unlisted
      }
    }
    valid = Self.validRange(scheme)
  }

  /// A range without a missing code, as long as it is easily found.
  private static func validRange(_ scheme: CodeScheme) -> ClosedRange<Double> {
    let variable = scheme.variable
    // Beyond 2⁵³ a whole number may have lost digits, which is looked at one by one.
    let exact = 9.007_199_254_740_991e15
    var (low, high) = variable.isOpen ? (-exact, exact) : (1, 0)
    if let range = variable.range {
      (low, high) = (max(range.lowerBound, -exact), min(range.upperBound, exact))
    }
    for code in scheme.missing {
      let (first, last): (Double, Double)
      switch code.values {
      case .empty: continue
      case .range(let from, let through): (first, last) = (from, through)
      case .code(let text):
        guard let number = DecimalNumber.value(text) else { continue }
        (first, last) = (number, number)
      }
      if first > 0 {
        high = min(high, first.nextDown)
      } else {
        low = max(low, last.nextUp)
      }
    }
    // Empty where nothing is known to be valid.
    return low <= high ? low...high : .infinity ... .infinity
  }

  /// What becomes of a field.
  enum Outcome {
    /// A valid number.
    case number(Double)
    /// The missing code at a position.
    case missing(Int)
    /// Something that must be told, and what stands in for it.
    case noted(Double, CSVTally.Kind)
  }

  func outcome(of field: UnsafeRawBufferPointer) -> Outcome {
    let content = dialect.content(field)
    guard !content.isEmpty else { return .missing(0) }
    if let number = DecimalNumber.value(content, decimal: dialect.decimal) {
      if abs(number) >= 0x1p53, let text = dialect.text(of: field), let long = longCode(text) {
        return outcome(of: number, long)
      }
      return outcome(of: number)
    }
    guard let text = dialect.text(of: field) else {
      return .noted(NumericColumn.missingValue(0), .badEncoding)
    }
    if let position = scheme.position(ofCode: text), position >= scheme.categories.count {
      return .missing(position - scheme.categories.count)
    }
    if let number = dialect.groupedNumber(text) { return outcome(of: number) }
    return .noted(NumericColumn.missingValue(0), .notNumber)
  }

  /// A whole number from 2⁵³ on, which may be another than its digits say.
  private func outcome(of number: Double, _ code: String) -> Outcome {
    if let position = scheme.position(ofCode: code), position >= scheme.categories.count {
      return .missing(position - scheme.categories.count)
    }
    guard case .number = outcome(of: number) else { return outcome(of: number) }
    let isExact = Int64(code).flatMap { Double(exactly: $0) } != nil
    return isExact ? .number(number) : .noted(number, .inexact)
  }

  private func outcome(of number: Double) -> Outcome {
    switch Self.standing(of: number, scheme) {
    case .valid:
      let isWhole = scheme.variable.type != .integer || number == number.rounded()
      return isWhole ? .number(number) : .noted(number, .notWhole)
    case .missing(let index): return .missing(index)
    case .unknown:
      switch scheme.variable.unknown {
      case .fail: return .noted(number, .unknown)
      case .warn: return .noted(number, .unknownKept)
      case .missing:
        let index = (scheme.implausiblePosition ?? 0) - scheme.categories.count
        return .noted(NumericColumn.missingValue(max(0, index)), .unknownMissing)
      }
    }
  }

  private enum Standing {
    case valid, missing(Int), unknown
  }

  private static func standing(of number: Double, _ scheme: CodeScheme) -> Standing {
    if let position = scheme.position(ofNumber: number) {
      position < scheme.categories.count ? .valid : .missing(position - scheme.categories.count)
    } else {
      scheme.admits(number) ? .valid : .unknown
    }
  }
}
