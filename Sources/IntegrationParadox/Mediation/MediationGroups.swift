internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics

/// The same decomposition in each group.
struct MediationGroups {
  let groups: [Category]
  let fits: [MediationFit]

  init(
    _ plan: MediationPlan, _ sample: ModelSample, group: String, errors: MediationErrors,
    isUnconditional: Bool, isOrdered: Bool
  ) throws {
    let (present, groupOf) = try sample.people.categories(of: group)
    groups = present
    fits = try present.enumerated().map { number, category in
      try MediationFit(
        plan, sample, places: groupOf.indices.filter { groupOf[$0] == number },
        called: "group '\(category.code)'", errors: errors,
        isUnconditional: isUnconditional, isOrdered: isOrdered)
    }
  }

  func estimates(among people: People) throws -> Estimates {
    try MediationFit.estimates(fits, names: groups.map(\.code), among: people)
  }
}
