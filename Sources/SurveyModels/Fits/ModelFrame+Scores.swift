internal import Dispatch
internal import SurveyNumerics
internal import SurveyStatistics

extension ModelFrame {
  /// Each replicate's weights of the cases; nil where the variance is linearized.
  var replicateWeights: [[Double]]? { people.replicateWeights }

  /// What parameters are with each replicate's weights, in the place of the unit sums of their scores:
  /// those that the inverse of the information maps to the parameters; nil where the variance is
  /// linearized.
  ///
  /// - Parameters:
  ///   - parameters: The parameters with the weight.
  ///   - information: `A`, with weights whose mean is 1.
  ///   - made: The parameters with each replicate's weights.
  func scoreTotals(
    of parameters: [Double], information: @autoclosure () throws -> Matrix,
    made: ([[Double]]) -> [[Double]]
  ) rethrows -> UnitTotals? {
    guard let replicates = cells.replicates, let weights = replicateWeights else { return nil }
    var information = try information()
    for k in information.elements.indices { information.elements[k] *= meanWeight }
    return cells.totals(
      of: parameters, made(weights), width: parameters.count, of: replicates
    ).mapped(by: information)
  }

  /// `x s` summed over sampling units; the influence is `A⁻¹` times it, with `A = Σ w i x xᵀ`.
  ///
  /// - Parameters:
  ///   - scores: `s` of every case.
  ///   - likelihood: Whose columns `x` are.
  func scoreTotals(
    _ scores: [Double], _ likelihood: Likelihood
  ) throws -> UnitTotals {
    switch likelihood.layout {
    case .dense(let elements):
      try elements.withUnsafeBufferPointer { elements in
        try unitTotals(width: likelihood.width) { index, u in
          let score = scores[index]
          for k in u.indices { u[k] = elements[k * scores.count + index] * score }
        }
      }
    case .shared(let columns):
      try unitTotals(of: columns, scores: scores)
        ?? unitTotals(width: likelihood.width) { index, u in
          let first = Int(columns.patterns[index]) * columns.width
          for k in u.indices {
            let number = columns.numberOfColumn[k]
            u[k] =
              columns.factors[first + k] * scores[index]
              * (number == 0 ? 1 : columns.numbers[(number - 1) * scores.count + index])
          }
        }
    }
  }

  /// The same of columns that share patterns, added up by units and patterns first; nil where these
  /// are too many, or the cases patterns themselves.
  private func unitTotals(
    of columns: SharedColumns, scores: [Double]
  ) throws -> UnitTotals? {
    guard !people.survey.isSpread else { return nil }
    let (roster, weights) = (people.survey.roster, people.weights)
    let (squares, cellOf) = (people.squaredWeights, people.selected(cells.cellOfRow))
    let isElement = roster.isElementSample
    let numbers = columns.numberCount
    let size = numbers + (isElement ? columns.pairCount : 0)
    let places = cells.units.count * columns.patternCount * size
    guard places <= 1 << 20 else { return nil }
    let chunkCount = caseCount < 1 << 16 ? 1 : (places <= 1 << 17 ? 4 : 2)
    var sums = Array(repeating: 0.0, count: chunkCount * places)
    columns.withPointers(scores, &sums) { patterns, x, scores, sums in
      nonisolated(unsafe) let (patterns, x, scores, sums) = (patterns, x, scores, sums)
      DispatchQueue.concurrentPerform(iterations: chunkCount) { chunk in
        let start = sums + chunk * places
        let cases = (caseCount * chunk / chunkCount)..<(caseCount * (chunk + 1) / chunkCount)
        for index in cases {
          let weighted = weights[index] * scores[index]
          let cell = Int(cellOf[index]) * columns.patternCount + Int(patterns[index])
          let place = start + cell * size
          if isElement {
            let squared =
              squares.map { $0[index] * scores[index] * scores[index] }
              ?? weighted * weighted
            columns.add(weighted, squared, times: x + index, stride: caseCount, to: place)
          } else {
            place[0] += weighted
            for j in 1..<numbers { place[j] += weighted * x[(j - 1) * caseCount + index] }
          }
        }
      }
    }
    return try UnitTotals(
      roster: roster, width: columns.width, blockCount: 1, units: cells.units,
      blocks: cells.blocks, counts: cells.counts
    ) { cell, entry, squares in
      for chunk in 0..<chunkCount {
        for pattern in 0..<columns.patternCount {
          let place = chunk * places + (cell * columns.patternCount + pattern) * size
          columns.spread(pattern, sums[place..<place + numbers]) { entry[$0] += $1 }
          guard isElement else { continue }
          columns.spread(pattern, pairs: sums[place + numbers..<place + size]) {
            squares[$0 * ($0 + 1) / 2 + $1] += $2
          }
        }
      }
    }
  }
}
