internal import SurveyNumerics

/// What the influence of a sample's rows adds up to, which says what a variance of zero means.
package enum InfluenceSum: Sendable {
  /// Zero, as that of means, shares and coefficients, so that one unit alone shows only rounding.
  case zero
  /// A total of what was observed.
  case total
  /// The number of people, which a design can fix: without variance it is known.
  case people
}

extension Double {
  /// The standard error of a variance; one below zero is rounding, NaN stays unknown.
  package var rootOfVariance: Double { self < 0 ? 0 : squareRoot() }
}

extension UnitTotals {
  /// The standard errors of a block's parameters; NaN where the sample says nothing of the variance.
  ///
  /// A variance of zero is knowledge where every unit of the population was drawn. Anywhere else it
  /// is ignorance: everybody gave the same answer, or one unit stands for all. Whatever is made of
  /// such a parameter has no error either, and so no test.
  ///
  /// - Parameters:
  ///   - block: The block.
  ///   - values: The estimates, against which rounding is told from a variance.
  ///   - sum: What their influence adds up to.
  /// - Complexity: O(entries × width).
  package func standardErrors(
    _ block: Int, of values: some Collection<Double>, sum: InfluenceSum = .zero
  ) -> [Double] {
    guard !above.isEmpty else {
      guard !(start[block]..<start[block + 1]).allSatisfy({ isExhaustive(unit[$0]) }) else {
        return values.map { _ in 0 }
      }
      let spread = spread(block)
      return values.enumerated().map { k, value in
        isKnown(spread[k], k, of: block, value, sum).map {
          $0 ? spread[k].variance.rootOfVariance : .nan
        } ?? 0
      }
    }
    // What was left to chance first, outermost, knows whether there is a variance.
    let stages = byStage.map { totals in
      let entries = totals.start[block]..<totals.start[block + 1]
      return (
        totals: totals, spread: totals.spread(block),
        isExhaustive: entries.allSatisfy { totals.isExhaustive(totals.unit[$0]) }
      )
    }
    return values.enumerated().map { k, value in
      for stage in stages where !stage.isExhaustive {
        guard let isKnown = stage.totals.isKnown(stage.spread[k], k, of: block, value, sum) else {
          continue
        }
        return isKnown ? stages.reduce(0) { $0 + $1.spread[k].variance }.rootOfVariance : .nan
      }
      return 0
    }
  }

  /// Whether a variance at the stage is knowledge; nil where nothing was left to chance there, or where
  /// known totals settle the parameter.
  private func isKnown(
    _ spread: (variance: Double, rounding: Double), _ k: Int, of block: Int, _ value: Double,
    _ sum: InfluenceSum
  ) -> Bool? {
    if !isSettled.isEmpty, isSettled[block * width + k] { return totalsErrors.isEmpty ? nil : true }
    let speaking = (start[block]..<start[block + 1]).lazy.filter { speaks($0, k) }
    let isAlone =
      sum == .zero && speaking.prefix(2).count < 2 && speaking.allSatisfy { isOnePerson($0, k) }
    let isRounding =
      spread.variance <= spread.rounding
      || spread.variance.rootOfVariance <= 1e-14 * abs(value)
    guard isAlone || isRounding else { return true }
    if isRounding, isSettledInReplicates(block * width + k, value) { return nil }
    let isFixed = !speaking.isEmpty && speaking.allSatisfy { isExhaustive(unit[$0]) }
    return isFixed || sum == .people ? nil : false
  }

  /// Whether replicates that were fitted to totals, each of which gave a value, agree since these settle it; a share
  /// of 0 or 1 is everybody's answer alike.
  private func isSettledInReplicates(_ place: Int, _ value: Double) -> Bool {
    guard let replicated, replicated.weights.isCalibrated, value != 0, value != 1 else {
      return false
    }
    return replicated.made.allSatisfy { place < $0.count && !$0[place].isNaN }
  }

  /// The standard errors as the formula has them, zero for whatever reason.
  /// - Complexity: O(entries × width).
  package func standardErrors(_ block: Int) -> [Double] {
    let stages = byStage.map { $0.spread(block) }
    return (0..<width).map { k in stages.reduce(0) { $0 + $1[k].variance }.rootOfVariance }
  }

  /// The variances of a block's parameters at the stage, and below what they are rounding.
  private func spread(_ block: Int) -> [(variance: Double, rounding: Double)] {
    var (variance, gross) = variances(block)
    if roster.declaration.lonelyInDomains || strata.contains(where: \.isLonely) {
      // A few at a time, since only the diagonal is wanted.
      for first in stride(from: 0, to: width, by: 32) {
        let part = Array(first..<min(first + 32, width))
        var matrix = Matrix(rows: part.count, columns: part.count)
        for k in part.indices { matrix[k, k] = variance[part[k]] }
        addLonelyStrata(
          block, block, of: (part, part), among: CollectionOfOne(block), to: &matrix)
        for k in part.indices { variance[part[k]] = matrix[k, k] }
      }
    }
    return (0..<width).map { (variance[$0] + totalsVariance(block, $0), 1e-14 * gross[$0]) }
  }

  /// Whether nothing of a unit's stratum was left to chance: all of its population was drawn, or the
  /// one unit in it was declared to stand for itself alone.
  private func isExhaustive(_ unit: Int32) -> Bool {
    let stratum = strata[Int(stratumOfUnit[Int(unit)])]
    return stratum.samplingFraction >= 1
      || stratum.isLonely && roster.declaration.lonelyPSU == .certainty
  }

  /// Whether an entry adds anything to a parameter.
  private func speaks(_ entry: Int, _ k: Int) -> Bool {
    sums[entry * width + k] != 0
      || roster.isElementSample && squares[packed(entry, k, k)] != 0
  }

  /// Whether what an entry adds may come from one sampling unit; in an element sample the entry is
  /// a stratum, and the squares of one respondent are the square of the sum.
  private func isOnePerson(_ entry: Int, _ k: Int) -> Bool {
    guard roster.isElementSample else { return true }
    let sum = sums[entry * width + k]
    return squares[packed(entry, k, k)] <= 1.000_001 * sum * sum
  }
}
