internal import SurveyData

/// What becomes of a text that is read as a code.
struct CSVCodeRules: Sendable {
  let scheme: CodeScheme
  let dialect: CSVDialect
  /// How many codes may be discovered: a position shares its 32 bits with what is counted.
  var mostCodes = 1 << 27
  /// Whether codes may turn up that the scheme does not list.
  let discovers: Bool
  // Asked for every text, so that the scheme is not copied for it.
  private let type: ValueType?
  private let isOpen: Bool
  private let takesAll: Bool
  private let keepsUnknown: Bool
  private let isSeveral: Bool

  init(_ scheme: CodeScheme, _ dialect: CSVDialect) {
    self.scheme = scheme
    self.dialect = dialect
    type = scheme.variable.type
    isOpen = scheme.isOpen
    takesAll = scheme.isOpen && scheme.variable.isOpen
    keepsUnknown = scheme.variable.unknown == .warn
    isSeveral = scheme.variable.hasSeveralAnswers
    discovers = isOpen || keepsUnknown || isSeveral
  }

  /// What becomes of a text.
  enum Outcome: Equatable {
    /// A position of the scheme.
    case listed(Int, isRewritten: Bool)
    /// A code that the scheme does not list but takes in.
    case discovered(String, isRewritten: Bool, isUnknown: Bool)
    /// Something that is told and counted, and the position that stands in for it.
    case refused(CSVTally.Kind, position: Int)
  }

  /// What becomes of a trimmed text that is not empty.
  ///
  /// The text as it stands goes before any rewriting, so that leading zeros are kept. A number is
  /// rewritten when the variable is declared as numbers, when only its plain form is listed, or when
  /// it is whole but for a decimal sign and zeros.
  func outcome(of text: String) -> Outcome {
    if let position = scheme.position(ofCode: text) { return .listed(position, isRewritten: false) }
    if isSeveral {
      let isUnknown = !scheme.variable.unknownAnswers(in: text).isEmpty
      return isUnknown && scheme.variable.unknown == .fail
        ? .refused(.unknown, position: 0)
        : .discovered(text, isRewritten: false, isUnknown: isUnknown)
    }
    let isNumeric = type == .integer || type == .decimal
    let number = number(text)
    let long = longCode(text)
    if long == nil, let number, let position = scheme.position(ofNumber: number),
      type != .text || isPlain(text)
    {
      return .listed(position, isRewritten: true)
    }
    if isNumeric, number == nil {
      return .refused(isOpen ? .notNumber : unknownKind, position: unknownPosition)
    }
    if type == .integer, let number, number != number.rounded() {
      return .refused(.notWhole, position: 0)
    }
    var isAdmitted = takesAll
    if isOpen, !takesAll, let number { isAdmitted = scheme.admits(number) }
    guard isAdmitted || keepsUnknown else {
      return .refused(unknownKind, position: unknownPosition)
    }
    let code =
      long
      ?? number.map {
        isNumeric || type != .text && isWholeDecimal(text, $0) ? canonicalCode($0) : text
      }
      ?? text
    return .discovered(code, isRewritten: code != text, isUnknown: !isAdmitted)
  }

  private var unknownKind: CSVTally.Kind {
    scheme.variable.unknown == .missing ? .unknownMissing : .unknown
  }

  private var unknownPosition: Int { scheme.implausiblePosition ?? 0 }

  /// Whether a text is a number as the file writes them.
  func isNumber(_ text: String) -> Bool { number(text) != nil }

  private func number(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 {
      DecimalNumber.value(UnsafeRawBufferPointer($0), decimal: dialect.decimal)
    }
      ?? dialect.groupedNumber(text)
  }

  /// Whether a text of digits, perhaps with a sign and a fraction, could be a number that somebody
  /// wrote another way.
  private func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { 48...57 ~= $0 || $0 == dialect.decimal || $0 == UInt8(ascii: "-") }
  }

  /// Whether a number is whole but is written with a fraction: `3.0`, not `03.0`.
  private func isWholeDecimal(_ text: String, _ number: Double) -> Bool {
    guard number == number.rounded(), text.utf8.contains(dialect.decimal) else { return false }
    let plain = canonicalCode(number)
    let rest = text.utf8.dropFirst(plain.utf8.count)
    return text.hasPrefix(plain) && rest.first == dialect.decimal
      && rest.dropFirst().allSatisfy { $0 == UInt8(ascii: "0") }
  }
}
