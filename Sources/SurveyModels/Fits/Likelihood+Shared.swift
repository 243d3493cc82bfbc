internal import SurveyNumerics

extension Likelihood {
  /// Adds what some rows give, number by number within the patterns that rows share.
  func add(
    _ rows: Range<Int>, of columns: SharedColumns, at coefficients: [Double]?, to pass: inout Pass,
    scores: UnsafeMutableBufferPointer<Double>
  ) {
    let numbers = columns.numberCount
    let size = numbers + columns.pairCount
    let slopes = columns.slopes(coefficients ?? Array(repeating: 0, count: width))
    // Of every pattern the scores by numbers, then the information by pairs of them.
    var sums = Array(repeating: 0.0, count: columns.patternCount * size)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * Self.blockSize) { scratch in
      scratch.initialize(repeating: 0)
      guard let eta = scratch.baseAddress else { return }
      let working = eta + Self.blockSize
      columns.withPointers(slopes, &sums) { patterns, x, slopes, sums in
        var start = rows.lowerBound
        while start < rows.upperBound {
          let count = min(Self.blockSize, rows.upperBound - start)
          for i in 0..<count {
            let slope = slopes + Int(patterns[start + i]) * numbers
            eta[i] = slope[0] + (offsets.isEmpty ? 0 : offsets[start + i])
            for j in 1..<numbers { eta[i] += slope[j] * x[(j - 1) * outcomes.count + start + i] }
          }
          respond(start..<start + count, at: coefficients, eta, working, to: &pass, scores)
          for i in 0..<count {
            let place = sums + Int(patterns[start + i]) * size
            columns.add(
              eta[i], working[i], times: x + (start + i), stride: outcomes.count, to: place)
          }
          start += count
        }
      }
    }
    for pattern in 0..<columns.patternCount {
      let place = pattern * size
      columns.spread(pattern, sums[place..<place + numbers]) { pass.score[$0] += $1 }
      columns.spread(pattern, pairs: sums[place + numbers..<place + size]) {
        pass.information[$0, $1] += $2
      }
    }
  }
}
