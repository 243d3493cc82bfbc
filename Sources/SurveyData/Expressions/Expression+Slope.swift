internal import Glibc

extension Expression {
  /// The derivative of the number by one of its variables, for each row, by the chain rule.
  ///
  /// Steps (`floor`, comparisons) have a derivative of zero; where a function has a corner the one
  /// from the branch that is taken counts. What is derived from the variable by an expression is
  /// followed.
  ///
  /// - Returns: One number a row; nil when the expression does not depend on the variable, or in
  ///   steps only.
  /// - Throws: ``SurveyError`` when a derived variable follows from it by a rule without a slope.
  /// - Complexity: O(rows) for each operator.
  package func slope(by variable: String, on dataset: Dataset) throws -> [Double]? {
    let tree = try ExpressionBinder(self, resolve: dataset.variable).number(root)
    let evaluator = try ExpressionEvaluator(.number(tree), on: dataset)
    return try evaluator.slope(tree, by: variable)?.expanded(to: evaluator.rows)
  }
}

extension ExpressionEvaluator {
  /// The derivative of a number; nil where it is zero.
  fileprivate func slope(_ tree: NumberTree, by name: String) throws -> Numbers? {
    switch tree {
    case .constant, .truth: return nil
    case .variable(let other, _): return other == name ? .constant(1) : try slope(of: other, name)
    case .negative(let number): return try slope(number, by: name)?.map { -$0 }
    case .arithmetic(let sign, let a, let b): return try slope(a, sign, b, by: name)
    case .call(let function, let arguments):
      return try slope(of: function, arguments, by: name)
    case .choice(let condition, let a, let b):
      let (first, second) = (try slope(a, by: name), try slope(b, by: name))
      guard first != nil || second != nil else { return nil }
      let truths = try truths(condition)
      let (yes, no) = (
        (first ?? .constant(0)).expanded(to: rows), (second ?? .constant(0)).expanded(to: rows)
      )
      return .column(truths.indices.map { truths[$0] == 1 ? yes[$0] : no[$0] })
    }
  }

  /// The derivative of a variable that may be derived from another.
  private func slope(of variable: String, _ name: String) throws -> Numbers? {
    guard dataset.origins(of: variable).contains(name),
      let derived = dataset.codebook.derived.first(where: { $0.variable.name == variable })
    else { return nil }
    switch derived.rule {
    case .expression(let source):
      return try Expression(source).slope(by: name, on: dataset).map(Numbers.column)
    case .recode, .cut, .anyOf, .chosen: return nil
    case .mean:
      throw SurveyError(
        .usage, at: name, "'\(variable)' is a mean of it and others, which has no slope by one",
        remedy: "Ask for '\(variable)' itself.")
    }
  }

  private func slope(
    _ a: NumberTree, _ sign: Arithmetic, _ b: NumberTree, by name: String
  ) throws -> Numbers? {
    let (first, second) = (try slope(a, by: name), try slope(b, by: name))
    guard first != nil || second != nil else { return nil }
    switch sign {
    case .plus: return sum(first, second)
    case .minus: return sum(first, second?.map { -$0 })
    case .times:
      return sum(
        try first?.combined(with: numbers(b), *), try second?.combined(with: numbers(a), *))
    case .divided:
      let (x, y) = (try numbers(a), try numbers(b))
      return sum(
        first?.combined(with: y, /),
        second.map { slope in
          x.combined(with: y) { -$0 / ($1 * $1) }.combined(with: slope, *)
        })
    case .power:
      let (x, y) = (try numbers(a), try numbers(b))
      return sum(
        first.map { slope in
          x.combined(with: y) { $1 == 0 ? 0 : $1 * pow($0, $1 - 1) }.combined(with: slope, *)
        },
        second.map { slope in
          x.combined(with: y) { $0 == 0 ? 0 : pow($0, $1) * Glibc.log($0) }
            .combined(with: slope, *)
        })
    }
  }

  private func slope(
    of function: Function, _ arguments: [NumberTree], by name: String
  ) throws -> Numbers? {
    let slopes = try arguments.map { try slope($0, by: name) }
    guard slopes.contains(where: { $0 != nil }) else { return nil }
    func chained(_ outer: (Double) -> Double) throws -> Numbers? {
      try slopes[0]?.combined(with: numbers(arguments[0]).map(outer), *)
    }
    switch function {
    case .abs: return try chained { $0 < 0 ? -1 : 1 }
    case .exp: return try chained { Glibc.exp($0) }
    case .log: return try chained { 1 / $0 }
    case .sqrt: return try chained { 0.5 / $0.squareRoot() }
    case .floor, .round, .missing, .choice: return nil
    case .min, .max:
      var best = try numbers(arguments[0]).expanded(to: rows)
      var result = (slopes[0] ?? .constant(0)).expanded(to: rows)
      for (argument, slope) in zip(arguments, slopes).dropFirst() {
        let values = try numbers(argument).expanded(to: rows)
        let other = (slope ?? .constant(0)).expanded(to: rows)
        for row in best.indices
        where function == .min ? values[row] < best[row] : values[row] > best[row] {
          best[row] = values[row]
          result[row] = other[row]
        }
      }
      return .column(result)
    }
  }

  private func sum(_ a: Numbers?, _ b: Numbers?) -> Numbers? {
    guard let a else { return b }
    return b.map { a.combined(with: $0, +) } ?? a
  }
}
