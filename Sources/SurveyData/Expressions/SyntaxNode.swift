/// A part of an expression as it was written, before anything is known of its variables.
package struct SyntaxNode: Sendable {
  /// What it is.
  package let form: Form
  /// Where it stands.
  package let range: Range<Int>

  /// What a part can be.
  package indirect enum Form: Sendable {
    case number(Double)
    case text(String)
    case truth(Bool)
    case name(String)
    case negative(SyntaxNode)
    case arithmetic(Arithmetic, SyntaxNode, SyntaxNode)
    case comparison(Relation, SyntaxNode, SyntaxNode)
    case membership(SyntaxNode, [Member], isNegated: Bool)
    case not(SyntaxNode)
    case and(SyntaxNode, SyntaxNode)
    case or(SyntaxNode, SyntaxNode)
    case call(Function, [SyntaxNode])
  }

  /// One item of `in (1, 2, 5..9)`: a value, or a range with both ends included.
  package struct Member: Sendable {
    /// The value, or the lower end.
    package let low: SyntaxNode
    /// The upper end of a range.
    package let high: SyntaxNode?
  }

  /// The names below the node, in order of appearance.
  var names: [String] {
    switch form {
    case .name(let name): [name]
    case .number, .text, .truth: []
    case .negative(let node), .not(let node): node.names
    case .arithmetic(_, let a, let b), .comparison(_, let a, let b), .and(let a, let b),
      .or(let a, let b):
      a.names + b.names
    case .membership(let node, let members, _):
      node.names + members.flatMap { $0.low.names + ($0.high?.names ?? []) }
    case .call(_, let arguments): arguments.flatMap(\.names)
    }
  }
}

/// The signs between numbers.
package enum Arithmetic: Sendable {
  case plus, minus, times, divided, power
}

/// The signs that compare.
package enum Relation: Sendable {
  case equal, unequal, less, lessOrEqual, greater, greaterOrEqual

  /// The same comparison read from right to left.
  var mirrored: Self {
    switch self {
    case .equal, .unequal: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  @inline(__always)
  func holds<T: Comparable>(_ a: T, _ b: T) -> Bool {
    switch self {
    case .equal: a == b
    case .unequal: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }
}

/// The functions.
package enum Function: String, CaseIterable, Sendable {
  case abs, exp, floor, log, max, min, missing, round, sqrt
  case choice = "if"

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .abs, .exp, .floor, .log, .round, .sqrt: 1...1
    case .max, .min: 1...1000
    case .missing: 1...20
    case .choice: 3...3
    }
  }
}
