internal import SurveyData
internal import SurveyNumerics

/// A statistic of a number in domains: unions of groups, which may overlap.
struct DomainStatistic {
  /// The groups of every domain, as positions.
  let domains: [[Int]]
  /// The estimate in every domain.
  let values: [Double]
  /// What the influence adds up to in a domain.
  var sum = InfluenceSum.zero
  /// The estimate in every domain with each replicate's weights; nil where the variance is linearized.
  var replicates: [[Double]]?
  /// The influence of one unit of weight of a row inside a domain.
  let influence: (_ row: Int, _ domain: Int) -> Double
}

extension NumericFrame {
  /// The people of a survey of whom a number and some groups are known.
  ///
  /// - Parameter column: Makes the number of what is known of the variable; nil reads it.
  init(
    _ name: String, column: ((Dataset) throws -> NumericColumn)? = nil, by groups: [String],
    in survey: Survey, options: EstimationOptions
  ) throws {
    let inputs =
      groups.map { (name: $0, view: ColumnView.codes) }
      + [(name: name, view: column == nil ? .numbers : .codes)]
    let survey = try options.quantileRule.isInterpolating ? survey : survey.merged(over: inputs)
    try survey.dataset.load(inputs)
    let number = try column?(survey.dataset) ?? survey.dataset.numeric(name)
    self.init(
      survey: survey, cells: try Cases([(name, number)], by: groups, in: survey),
      name: name, values: number.values, options: options)
    try requireSomebody()
  }

  /// A mean, total or median in domains.
  func statistic(
    _ statistic: Estimand.Statistic, in domains: [[Int]]
  ) throws -> DomainStatistic {
    switch statistic {
    case .share, .mean: means(in: domains)
    case .total: totals(in: domains)
    case .median: try medians(in: domains)
    }
  }

  /// `ȳ = Σ w·y ∕ Σ w`, influence `(y − ȳ) ∕ Σ w`.
  func means(in domains: [[Int]]) -> DomainStatistic {
    let values = values ?? []
    let weights = domains.map { base(of: $0).weight }
    let means = zip(totals(in: domains).values, weights).map { $0 / $1 }
    return DomainStatistic(
      domains: domains, values: means, replicates: replicates(in: domains, of: values) { $0 / $1 }
    ) { row, domain in
      (values[row] - means[domain]) / weights[domain]
    }
  }

  /// What is made of the sum of a number and of the weights in domains, with each replicate's weights.
  private func replicates(
    in domains: [[Int]], of values: [Double], _ make: (_ sum: Double, _ weight: Double) -> Double
  ) -> [[Double]]? {
    cells.replicates.map { replicates in
      cells.sums(with: replicates, width: 1) { row, _, f in f[0] = values[row] }.map { sums in
        domains.map { domain in
          make(
            domain.reduce(0) { $0 + sums[2 * $1] }, domain.reduce(0) { $0 + sums[2 * $1 + 1] })
        }
      }
    }
  }

  /// `Σ w·y`, influence `y`.
  func totals(in domains: [[Int]]) -> DomainStatistic {
    let values = values ?? []
    let sums = cells.sums { row, _ in values[row] }
    return DomainStatistic(
      domains: domains, values: domains.map { $0.reduce(0) { $0 + sums[$1] } }, sum: .total,
      replicates: replicates(in: domains, of: values) { sum, _ in sum }
    ) { row, _ in values[row] }
  }

  /// The median, linearized by the density that Woodruff's interval implies.
  ///
  /// With `F` the distribution function the influence is `−(1[y ≤ m] − F(m)) ∕ (f·Σ w)`. The
  /// density is `f = se(F) ∕ se(m)`, where `se(m)` is the width of Woodruff's interval over `2t`, so
  /// that the error is the one that a table of medians prints and the covariance between medians is
  /// that of the shares below them.
  ///
  /// - SeeAlso: Woodruff (1952), JASA 47; Francisco and Fuller (1991), Annals of Statistics 19.
  func medians(in domains: [[Int]]) throws -> DomainStatistic {
    let values = values ?? []
    let rule = options.quantileRule
    if rule.isInterpolating { _ = try survey.withPeople(for: rule) }
    let distributions = domains.map(distribution)
    let medians = distributions.map { $0.quantile(0.5, rule: options.quantileRule) }
    let shares = zip(distributions, medians).map { $0.share(upTo: $1) }
    let bases = domains.map(base)
    let below = DomainStatistic(
      domains: domains, values: shares, replicates: try sharesBelow(medians, in: domains)
    ) { row, domain in
      ((values[row] <= medians[domain] ? 1 : 0) - shares[domain]) / bases[domain].weight
    }
    let totals = try unitTotals(below)
    let errors = (0..<totals.blockCount).flatMap { totals.standardErrors($0) }
    let blocks = try cells.totals(width: 1) { _, _, u in u[0] = 0 }
    let scales = domains.indices.map { domain in
      let df = blocks.degreesOfFreedom(ofBlocks: domains[domain])
      let limits = woodruff(
        Proportion(
          shares[domain], standardError: errors[domain] > 0 ? errors[domain] : .nan,
          base: bases[domain].count, kishSize: bases[domain].kishSize, degreesOfFreedom: df),
        in: distributions[domain])
      let error =
        (limits.high - limits.low) / (2 * tQuantile(level: options.level, degreesOfFreedom: df))
      // Without limits nothing is known of the error, and no influence says so.
      return errors[domain] > 0 && error > 0 ? error / errors[domain] : 0
    }
    return DomainStatistic(
      domains: domains, values: medians,
      replicates: below.replicates.map { made in
        made.map { made in
          domains.indices.map { medians[$0] - scales[$0] * (made[$0] - shares[$0]) }
        }
      }
    ) { row, domain in
      -scales[domain] * below.influence(row, domain)
    }
  }

  /// The shares of domains up to a number of each, with each replicate's weights.
  private func sharesBelow(_ limits: [Double], in domains: [[Int]]) throws -> [[Double]]? {
    guard cells.replicates != nil else { return nil }
    let values = values ?? []
    let each = domains.indices.map { domain in
      replicates(
        in: [domains[domain]], of: values.map { $0 <= limits[domain] ? 1 : 0 }
      ) { $0 / $1 } ?? []
    }
    return each.first?.indices.map { r in each.map { $0[r][0] } }
  }

  /// Estimates from a statistic, with the covariance between domains that share rows or units.
  ///
  /// - Complexity: O(rows) when the domains are the groups, otherwise O(rows × domains), in an
  ///   element sample O(rows × domains²).
  func estimates(_ statistic: DomainStatistic) throws -> Estimates {
    let bases = statistic.domains.map(base)
    return Estimates(
      labels: statistic.domains.map { domain in
        Estimates.Label(
          variable: name,
          groups: domain.map { group in
            cells.categories(group).map(\.code).joined(separator: ",")
          })
      }, values: statistic.values, counts: bases.map(\.count),
      weightedCounts: bases.map(\.weight), totals: try unitTotals(statistic),
      sum: statistic.sum)
  }

  private func unitTotals(_ statistic: DomainStatistic) throws -> UnitTotals {
    if let replicates = cells.replicates, let made = statistic.replicates {
      let areGroups = statistic.domains == cells.groups.indices.map { [$0] }
      return cells.totals(
        of: statistic.values, made, width: areGroups ? 1 : statistic.domains.count, of: replicates)
    }
    guard statistic.domains != cells.groups.indices.map({ [$0] }) else {
      return try cells.totals(width: 1) { row, block, u in
        u[0] = statistic.influence(row, block)
      }
    }
    var domainsOfGroup = Array(repeating: [Int](), count: cells.groups.count)
    for (domain, groups) in statistic.domains.enumerated() {
      for group in groups { domainsOfGroup[group].append(domain) }
    }
    return try cells.totals(
      width: statistic.domains.count, joining: domainsOfGroup.map { !$0.isEmpty }
    ) { row, group, u in
      for k in u.indices { u[k] = 0 }
      for domain in domainsOfGroup[group] { u[domain] = statistic.influence(row, domain) }
    }
  }

  func base(of groups: [Int]) -> Base {
    groups.reduce(into: Base()) { base, group in
      base.count += bases[group].count
      base.weight += bases[group].weight
      base.squaredWeight += bases[group].squaredWeight
    }
  }
}
