package import SurveyData

/// A weight as somebody else reckons it from columns, and adds it up.
package struct SummedWeight: Hashable, Sendable {
  /// The weight's name, or that of its column.
  package let name: String
  /// What it is.
  package let term: Term

  /// Makes a weight.
  package init(_ name: String, _ term: Term) { (self.name, self.term) = (name, term) }

  /// What a weight is made of.
  package indirect enum Term: Hashable, Sendable {
    /// A column of numbers, of which some stand for missing answers.
    case column(String, missing: [MissingCode.Values])
    /// A number.
    case number(Double)
    /// Less than nothing by as much.
    case negative(Term)
    /// A sum, a difference, a product or a quotient; of a division by zero there is no answer.
    case arithmetic(Arithmetic, Term, Term)

    /// The columns, each once.
    package var columns: [String] {
      switch self {
      case .column(let name, _): [name]
      case .number: []
      case .negative(let term): term.columns
      case .arithmetic(_, let a, let b):
        a.columns + b.columns.filter { !a.columns.contains($0) }
      }
    }

    /// Whether it is a column as it is.
    package var isColumn: Bool { if case .column = self { true } else { false } }

    /// The values of rows; NaN is no answer.
    package func values(count: Int, of column: (String) -> [Double]) -> [Double] {
      func both(_ a: Term, _ b: Term, _ reckon: (Double, Double) -> Double) -> [Double] {
        zip(a.values(count: count, of: column), b.values(count: count, of: column)).map(reckon)
      }
      return switch self {
      case .column(let name, let missing):
        column(name).map { value in missing.contains { $0.contains(value) } ? .nan : value }
      case .number(let number): Array(repeating: number, count: count)
      case .negative(let term): term.values(count: count, of: column).map { -$0 }
      case .arithmetic(.plus, let a, let b): both(a, b, +)
      case .arithmetic(.minus, let a, let b): both(a, b, -)
      case .arithmetic(.times, let a, let b): both(a, b, *)
      case .arithmetic(.divided, let a, let b): both(a, b) { $1 == 0 ? .nan : $0 / $1 }
      // Nobody makes such a term.
      case .arithmetic(.power, _, _): Array(repeating: .nan, count: count)
      }
    }
  }
}

extension SummedWeight: ExpressibleByStringLiteral {
  /// A column as it is.
  package init(stringLiteral name: String) { self.init(name, .column(name, missing: [])) }
}

extension MissingCode.Values {
  /// Whether a number is among what it covers.
  fileprivate func contains(_ number: Double) -> Bool {
    switch self {
    case .code(let text): Double(text) == number
    case .range(let low, let high): low <= number && number <= high
    case .empty: false
    }
  }
}

extension Dataset {
  /// A weight that somebody else can reckon: a column, or numbers and columns with `+ − * /` between them.
  ///
  /// - Returns: nil where all weigh the same, which their number tells.
  /// - Throws: ``SurveyError`` of kind usage for what only people have.
  package func summed(_ weight: WeightDeclaration) throws -> SummedWeight? {
    switch weight.source {
    case .variable(let name):
      let term = try term(of: name, in: weight)
      return SummedWeight(term.isColumn ? name : weight.name, term)
    case .expression(let source):
      let expression = try Expression(source)
      guard !expression.variables.isEmpty else { return nil }
      return SummedWeight(weight.name, try term(of: expression.root, in: weight))
    }
  }

  private func term(of name: String, in weight: WeightDeclaration) throws -> SummedWeight.Term {
    guard let derived = codebook.derived.first(where: { $0.variable.name == name }) else {
      return .column(name, missing: try missingNumbers(of: name))
    }
    guard case .expression(let source) = derived.rule, derived.variable.categories.isEmpty else {
      throw onlyOfPeople(weight)
    }
    return try term(of: Expression(source).root, in: weight)
  }

  private func term(of node: SyntaxNode, in weight: WeightDeclaration) throws -> SummedWeight.Term {
    switch node.form {
    case .name(let name): return try term(of: name, in: weight)
    case .number(let number): return .number(number)
    case .negative(let node): return .negative(try term(of: node, in: weight))
    case .arithmetic(let sign, let a, let b) where sign != .power:
      return .arithmetic(sign, try term(of: a, in: weight), try term(of: b, in: weight))
    default: throw onlyOfPeople(weight)
    }
  }

  private func onlyOfPeople(_ weight: WeightDeclaration) -> SurveyError {
    SurveyError(
      .usage, at: source.facts.path,
      "the weight '\(weight.name)' is more than sums and products of columns, and only people have it",
      remedy: "Make it a column of a view.")
  }

  /// What stands for missing answers among the numbers of a column, by the codebook.
  func missingNumbers(of name: String) throws -> [MissingCode.Values] {
    try described(name).missing.map(\.values).filter {
      if case .code(let text) = $0 { Double(text) != nil } else { $0 != .empty }
    }
  }
}
