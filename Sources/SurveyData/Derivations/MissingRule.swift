/// More values that stand for a missing answer: `<0`, `97..99`, `V1, V2: 8, 9`, `-9=refused`.
public struct MissingRule: Hashable, Sendable {
  /// The variables; none means all.
  public let variables: [String]
  /// The values; their reason is *no answer* unless it is said.
  public let codes: [MissingCode]
  /// The rule as it was written.
  public let source: String

  /// Parses a rule as `--missing` takes it.
  ///
  /// Values stand between commas: a code, a range `97..99`, or `<0`, `<=0`, `>90`, `>=90`, each
  /// perhaps with its reason, `-9=refused`.
  /// - Throws: ``SurveyError`` of kind usage.
  public init(parsing text: String) throws {
    var names: [String] = []
    var values = text[...]
    if let colon = text.firstIndex(of: ":") {
      names = text[..<colon].split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
      values = text[text.index(after: colon)...]
      guard !names.isEmpty else {
        throw SurveyError(.usage, "the rule '\(text)' names no variable before the colon")
      }
    }
    source = text
    variables = names
    codes = try values.split(separator: ",", omittingEmptySubsequences: false).map { part in
      let (value, reason) = try Self.reason(part.trimmed, in: text)
      return MissingCode(
        try Self.values(value, in: text), reason: reason ?? .noAnswer,
        label: reason != nil
          ? .none : LocalizedText([("en", "Missing (\(value))"), ("nb", "Mangler (\(value))")]))
    }
  }

  /// A value and the reason behind its last `=`; that of `<=0` is none.
  private static func reason(
    _ text: String, in rule: String
  ) throws -> (value: String, reason: MissingReason?) {
    guard let sign = text.lastIndex(of: "="), sign > text.startIndex,
      !"<>".contains(text[text.index(before: sign)])
    else { return (text, nil) }
    let word = text[text.index(after: sign)...].trimmed
    guard let reason = MissingReason(rawValue: word) else {
      let names = MissingReason.allCases.map(\.rawValue)
      throw SurveyError(
        .usage, "'\(word)' in the missing rule '\(rule)' is no reason",
        remedy: suggestion(for: word, among: names)
          ?? "The reasons are \(names.joined(separator: ", ")).")
    }
    return (text[..<sign].trimmed, reason)
  }

  private static func values(_ text: String, in rule: String) throws -> MissingCode.Values {
    if let range = NumberRange(parsing: text) { return .range(range.low, range.high) }
    let isRange = ["<", ">"].contains { text.hasPrefix($0) } || text.contains("..")
    guard !text.isEmpty, !isRange else {
      throw SurveyError(
        .usage, "'\(text)' in the missing rule '\(rule)' is no value",
        remedy: "Write codes or ranges: `<0`, `97..99`, `V1: 8, 9`.")
    }
    return .code(longCode(text) ?? Double(text).map(canonicalCode) ?? text)
  }

  /// Whether it takes a code.
  func covers(_ code: String) -> Bool {
    codes.contains {
      switch $0.values {
      case .code(let text): text == code
      case .range(let low, let high): Double(code).map { low <= $0 && $0 <= high } ?? false
      case .empty: false
      }
    }
  }
}
