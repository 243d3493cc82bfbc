/// More values that stand for a missing answer: `<0`, `97..99`, `V1, V2: 8, 9`.
public struct MissingRule: Hashable, Sendable {
  /// The variables; none means all.
  public let variables: [String]
  /// The values; their reason is *no answer*, since nobody has said why.
  public let codes: [MissingCode]

  /// Parses a rule as `--missing` takes it.
  ///
  /// Values stand between commas: a code, a range `97..99`, or `<0`, `<=0`, `>90`, `>=90`.
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
    variables = names
    codes = try values.split(separator: ",", omittingEmptySubsequences: false).map { part in
      MissingCode(
        try Self.values(part.trimmed, in: text), reason: .noAnswer,
        label: LocalizedText([
          ("en", "Missing (\(part.trimmed))"), ("nb", "Mangler (\(part.trimmed))"),
        ]))
    }
  }

  private static func values(_ text: String, in rule: String) throws -> MissingCode.Values {
    if let range = NumberRange(parsing: text) { return .range(range.low, range.high) }
    let isRange = ["<", ">"].contains { text.hasPrefix($0) } || text.contains("..")
    guard !text.isEmpty, !isRange else {
      throw SurveyError(
        .usage, "'\(text)' in the missing rule '\(rule)' is no value",
        remedy: "Write codes or ranges: `<0`, `97..99`, `V1: 8, 9`.")
    }
    return .code(Double(text).map(canonicalCode) ?? text)
  }

  /// The variable with the rule's codes among its missing ones.
  func applied(to variable: Variable) -> Variable {
    var changed = variable
    changed.missing += codes.filter { code in
      switch code.values {
      case .code(let text): variable.missingCode(covering: text) == nil
      case .range: variable.type?.isText != true
      case .empty: false
      }
    }
    changed.categories = variable.categories.filter {
      changed.missingCode(covering: $0.code) == nil
    }
    return changed
  }
}
