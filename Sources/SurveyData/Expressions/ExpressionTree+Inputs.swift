/// A variable and how an expression reads it.
struct ExpressionInput: Hashable {
  let name: String
  let view: ColumnView
}

extension ExpressionTree {
  /// The variables that are read, each once a view.
  var inputs: [ExpressionInput] {
    let all =
      switch self {
      case .condition(let tree): tree.inputs
      case .number(let tree): tree.inputs
      case .text(let tree): tree.inputs
      }
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension ConditionTree {
  var inputs: [ExpressionInput] {
    switch self {
    case .constant: []
    case .test(let test): [ExpressionInput(name: test.variable.name, view: .codes)]
    case .compare(let a, _, let b): a.inputs + b.inputs
    case .sameCode(let a, let b): [a, b].map { ExpressionInput(name: $0, view: .codes) }
    case .nonzero(let number), .isNotANumber(let number): number.inputs
    case .isMissing(let name, let view, _): [ExpressionInput(name: name, view: view)]
    case .isUnknown(let condition), .not(let condition): condition.inputs
    case .and(let a, let b), .or(let a, let b): a.inputs + b.inputs
    case .choice(let condition, let a, let b): condition.inputs + a.inputs + b.inputs
    }
  }
}

extension NumberTree {
  var inputs: [ExpressionInput] {
    switch self {
    case .constant: []
    case .variable(let name, let view): [ExpressionInput(name: name, view: view)]
    case .negative(let number): number.inputs
    case .arithmetic(_, let a, let b): a.inputs + b.inputs
    case .call(_, let arguments): arguments.flatMap(\.inputs)
    case .truth(let condition): condition.inputs
    case .choice(let condition, let a, let b): condition.inputs + a.inputs + b.inputs
    }
  }
}

extension TextTree {
  var inputs: [ExpressionInput] {
    switch self {
    case .constant: []
    case .variable(let name): [ExpressionInput(name: name, view: .codes)]
    case .choice(let condition, let a, let b): condition.inputs + a.inputs + b.inputs
    }
  }
}
