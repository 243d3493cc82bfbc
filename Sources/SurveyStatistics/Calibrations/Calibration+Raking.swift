internal import SurveyData

extension Calibration {
  /// The factors of patterns by iterative proportional fitting.
  ///
  /// Every round fits each margin in turn; it ends when no total is further off than `tolerance`, relative
  /// to it. Agrees with `rake` of R's survey, whose `epsilon` is an absolute change of a margin.
  ///
  /// - Complexity: O(rounds × patterns × margins), whatever the number of rows.
  /// - SeeAlso: Deming and Stephan (1940), Annals of Mathematical Statistics 11.
  func raked(
    _ sums: [Double], to targets: [Double], tolerance: Double, iterations: Int, context: String
  ) throws -> [Double] {
    let width = frame.margins.count
    // The column of every pattern in every margin; each has one.
    let places = frame.patterns.flatMap { pattern in pattern.map { Int($0.column) } }
    var current = sums
    var totals = Array(repeating: 0.0, count: targets.count)
    func measure(_ margin: Int) {
      for place in frame.margins[margin] { totals[place] = 0 }
      for pattern in current.indices {
        totals[places[pattern * width + margin]] += current[pattern]
      }
    }
    func misfit() -> Double {
      targets.indices.reduce(0) { worst, place in
        let distance = abs(totals[place] - targets[place])
        return max(worst, distance == 0 ? 0 : distance / max(targets[place], 1e-300))
      }
    }
    for margin in 0..<width { measure(margin) }
    var left = misfit()
    var round = 0
    while left > tolerance, round < iterations {
      for margin in 0..<width {
        measure(margin)
        for place in frame.margins[margin] where totals[place] > 0 {
          totals[place] = targets[place] / totals[place]
        }
        for pattern in current.indices {
          current[pattern] *= totals[places[pattern * width + margin]]
        }
      }
      for margin in 0..<width { measure(margin) }
      left = misfit()
      round += 1
    }
    guard left <= tolerance else {
      let (place, off) = worst(current, targets)
      let column = frame.columns[place]
      let percent = canonicalCode((off * 1e6).rounded() / 1e4)
      throw SurveyError(
        .noAnswer, at: column.variable,
        "\(context)the margins do not settle in \(iterations) rounds: '\(column.category)' is still "
          + "\(percent) % from its total",
        remedy:
          "Merge categories whose crossings are empty, or allow more: --iterations, --tolerance.")
    }
    return zip(sums, current).map { $0 == 0 ? 1 : $1 / $0 }
  }
}
