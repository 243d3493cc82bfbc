internal import SurveyData

extension Population {
  /// Whether a person has given one of the answers that every condition names.
  func meeting(_ conditions: [RecipeVariable.Condition]) -> (Int) -> Bool {
    let tests = conditions.compactMap { condition in
      self[condition.variable].map {
        (positions: $0.positions, met: $0.codes.map(condition.codes.contains))
      }
    }
    return { row in
      tests.allSatisfy { positions, met in
        positions[row] < met.count && met[positions[row]]
      }
    }
  }

  /// Splits the groups by the answers that published shares are among, and gives every share the parts
  /// that it is of.
  func parts(
    of groups: [[Int]], for published: [PublishedShare]
  ) -> (cells: [[Int]], published: [PublishedShare]) {
    let names = Set(published.flatMap(\.among).map(\.variable)).sorted()
    let combinations = cells(of: names)
    var cells: [(group: Int, rows: [Int])] = []
    for (group, rows) in groups.enumerated() {
      let parts = Dictionary(grouping: rows) { combinations[$0] }
      cells += parts.sorted { $0.key < $1.key }.map { (group, $0.value) }
    }
    let shares = published.map { share in
      let isCounted = meeting(share.among)
      return share.over(
        cells.indices.filter {
          share.groups.contains(cells[$0].group) && cells[$0].rows.first.map(isCounted) ?? false
        })
    }
    return (cells.map(\.rows), shares)
  }

  /// The weighted share of each answer among some people.
  static func shares(
    of rows: [Int], _ positions: [Int], _ weights: [Double], size: Int
  ) -> [Double] {
    var shares = Array(repeating: 0.0, count: size)
    for row in rows { shares[positions[row]] += weights[row] }
    let total = shares.reduce(0, +)
    return shares.map { $0 / total }
  }

  /// Moves the shares of cells to what has been published of them.
  /// - Throws: ``SurveyError`` when published shares contradict each other or cannot be met.
  func fit(
    _ shares: [[Double]], to published: [PublishedShare], of cells: [[Int]], weights: [Double]
  ) throws -> [[Double]] {
    let cellWeights = cells.map { $0.reduce(0) { $0 + weights[$1] } }
    let (fitted, failing) = AnswerShares.fit(
      assumed: shares, weights: cellWeights, to: published)
    guard let first = failing.first else { return fitted }
    let others = published.filter { other in
      other.id != first.id && !Set(other.groups).isDisjoint(with: first.groups)
    }
    throw SurveyError(
      .data, at: first.place,
      "'\(first.id)' cannot be \(canonicalCode(first.percent)) percent"
        + (others.isEmpty
          ? " of '\(first.groupName)'"
          : " together with \(others.map { "'\($0.id)'" }.joined(separator: ", "))"),
      remedy: "Change a percentage, the groups' populations, or who is asked.")
  }
}
