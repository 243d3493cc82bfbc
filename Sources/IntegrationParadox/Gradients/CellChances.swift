internal import Glibc
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
      let weights = sample.people.weights
      var sums = Array(repeating: (weight: 0.0, hits: 0.0), count: size)
      for (place, cell) in cells.enumerated() {
        sums[cell].weight += weights[place]
        sums[cell].hits += weights[place] * sample.outcomes[place]
      }
      let chances = sums.map { $0.hits / $0.weight }
      let means = Influence(chances, of: sample.people) { place, u in
        let cell = cells[place]
        u[cell] = (sample.outcomes[place] - chances[cell]) / sums[cell].weight
      }
      parts = [means] + (fit.map { [$0.coefficients.selecting(Array(0..<size))] } ?? [])
      return
    }
    guard let fit else {
      parts = []
      return
    }
    parts = [
      Self.averages(
        of: fit.coefficients, constants: (0..<size).map { [($0, 1.0)] },
        controls: sample.controls.enumerated().map { (size + $0.offset, $0.element.values) },
        among: sample.people),
      fit.coefficients.selecting(Array(0..<size)),
    ]
  }

  /// Averages over everybody of `F(constant + Σ control × coefficient)`, controls held fixed.
  ///
  /// - Parameters:
  ///   - coefficients: Those of the model.
  ///   - constants: For each average what multiplies which coefficients.
  ///   - controls: The coefficient and values of each control.
  static func averages(
    of coefficients: Influence, constants: [[(coefficient: Int, factor: Double)]],
    controls: [(coefficient: Int, values: [Double])], among people: People
  ) -> Influence {
    let (b, weights) = (coefficients.values, people.weights)
    let total = weights.reduce(0, +)
    var moving = Array(repeating: 0.0, count: weights.count)
    for control in controls {
      for place in moving.indices {
        moving[place] += b[control.coefficient] * control.values[place]
      }
    }
    var chances: [Double] = []
    var slopes: [[Double]] = []
    for constant in constants {
      let start = constant.reduce(0) { $0 + b[$1.coefficient] * $1.factor }
      var (chance, curve) = (0.0, 0.0)
      var gradient = Array(repeating: 0.0, count: b.count)
      for place in moving.indices {
        let p = 1 / (1 + exp(-(start + moving[place])))
        let share = weights[place] / total
        chance += share * p
        curve += share * p * (1 - p)
        for control in controls {
          gradient[control.coefficient] += share * p * (1 - p) * control.values[place]
        }
      }
      for (coefficient, factor) in constant { gradient[coefficient] += curve * factor }
      chances.append(chance)
      slopes.append(gradient)
    }
    let width = b.count
    return Influence(chances, of: people) { place, u in
      for (index, gradient) in slopes.enumerated() {
        var sum = 0.0
        for k in 0..<width { sum += gradient[k] * coefficients.elements[place * width + k] }
        u[index] = sum
      }
    }
  }
}
