public import SurveyData
internal import SurveyNumerics

/// Trends of an estimate over ordered groups.
public struct Trend: Sendable {
  /// What is estimated in the groups.
  public let estimand: Estimand
  /// The contrasts, by stratum, answer, degree.
  public let rows: [Row]
  /// Whether there is a linear trend, and whether the groups depart from it.
  public let tests: [TestResult]
  /// The score of every group: its code, otherwise its place from 1; with strata those of the last.
  public let scores: [Double]
  /// What the user must know: groups without an order.
  public let notes: [Note]

  /// One contrast.
  public struct Row: Hashable, Sendable {
    /// The answer whose share is followed; nil for a number.
    public let category: Category?
    /// The category of the variable within which the trend is followed.
    public let stratum: Category?
    /// Which contrast it is.
    public let contrast: Contrast
    /// The contrast with its test, in the unit of the estimate, shares as 0…1; a slope per unit of
    /// the score.
    public let difference: Difference
    /// The respondents of all groups.
    public let count: Int
  }

  /// A contrast over ordered groups.
  public enum Contrast: String, CaseIterable, Sendable {
    /// The change for each step of the score: the slope of a line through the estimates.
    case slope
    /// The linear contrast of length 1.
    case linear
    /// The quadratic contrast of length 1.
    case quadratic
    /// The cubic contrast of length 1.
    case cubic
  }
}

extension Survey {
  /// Follows an estimate over groups that have an order, such as waves or levels of education.
  ///
  /// Contrasts are the orthogonal polynomials of the groups' scores, each scaled to length 1, and
  /// the slope `Σ (s − s̄) θ ∕ Σ (s − s̄)²`. Scores are the groups' codes where all are numbers, so
  /// that waves need not be evenly spaced, otherwise 1, 2, 3 ….
  ///
  /// They are linear in the groups' estimates, so that their influence is the same combination of
  /// those of the groups, `Σ c_g ζ_g`. A straight line through the codes means something only where
  /// the codes have distances.
  ///
  /// - Parameters:
  ///   - estimand: What is estimated.
  ///   - group: The group variable's name.
  ///   - within: A variable in whose categories the trend is followed separately.
  ///   - options: The confidence level.
  /// - Returns: Contrasts in the unit of the estimate, shares as 0…1, at most to the third degree;
  ///   the slope per unit of the score. `linear-trend` tests the slope by t;
  ///   `departure-from-linearity` is the Wald F of everything above the linear.
  /// - Throws: ``SurveyError`` for an unknown name, one group only, an empty base.
  /// - Complexity: O(rows).
  /// - Note: Agrees with `svycontrast(svyby(…, covmat = TRUE), contr.poly(k, scores)[, 1])` of R's
  ///   survey 4.1.
  /// - SeeAlso: Binder (1983), International Statistical Review 51.
  public func trend(
    of estimand: Estimand, over group: String, within: String? = nil,
    options: EstimationOptions = EstimationOptions()
  ) throws -> Trend {
    let layout = try ComparisonLayout(
      GroupEstimates(
        estimand, by: [within].compactMap { $0 } + [group], in: self, options: options),
      groupVariables: [try dataset.variable(group)],
      within: try within.map { try dataset.variable($0) }, reference: .allPairs)
    let all = layout.strata.flatMap(\.categories).compactMap(\.first)
    let isNumeric = all.allSatisfy { $0.number != nil }
    var rows: [Trend.Row] = []
    var tests: [TestResult] = []
    var scores: [Double] = []
    for stratum in layout.strata {
      try TableSize.check(testedGroups: stratum.groups.count, at: group)
      scores = stratum.categories.enumerated().map { place, categories in
        isNumeric ? categories.first?.number ?? 0 : Double(place + 1)
      }
      for answer in layout.found.answersGiven(in: stratum.groups) {
        let found = layout.trend(answer, in: stratum, scores: scores, level: options.level)
        rows += found.rows
        tests += found.tests
      }
    }
    let isOrdered = layout.groupVariables[0].measure != .nominal
    return Trend(
      estimand: estimand, rows: rows, tests: tests, scores: scores,
      notes: Note.unknownVariance(
        of: rows.filter { $0.difference.standardError.isNaN && !$0.difference.estimate.isNaN }.map {
          row in
          ([row.stratum, row.category].compactMap { $0?.code } + [row.contrast.rawValue])
            .joined(separator: ": ")
        }, at: estimand.variable)
        + (isOrdered
          ? []
          : [
            Note(
              .warning, id: "compare.trend-without-order",
              "is nominal, so that the trend follows the order of its codes, which may mean nothing",
              at: group)
          ]))
  }
}

extension ComparisonLayout {
  fileprivate func trend(
    _ answer: (category: Category?, position: Int), in stratum: Stratum, scores: [Double],
    level: Double
  ) -> (rows: [Trend.Row], tests: [TestResult]) {
    let indices = stratum.groups.map { found.place(answer.position, $0) }
    let polynomials = orthogonalPolynomials(scores)
    let mean = scores.reduce(0, +) / Double(scores.count)
    let length = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let slope = scores.map { ($0 - mean) / length }
    let shown = [slope] + polynomials.prefix(3)
    let contrasts = found.estimates.inEach { one in
      one.combined(
        Matrix(shown), of: indices,
        labels: shown.map { _ in Estimates.Label(variable: found.estimand.variable) }
      ).on(degreesOfFreedom: one.degreesOfFreedom(of: indices))
    }
    let rows = zip(Trend.Contrast.allCases, shown.indices).map { contrast, index in
      Trend.Row(
        category: answer.category, stratum: stratum.category, contrast: contrast,
        difference: contrasts.difference(index, level: level),
        count: found.count(of: stratum.groups))
    }
    let term = term(
      answer.category.map { $0 }, stratum)
    var tests = [
      TestResult(
        "linear-trend", of: rows[0].difference, variable: found.estimand.variable, by: by,
        term: term)
    ]
    if polynomials.count > 1 {
      tests.append(
        found.estimates.waldTest(
          "departure-from-linearity", variable: found.estimand.variable, by: by, term: term,
          of: Matrix(Array(polynomials.dropFirst())), indices))
    }
    return (rows, tests)
  }
}

/// The polynomials of degree 1, 2, … over scores that are orthogonal to each other and to a
/// constant, each of length 1 and with a positive last step, as R's `contr.poly` has them.
///
/// - Parameter scores: Different numbers, in order.
/// - Returns: One polynomial less than scores.
func orthogonalPolynomials(_ scores: [Double]) -> [[Double]] {
  let count = Double(scores.count)
  let mean = scores.reduce(0, +) / count
  let centred = scores.map { $0 - mean }
  var found = [Array(repeating: 1 / count.squareRoot(), count: scores.count)]
  var power = centred
  for _ in 1..<max(scores.count, 1) {
    var next = power
    // Twice, so that rounding leaves nothing of the lower degrees.
    for _ in 0..<2 {
      for lower in found {
        let projection = zip(next, lower).reduce(0) { $0 + $1.0 * $1.1 }
        next = zip(next, lower).map { $0 - projection * $1 }
      }
    }
    let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
    found.append(next.map { $0 / length })
    power = zip(found.last ?? [], centred).map { $0 * $1 }
  }
  return Array(found.dropFirst())
}
