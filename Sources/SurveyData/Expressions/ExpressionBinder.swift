/// Gives the names of an expression their variables, and every part its kind.
struct ExpressionBinder {
  let text: ExpressionText
  /// Finds a variable.
  let resolve: (String) throws -> Variable
  /// Variables that are compared with a text somewhere, and so are read as codes.
  private let textual: Set<String>

  init(_ expression: Expression, resolve: @escaping (String) throws -> Variable) {
    text = ExpressionText(expression.source)
    self.resolve = resolve
    textual = expression.root.namesComparedWithTexts
  }

  func bind(_ node: SyntaxNode) throws -> ExpressionTree {
    switch node.form {
    case .truth, .comparison, .membership, .not, .and, .or, .call(.missing, _):
      return .condition(try condition(node))
    case .number, .negative, .arithmetic: return .number(try number(node))
    case .text(let text): return .text(.constant(text))
    case .name(let name):
      let variable = try variable(name, at: node.range)
      let isText = view(of: variable) == .codes && !variable.hasNumericCodes
      return isText ? .text(.variable(name)) : .number(try number(node))
    case .call(.choice, let arguments):
      switch (try bind(arguments[1]), try bind(arguments[2])) {
      case (.condition, .condition): return .condition(try condition(node))
      case (.text(let a), .text(let b)):
        return .text(.choice(try condition(arguments[0]), a, b))
      case (.text, _), (_, .text):
        throw text.fault("one branch of 'if' is a text and the other is not", at: node.range)
      default: return .number(try number(node))
      }
    case .call: return .number(try number(node))
    }
  }

  // MARK: Variables

  func variable(_ name: String, at range: Range<Int>) throws -> Variable {
    do {
      return try resolve(name)
    } catch let error as SurveyError where error.kind == .usage {
      let whole = text.unbroken(around: range)
      let isName = whole != range && (try? resolve(text[whole])) != nil
      throw text.fault(
        error.problem, at: range,
        remedy: isName ? .backquoting(text[whole]) : error.remedy)
    }
  }

  /// How the expression reads a variable.
  func view(of variable: Variable) -> ColumnView {
    switch variable.type {
    case .text, .date, .datetime: return .codes
    case .decimal: return .numbers
    case .integer, nil:
      if variable.isCategorical { return .codes }
      return variable.isOpen && textual.contains(variable.name) ? .codes : .numbers
    }
  }

  // MARK: Numbers

  func number(_ node: SyntaxNode) throws -> NumberTree {
    switch node.form {
    case .number(let value): return .constant(value)
    case .name(let name):
      let variable = try variable(name, at: node.range)
      let view = view(of: variable)
      guard view == .numbers || variable.hasNumericCodes else {
        throw text.fault("'\(name)' holds text codes, not numbers", at: node.range)
      }
      return .variable(name, view)
    case .negative(let operand): return .negative(try number(operand))
    case .arithmetic(let sign, let a, let b):
      return .arithmetic(sign, try number(a), try number(b))
    case .call(.choice, let arguments):
      return .choice(
        try condition(arguments[0]), try number(arguments[1]), try number(arguments[2]))
    case .call(let function, let arguments) where function != .missing:
      return .call(function, try arguments.map(number))
    case .text(let text):
      throw self.text.fault("'\(text)' is a text, where a number should stand", at: node.range)
    default: return .truth(try condition(node))
    }
  }

  // MARK: Conditions

  func condition(_ node: SyntaxNode) throws -> ConditionTree {
    switch node.form {
    case .truth(let value): return .constant(value)
    case .not(let operand): return .not(try condition(operand))
    case .and(let a, let b): return .and(try condition(a), try condition(b))
    case .or(let a, let b): return .or(try condition(a), try condition(b))
    case .comparison(let comparison, let a, let b):
      return try compare(a, comparison, b)
    case .membership(let operand, let members, let isNegated):
      return try membership(of: operand, in: members, isNegated: isNegated)
    case .call(.missing, let arguments): return try missing(arguments)
    case .call(.choice, let arguments):
      return .choice(
        try condition(arguments[0]), try condition(arguments[1]), try condition(arguments[2]))
    case .name(let name): return .nonzero(try flag(name, at: node.range))
    default:
      throw text.fault(
        "'\(text[node.range])' is not a condition", at: node.range,
        remedy: "Compare it with something, as in `age >= 18`.")
    }
  }

  /// A variable that stands alone as a condition: its codes are 0 and 1, or not known.
  private func flag(_ name: String, at range: Range<Int>) throws -> NumberTree {
    let variable = try variable(name, at: range)
    guard variable.isOpen ? variable.type?.isText != true : variable.isFlag else {
      throw text.fault(
        "'\(name)' alone is not a condition, since its codes are not 0 and 1", at: range,
        remedy: variable.categories.first.map {
          "Compare it with a code, as in `\(name) == \($0.literal)`."
        })
    }
    return .variable(name, view(of: variable))
  }

  private func missing(_ arguments: [SyntaxNode]) throws -> ConditionTree {
    let reasons = try arguments.dropFirst().map { node in
      guard case .text(let word) = node.form, let reason = MissingReason(rawValue: word) else {
        let names = MissingReason.allCases.map(\.rawValue)
        throw text.fault(
          "\(text[node.range]) is no reason; the reasons are \(names.joined(separator: ", "))",
          at: node.range, remedy: suggestion(for: text[node.range], among: names))
      }
      return reason
    }
    if case .name(let name) = arguments[0].form {
      let variable = try variable(name, at: arguments[0].range)
      if let chosen = variable.chosenVariables.first {
        return .isMissing(chosen.derived.variable.name, .codes, reasons)
      }
      let view = variable.isOpen && variable.type == nil ? .codes : view(of: variable)
      return .isMissing(name, view, reasons)
    }
    guard reasons.isEmpty else {
      throw text.fault("only a variable has a reason", at: arguments[0].range)
    }
    switch try bind(arguments[0]) {
    case .condition(let condition): return .isUnknown(condition)
    case .number(let number): return .isNotANumber(number)
    case .text: throw text.fault("a text is never missing", at: arguments[0].range)
    }
  }
}

extension ValueType {
  /// Whether the values are texts.
  package var isText: Bool { self == .text || self == .date || self == .datetime }
}

extension Category {
  /// The code as it is written in an expression.
  var literal: String { number == nil ? "'\(code)'" : code }
}

extension Variable {
  /// Whether every code is a number, as far as one knows.
  var hasNumericCodes: Bool {
    type?.isText != true && categories.allSatisfy { $0.number != nil }
  }

  /// Whether 0 and 1 are its only codes.
  var isFlag: Bool {
    !categories.isEmpty && categories.allSatisfy { $0.code == "0" || $0.code == "1" }
  }
}
