internal import SurveyData
internal import SurveyNumerics

/// Which statistic tests that two variables are independent.
public enum IndependenceStatistic: String, CaseIterable, Sendable {
  /// Rao and Scott's second-order corrected F; the default.
  case f = "F"
  /// Rao and Scott's first-order corrected χ².
  case chisq = "Chisq"
  /// A Wald F on the differences from independence.
  case wald = "Wald"
  /// The same, adjusted for the number of units.
  case adjustedWald = "adjWald"
  /// The exact reference distribution, by numerical inversion.
  case lincom
  /// The exact reference distribution, by a saddlepoint formula.
  case saddlepoint
}

extension Tabulation {
  /// Tests that the answers are independent of the groups.
  ///
  /// With the cell shares `p` and their covariance `V`, Pearson's `X² = n Σ (p − p̃)² ∕ p̃` is a
  /// sum `Σ λⱼ χ²₁` when there is no association; the λ are the eigenvalues of `Δ = n (CᵀD⁻¹C)⁻¹
  /// (CᵀD⁻¹VD⁻¹C)` with `C` the interaction contrasts and `D = diag(p)`. `F` compares `X² ∕ tr Δ`
  /// with `F(d, d·ν)`, `d = (tr Δ)² ∕ tr Δ²`, ν the design's degrees of freedom.
  ///
  /// Tables of imputed answers are tested by the D₁ of Li, Raghunathan and Rubin on the differences
  /// from independence, see ``Estimates/waldTest(_:variable:by:term:of:degreesOfFreedom:)``; other
  /// forms than `f` and `wald` by D₂ from the p-values of the data sets.
  ///
  /// `wald` is `F = YᵀV⁻¹Y ∕ q` of the `q` differences `N_rc − N_r N_c ∕ N`, on `(q, ν)`; `adjWald`
  /// times `(ν − q + 1) ∕ ν` on `(q, ν − q + 1)`. The influence of a cell share is `(1[cell] − p) ∕
  /// Σ w`. With few units for many cells the λ and `V⁻¹` are unsure; the default asks least of
  /// them.
  ///
  /// - Parameter statistic: The form of the test; of imputed answers `f` and `wald` give D₁.
  /// - Returns: `F`, `X²` or a Wald F, at least 0, with its degrees of freedom; NaN where the
  ///   covariance has no inverse.
  /// - Throws: ``SurveyError`` when a table has one row or column, or ν is not above 0.
  /// - Complexity: O(contrasts³).
  /// - Note: Agrees with `svychisq(~y + g, design, statistic = …)` of R's survey 4.5; `X²` rests on
  ///   the respondents of the table, so that `Chisq` does where nothing is missing.
  /// - SeeAlso: Rao and Scott (1984), Annals of Statistics 12; Thomas and Rao (1987), Journal of
  ///   the American Statistical Association 82.
  public func independenceTest(
    _ statistic: IndependenceStatistic = .f
  ) throws -> TestResult {
    try requireSingleAnswers("a test of independence needs")
    for one in found.each { try one.checkSize() }
    // Over imputations the differences from independence have a joint test of their own.
    guard !found.areSeveral || (statistic != .f && statistic != .wald) else {
      let tables = try found.map { try $0.contingencyTable() }
      return try tables.estimates { try $0.departureEstimates(of: variable.name) }.waldTest(
        "d1", variable: variable.name, by: by)
    }
    func result(_ statistic: IndependenceStatistic, _ finding: TableFinding) throws -> TestResult {
      let outcome = try finding.contingencyTable().outcome(statistic)
      return TestResult(
        test: statistic.testName, variable: variable.name, by: by, statistic: outcome.statistic,
        df1: outcome.df1, df2: outcome.df2, pValue: outcome.pValue)
    }
    return try found.test(
      of: found.areSeveral ? try result(.chisq, found.first).df1 : nil
    ) { try result(statistic, $0) }
  }

  private var by: String { groupVariables.map(\.name).joined(separator: ",") }
}

extension TableFinding {
  /// Refuses a table of too many answers and groups for a test.
  fileprivate func checkSize() throws {
    let space = cells.columns.dropFirst().reduce(1) { $0 * $1.categories.count }
    let answers = GroupNumbers(
      cells.valid.lazy.map { $0.answers / space }, space: cells.columns[0].categories.count
    ).present.count
    let groups = GroupNumbers(cells.valid.lazy.map { $0.answers % space }, space: space)
      .present.count
    try TableSize.check(
      contrasts: (answers - 1) * (groups - 1), of: "\(answers) answers in \(groups) groups",
      at: cells.names[0])
  }

  fileprivate func contingencyTable() throws -> ContingencyTable {
    try ContingencyTable(
      Shares(of: cells, percentages: .total, roster: roster), cells: cells, roster: roster)
  }
}

extension ContingencyTable {
  /// The statistic with its degrees of freedom and p-value.
  fileprivate func outcome(_ statistic: IndependenceStatistic) throws -> CellShares.Outcome {
    switch statistic {
    case .wald, .adjustedWald: try wald(adjusted: statistic == .adjustedWald)
    default: try raoScott(statistic)
    }
  }

  /// The differences from independence as estimates.
  fileprivate func departureEstimates(of variable: String) throws -> Estimates {
    let found = try departures()
    return Estimates(
      labels: found.values.indices.map {
        Estimates.Label(variable: variable, groups: [String($0)])
      }, values: found.values, covariance: found.covariance,
      degreesOfFreedom: found.values.map { _ in degreesOfFreedom },
      counts: found.values.map { _ in respondents },
      weightedCounts: found.values.map { _ in .nan })
  }
}

extension IndependenceStatistic {
  /// The name in results.
  public var testName: String {
    switch self {
    case .f: "rao-scott-f"
    case .chisq: "rao-scott-chisq"
    case .wald: "wald"
    case .adjustedWald: "adjusted-wald"
    case .lincom: "rao-scott-lincom"
    case .saddlepoint: "rao-scott-saddlepoint"
    }
  }
}
