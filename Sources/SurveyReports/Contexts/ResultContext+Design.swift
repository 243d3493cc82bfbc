internal import SurveyData
internal import SurveyReaders
internal import SurveyStatistics
internal import SurveyTables

extension ResultContext {
  /// What must be said of later stages: that population sizes end, and that the same code lies in
  /// several units of the stage above while most codes do not, so that it may be one unit.
  var stageNotes: [Phrase] {
    let (stages, sizes) = (survey.roster.stages, survey.roster.declaration.fpc)
    guard stages.count > 1 else { return [] }
    var notes: [Phrase] = []
    let last = stages[stages.count - 1]
    if stages.count > sizes.count { notes.append(.stageWithoutSizes(last.name ?? "")) }
    for (stage, above) in zip(stages.dropFirst(), stages)
    where stage.codeCount < stage.unitCount && stage.unitCount < 2 * stage.codeCount {
      notes.append(
        .repeatedCodes(
          stage.name ?? "", in: above.name ?? "", codes: stage.codeCount, units: stage.unitCount))
    }
    return notes
  }

  /// Sampling units whose codes are used again in several categories of a column that looks like
  /// strata, though no strata are named; nil where none are.
  var repeatedUnits: (psu: String, strata: String, counted: Int, within: Int)? {
    let dataset = survey.dataset
    let design = survey.roster.declaration
    guard design.strata == nil, let psu = design.psu.first,
      let units = try? dataset.categorical(psu)
    else { return nil }
    for name in dataset.variableNames where name != psu {
      guard let variable = try? dataset.described(name),
        (variable.role ?? variable.likelyRole) == .stratum,
        let strata = try? dataset.categorical(name), strata.count == units.count
      else { continue }
      var pairs = Set<[Int]>()
      for row in 0..<units.count {
        let pair = [units.positions[row], strata.positions[row]]
        if pair[0] < units.categories.count, pair[1] < strata.categories.count {
          pairs.insert(pair)
        }
      }
      let counted = Set(pairs.map { $0[0] }).count
      if pairs.count > counted { return (psu, name, counted, pairs.count) }
    }
    return nil
  }
}
