/// A variable computed from others.
public struct DerivedVariable: Hashable, Sendable {
  /// What the result looks like: its name, label, categories.
  public var variable: Variable
  /// How it is computed.
  public var rule: Rule

  /// Makes a derived variable.
  public init(_ variable: Variable, rule: Rule) {
    self.variable = variable
    self.rule = rule
  }

  /// How a derived variable is computed.
  public enum Rule: Hashable, Sendable {
    /// New codes for old; what is not in the map goes by `otherwise`.
    case recode(String, map: [CodeMapping], otherwise: Otherwise)
    /// Left-closed intervals: a value `v` with `at[i] ≤ v < at[i+1]` becomes category `i`.
    case cut(String, at: [Double])
    /// The mean of the valid values when at least `minimumValid` of them are there; `reversed`
    /// items count from the other end of their range.
    case mean([String], minimumValid: Int, reversed: [String])
    /// 1 when any of the variables equals the code, else 0.
    case anyOf([String], equals: String, missing: AnyOfMissing)
    /// 1 when the answer stands in a cell of several answers, else 0; missing when none stands there.
    case chosen(String, answer: String)
    /// Whatever the expression gives.
    case expression(String)
  }

  /// Whether it says of one answer whether it stands in a cell of several.
  package var isChosenAnswer: Bool {
    if case .chosen = rule { true } else { false }
  }

  /// One line of a recode.
  public struct CodeMapping: Hashable, Sendable {
    /// The old codes.
    public let from: [String]
    /// The new code; nil means missing.
    public let to: String?

    /// Makes a line of a recode.
    public init(from: [String], to: String?) {
      self.from = from
      self.to = to
    }
  }

  /// What a recode does with valid codes that its map does not name.
  public enum Otherwise: Hashable, Sendable {
    /// They become missing.
    case missing
    /// They keep their code and label.
    case copy
    /// They are an error; the default.
    case fail
    /// They become this code.
    case code(String)
  }

  /// When an any-of is missing.
  public enum AnyOfMissing: String, Hashable, Sendable {
    /// When all the inputs are missing.
    case all
    /// When any input is missing and none equals the code.
    case any
  }
}

extension [Category] {
  /// The categories of a variable that is 0 or 1.
  static let yesAndNo = [
    Category("0", label: LocalizedText([("en", "No"), ("nb", "Nei")])),
    Category("1", label: LocalizedText([("en", "Yes"), ("nb", "Ja")])),
  ]
}
