internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

extension Estimates {
  /// Every group's function of the estimates minus the reference's.
  func contrasts(
    of functions: [Combination], named variable: String, groups: [Category], base: Category
  ) -> Estimates {
    let reference = groups.firstIndex { $0.code == base.code } ?? 0
    let others = groups.indices.filter { $0 != reference }
    return self.functions(
      others.map { functions[$0] - functions[reference] },
      labels: others.map { Label(variable: variable, groups: [groups[$0].code]) })
  }

  /// The differences of `contrasts` with the names of their groups.
  func groupDifferences(
    groups: [Category], base: Category, count: (_ groups: [Int]) -> Int, level: Double
  ) -> [Gap.GroupDifference] {
    let reference = groups.firstIndex { $0.code == base.code } ?? 0
    let others = groups.indices.filter { $0 != reference }
    return others.enumerated().map { index, other in
      Gap.GroupDifference(
        group: groups[other], reference: base, difference: difference(index, level: level),
        count: count([other, reference]))
    }
  }
}
