internal import SurveyData

extension CodebookCheck {
  /// Whether the columns are there that say how weights came about.
  mutating func checkAdjustments() {
    for weight in codebook.weights {
      for adjustment in weight.adjustments {
        do {
          try checkColumns(of: adjustment)
        } catch let error as SurveyError {
          add(
            Finding(
              .error, id: "weight-adjustment", variable: weight.name,
              "step '\(adjustment.step.rawValue)' of the weight cannot be used: \(error.problem)",
              remedy: error.remedy))
        } catch {}
      }
    }
  }

  private func checkColumns(of adjustment: WeightAdjustment) throws {
    let asked = try adjustment.responded.map { try Expression($0) }
    let people = try people(by: adjustment.variables + (asked?.variables ?? []))
    if !adjustment.before.isEmpty {
      _ =
        try origin?.weights([SummedWeight(stringLiteral: adjustment.before)]).isEmpty
        ?? dataset.numeric(adjustment.before).values.isEmpty
    }
    for name in adjustment.variables { _ = try people.categorical(name) }
    _ = try asked?.condition(on: people)
  }
}
