import SurveyData

/// An expression in the words of R or Stata.
struct ProgramExpression {
  let language: ProgramLanguage
  /// Whether a variable holds texts.
  let isText: (String) -> Bool

  /// Translates an expression.
  /// - Throws: ``Untranslatable`` for what the language has no words for.
  func text(_ expression: Expression) throws -> String { try text(expression.root) }

  private var isR: Bool { language == .r }

  private func text(_ node: SyntaxNode) throws -> String {
    switch node.form {
    case .number(let value): return canonicalCode(value)
    case .text(let text): return literal(text)
    case .truth(let truth): return isR ? (truth ? "TRUE" : "FALSE") : (truth ? "1" : "0")
    case .name(let name): return self.name(name)
    case .negative(let node): return "-\(try inner(node))"
    case .arithmetic(let sign, let a, let b):
      return "\(try inner(a)) \(symbol(sign)) \(try inner(b))"
    case .comparison(let sign, let a, let b):
      return "\(try side(a, against: b)) \(symbol(sign)) \(try side(b, against: a))"
    case .membership(let node, let members, let isNegated):
      let tests = try members.map { member in
        let low = try side(member.low, against: node)
        guard let high = member.high else { return "\(try inner(node)) == \(low)" }
        return
          "(\(try inner(node)) >= \(low) & \(try inner(node)) <= \(try side(high, against: node)))"
      }
      let any = tests.joined(separator: " | ")
      return isNegated ? "!(\(any))" : tests.count == 1 ? any : "(\(any))"
    case .not(let node): return "!\(try inner(node))"
    case .and(let a, let b): return "\(try inner(a)) & \(try inner(b))"
    case .or(let a, let b): return "\(try inner(a)) | \(try inner(b))"
    case .call(let function, let arguments): return try call(function, arguments)
    }
  }

  /// A part within another, in parentheses unless it is a single word.
  private func inner(_ node: SyntaxNode) throws -> String {
    switch node.form {
    case .number(let value) where value >= 0: try text(node)
    case .name, .text, .truth, .call: try text(node)
    default: "(\(try text(node)))"
    }
  }

  /// A side of a comparison: a code as the variable on the other side holds it.
  private func side(_ node: SyntaxNode, against other: SyntaxNode) throws -> String {
    guard case .name(let name) = other.form else { return try inner(node) }
    switch node.form {
    case .number(let value):
      return isText(name) ? literal(canonicalCode(value)) : canonicalCode(value)
    case .text(let text):
      return isText(name) ? literal(text) : Double(text).map(canonicalCode) ?? literal(text)
    default: return try inner(node)
    }
  }

  private func call(_ function: Function, _ arguments: [SyntaxNode]) throws -> String {
    let words = try arguments.map { try text($0) }
    let list = words.joined(separator: ", ")
    switch function {
    case .missing:
      guard words.count == 1 else { throw Untranslatable(what: "missing(…) with reasons") }
      return isR ? "is.na(\(list))" : "missing(\(list))"
    case .choice: return isR ? "ifelse(\(list))" : "cond(\(list))"
    case .max where isR: return "pmax(\(list))"
    case .min where isR: return "pmin(\(list))"
    case .log where !isR: return "ln(\(list))"
    case .round where isR: return "(sign(\(list)) * floor(abs(\(list)) + 0.5))"
    default: return "\(function.rawValue)(\(list))"
    }
  }

  private func symbol(_ sign: Arithmetic) -> String {
    switch sign {
    case .plus: "+"
    case .minus: "-"
    case .times: "*"
    case .divided: "/"
    case .power: "^"
    }
  }

  private func symbol(_ sign: Relation) -> String {
    switch sign {
    case .equal: "=="
    case .unequal: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }

  /// A variable's name, quoted where the language needs it.
  func name(_ name: String) -> String {
    let isPlain =
      name.first.map { $0.isLetter } ?? false
      && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || (isR && $0 == ".") }
    return isPlain || !isR ? name : "`\(name)`"
  }

  /// A text in quotation marks; in R with what is not ASCII escaped, so that no locale matters.
  func literal(_ text: String) -> String {
    guard isR else { return "`\"\(text)\"'" }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where scalar.isASCII: quoted.unicodeScalars.append(scalar)
      default: quoted += "\\U{\(String(scalar.value, radix: 16))}"
      }
    }
    return quoted + "\""
  }

  /// A number as the language spells it, without end as R's `Inf` and Stata's missing value.
  func number(_ value: Double) -> String {
    guard !value.isFinite else { return canonicalCode(value) }
    return isR ? value < 0 ? "-Inf" : "Inf" : "."
  }

  /// A code as the variable holds it.
  func code(_ code: String, of variable: String) -> String {
    isText(variable) ? literal(code) : code
  }

  /// That a variable has the answer that counts; of a net, `4|5`, one of its codes.
  func isAnswer(_ event: String, _ variable: String, of name: String) -> String {
    event.split(separator: "|").map { "\(variable) == \(code(String($0), of: name))" }
      .joined(separator: " | ")
  }
}
