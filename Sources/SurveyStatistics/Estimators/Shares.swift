internal import SurveyData

/// Weighted shares of the answers to a variable, in groups.
///
/// The share of an answer is the ratio `p = Σ w·1[answer] ∕ Σ w` over its base. The influence of
/// one unit of weight is `(1[answer] − p) ∕ Σ w` inside the base and zero outside, so that every
/// unit keeps its place in the variance.
///
/// - Note: Agrees with `svymean(~factor(y), design)` and `svyby(…, svymean, covmat = TRUE)` of R's
///   survey 4.5.
/// - SeeAlso: Särndal, Swensson and Wretman (1992), section 5.8.
package struct Shares: Sendable {
  /// The answer variable's position and the group combination of every share, in the order of
  /// `estimates`.
  package let keys: [Key]
  /// The combinations of groups in which somebody is, each as positions of the group variables.
  package let groups: [[Int]]
  /// The shares with their joint covariance.
  package let estimates: Estimates
  /// The base of every share.
  package let bases: [Base]
  /// What adds up to 1.
  package let percentages: Percentages

  /// The place of a share in a table.
  package struct Key: Hashable, Sendable {
    /// The position in ``Shares/groups``.
    package let group: Int
    /// The position of the category.
    package let category: Int
  }

  /// Estimates the shares of the first variable of `cells` in groups by the others.
  ///
  /// - Parameters:
  ///   - cells: Answers; the first variable is tabulated.
  ///   - isGrouped: Whether the other variables make groups; otherwise all are one group.
  ///   - percentages: What adds up to 1.
  ///   - roster: Who was drawn.
  /// - Throws: ``SurveyError`` when nobody answered, or a stratum in use has one unit and the
  ///   design says `fail`.
  /// - Complexity: O(cells × categories).
  package init(
    of cells: AnswerCells, isGrouped: Bool = true, percentages: Percentages = .row, roster: Roster
  ) throws {
    self.percentages = percentages
    let categoryCount = cells.columns[0].categories.count
    let groupSpace = cells.columns.dropFirst().reduce(1) { $0 * $1.categories.count }
    guard !cells.valid.isEmpty else {
      throw SurveyError(
        .noAnswer, at: cells.names[0], "nobody in the base has a valid answer",
        remedy: "Look at the codes and missing reasons with `vekt inspect`.")
    }

    // Groups in which somebody is, in the order of their codes.
    let numberOfGroup = GroupNumbers(
      isGrouped ? cells.valid.lazy.map { $0.answers % groupSpace } : nil,
      space: isGrouped ? groupSpace : 1)
    let present = numberOfGroup.present
    try TableSize.checkShares(
      answers: categoryCount, groups: present.count, of: cells.names[0])
    groups = present.map { group in
      guard isGrouped else { return [] }
      var rest = group
      return cells.columns.dropFirst().reversed().map { column in
        let (quotient, position) = rest.quotientAndRemainder(
          dividingBy: column.categories.count)
        rest = quotient
        return position
      }.reversed()
    }

    let shape = Shape(
      percentages: percentages, groups: present.count, categories: categoryCount)
    var blocks: [Int32] = []
    var slots: [Int32] = []
    blocks.reserveCapacity(cells.valid.count)
    slots.reserveCapacity(cells.valid.count)
    var lastAnswers = -1
    var place = (block: Int32(0), slot: Int32(0))
    for valid in cells.valid {
      if valid.answers != lastAnswers {
        lastAnswers = valid.answers
        let (category, group) = valid.answers.quotientAndRemainder(dividingBy: groupSpace)
        place = shape.place(
          group: numberOfGroup[isGrouped ? group : 0], category: category)
      }
      blocks.append(place.block)
      slots.append(place.slot)
    }

    let width = shape.width
    var bases = Array(repeating: Base(), count: shape.blockCount)
    var weights = Array(repeating: 0.0, count: shape.blockCount * width)
    var counts = Array(repeating: 0, count: shape.blockCount * width)
    for (index, valid) in cells.valid.enumerated() {
      let (block, parameter) = (Int(blocks[index]), Int(blocks[index]) * width + Int(slots[index]))
      bases[block].add(valid)
      weights[parameter] += valid.weight
      counts[parameter] += valid.count
    }
    let values = weights.indices.map {
      bases[$0 / width].weight > 0 ? weights[$0] / bases[$0 / width].weight : .nan
    }
    // The influence of somebody in a base who gave another answer, and of one who gave this one.
    let outside = values.indices.map { -values[$0] / bases[$0 / width].weight }
    let inside = outside.indices.map { outside[$0] + 1 / bases[$0 / width].weight }
    let totals =
      try cells.replicates.map { replicates in
        let made = replicates.map { sums in
          var weights = Array(repeating: 0.0, count: values.count)
          var bases = Array(repeating: 0.0, count: shape.blockCount)
          for index in sums.indices {
            let block = Int(blocks[index])
            weights[block * width + Int(slots[index])] += sums[index]
            bases[block] += sums[index]
          }
          return weights.indices.map { weights[$0] / bases[$0 / width] }
        }
        return UnitTotals(values, made, width: width, of: replicates, roster: roster)
      }
      ?? UnitTotals(
        roster: roster, width: width, blockCount: shape.blockCount,
        cells: cells.valid, blocks: blocks, centredIn: cells.classes
      ) { index, u in
        let first = Int(blocks[index]) * width
        for k in u.indices { u[k] = outside[first + k] }
        u[Int(slots[index])] = inside[first + Int(slots[index])]
      }
    self.bases = bases.flatMap { repeatElement($0, count: width) }
    keys = shape.keys
    let groupCodes = groups.map { positions in
      zip(cells.columns.dropFirst(), positions).map { $0.categories[$1].code }
    }
    estimates = Estimates(
      labels: keys.map {
        Estimates.Label(
          variable: cells.names[0], category: cells.columns[0].categories[$0.category].code,
          groups: groupCodes[$0.group])
      }, values: values, counts: counts, weightedCounts: weights, totals: totals)
  }
}

/// How groups and categories make blocks of parameters.
private struct Shape {
  let percentages: Percentages
  let groups: Int
  let categories: Int

  var blockCount: Int {
    switch percentages {
    case .row: groups
    case .column: categories
    case .total: 1
    }
  }

  var width: Int { groups * categories / blockCount }

  func place(group: Int, category: Int) -> (block: Int32, slot: Int32) {
    switch percentages {
    case .row: (Int32(group), Int32(category))
    case .column: (Int32(category), Int32(group))
    case .total: (0, Int32(group * categories + category))
    }
  }

  /// What each parameter is, in order.
  var keys: [Shares.Key] {
    (0..<blockCount * width).map { index in
      switch percentages {
      case .row, .total: Shares.Key(group: index / categories, category: index % categories)
      case .column: Shares.Key(group: index % groups, category: index / groups)
      }
    }
  }
}
