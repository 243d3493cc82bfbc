internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

extension Estimates {
  /// One estimate with its t-test.
  func difference(_ index: Int, level: Double) -> Difference {
    Difference(
      values[index], standardError: standardErrors[index],
      degreesOfFreedom: degreesOfFreedom[index], level: level)
  }

  /// Every group's function of the estimates minus the reference's.
  func contrasts(
    of functions: [Smooth], named variable: String, groups: [Category], base: Category
  ) -> Estimates {
    let reference = groups.firstIndex { $0.code == base.code } ?? 0
    let others = groups.indices.filter { $0 != reference }
    return self.functions(
      others.map { functions[$0] - functions[reference] },
      labels: others.map { Label(variable: variable, groups: [groups[$0].code]) })
  }

  /// The differences of `contrasts` with the names of their groups.
  func groupDifferences(
    groups: [Category], base: Category, counts: [Int], level: Double
  ) -> [Gap.GroupDifference] {
    let reference = groups.firstIndex { $0.code == base.code } ?? 0
    let others = groups.indices.filter { $0 != reference }
    return others.enumerated().map { index, other in
      Gap.GroupDifference(
        group: groups[other], reference: base, difference: difference(index, level: level),
        count: counts[other] + counts[reference])
    }
  }

  /// The Wald F that all estimates are zero; NaN where their covariance cannot be inverted.
  func waldTest(
    _ name: String, variable: String, by group: String = "", term: String = "",
    of indices: [Int]? = nil, degreesOfFreedom df: Double
  ) -> TestResult {
    let chosen = indices ?? Array(values.indices)
    let q = Double(chosen.count)
    let found = chosen.map { values[$0] }
    var f = Double.nan
    // With more estimates than degrees of freedom their covariance cannot be inverted.
    if q <= df, let solved = try? covariance(of: chosen).solve(found) {
      f = zip(found, solved).reduce(0) { $0 + $1.0 * $1.1 } / q
    }
    return TestResult(
      test: name, variable: variable, by: group, term: term, statistic: f, df1: q, df2: df,
      pValue: Distribution.f(numerator: q, denominator: df).upperTail(f))
  }
}
