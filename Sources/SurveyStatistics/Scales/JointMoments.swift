internal import SurveyData
internal import SurveyNumerics

/// Several numbers of the same people with their means and covariances, by group: where scales and
/// correlations are made.
///
/// The covariance of two numbers is `S = n∕(n − 1) · Σ w (x − x̄)(y − ȳ) ∕ Σ w`, with n the
/// respondents of the group.
struct JointMoments {
  let cells: Cases
  let names: [String]
  /// The number of every row, number after number.
  let values: [[Double]]
  var bases: [Base] { cells.bases }
  /// The means, groups × numbers.
  let means: Matrix
  /// The covariance of the numbers, one matrix a group.
  let covariances: [Matrix]

  init(_ numbers: [(name: String, column: NumericColumn)], by groups: [String], in survey: Survey)
    throws
  {
    cells = try Cases(numbers, by: groups, in: survey)
    names = numbers.map(\.name)
    values = numbers.map(\.column.values)
    let bases = cells.bases
    guard !cells.units.isEmpty else {
      throw SurveyError(
        .noAnswer, at: names.joined(separator: ", "), "nobody in the base has answered all of them",
        remedy: "Look at their codes and missing reasons with `vekt inspect`.")
    }
    let size = numbers.count
    var means = Matrix(rows: bases.count, columns: size)
    for (index, column) in values.enumerated() {
      let sums = cells.sums { row, _ in column[row] }
      for block in bases.indices { means[block, index] = sums[block] / bases[block].weight }
    }
    var covariances = bases.map { _ in Matrix(rows: size, columns: size) }
    let pairs = size * (size + 1) / 2
    let products = cells.sums(width: pairs) { [values] row, block, into in
      var place = 0
      for i in 0..<size {
        let left = values[i][row] - means[block, i]
        for j in 0...i {
          into[place] = left * (values[j][row] - means[block, j])
          place += 1
        }
      }
    }
    for block in bases.indices {
      let factor = Double(bases[block].count) / Double(bases[block].count - 1)
      var place = block * pairs
      for i in 0..<size {
        for j in 0...i {
          let value = products[place] * factor / bases[block].weight
          (covariances[block][i, j], covariances[block][j, i]) = (value, value)
          place += 1
        }
      }
    }
    self.means = means
    self.covariances = covariances
  }

  /// The numbers that are the same for everybody.
  var constants: [String] {
    names.indices.filter { index in covariances.allSatisfy { !($0[index, index] > 0) } }
      .map { names[$0] }
  }

  /// Throws for a number that is the same for everybody.
  func requireVariation() throws {
    guard let name = constants.first else { return }
    throw SurveyError(
      .noAnswer, at: name, "has the same value for everybody, so nothing goes with it")
  }

  /// The groups' categories.
  func groups(_ block: Int) -> [Category] {
    cells.categories(block)
  }

  /// `n ∕ (n − 1) ∕ Σ w`: what a product of deviations from the means counts for.
  func factor(_ block: Int) -> Double {
    Double(bases[block].count) / Double(bases[block].count - 1) / bases[block].weight
  }

  /// The covariances with each replicate's weights, which have means of their own: one array a
  /// replicate, a matrix a group.
  private func covariances(with replicates: ReplicateWeights) -> [[Matrix]] {
    let size = names.count
    let width = size + size * (size + 1) / 2
    return cells.sums(with: replicates, width: width) { row, block, f in
      for i in 0..<size { f[i] = values[i][row] - means[block, i] }
      var place = size
      for i in 0..<size {
        for j in 0...i {
          f[place] = f[i] * f[j]
          place += 1
        }
      }
    }.map { sums in
      bases.indices.map { block in
        let factor = Double(bases[block].count) / Double(bases[block].count - 1)
        let first = block * (width + 1)
        let weight = sums[first + width]
        var covariance = Matrix(rows: size, columns: size)
        var place = first + size
        for i in 0..<size {
          for j in 0...i {
            let means = sums[first + i] / weight * (sums[first + j] / weight)
            covariance[i, j] = factor * (sums[place] / weight - means)
            covariance[j, i] = covariance[i, j]
            place += 1
          }
        }
        return covariance
      }
    }
  }

  /// The unit sums of an influence that is given the deviations of a row from its group's means.
  ///
  /// - Parameter values: The numbers as a function of a group's covariances, for replicates.
  func unitTotals(
    width: Int, of values: (_ covariance: Matrix) -> [Double],
    influence: (
      _ deviations: [Double], _ block: Int, _ into: UnsafeMutableBufferPointer<Double>
    ) -> Void
  ) throws -> UnitTotals {
    if let replicates = cells.replicates {
      return cells.totals(
        of: covariances.flatMap(values),
        covariances(with: replicates).map { $0.flatMap(values) }, width: width, of: replicates)
    }
    let values = self.values
    var deviations = Array(repeating: 0.0, count: names.count)
    return try cells.totals(width: width) { row, block, u in
      for index in deviations.indices {
        deviations[index] = values[index][row] - means[block, index]
      }
      influence(deviations, block, u)
    }
  }

  /// An estimate as a row; the interval of what is a correlation is Fisher's.
  func row(
    _ statistic: String, of variable: String, _ estimates: Estimates, _ index: Int, block: Int,
    isCorrelation: Bool, level: Double
  ) -> EstimateRow {
    let (value, error) = (estimates.values[index], estimates.standardErrors[index])
    let df = estimates.degreesOfFreedom[index]
    return EstimateRow(
      variable: variable, category: nil, statistic: statistic, groups: groups(block),
      count: bases[block].count, weightedCount: bases[block].weight, base: bases[block].count,
      estimate: value, standardError: error,
      interval: isCorrelation
        ? .fisher(value, error, degreesOfFreedom: df, level: level)
        : .wald(value, error, degreesOfFreedom: df, level: level),
      degreesOfFreedom: df, designEffect: .nan, flags: [], isExact: false)
  }
}
