/// An ordered tree of values, for the parts of the JSON object that are not records.
public indirect enum Tree: Hashable, Sendable {
  /// A single value.
  case value(Value)
  /// A list.
  case list([Tree])
  /// Named values in order.
  case object([Member])

  /// One named value.
  public struct Member: Hashable, Sendable {
    /// Its name.
    public let key: String
    /// The value.
    public let tree: Tree

    /// Makes a member.
    public init(_ key: String, _ tree: Tree) {
      self.key = key
      self.tree = tree
    }
  }

  /// One machine-readable value.
  public enum Value: Hashable, Sendable {
    /// Text: names, codes, labels.
    case text(String)
    /// A number, unrounded; a NaN or an infinity is written as an empty field or null.
    case number(Double)
    /// A count.
    case integer(Int)
    /// Yes or no.
    case flag(Bool)
    /// Does not apply.
    case empty
  }
}

extension Tree {
  package static func text(_ text: String) -> Tree { .value(.text(text)) }
  package static func integer(_ number: Int) -> Tree { .value(.integer(number)) }
  package static var empty: Tree { .value(.empty) }
}

extension Tree.Value {
  /// The value as machines read it; empty where it does not apply.
  package var plainText: String {
    switch self {
    case .text(let text): text
    case .number(let number): Self.shortest(number) ?? ""
    case .integer(let integer): String(integer)
    case .flag(let flag): flag ? "true" : "false"
    case .empty: ""
    }
  }

  /// The shortest text that reads back the same number; nil for a NaN or an infinity.
  package static func shortest(_ number: Double) -> String? {
    guard number.isFinite else { return nil }
    guard number != 0 else { return "0" }
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
