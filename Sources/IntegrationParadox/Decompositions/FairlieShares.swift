internal import SurveyData
internal import SurveyModels
internal import SurveyNumerics

/// The explained part by covariate, by Fairlie's matching averaged over draws.
struct FairlieShares {
  /// Each covariate's part.
  let values: [Double]
  /// Its slope along the coefficients that weigh the differences.
  let slopes: [[Double]]
  private let seed: UInt64
  private let draws: Int

  /// Draws as many people of either group as the smaller one has, evenly over the sum of weights in
  /// the order of their predictions, so that pairs have the same rank; then gives the reference's
  /// covariates to the others' one after the other, in a random order.
  init(_ model: DecompositionEstimates) {
    let frame = model.frame
    func mean(_ eta: Double) -> (value: Double, slope: Double) {
      (Link.logit.mean(eta), Link.logit.slope(eta))
    }
    let b = model.coefficients[model.weighing]
    var random = RandomStream(seed: model.options.seed)
    let width = frame.width
    let eta = frame.people.places.map { place in
      zip(frame.covariates(place), b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let members = [0, 1].map { group in
      frame.people.places.filter { frame.groupOf[$0] == group }
    }
    let size = min(members[0].count, members[1].count)
    var values = Array(repeating: 0.0, count: frame.covariates.count)
    var slopes = Array(repeating: Array(repeating: 0.0, count: width), count: values.count)
    let share = 1 / Double(size * model.options.draws)
    for _ in 0..<model.options.draws {
      let drawn = members.map { group -> [Int] in
        // Equal predictions, as factors give, in an order of their own each time.
        let ranked = group.map { (eta: eta[$0], tie: random.next(), place: $0) }
          .sorted { ($0.eta, $0.tie) < ($1.eta, $1.tie) }
        return Self.evenly(
          ranked.map(\.place), frame.weights, count: size, start: random.uniform())
      }
      var order = Array(values.indices)
      order.shuffle(using: &random)
      for (zero, one) in zip(drawn[0], drawn[1]) {
        let (from, to) = (Array(frame.covariates(zero)), Array(frame.covariates(one)))
        var x = from
        var before = mean(eta[zero])
        for covariate in order {
          let columns = frame.covariates[covariate].columns
          let old = x
          for k in columns { x[k] = to[k] }
          let after = mean(zip(x, b).reduce(0) { $0 + $1.0 * $1.1 })
          values[covariate] += share * (after.value - before.value)
          for k in 0..<width {
            slopes[covariate][k] += share * (after.slope * x[k] - before.slope * old[k])
          }
          before = after
        }
      }
    }
    self.values = values
    self.slopes = slopes
    seed = model.options.seed
    draws = model.options.draws
  }

  /// People at even distances of the running sum of weights.
  private static func evenly(
    _ ranked: [Int], _ weights: [Double], count: Int, start: Double
  ) -> [Int] {
    let step = ranked.reduce(0) { $0 + weights[$1] } / Double(count)
    var drawn: [Int] = []
    drawn.reserveCapacity(count)
    var sum = 0.0
    for place in ranked {
      sum += weights[place]
      while drawn.count < count, (Double(drawn.count) + start) * step < sum { drawn.append(place) }
    }
    while drawn.count < count, let last = ranked.last { drawn.append(last) }
    return drawn
  }

  /// What the rows by covariate rest on.
  func note(explained: Double) -> Note {
    let (sum, whole) = (
      canonicalCode((1e6 * values.reduce(0, +)).rounded() / 1e6),
      canonicalCode((1e6 * explained).rounded() / 1e6)
    )
    return Note(
      .information, id: "decompose.draws",
      "the rows by covariate are means of \(draws) draws in random order, seed \(seed); they add "
        + "up to \(sum) of \(whole), and their errors take the covariates as fixed",
      naming: [String(draws), String(seed), sum, whole], at: "explained")
  }
}
