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
    if !adjustment.before.isEmpty { _ = try dataset.numeric(adjustment.before) }
    for name in adjustment.variables { _ = try dataset.categorical(name) }
    if let responded = adjustment.responded {
      _ = try Expression(responded).condition(on: dataset)
    }
  }
}
