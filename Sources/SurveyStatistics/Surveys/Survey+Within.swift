internal import SurveyData

extension Survey {
  /// The same survey, asked about those of its subpopulation for whom a condition holds.
  ///
  /// - Parameter condition: A condition on the answers, such as `age >= 18`.
  /// - Throws: ``SurveyError`` when the condition does not fit or nobody is left.
  /// - Complexity: O(rows).
  public func within(_ condition: String) throws -> Survey {
    let outer = subpopulation.map { "(\($0.source)) and " } ?? ""
    let expression = try Expression(outer.isEmpty ? condition : "\(outer)(\(condition))")
    for survey in isImputed ? imputations : [self] {
      try survey.dataset.load(try expression.inputs(in: survey.dataset))
    }
    return try restricted(to: expression)
  }
}
