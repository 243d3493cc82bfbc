internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics

/// The chances of an outcome in the cells of a division of respondents, with controls averaged over
/// everybody, and the logits behind them.
struct CellChances {
  /// The chances, then the logits' coefficients where there is a model.
  let parts: [Influence]
  /// Whether the logits stand after the chances.
  let hasLogits: Bool

  /// Estimates the chances.
  ///
  /// Without controls the chance is the cell's mean with influence `(y − p) ∕ W`, whatever the logit
  /// does there; with controls `p = Σ w F(b + c′d) ∕ Σ w` over everybody, with gradient
  /// `Σ w F′ (1, c) ∕ Σ w`.
  init(_ sample: GradientSample, cells: [Int], size: Int) throws {
    let columns = sample.dummies(cells, size: size) + sample.controls.map(\.values)
    let isWithoutControls = sample.controls.isEmpty
    var fit: Regression?
    do {
      fit = try Regression(
        of: sample.outcomes, on: columns, among: sample.people, family: .logistic)
    } catch let error as SurveyError where isWithoutControls && error.kind == .noAnswer {
      // The chances do not need it.
    }
    hasLogits = fit != nil
    if isWithoutControls {
      func sums(_ weights: [Double]) -> [(weight: Double, hits: Double)] {
        var sums = Array(repeating: (weight: 0.0, hits: 0.0), count: size)
        for (place, cell) in cells.enumerated() {
          sums[cell].weight += weights[place]
          sums[cell].hits += weights[place] * sample.outcomes[place]
        }
        return sums
      }
      let found = sums(sample.people.weights)
      let chances = found.map { $0.hits / $0.weight }
      let made = sample.people.replicateWeights?.map { weights in
        sums(weights).map { $0.hits / $0.weight }
      }
      let means = Influence(chances, of: sample.people, replicates: made) { place, u in
        let cell = cells[place]
        u[cell] = (sample.outcomes[place] - chances[cell]) / found[cell].weight
      }
      parts = [means] + (fit.map { [$0.coefficients.selecting(Array(0..<size))] } ?? [])
      return
    }
    guard let fit else {
      parts = []
      return
    }
    let averages = (0..<size).map { cell in
      AveragePrediction(
        .logit,
        of: (0..<size).map { .same($0 == cell ? 1 : 0) } + sample.controls.map { .own($0.values) },
        at: fit.coefficients.values, weights: sample.people.weights)
    }
    parts = [
      fit.coefficients.functions(averages.map(\.value), slopes: averages.map(\.slopes)),
      fit.coefficients.selecting(Array(0..<size)),
    ]
  }
}
