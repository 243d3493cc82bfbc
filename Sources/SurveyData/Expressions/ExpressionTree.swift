/// A condition whose variables are known.
indirect enum ConditionTree: Sendable {
  case constant(Bool)
  /// A variable's code against codes, decided once a category.
  case test(CodeTest)
  case compare(NumberTree, Relation, NumberTree)
  /// The same code in two variables.
  case sameCode(String, String)
  /// A number that is not zero.
  case nonzero(NumberTree)
  /// Missing for one of the reasons; no reasons mean any.
  case isMissing(String, ColumnView, [MissingReason])
  case isUnknown(ConditionTree)
  case isNotANumber(NumberTree)
  case not(ConditionTree)
  case and(ConditionTree, ConditionTree)
  case or(ConditionTree, ConditionTree)
  case choice(ConditionTree, ConditionTree, ConditionTree)
}

/// A number whose variables are known.
indirect enum NumberTree: Sendable {
  case constant(Double)
  case variable(String, ColumnView)
  case negative(NumberTree)
  case arithmetic(Arithmetic, NumberTree, NumberTree)
  case call(Function, [NumberTree])
  case truth(ConditionTree)
  case choice(ConditionTree, NumberTree, NumberTree)
}

/// A text whose variables are known.
indirect enum TextTree: Sendable {
  case constant(String)
  case variable(String)
  case choice(ConditionTree, TextTree, TextTree)
}

/// What an expression turns out to be.
enum ExpressionTree: Sendable {
  case condition(ConditionTree)
  case number(NumberTree)
  case text(TextTree)

  var kind: Expression.Kind {
    switch self {
    case .condition: .condition
    case .number: .number
    case .text: .text
    }
  }
}
