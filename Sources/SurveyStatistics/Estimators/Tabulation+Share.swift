internal import SurveyData
internal import SurveyNumerics

extension Tabulation {
  /// The share of several answers together, in a combination of groups.
  ///
  /// `p = Σ p_c` over the answers, with the error of the sum, `1ᵀ V 1`: its influence is the sum of
  /// theirs. One answer keeps the interval that it has in the table.
  ///
  /// - Parameters:
  ///   - codes: The answers.
  ///   - groups: The codes of the group variables, in their order.
  ///   - options: The interval.
  /// - Returns: The share, 0…1, with its interval and the respondents who gave one of the answers;
  ///   nil when the group has no answers or one of the codes is none of the variable's.
  /// - Complexity: O(rows of the table).
  /// - Note: The same as the share of a variable that is 1 for these answers, `svymean(~(y %in% codes))`
  ///   of R's survey.
  /// - SeeAlso: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 5.8.
  public func share(
    of codes: [String], groups: [String], options: EstimationOptions = EstimationOptions()
  ) -> (estimate: Double, interval: ConfidenceInterval, count: Int)? {
    let inGroup = rows.filter { $0.groups.map(\.code) == groups }
    guard let first = inGroup.first else { return nil }
    if codes.count == 1 {
      return inGroup.first { $0.category?.code == codes[0] }.map {
        ($0.estimate, $0.interval, $0.count)
      }
    }
    let places = codes.compactMap { code in
      estimates.labels.firstIndex { $0.category == code && $0.groups == groups }
    }
    guard places.count == codes.count, !places.isEmpty else { return nil }
    let sum = estimates.combined(
      Matrix([Array(repeating: 1, count: places.count)]), of: places,
      labels: [Estimates.Label(variable: variable.name, groups: groups)])
    let proportion = Proportion(
      min(1, sum.values[0]), standardError: sum.standardErrors[0], base: first.base,
      kishSize: first.interval.low.isNaN ? .nan : Double(first.base),
      degreesOfFreedom: first.degreesOfFreedom)
    return (
      proportion.value,
      proportion.interval(options.interval ?? .logit, level: options.level),
      inGroup.reduce(0) { $0 + (codes.contains($1.category?.code ?? "") ? $1.count : 0) }
    )
  }
}
