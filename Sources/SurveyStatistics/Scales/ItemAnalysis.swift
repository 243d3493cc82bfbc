internal import SurveyData
internal import SurveyNumerics

/// Alpha and item–rest correlations of the items of a scale.
struct ItemAnalysis {
  let moments: JointMoments
  private let blocks: [Block]

  /// What the covariance matrix of a group's items gives.
  private struct Block {
    /// The variance of the sum of the items, and of the sum without each.
    let sum: Double
    let rest: [Double]
    /// The sum of the items' variances.
    let trace: Double
    let variances: [Double]
    /// The item–rest correlations.
    let correlations: [Double]

    init(_ covariance: Matrix) {
      let items = 0..<covariance.rows
      let rows = items.map { i in items.reduce(0) { $0 + covariance[i, $1] } }
      let (variances, sum) = (covariance.diagonal, rows.reduce(0, +))
      let rest = items.map { sum - 2 * rows[$0] + variances[$0] }
      self.variances = variances
      self.sum = sum
      self.rest = rest
      trace = covariance.trace
      correlations = items.map {
        (rows[$0] - variances[$0]) / (variances[$0] * rest[$0]).squareRoot()
      }
    }
  }

  init(_ moments: JointMoments) {
    self.moments = moments
    blocks = moments.covariances.map(Block.init)
  }

  private var items: Range<Int> { moments.names.indices }

  /// What is estimated: the statistics and their items, nil for the whole scale.
  private var parameters: [(statistic: String, item: Int?)] {
    let without = items.count > 2 ? items.map { ("alpha_without", $0 as Int?) } : []
    return [("alpha", nil)] + without + items.map { ("item_rest", $0) }
  }

  /// The mean of everybody's items.
  var scores: [Double] {
    let count = Double(items.count)
    return moments.cells.cellOfRow.indices.map { row in
      moments.values.reduce(0) { $0 + $1[row] } / count
    }
  }

  /// `K∕(K − 1) · (1 − τ∕σ)`.
  private static func alpha(items: Int, trace: Double, sum: Double) -> Double {
    Double(items) / Double(items - 1) * (1 - trace / sum)
  }

  private func value(_ parameter: (statistic: String, item: Int?), in block: Block) -> Double {
    guard let item = parameter.item else {
      return Self.alpha(items: items.count, trace: block.trace, sum: block.sum)
    }
    return parameter.statistic == "item_rest"
      ? block.correlations[item]
      : Self.alpha(
        items: items.count - 1, trace: block.trace - block.variances[item], sum: block.rest[item])
  }

  /// All parameters of all groups.
  func estimates() throws -> Estimates {
    let parameters = parameters
    let count = items.count
    func alpha(_ items: Int, _ trace: Double, _ sum: Double, _ d: Double, _ d2: Double) -> Double {
      Double(items) / Double(items - 1) * (trace * d * d / (sum * sum) - d2 / sum)
    }
    let totals = try moments.unitTotals(
      width: parameters.count,
      of: { covariance in
        let block = Block(covariance)
        return parameters.map { value($0, in: block) }
      }
    ) { d, number, u in
      let block = blocks[number]
      let factor = moments.factor(number)
      let sum = d.reduce(0, +)
      let squares = d.reduce(0) { $0 + $1 * $1 }
      for (k, parameter) in parameters.enumerated() {
        guard let item = parameter.item else {
          u[k] = factor * alpha(count, block.trace, block.sum, sum, squares)
          continue
        }
        let own = d[item]
        if parameter.statistic == "item_rest" {
          let a = own / block.variances[item].squareRoot()
          let b = (sum - own) / block.rest[item].squareRoot()
          u[k] = factor * (a * b - block.correlations[item] * (a * a + b * b) / 2)
        } else {
          u[k] =
            factor
            * alpha(
              count - 1, block.trace - block.variances[item], block.rest[item], sum - own,
              squares - own * own)
        }
      }
    }
    return Estimates(
      labels: blocks.indices.flatMap { number in
        parameters.map { parameter in
          Estimates.Label(
            variable: name(parameter.item), category: parameter.statistic,
            groups: moments.groups(number).map(\.code))
        }
      }, values: blocks.flatMap { block in parameters.map { value($0, in: block) } },
      counts: moments.bases.flatMap { repeatElement($0.count, count: parameters.count) },
      weightedCounts: moments.bases.flatMap { repeatElement($0.weight, count: parameters.count) },
      totals: totals)
  }

  private func name(_ item: Int?) -> String {
    item.map { moments.names[$0] } ?? moments.names.joined(separator: "+")
  }

  /// The parameters as rows: parameter after parameter, each by group.
  func rows(of estimates: Estimates, level: Double) -> [EstimateRow] {
    let parameters = parameters
    return parameters.indices.flatMap { k in
      blocks.indices.map { number in
        moments.row(
          parameters[k].statistic, of: name(parameters[k].item), estimates,
          number * parameters.count + k, block: number,
          isCorrelation: parameters[k].statistic == "item_rest", level: level)
      }
    }
  }
}
