internal import SurveyData
public import SurveyNumerics

/// Estimates with their joint covariance: the one result that every estimator gives and every test
/// and contrast takes.
public struct Estimates: Sendable {
  /// What each estimate is of.
  public let labels: [Label]
  /// The estimates: shares as 0…1, means and totals in the variable's unit.
  public let values: [Double]
  /// Their standard errors, in the same unit.
  ///
  /// NaN where the sample says nothing of the variance: a share of 0 or 1, one sampling unit. Zero
  /// is knowledge: all of the population was drawn.
  public let standardErrors: [Double]
  /// The degrees of freedom of each estimate's domain; of imputed data Barnard and Rubin's.
  public let degreesOfFreedom: [Double]
  /// The respondents behind each estimate, unweighted.
  public let counts: [Int]
  /// The sums of their weights.
  public let weightedCounts: [Double]
  /// How much missing answers cost each estimate; empty unless imputed data sets were combined.
  public let missingInformation: [MissingInformation]
  let source: CovarianceSource
  /// The table of which each estimate is a cell, as a number.
  let domains: [Int]

  /// What an estimate is of.
  public struct Label: Hashable, Sendable {
    /// The variable.
    public let variable: String
    /// The category's code; nil for a mean or a total.
    public let category: String?
    /// The codes of the groups, one a group variable.
    public let groups: [String]

    /// Makes a label.
    ///
    /// - Parameters:
    ///   - variable: The variable.
    ///   - category: The category's code; nil for a mean or a total.
    ///   - groups: The codes of the groups, one a group variable.
    public init(variable: String, category: String? = nil, groups: [String] = []) {
      self.variable = variable
      self.category = category
      self.groups = groups
    }
  }

  /// Where the covariance comes from.
  enum CovarianceSource: Sendable {
    case totals(UnitTotals)
    case matrix(Matrix)
    case imputations([Estimates])
  }

  /// Makes estimates from the unit sums of their influence; estimate `i` is parameter `i` of them.
  ///
  /// - Parameters:
  ///   - sum: What their influence adds up to.
  ///   - ofCells: Whether those with the same groups are shares of one table, of which an empty cell
  ///     leaves the others known.
  package init(
    labels: [Label], values: [Double], counts: [Int], weightedCounts: [Double], totals: UnitTotals,
    sum: InfluenceSum = .zero, ofCells: Bool = false
  ) {
    let size = totals.blockCount * totals.width
    precondition(labels.count == size && values.count == size, "a label or value is missing")
    self.labels = labels
    self.values = values
    self.counts = counts
    self.weightedCounts = weightedCounts
    let width = totals.width
    standardErrors = (0..<totals.blockCount).flatMap {
      totals.standardErrors($0, of: values[$0 * width..<($0 + 1) * width], sum: sum)
    }
    let numbers = Dictionary(
      labels.enumerated().map { ($1.groups, $0) }, uniquingKeysWith: { first, _ in first })
    domains = labels.enumerated().map { ofCells ? numbers[$1.groups, default: 0] : $0 }
    degreesOfFreedom = totals.degreesOfFreedom.flatMap { df in
      repeatElement(df, count: totals.width)
    }
    missingInformation = []
    source = .totals(totals)
  }

  /// Makes estimates from a covariance that is known, as after a linear map.
  ///
  /// - Parameters:
  ///   - labels: What each estimate is of.
  ///   - values: The estimates: shares as 0…1, others in their unit.
  ///   - covariance: Their covariance, p × p, in the square of the unit; a NaN on its diagonal is
  ///     an unknown variance.
  ///   - degreesOfFreedom: Those of each estimate, may be infinite.
  ///   - counts: The respondents behind each.
  ///   - weightedCounts: The sums of their weights.
  /// - Complexity: O(p).
  public init(
    labels: [Label], values: [Double], covariance: Matrix, degreesOfFreedom: [Double],
    counts: [Int], weightedCounts: [Double]
  ) {
    self.init(
      labels: labels, values: values, covariance: covariance,
      standardErrors: covariance.diagonal.map(\.rootOfVariance),
      degreesOfFreedom: degreesOfFreedom, counts: counts, weightedCounts: weightedCounts)
  }

  /// Makes estimates some of whose errors are not known, whatever their covariance says.
  package init(
    labels: [Label], values: [Double], covariance: Matrix, standardErrors: [Double],
    degreesOfFreedom: [Double], counts: [Int], weightedCounts: [Double]
  ) {
    precondition(covariance.rows == values.count, "the covariance does not fit the values")
    self.labels = labels
    self.values = values
    self.counts = counts
    self.weightedCounts = weightedCounts
    self.degreesOfFreedom = degreesOfFreedom
    self.standardErrors = standardErrors
    domains = Array(values.indices)
    missingInformation = []
    source = .matrix(covariance)
  }

  /// Makes estimates of what replicates give, one number after the other.
  private init(
    _ other: Estimates, values: [Double], _ replicated: Replicated, standardErrors: [Double],
    degreesOfFreedom: [Double]
  ) {
    self.init(
      labels: other.labels, values: values, replicated, standardErrors: standardErrors,
      degreesOfFreedom: degreesOfFreedom, counts: other.counts,
      weightedCounts: other.weightedCounts)
  }

  /// Makes estimates of what replicates give, one number after the other.
  private init(
    labels: [Label], values: [Double], _ replicated: Replicated, standardErrors: [Double],
    degreesOfFreedom: [Double], counts: [Int], weightedCounts: [Double]
  ) {
    self.labels = labels
    self.values = values
    self.counts = counts
    self.weightedCounts = weightedCounts
    self.degreesOfFreedom = degreesOfFreedom
    self.standardErrors = standardErrors
    domains = Array(values.indices)
    missingInformation = []
    source = .totals(replicated.totals(width: max(values.count, 1)))
  }

  /// Some of the estimates with what replicates give of them; nil where the variance is linearized.
  package func selected(_ indices: [Int]) -> Estimates? {
    replicated.map { replicated in
      Estimates(
        labels: indices.map { labels[$0] }, values: indices.map { values[$0] },
        replicated.map { one in indices.map { one[$0] } },
        standardErrors: indices.map { standardErrors[$0] },
        degreesOfFreedom: indices.map { degreesOfFreedom[$0] },
        counts: indices.map { counts[$0] }, weightedCounts: indices.map { weightedCounts[$0] })
    }
  }

  /// The numbers with each replicate's weights; nil where the variance is linearized.
  var replicated: Replicated? {
    if case .totals(let totals) = source { totals.replicated } else { nil }
  }

  /// The number of estimates.
  public var count: Int { values.count }

  /// The same with other degrees of freedom, those of all together.
  package func on(degreesOfFreedom df: Double) -> Estimates {
    if case .totals(let totals) = source, let replicated = totals.replicated {
      return Estimates(
        self, values: values, replicated, standardErrors: standardErrors,
        degreesOfFreedom: values.map { _ in df })
    }
    return Estimates(
      labels: labels, values: values, covariance: covariance(), standardErrors: standardErrors,
      degreesOfFreedom: values.map { _ in df }, counts: counts, weightedCounts: weightedCounts)
  }

  /// The covariance of some estimates, or of all.
  ///
  /// `Σ_h (1 − f_h) n_h ∕ (n_h − 1) Σ_c (T_hc − T̄_h)(T_hc − T̄_h)ᵀ` over the sampling units c of
  /// stratum h, `T` the sums of the influence; in imputed data Rubin's `Ū + (1 + 1∕m) B`. Units
  /// with nobody in a domain count with `T = 0`.
  ///
  /// - Parameter indices: Which estimates; nil means all, in order.
  /// - Returns: Covariances in the square of the unit, in the order of `indices`. That of an
  ///   estimate whose error is unknown may be 0: `standardErrors` tells ignorance from knowledge.
  /// - Complexity: O(entries) for each pair of estimates.
  /// - Note: Agrees with `vcov(svyby(…, covmat = TRUE))` of R's survey 4.5.
  /// - SeeAlso: Binder (1983), International Statistical Review 51; Wolter (2007), Introduction to
  ///   Variance Estimation.
  public func covariance(of indices: [Int]? = nil) -> Matrix {
    switch source {
    case .matrix(let matrix):
      guard let indices else { return matrix }
      return Matrix(indices.map { i in indices.map { matrix[i, $0] } })
    case .imputations(let imputations):
      return total(of: indices ?? Array(values.indices), imputations)
    case .totals(let totals):
      guard let indices else { return totals.covariance() }
      let width = totals.width
      let blocks = Dictionary(grouping: indices.indices) { indices[$0] / width }
      var result = Matrix(rows: indices.count, columns: indices.count)
      for (a, rows) in blocks {
        for (b, columns) in blocks {
          let part = totals.covariance(
            a, b, of: (rows.map { indices[$0] % width }, columns.map { indices[$0] % width }))
          for (k, row) in rows.enumerated() {
            for (l, column) in columns.enumerated() { result[row, column] = part[k, l] }
          }
        }
      }
      return result
    }
  }

  /// Linear combinations of the estimates, with the covariance between them.
  ///
  /// `Aθ` with the covariance `A V Aᵀ`, the influence of each being `A ζ`; in imputed data made in
  /// every data set and combined anew.
  ///
  /// - Parameters:
  ///   - map: One row a combination, one column an estimate of `indices`.
  ///   - indices: The estimates that are combined; nil means all.
  ///   - labels: What each combination is of.
  /// - Returns: One estimate a row, in the unit that the map gives; its degrees of freedom are
  ///   those of all domains combined. The standard error is NaN where a part's is unknown, or where
  ///   cells of a table cancel out.
  /// - Complexity: O(rows × estimates²) and the covariance.
  /// - Note: Agrees with `svycontrast` of R's survey 4.5.
  /// - SeeAlso: Wolter (2007), Introduction to Variance Estimation, chapter 6.
  public func combined(_ map: Matrix, of indices: [Int]? = nil, labels: [Label]) -> Estimates {
    let chosen = indices ?? Array(values.indices)
    precondition(map.columns == chosen.count, "shapes do not fit")
    return inEach { one in
      one.combined(map, of: chosen, labels: labels, values: map * chosen.map { one.values[$0] })
    }
  }

  /// Functions whose values are known and whose slopes are the rows of `map`.
  ///
  /// - Parameter make: The functions of all estimates, which are taken with each replicate's weights;
  ///   nil means that they are as straight as the map.
  func combined(
    _ map: Matrix, of indices: [Int]? = nil, labels: [Label], values: [Double],
    _ make: (([Double]) -> [Double])? = nil
  ) -> Estimates {
    let chosen = indices ?? Array(self.values.indices)
    precondition(map.columns == chosen.count && map.rows == labels.count, "shapes do not fit")
    let parts = (0..<map.rows).map { row in
      chosen.indices.filter { map[row, $0] != 0 }.map { chosen[$0] }
    }
    let before = covariance(of: chosen)
    let counts = parts.map { $0.reduce(0) { $0 + self.counts[$1] } }
    let weightedCounts = parts.map { $0.reduce(0) { $0 + self.weightedCounts[$1] } }
    if let replicated {
      let made = replicated.map { one in
        make?(one)
          ?? zip(values, map * chosen.map { one[$0] - self.values[$0] }).map { $0 + $1 }
      }
      let totals = made.totals(width: max(values.count, 1))
      let errors = values.isEmpty ? [] : totals.standardErrors(0)
      return Estimates(
        labels: labels, values: values, made,
        standardErrors: (0..<map.rows).map { row in
          isKnown(row, of: map, chosen, before) ? errors[row] : .nan
        }, degreesOfFreedom: parts.map(degreesOfFreedom(of:)), counts: counts,
        weightedCounts: weightedCounts)
    }
    let after = before.transformed(by: map)
    return Estimates(
      labels: labels, values: values, covariance: after,
      standardErrors: (0..<map.rows).map { row in
        isKnown(row, of: map, chosen, before) ? after[row, row].rootOfVariance : .nan
      },
      degreesOfFreedom: parts.map(degreesOfFreedom(of:)), counts: counts,
      weightedCounts: weightedCounts)
  }

  /// Whether the sample says something of the variance of a combination: of every estimate in it;
  /// of cells of a table together, which must not cancel out.
  private func isKnown(_ row: Int, of map: Matrix, _ chosen: [Int], _ covariance: Matrix) -> Bool {
    let touched = chosen.indices.filter { map[row, $0] != 0 }
    // What moves with nothing, such as a product of two zeros, is known where everything is.
    guard !touched.isEmpty else { return standardErrors.allSatisfy { $0 == 0 } }
    guard touched.contains(where: { standardErrors[chosen[$0]] != 0 }) else { return true }
    func varies(_ part: [Int]) -> Bool {
      var (variance, gross) = (0.0, 0.0)
      for i in part {
        gross += abs(map[row, i]) * covariance[i, i].rootOfVariance
        for j in part { variance += map[row, i] * map[row, j] * covariance[i, j] }
      }
      return variance > 1e-12 * gross * gross
    }
    let tables = Dictionary(grouping: touched) { domains[chosen[$0]] }
    return tables.values.allSatisfy { cells in
      cells.allSatisfy { standardErrors[chosen[$0]] == 0 }
        || cells.contains { !standardErrors[chosen[$0]].isNaN }
          && (cells.count == 1 || varies(cells))
    }
  }

  /// The least degrees of freedom of some estimates, in imputed data those of the complete data.
  func leastDegreesOfFreedom(of indices: [Int]) -> Double {
    (imputations ?? [self]).flatMap { one in indices.map { one.degreesOfFreedom[$0] } }.min() ?? 0
  }

  /// The degrees of freedom of several estimates together; where only their covariance is known,
  /// the least of theirs, in imputed data those of the complete data.
  package func degreesOfFreedom(of indices: [Int]) -> Double {
    switch source {
    case .totals(let totals) where totals.replicated != nil:
      indices.map { degreesOfFreedom[$0] }.min() ?? 0
    case .totals(let totals):
      totals.degreesOfFreedom(ofBlocks: Set(indices.map { $0 / totals.width }))
    case .matrix: indices.map { degreesOfFreedom[$0] }.min() ?? 0
    case .imputations(let each): each.map { $0.degreesOfFreedom(of: indices) }.min() ?? 0
    }
  }
}
