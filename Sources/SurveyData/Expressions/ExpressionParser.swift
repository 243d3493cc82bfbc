/// Turns tokens into a syntax tree, by recursive descent: `or`, `and`, `not`, comparison and `in`,
/// sums, products, unary minus, powers.
struct ExpressionParser {
  private let text: ExpressionText
  private let tokens: [Token]
  private var position = 0
  private var depth = 0
  private var links = 0

  /// The deepest nesting of parentheses, `not` and minus signs.
  private static let deepest = 100

  /// The most operators; a chain of them is as deep a tree as it is long.
  private static let mostLinks = 1000

  init(_ source: String) throws {
    var scanner = try ExpressionScanner(source)
    text = scanner.text
    tokens = try scanner.tokens()
  }

  /// The tree of the whole expression.
  mutating func parse() throws -> SyntaxNode {
    guard current.kind != .end else { throw text.fault("an expression is empty", at: 0..<0) }
    let node = try disjunction()
    guard current.kind == .end else { throw unexpected("an operator or the end") }
    return node
  }

  private var current: Token { tokens[position] }

  private func unexpected(_ wanted: String) -> SurveyError {
    text.fault("\(current.name(in: text)) stands where \(wanted) should", at: current.range)
  }

  /// Whether the current token is the symbol; steps over it if so.
  private mutating func take(_ symbol: Token.Symbol) -> Bool {
    guard current.kind == .symbol(symbol) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ symbol: Token.Symbol) throws {
    guard take(symbol) else { throw unexpected("'\(symbol.rawValue)'") }
  }

  private func node(_ form: SyntaxNode.Form, from start: Int) -> SyntaxNode {
    SyntaxNode(form: form, range: start..<tokens[position - 1].range.upperBound)
  }

  /// Parses something that may contain itself, so that no input exhausts the stack.
  private mutating func nested(
    _ parse: (inout Self) throws -> SyntaxNode
  ) throws -> SyntaxNode {
    guard depth < Self.deepest else {
      throw text.fault("an expression is nested deeper than \(Self.deepest)", at: current.range)
    }
    depth += 1
    defer { depth -= 1 }
    return try parse(&self)
  }

  private mutating func countLink() throws {
    links += 1
    guard links <= Self.mostLinks else {
      throw text.fault(
        "an expression has more than \(Self.mostLinks) operators", at: current.range,
        remedy: "Use `in (…)` for a list of codes.")
    }
  }

  private mutating func disjunction() throws -> SyntaxNode {
    let start = current.range.lowerBound
    var left = try conjunction()
    while take(.or) {
      try countLink()
      let right = try conjunction()
      left = node(.or(left, right), from: start)
    }
    return left
  }

  private mutating func conjunction() throws -> SyntaxNode {
    let start = current.range.lowerBound
    var left = try negation()
    while take(.and) {
      try countLink()
      let right = try negation()
      left = node(.and(left, right), from: start)
    }
    return left
  }

  private mutating func negation() throws -> SyntaxNode {
    let start = current.range.lowerBound
    guard take(.not) else { return try comparison() }
    let operand = try nested { try $0.negation() }
    return node(.not(operand), from: start)
  }

  private static let comparisons: [Token.Symbol: Relation] = [
    .equal: .equal, .unequal: .unequal, .less: .less, .lessOrEqual: .lessOrEqual,
    .greater: .greater, .greaterOrEqual: .greaterOrEqual,
  ]

  /// A comparison, a chain of them (`18 <= age < 30`), or a membership.
  private mutating func comparison() throws -> SyntaxNode {
    let start = current.range.lowerBound
    var left = try sum()
    if let membership = try membership(of: left, from: start) { return membership }
    var chain: SyntaxNode?
    while case .symbol(let symbol) = current.kind, let comparison = Self.comparisons[symbol] {
      try countLink()
      let linkStart = left.range.lowerBound
      position += 1
      let right = try sum()
      let link = node(.comparison(comparison, left, right), from: linkStart)
      chain = chain.map { node(.and($0, link), from: start) } ?? link
      left = right
    }
    return chain ?? left
  }

  private mutating func membership(
    of left: SyntaxNode, from start: Int
  ) throws -> SyntaxNode? {
    var isNegated = false
    if current.kind == .symbol(.not), tokens[position + 1].kind == .symbol(.in) {
      position += 1
      isNegated = true
    }
    guard take(.in) else { return nil }
    var members: [SyntaxNode.Member] = []
    if take(.open) {
      repeat { members.append(try member()) } while take(.comma)
      try expect(.close)
    } else {
      members.append(try member())
      guard members[0].high != nil else {
        throw text.fault(
          "'in' needs a list in parentheses or a range", at: members[0].low.range,
          remedy: "Write `in (1, 2, 3)` or `in 18..30`.")
      }
    }
    return node(.membership(left, members, isNegated: isNegated), from: start)
  }

  private mutating func member() throws -> SyntaxNode.Member {
    let low = try sum()
    return SyntaxNode.Member(low: low, high: take(.through) ? try sum() : nil)
  }

  private static let sums: [Token.Symbol: Arithmetic] = [.plus: .plus, .minus: .minus]
  private static let products: [Token.Symbol: Arithmetic] = [.times: .times, .divided: .divided]

  private mutating func sum() throws -> SyntaxNode {
    try chain(of: Self.sums) { try $0.product() }
  }

  private mutating func product() throws -> SyntaxNode {
    try chain(of: Self.products) { try $0.signed() }
  }

  /// Operands with signs of one rank between them, from left to right.
  private mutating func chain(
    of signs: [Token.Symbol: Arithmetic], operand: (inout Self) throws -> SyntaxNode
  ) throws -> SyntaxNode {
    let start = current.range.lowerBound
    var left = try operand(&self)
    while case .symbol(let symbol) = current.kind, let sign = signs[symbol] {
      try countLink()
      position += 1
      let right = try operand(&self)
      left = node(.arithmetic(sign, left, right), from: start)
    }
    return left
  }

  private mutating func signed() throws -> SyntaxNode {
    let start = current.range.lowerBound
    if take(.minus) {
      let operand = try nested { try $0.signed() }
      if case .number(let value) = operand.form { return node(.number(-value), from: start) }
      return node(.negative(operand), from: start)
    }
    _ = take(.plus)
    let base = try primary()
    guard take(.power) else { return base }
    let exponent = try nested { try $0.signed() }
    return node(.arithmetic(.power, base, exponent), from: start)
  }

  private mutating func primary() throws -> SyntaxNode {
    let token = current
    let start = token.range.lowerBound
    guard token.kind != .end else { throw unexpected("a name or a value") }
    position += 1
    switch token.kind {
    case .number(let value): return node(.number(value), from: start)
    case .text(let value): return node(.text(value), from: start)
    case .symbol(.true): return node(.truth(true), from: start)
    case .symbol(.false): return node(.truth(false), from: start)
    case .symbol(.open):
      let inner = try nested { try $0.disjunction() }
      try expect(.close)
      return SyntaxNode(form: inner.form, range: inner.range)
    case .name(let name):
      let isCall = current.kind == .symbol(.open) && text.characters[start] != "`"
      return isCall ? try call(name, at: token.range) : node(.name(name), from: start)
    default:
      position -= 1
      throw unexpected("a name or a value")
    }
  }

  private mutating func call(_ name: String, at range: Range<Int>) throws -> SyntaxNode {
    guard let function = Function(rawValue: name.lowercased()) else {
      if let alone = RuleName(rawValue: name.lowercased())?.standsAlone {
        throw text.fault(alone.problem, at: range, remedy: alone.remedy)
      }
      let names = Function.allCases.map(\.rawValue)
      throw text.fault(
        "there is no function '\(name)'; there are \(names.joined(separator: ", "))", at: range,
        remedy: suggestion(for: name, among: names))
    }
    try expect(.open)
    var arguments: [SyntaxNode] = []
    repeat {
      arguments.append(try nested { try $0.disjunction() })
    } while take(.comma)
    try expect(.close)
    guard function.arity.contains(arguments.count) else {
      let wanted = function.arity
      throw text.fault(
        "'\(name)' takes \(wanted.lowerBound)"
          + (wanted.count > 1 ? " or more" : "") + " arguments, but has \(arguments.count)",
        at: range)
    }
    return node(.call(function, arguments), from: range.lowerBound)
  }
}
