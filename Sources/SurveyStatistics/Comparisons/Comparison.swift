public import SurveyData
internal import SurveyNumerics

/// Differences between groups, each with its interval and test.
public struct Comparison: Sendable {
  /// The variable.
  public let variable: Variable
  /// The group variable.
  public let groupVariable: Variable
  /// The differences: answer after answer, each group against the reference.
  public let rows: [Row]
  /// Where every row of the file went.
  public let accounting: Accounting

  /// One difference.
  public struct Row: Hashable, Sendable {
    /// The answer whose share is compared; nil for a mean.
    public let category: Category?
    /// The group.
    public let group: Category
    /// The group it is compared with.
    public let reference: Category
    /// The estimate in the group.
    public let groupEstimate: Double
    /// The estimate in the reference.
    public let referenceEstimate: Double
    /// The difference between two estimates of the same people, or of two groups.
    public let difference: Difference
    /// The p-value, adjusted for all comparisons of the table.
    public let adjustedP: Double
    /// The respondents of both groups.
    public let count: Int
  }
}

/// A difference with its test; the unit is that of what is compared, shares as 0…1.
public struct Difference: Hashable, Sendable {
  /// The difference.
  public let estimate: Double
  /// Its standard error, with the covariance between what is compared.
  public let standardError: Double
  /// The degrees of freedom of the test.
  public let degreesOfFreedom: Double
  /// Its confidence interval, `estimate ± t·se`.
  public let interval: ConfidenceInterval
  /// How much missing answers cost; nil unless imputed data sets were combined.
  public internal(set) var missingInformation: MissingInformation?

  /// Makes a difference from its estimate and error.
  ///
  /// - Parameter level: The confidence level, between 0 and 1.
  public init(
    _ estimate: Double, standardError: Double, degreesOfFreedom: Double, level: Double
  ) {
    self.estimate = estimate
    self.standardError = standardError
    self.degreesOfFreedom = degreesOfFreedom
    interval = .wald(
      estimate, standardError, degreesOfFreedom: degreesOfFreedom, level: level)
  }

  /// `estimate ∕ standardError`, a t.
  public var statistic: Double { estimate / standardError }

  /// The chance of a statistic at least as far from zero when there is no difference.
  public var pValue: Double {
    2 * Distribution.t(degreesOfFreedom: degreesOfFreedom).upperTail(abs(statistic))
  }
}

extension Survey {
  /// Compares groups with one of them: means of a number, shares of a categorical variable.
  ///
  /// Groups may share sampling units, so that the covariance between them counts:
  /// `V(a − b) = V(a) + V(b) − 2 C(a, b)`.
  ///
  /// - Parameters:
  ///   - variable: The variable's name. What the codebook calls nominal or ordinal is compared by
  ///     shares, everything else by means.
  ///   - group: The name of the group variable.
  ///   - reference: The code of the group that the others are compared with; nil means the group
  ///     variable's reference, or its first group.
  ///   - adjustment: How p-values are adjusted.
  ///   - options: The confidence level.
  /// - Throws: ``SurveyError`` for an unknown name or code, one group only, an empty base.
  /// - Note: Agrees with `svycontrast(svyby(…, covmat = TRUE), c(-1, 1))` of R's survey 4.5; tests
  ///   have the degrees of freedom of the rows compared.
  public func compare(
    _ variable: String, across group: String, to reference: String? = nil,
    adjustment: Adjustment = .holm, options: EstimationOptions = EstimationOptions()
  ) throws -> Comparison {
    let described = try dataset.variable(variable)
    let groupVariable = try dataset.variable(group)
    let isShare = described.isCategorical || described.type == .text
    let estimates: Estimates
    let accounting: Accounting
    if isShare {
      let table = try tabulate(variable, by: [group], options: options)
      (estimates, accounting) = (table.estimates, table.accounting)
    } else {
      let summary = try summarize(variable, by: [group], options: options)
      guard let means = summary.estimates["mean"] else {
        throw SurveyError(.fault, at: variable, "has no mean")
      }
      (estimates, accounting) = (means, summary.accounting)
    }
    let column = try dataset.categorical(group)
    let groups = column.categories.filter { category in
      estimates.labels.contains { $0.groups == [category.code] }
    }
    let base = try Self.base(reference, of: groupVariable, among: groups)
    let answers: [Category?] =
      isShare ? try dataset.categorical(variable).categories.map { $0 } : [nil]
    var found: [(answer: Category?, group: Category, indices: [Int], difference: Difference)] = []
    for answer in answers {
      for other in groups where other.code != base.code {
        let indices = [other, base].compactMap { category in
          estimates.labels.firstIndex {
            $0.category == answer?.code && $0.groups == [category.code]
          }
        }
        guard indices.count == 2 else { continue }
        let difference = estimates.combined(
          Matrix([[1, -1]]), of: indices,
          labels: [Estimates.Label(variable: variable, category: answer?.code)])
        found.append(
          (
            answer, other, indices,
            Difference(
              difference.values[0], standardError: difference.standardErrors[0],
              degreesOfFreedom: difference.degreesOfFreedom[0], level: options.level)
          ))
      }
    }
    let adjusted = adjustment.adjusted(found.map(\.difference.pValue))
    let counts = Dictionary(
      estimates.labels.indices.map { (estimates.labels[$0].groups, estimates.counts[$0]) },
      uniquingKeysWith: +)
    return Comparison(
      variable: described, groupVariable: groupVariable,
      rows: zip(found, adjusted).map { row, p in
        Comparison.Row(
          category: row.answer, group: row.group, reference: base,
          groupEstimate: estimates.values[row.indices[0]],
          referenceEstimate: estimates.values[row.indices[1]], difference: row.difference,
          adjustedP: p,
          count: counts[[row.group.code], default: 0] + counts[[base.code], default: 0])
      }, accounting: accounting)
  }

  /// The group that others are compared with.
  package static func base(
    _ reference: String?, of variable: Variable, among groups: [Category]
  ) throws -> Category {
    guard groups.count > 1 else {
      throw SurveyError(
        .noAnswer, at: variable.name,
        "a comparison needs two groups, and there is \(groups.count)")
    }
    guard let code = reference ?? variable.reference else { return groups[0] }
    guard let found = groups.first(where: { $0.code == code }) else {
      throw SurveyError(
        .usage, at: variable.name,
        "has no group '\(code)' among those with answers: "
          + groups.map { "'\($0.code)'" }.joined(separator: ", "),
        remedy: suggestion(for: code, among: groups.map(\.code)))
    }
    return found
  }
}
