internal import SurveyData
internal import SurveyNumerics

extension Population {
  /// Makes the columns that are the same for everybody in a group.
  mutating func fill(_ column: GroupColumn, missingCodes: MissingCodes) {
    let isNumeric = column.codes.allSatisfy { Double($0) != nil }
    let stated = isNumeric ? missingCodes.numbers : missingCodes.text
    let inapplicable = stated.filter { $0.reason == .inapplicable }
    let positions = groups.map { column.positions[$0] ?? column.codes.count + inapplicable.count }
    self[column.name] = Answers(
      codes: column.codes, missing: inapplicable, positions: positions,
      values: positions.map { $0 < column.codes.count ? Double($0) : .nan })
  }

  /// Makes a tendency.
  mutating func drawScore(_ tendency: RecipeVariable, seed: UInt64) {
    self[tendency.name] = Answers(
      codes: [], missing: [], positions: Array(repeating: 0, count: count),
      values: scores(of: tendency, seed: seed))
  }

  /// Makes a variable with answers: who is asked, who gives no answer, and what the rest answer.
  ///
  /// - Parameters:
  ///   - variable: What to make; its sources are there already.
  ///   - seed: The recipe's seed.
  ///   - weighted: Whether shares are weighted; the sample drawn has no weights yet.
  /// - Returns: What became of each published share.
  /// - Throws: ``SurveyError`` when published shares contradict each other or cannot be met.
  mutating func draw(
    _ variable: RecipeVariable, seed: UInt64, weighted: Bool = true
  ) throws -> [PublishedTarget] {
    var answers = Answers(
      codes: variable.answers.map(\.code), missing: variable.missingCodes,
      positions: Array(repeating: 0, count: count),
      values: Array(repeating: .nan, count: count), isBanded: variable.isBanded)
    var cells = leaveOut(from: &answers, of: variable, seed: seed)
    var published = variable.published.filter(\.among.isEmpty)
    let weights = weighted ? self.weights : Array(repeating: 1, count: count)
    let scores = scores(of: variable, seed: seed)
    func cut(into shares: [[Double]]) {
      for (cell, rows) in cells.enumerated() where !rows.isEmpty {
        let order = rows.sorted { (scores[$0], $0) < (scores[$1], $1) }
        self.cut(order, into: shares[cell], weights: weights, &answers.positions)
      }
    }
    let assumed = try assumedShares(of: variable, answering: cells, seed: seed)
    cut(into: try fit(assumed, to: published, of: cells, weights: weights))
    if published.count < variable.published.count {
      let size = variable.answers.count
      (cells, published) = parts(of: cells, for: variable.published)
      let reached = cells.map { Self.shares(of: $0, answers.positions, weights, size: size) }
      cut(into: try fit(reached, to: published, of: cells, weights: weights))
    }
    for row in cells.joined() { answers.values[row] = Double(answers.positions[row]) }
    if variable.isBanded { drawNumbers(of: variable, seed: seed, cells.joined(), &answers) }
    self[variable.name] = answers
    return try published.map {
      try PublishedTarget($0, variable: variable.name, in: self, answering: cells)
    }
  }

  /// The sum of loads times standardised sources plus noise, for everybody.
  private func scores(of variable: RecipeVariable, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, name: variable.name)
    var scores = groups.map { _ in stream.normal() }
    for load in variable.loads {
      guard let source = self[load.source]?.standardized() else { continue }
      for row in scores.indices { scores[row] += load.strengths[groups[row]] * source[row] }
    }
    return scores
  }

  /// Marks who is not asked and who gives no answer.
  /// - Returns: For each group the people who answer.
  private func leaveOut(
    from answers: inout Answers, of variable: RecipeVariable, seed: UInt64
  ) -> [[Int]] {
    let isAsked = meeting(variable.asked)
    var stream = RandomStream(seed: seed, name: variable.name + "/missing")
    var answering = Array(repeating: [Int](), count: groupCount)
    for row in groups.indices {
      let luck = stream.uniform()
      let reason = isAsked(row) ? variable.missingReason(luck, in: groups[row]) : .inapplicable
      if let reason {
        answers.positions[row] = answers.position(of: reason)
      } else {
        answering[groups[row]].append(row)
      }
    }
    return answering
  }

  private func assumedShares(
    of variable: RecipeVariable, answering: [[Int]], seed: UInt64
  ) throws -> [[Double]] {
    let size = variable.answers.count
    var stream = RandomStream(seed: seed, name: variable.name + "/alike")
    return try answering.indices.map { group in
      let luck = stream.uniform()
      if let shares = variable.shares[group] {
        return variable.alikeness.map {
          Self.moved(shares, by: 2 * luck - 1, alikeness: $0, people: answering[group].count)
        } ?? shares
      }
      guard answering[group].isEmpty else {
        throw SurveyError(
          .data, at: variable.place,
          "'\(variable.name)' is asked in a group for which nothing is assumed")
      }
      return Array(repeating: 1 / Double(size), count: size)
    }
  }

  /// The shares of a drawn group whose people answer alike.
  ///
  /// The odds of every lower answer against the higher ones are multiplied by `(1 + t) ∕ (1 − t)`. Their logarithm,
  /// nearly `2 t`, has the variance that groups of `people` drawn from a population with this intraclass correlation
  /// `ρ` of logistic scores, whose variance is `π² ∕ 3`, show: `v ∕ (1 − v) · π² ∕ 3` with `v = ρ + (1 − ρ) ∕ people`.
  ///
  /// - Parameter luck: A number from −1 to 1, each as likely as the other.
  private static func moved(
    _ shares: [Double], by luck: Double, alikeness: Double, people: Int
  ) -> [Double] {
    let share = alikeness + (1 - alikeness) / Double(max(people, 1))
    let deviation = (share / max(1 - share, 0.1) * 3.289_868).squareRoot() / 2
    let t = min(max(3.0.squareRoot() * deviation * luck, -0.95), 0.95)
    let ends = shares.reduce(into: [0.0]) { $0.append(min($0[$0.count - 1] + $1, 1)) }
    let moved = ends.map { (1 + t) * $0 / ((1 + t) * $0 + (1 - t) * (1 - $0)) }
    return zip(moved.dropFirst(), moved).map { max($0 - $1, 0) }
  }

  /// Gives people in the order of their scores the answers from low to high, so that each share comes
  /// as near as whole people allow.
  private func cut(
    _ order: [Int], into shares: [Double], weights: [Double], _ positions: inout [Int]
  ) {
    let total = order.reduce(0) { $0 + weights[$1] }
    let ends = shares.reduce(into: [Double]()) { $0.append(($0.last ?? 0) + $1 * total) }
    var answer = 0
    var passed = 0.0
    for row in order {
      while answer < shares.count - 1, passed + weights[row] / 2 > ends[answer] { answer += 1 }
      positions[row] = answer
      passed += weights[row]
    }
  }

  private func drawNumbers(
    of variable: RecipeVariable, seed: UInt64, _ rows: some Sequence<Int>, _ answers: inout Answers
  ) {
    let ceiling = variable.ceiling.flatMap { self[$0]?.values }
    for row in rows.sorted() {
      var stream = RandomStream(seed: seed, name: "\(variable.name)/\(ids[row])")
      let band = variable.answers[answers.positions[row]].band ?? 0...0
      answers.values[row] = Double(stream.whole(in: band))
      if let limit = ceiling?[row], limit < answers.values[row] { answers.values[row] = limit }
    }
  }
}
