extension ExpressionBinder {
  func compare(
    _ a: SyntaxNode, _ comparison: Relation, _ b: SyntaxNode
  ) throws -> ConditionTree {
    if comparison == .equal || comparison == .unequal {
      for (name, value) in [(a, b), (b, a)] {
        guard let variable = try severalAnswers(name), let literal = Literal(value) else {
          continue
        }
        let chosen = ConditionTree.test(try chosen(literal, of: variable))
        return comparison == .equal ? chosen : .not(chosen)
      }
    }
    if let variable = try coded(a), let literal = Literal(b) {
      return .test(try test(variable, comparison, literal))
    }
    if let variable = try coded(b), let literal = Literal(a) {
      return .test(try test(variable, comparison.mirrored, literal))
    }
    if let first = try coded(a), let second = try coded(b),
      !(first.hasNumericCodes && second.hasNumericCodes)
    {
      guard comparison == .equal || comparison == .unequal else {
        throw text.fault("texts have no order", at: a.range)
      }
      let same = ConditionTree.sameCode(first.name, second.name)
      return comparison == .equal ? same : .not(same)
    }
    if comparison == .equal || comparison == .unequal {
      try refuseMissingCode(b, of: a)
      try refuseMissingCode(a, of: b)
    }
    return .compare(try operand(a), comparison, try operand(b))
  }

  func membership(
    of operand: SyntaxNode, in members: [SyntaxNode.Member], isNegated: Bool
  ) throws -> ConditionTree {
    if let variable = try severalAnswers(operand) {
      let tests = try members.map { member in
        guard member.high == nil, let literal = Literal(member.low) else {
          throw text.fault("several answers are named one by one", at: member.low.range)
        }
        return ConditionTree.test(try chosen(literal, of: variable))
      }
      let any = tests.dropFirst().reduce(tests[0]) { .or($0, $1) }
      return isNegated ? .not(any) : any
    }
    if let variable = try coded(operand) {
      let criteria = try members.map { member in
        guard let low = Literal(member.low), let high = Literal(member.high ?? member.low) else {
          throw text.fault("a list of codes holds values, not names", at: member.low.range)
        }
        return try criterion(variable, from: low, through: member.high.map { _ in high })
      }
      let test = CodeTest(
        variable: variable, criteria: criteria, isNegated: isNegated, text: text)
      try test.check()
      return .test(test)
    }
    let number = try self.operand(operand)
    let conditions = try members.map { member -> ConditionTree in
      let low = try self.operand(member.low)
      guard let high = member.high else {
        try refuseMissingCode(member.low, of: operand)
        return .compare(number, .equal, low)
      }
      return .and(
        .compare(number, .greaterOrEqual, low),
        .compare(number, .lessOrEqual, try self.operand(high)))
    }
    let any = conditions.dropFirst().reduce(conditions[0]) { .or($0, $1) }
    return isNegated ? .not(any) : any
  }

  /// The variable of a node whose cells hold several answers; nil for anything else.
  private func severalAnswers(_ node: SyntaxNode) throws -> Variable? {
    guard case .name(let name) = node.form else { return nil }
    let variable = try variable(name, at: node.range)
    return variable.hasSeveralAnswers ? variable : nil
  }

  /// Whether an answer is among those in a cell.
  private func chosen(_ literal: Literal, of variable: Variable) throws -> CodeTest {
    let code = code(literal, of: variable)
    guard let chosen = variable.chosenVariables.first(where: { $0.answer.code == code }) else {
      let codes = variable.categories.map(\.code)
      throw text.fault(
        "'\(variable.name)' has no answer '\(literal.text)'; it has \(codes.joined(separator: ", "))",
        at: literal.range, remedy: suggestion(for: literal.text, among: codes))
    }
    return CodeTest(
      variable: chosen.derived.variable,
      criteria: [.init(condition: .code("1"), range: literal.range)], isNegated: false, text: text)
  }

  /// The variable of a node that is read as codes; nil for anything else.
  private func coded(_ node: SyntaxNode) throws -> Variable? {
    guard case .name(let name) = node.form else { return nil }
    let variable = try variable(name, at: node.range)
    return view(of: variable) == .codes ? variable : nil
  }

  /// A side of a comparison of numbers, where a text that is a number counts as one.
  private func operand(_ node: SyntaxNode) throws -> NumberTree {
    if case .text(let text) = node.form, let value = Double(text), value.isFinite {
      if longCode(text) != nil, Int64(text).flatMap({ Double(exactly: $0) }) == nil {
        throw self.text.fault(
          "'\(text)' has more digits than a number keeps", at: node.range,
          remedy: "Declare `type: text` for identifiers; they are then compared digit by digit.")
      }
      return .constant(value)
    }
    return try number(node)
  }

  private func test(
    _ variable: Variable, _ comparison: Relation, _ literal: Literal
  ) throws -> CodeTest {
    let condition: CodeTest.Condition =
      switch (comparison, literal.number) {
      case (.equal, _), (.unequal, _): .code(code(literal, of: variable))
      case (_, let number?) where variable.type?.isText != true:
        .number(comparison, try exact(number, literal))
      default: try ordered(variable, comparison, literal)
      }
    let test = CodeTest(
      variable: variable, criteria: [.init(condition: condition, range: literal.range)],
      isNegated: comparison == .unequal, text: text)
    try test.check()
    return test
  }

  private func ordered(
    _ variable: Variable, _ comparison: Relation, _ literal: Literal
  ) throws -> CodeTest.Condition {
    if variable.type?.isDate == true { return .date(comparison, literal.text) }
    throw text.fault(
      "'\(literal.text)' is a code of '\(variable.name)', and text codes have no order",
      at: literal.range, remedy: "Name the codes: `\(variable.name) in ('\(literal.text)', …)`.")
  }

  private func criterion(
    _ variable: Variable, from low: Literal, through high: Literal?
  ) throws -> CodeTest.Criterion {
    guard let high else {
      return .init(condition: .code(code(low, of: variable)), range: low.range)
    }
    guard let first = low.number, let last = high.number else {
      throw text.fault("a range of codes needs numbers at both ends", at: low.range)
    }
    return .init(
      condition: .between(try exact(first, low), try exact(last, high)), range: low.range)
  }

  /// The code that a literal means: `1`, `'1'` and `1.0` are the same, `'01'` is another unless the
  /// variable only knows `1`.
  private func code(_ literal: Literal, of variable: Variable) -> String {
    guard let number = literal.number else { return literal.text }
    let known = variable.categories.map(\.code)
    return known.contains(literal.text) || variable.type?.isText == true
      ? literal.text : longCode(literal.text) ?? canonicalCode(number)
  }

  /// The number, unless it has more digits than a number keeps.
  private func exact(_ number: Double, _ literal: Literal) throws -> Double {
    guard longCode(literal.text) != nil else { return number }
    throw text.fault(
      "whole numbers from 2^53 on are codes here, which have no order", at: literal.range,
      remedy: "Compare them with `==` or `in (…)`.")
  }

  /// Throws when a number that means a missing answer is compared with its variable.
  private func refuseMissingCode(_ node: SyntaxNode, of other: SyntaxNode) throws {
    guard case .name(let name) = other.form, let literal = Literal(node) else { return }
    let variable = try variable(name, at: other.range)
    let code = longCode(literal.text) ?? literal.number.map(canonicalCode) ?? literal.text
    try CodeTest(
      variable: variable, criteria: [.init(condition: .code(code), range: literal.range)],
      isNegated: false, text: text
    ).checkMissing()
  }
}

/// A value written in an expression.
private struct Literal {
  let text: String
  let number: Double?
  let range: Range<Int>

  init?(_ node: SyntaxNode) {
    range = node.range
    switch node.form {
    case .number(let value):
      number = value
      text = canonicalCode(value)
    case .text(let value):
      number = Double(value).flatMap { $0.isFinite ? $0 : nil }
      text = value
    default: return nil
    }
  }
}

extension ValueType {
  /// Whether the values are dates or times.
  var isDate: Bool { self == .date || self == .datetime }
}

extension SyntaxNode {
  /// The names that are compared with a text.
  var namesComparedWithTexts: Set<String> {
    switch form {
    case .number, .text, .truth, .name: return []
    case .negative(let node), .not(let node): return node.namesComparedWithTexts
    case .arithmetic(_, let a, let b), .and(let a, let b), .or(let a, let b):
      return a.namesComparedWithTexts.union(b.namesComparedWithTexts)
    case .comparison(_, let a, let b):
      if case (.name(let name), .text) = (a.form, b.form) { return [name] }
      if case (.text, .name(let name)) = (a.form, b.form) { return [name] }
      return a.namesComparedWithTexts.union(b.namesComparedWithTexts)
    case .membership(let node, let members, _):
      let hasText = members.contains {
        if case .text = $0.low.form { true } else { false }
      }
      if case .name(let name) = node.form, hasText { return [name] }
      return node.namesComparedWithTexts
    case .call(_, let arguments):
      return arguments.reduce(into: []) { $0.formUnion($1.namesComparedWithTexts) }
    }
  }
}
