/// A word of an expression and where it stands.
struct Token: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case number(Double)
    case text(String)
    case name(String)
    case symbol(Symbol)
    case end
  }

  /// Signs and reserved words.
  enum Symbol: String, Sendable {
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case power = "^"
    case open = "("
    case close = ")"
    case comma = ","
    case through = ".."
    case and, or, not
    case `in`
    case `true`
    case `false`
  }

  let kind: Kind
  let range: Range<Int>

  /// The token as it is called in an error.
  func name(in text: ExpressionText) -> String {
    kind == .end ? "the end" : "'\(text[range])'"
  }
}
