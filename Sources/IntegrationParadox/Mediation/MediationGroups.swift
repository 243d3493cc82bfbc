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
    let column = try sample.survey.dataset.categorical(group)
    var places: [Int: [Int]] = [:]
    for (place, row) in sample.rows.enumerated() {
      places[column.positions[Int(row)], default: []].append(place)
    }
    let present = places.keys.sorted()
    groups = present.map { column.categories[$0] }
    fits = try present.map { position in
      try MediationFit(
        plan, sample, places: places[position],
        called: "group '\(column.categories[position].code)'", errors: errors,
        isUnconditional: isUnconditional, isOrdered: isOrdered)
    }
  }

  func estimates(in survey: Survey) throws -> Estimates {
    try MediationFit.estimates(fits, names: groups.map(\.code), in: survey)
  }
}
