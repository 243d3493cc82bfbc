internal import SurveyData
internal import SurveyNumerics

/// One number of a survey with the rows that count for it: where means, totals, ratios, standard
/// deviations and quantiles are made.
struct NumericFrame {
  let survey: Survey
  let cells: Cases
  let name: String
  /// The number of every row; nil counts people.
  let values: [Double]?
  let options: EstimationOptions

  /// Estimates by group, and the same as rows.
  typealias Result = (estimates: Estimates, rows: [EstimateRow])

  var bases: [Base] { cells.bases }

  func requireSomebody() throws {
    guard cells.units.isEmpty else { return }
    throw SurveyError(
      .noAnswer, at: name, "nobody in the base has a valid answer",
      remedy: "Look at the codes and missing reasons with `vekt inspect`.")
  }

  /// `ȳ = Σ w·y ∕ Σ w`, influence `(y − ȳ) ∕ Σ w`.
  func means() throws -> Result {
    let values = values ?? []
    let (means, totals) = try cells.means(width: 1) { row, _, f in f[0] = values[row] }
    let unitVariance = unitVariance(means)
    return result("mean", means, totals) { block, variance in
      designEffect(
        ofVariance: variance, unitVariance: unitVariance[block],
        count: bases[block].count, weight: bases[block].weight, roster: survey.roster)
    }
  }

  /// `Σ w·y`, influence `y`.
  func totals() throws -> Result {
    let values = values
    let sums = sums { values?[$0] ?? 1 }
    let totals = try cells.totals(width: 1) { row, _, u in
      u[0] = values?[row] ?? 1
    }
    let unitVariance =
      values == nil ? nil : unitVariance(zip(sums, bases).map { $0 / $1.weight })
    return result("total", sums, totals, sum: values == nil ? .people : .total) { block, variance in
      unitVariance.map {
        designEffect(
          ofVariance: variance / (bases[block].weight * bases[block].weight),
          unitVariance: $0[block], count: bases[block].count, weight: bases[block].weight,
          roster: survey.roster)
      } ?? .nan
    }
  }

  /// `R = Σ w·a ∕ Σ w·b`, influence `(a − R·b) ∕ Σ w·b`.
  func ratios(over denominators: [Double]) throws -> Result {
    let values = values ?? []
    let below = sums { denominators[$0] }
    // A group whose denominator is zero has no ratio; its influence is NaN and touches no other.
    if below.allSatisfy({ $0 == 0 }) {
      throw SurveyError(
        .noAnswer, at: name, "the denominator adds up to zero, so there is no ratio")
    }
    let ratios = zip(sums { values[$0] }, below).map { $1 == 0 ? .nan : $0 / $1 }
    let totals =
      try cells.replicates.map { replicates in
        let made = cells.sums(with: replicates, width: 2) { row, _, f in
          (f[0], f[1]) = (values[row], denominators[row])
        }
        return cells.totals(
          of: ratios,
          made.map { sums in
            ratios.indices.map { ratios[$0].isNaN ? .nan : sums[3 * $0] / sums[3 * $0 + 1] }
          }, width: 1, of: replicates)
      }
      ?? cells.totals(width: 1) { row, block, u in
        u[0] = (values[row] - ratios[block] * denominators[row]) / below[block]
      }
    return result("ratio", ratios, totals) { _, _ in .nan }
  }

  /// The root of the mean of `n∕(n − 1)·(y − ȳ)²`; its error by the delta method, `se(s²) ∕ 2s`.
  func standardDeviations() throws -> [EstimateRow] {
    let values = values ?? []
    let means = zip(sums { values[$0] }, bases).map { $0 / $1.weight }
    let factors = bases.map { Double($0.count) / Double($0.count - 1) }
    var (variances, totals) = try cells.means(width: 1) { row, block, f in
      let deviation = values[row] - means[block]
      f[0] = factors[block] * deviation * deviation
    }
    if let replicates = cells.replicates {
      // Each replicate has a mean of its own.
      let made = cells.sums(with: replicates, width: 2) { row, block, f in
        let deviation = values[row] - means[block]
        (f[0], f[1]) = (deviation, deviation * deviation)
      }.map { sums in
        variances.indices.map { block in
          let (mean, weight) = (sums[3 * block] / sums[3 * block + 2], sums[3 * block + 2])
          return factors[block] * (sums[3 * block + 1] / weight - mean * mean)
        }
      }
      totals = cells.totals(of: variances, made, width: 1, of: replicates)
    }
    return rows("sd") { block in
      let deviation = variances[block].squareRoot()
      let error =
        totals.standardErrors(block, of: [variances[block]])[0] / (2 * deviation)
      return row(
        "sd", block, estimate: deviation, error: error,
        interval: .wald(
          deviation, error, degreesOfFreedom: totals.degreesOfFreedom[block],
          level: options.level),
        degreesOfFreedom: totals.degreesOfFreedom[block], designEffect: .nan)
    }
  }

  /// The values of some groups in order.
  func distribution(of groups: [Int]) -> WeightedDistribution {
    let isIn = Set(groups)
    return WeightedDistribution(cells.weighted({ values?[$0] ?? 1 }, where: isIn.contains))
  }

  private func sums(_ value: (Int) -> Double) -> [Double] {
    cells.sums { row, _ in value(row) }
  }

  /// `Σ w(y − ȳ)² ∕ Σ w` of every group.
  private func unitVariance(_ means: [Double]) -> [Double] {
    let values = values ?? []
    let squares = cells.sums { row, block in
      (values[row] - means[block]) * (values[row] - means[block])
    }
    return zip(squares, bases).map { $0 / $1.weight }
  }

  private func result(
    _ statistic: String, _ values: [Double], _ totals: UnitTotals, sum: InfluenceSum = .zero,
    designEffect: (_ block: Int, _ variance: Double) -> Double
  ) -> Result {
    let estimates = Estimates(
      labels: bases.indices.map {
        Estimates.Label(variable: name, groups: cells.categories($0).map(\.code))
      }, values: values, counts: bases.map(\.count), weightedCounts: bases.map(\.weight),
      totals: totals, sum: sum)
    let rows = rows(statistic) { block in
      let error = estimates.standardErrors[block]
      return row(
        statistic, block, estimate: values[block], error: error,
        interval: .wald(
          values[block], error, degreesOfFreedom: estimates.degreesOfFreedom[block],
          level: options.level),
        degreesOfFreedom: estimates.degreesOfFreedom[block],
        designEffect: designEffect(block, error * error))
    }
    return (estimates, rows)
  }

  /// The rows of all groups, empty for one without a valid answer.
  func rows(_ statistic: String, _ row: (_ block: Int) -> EstimateRow) -> [EstimateRow] {
    let number = Dictionary(uniqueKeysWithValues: zip(cells.groups, cells.groups.indices))
    return TableSize.listedGroups(cells.groupColumns, known: cells.groups).map { positions in
      number[positions].map(row)
        ?? EstimateRow(
          emptyOf: name, statistic: statistic,
          groups: zip(cells.groupColumns, positions).map { $0.categories[$1] })
    }
  }

  func row(
    _ statistic: String, _ block: Int, estimate: Double, error: Double,
    interval: ConfidenceInterval, degreesOfFreedom: Double, designEffect: Double
  ) -> EstimateRow {
    EstimateRow(
      variable: name, category: nil, statistic: statistic, groups: cells.categories(block),
      count: bases[block].count, weightedCount: bases[block].weight, base: bases[block].count,
      estimate: estimate, standardError: error, interval: interval,
      degreesOfFreedom: degreesOfFreedom, designEffect: designEffect, flags: [], isExact: false)
  }

}
