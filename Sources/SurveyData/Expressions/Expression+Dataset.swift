extension Expression {
  /// Checks names, codes and kinds against the codebook, before a row is read.
  ///
  /// - Returns: What the expression gives.
  /// - Throws: ``SurveyError`` of kind usage, with a caret under the fault: an unknown name, a code
  ///   that the variable does not have or that stands for a missing answer, texts where numbers
  ///   should be.
  @discardableResult
  public func check(against dataset: Dataset) throws -> Kind {
    try bound(to: dataset.variable).kind
  }

  /// Checks against whatever knows the variables.
  package func check(resolving variable: @escaping (String) throws -> Variable) throws -> Kind {
    try bound(to: variable).kind
  }

  /// The variables that evaluation reads, with the view it needs of each, for
  /// ``Dataset/load(_:)``.
  public func inputs(in dataset: Dataset) throws -> [(name: String, view: ColumnView)] {
    try bound(to: dataset.variable).inputs.map { ($0.name, $0.view) }
  }

  /// Whether the expression holds for each row.
  ///
  /// A variable that stands alone is a condition when its codes are 0 and 1.
  /// - Throws: ``SurveyError`` of kind usage when it is no condition or does not fit the data.
  /// - Complexity: O(rows) for each operator.
  public func condition(on dataset: Dataset) throws -> ConditionColumn {
    let tree = try ExpressionBinder(self, resolve: dataset.variable).condition(root)
    let evaluator = try ExpressionEvaluator(.condition(tree), on: dataset)
    return ConditionColumn(bytes: try evaluator.truths(tree))
  }

  /// The number that the expression gives for each row; a condition gives 0 or 1.
  ///
  /// A row with a missing input keeps the reason of the first variable that is missing. What has no
  /// answer (a division by zero, the logarithm of a negative number) is system-missing.
  /// - Throws: ``SurveyError`` of kind usage when it is no number or does not fit the data.
  /// - Complexity: O(rows) for each operator.
  public func number(on dataset: Dataset) throws -> NumericColumn {
    let tree = try ExpressionBinder(self, resolve: dataset.variable).number(root)
    let evaluator = try ExpressionEvaluator(.number(tree), on: dataset)
    var values = try evaluator.numbers(tree).expanded(to: evaluator.rows)
    let reasons = try MissingReasons(of: ExpressionTree.number(tree).inputs, in: dataset)
    for row in values.indices where !values[row].isFinite {
      values[row] = NumericColumn.missingValue(reasons.index(row))
    }
    return NumericColumn(values: values, missing: reasons.codes)
  }

  /// The text that the expression gives for each row.
  /// - Throws: ``SurveyError`` of kind usage when it is no text or does not fit the data.
  public func text(on dataset: Dataset) throws -> TextColumn {
    guard case .text(let tree) = try bound(to: dataset.variable) else {
      throw ExpressionText(source).fault("this is not a text", at: root.range)
    }
    let evaluator = try ExpressionEvaluator(.text(tree), on: dataset)
    return TextColumn(values: try evaluator.texts(tree))
  }

  private func bound(to variable: @escaping (String) throws -> Variable) throws -> ExpressionTree {
    try ExpressionBinder(self, resolve: variable).bind(root)
  }
}
