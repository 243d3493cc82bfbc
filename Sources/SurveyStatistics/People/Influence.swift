/// Numbers with what one unit of weight of each case adds to them: the form in which estimators of
/// different models, items and groups are brought together.
///
/// `People.totals` puts them side by side, so that the covariance between a coefficient of one model
/// and a mean of another needs no formula of its own.
package struct Influence: Sendable {
  /// The numbers.
  package let values: [Double]
  /// Those who count for them.
  let people: People
  /// The influence `u` of one unit of weight, cases × values.
  package let elements: [Double]
  /// The numbers with each replicate's weights, where they were made anew.
  package let replicates: [[Double]]?

  /// Makes numbers from a closure that writes the influence of a case, by its place among people.
  ///
  /// - Parameter replicates: The numbers with each replicate's weights; nil takes what their influence
  ///   adds up to.
  package init(
    _ values: [Double], of people: People, replicates: [[Double]]? = nil,
    write: (_ place: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    let (width, count) = (values.count, people.caseCount)
    self.values = values
    self.people = people
    self.replicates = replicates
    elements = [Double](unsafeUninitializedCapacity: count * width) { buffer, used in
      buffer.initialize(repeating: 0)
      for place in 0..<count {
        write(
          place, UnsafeMutableBufferPointer(rebasing: buffer[place * width..<(place + 1) * width]))
      }
      used = count * width
    }
  }

  /// Functions of the numbers, by their slopes.
  package func functions(_ values: [Double], slopes: [[Double]]) -> Influence {
    let width = self.values.count
    let made = replicates?.map { made in
      slopes.indices.map { index in
        (0..<width).reduce(values[index]) { $0 + slopes[index][$1] * (made[$1] - self.values[$1]) }
      }
    }
    return Influence(values, of: people, replicates: made) { place, u in
      for (index, slopes) in slopes.enumerated() {
        for k in 0..<width { u[index] += slopes[k] * elements[place * width + k] }
      }
    }
  }

  /// Some of the numbers.
  package func selecting(_ indices: [Int]) -> Influence {
    let width = values.count
    let made = replicates?.map { made in indices.map { made[$0] } }
    return Influence(indices.map { values[$0] }, of: people, replicates: made) { place, u in
      for (k, index) in indices.enumerated() { u[k] = elements[place * width + index] }
    }
  }
}

extension Influence {
  /// The numbers as their influence has them with each replicate's weights.
  fileprivate func sums(with replicates: ReplicateWeights) -> [[Double]] {
    let width = values.count
    func sums(_ weights: [Double]) -> [Double] {
      var sums = Array(repeating: 0.0, count: width)
      for place in people.places {
        let weight = weights[people.row(place)]
        for k in 0..<width { sums[k] += weight * elements[place * width + k] }
      }
      return sums
    }
    let full = sums(people.survey.weights.values)
    return replicates.map { weights in
      zip(values, zip(sums(weights), full)).map { $0 + $1.0 - $1.1 }
    }
  }
}

extension People {
  /// Sums the influence of several estimators on the same survey over sampling units, parameter
  /// after parameter.
  ///
  /// - Parameter parts: What is joined; the people of one may be others than those of the next, and
  ///   who does not count for one adds nothing to it.
  /// - Returns: One block whose width is the sum of the parts'.
  /// - Throws: ``SurveyError`` when a stratum in use has one unit and the design says `fail`.
  /// - Complexity: O(cases × width), in an element sample O(cases × width²).
  package func totals(of parts: [Influence]) throws -> UnitTotals { try totals(ofBlocks: [parts]) }

  /// The same for several groups of people, each a block.
  ///
  /// - Parameter blocks: The parts of every group, of the same width altogether. Nobody counts for
  ///   two groups.
  package func totals(ofBlocks blocks: [[Influence]]) throws -> UnitTotals {
    let width = blocks.first.map { $0.reduce(0) { $0 + $1.values.count } } ?? 0
    precondition(
      blocks.allSatisfy { $0.reduce(0) { $0 + $1.values.count } == width },
      "groups have as many parameters")
    if let replicates = survey.weights.replicates {
      let all = blocks.joined().map { ($0.values, $0.replicates ?? $0.sums(with: replicates)) }
      return UnitTotals(
        all.flatMap(\.0), (0..<replicates.count).map { r in all.flatMap { $0.1[r] } },
        width: width, of: replicates, roster: survey.roster)
    }
    var rows: [Int] = []
    var blockOfCell: [Int32] = []
    var elements: [Double] = []
    for (block, parts) in blocks.enumerated() {
      let start = rows.count
      rows += Set(parts.lazy.flatMap { $0.people.places.lazy.map($0.people.row) }).sorted()
      blockOfCell += repeatElement(Int32(block), count: rows.count - start)
      elements += repeatElement(0, count: (rows.count - start) * width)
      var column = 0
      for part in parts {
        var cell = start
        let count = part.values.count
        for place in part.people.places {
          while rows[cell] < part.people.row(place) { cell += 1 }
          for k in 0..<count {
            elements[cell * width + column + k] = part.elements[place * count + k]
          }
        }
        column += count
      }
    }
    let (roster, weights) = (survey.roster, survey.weights)
    if let spread = survey.spread {
      return try spread.totals(
        roster: roster, width: width, blockCount: blocks.count, rows: rows, blocks: blockOfCell,
        elements: elements, rowCount: weights.rowCount)
    }
    let units = rows.map { Int32(roster.unitOfRow[$0]) }
    let order = units.indices.sorted { (units[$0], $0) < (units[$1], $1) }
    return try UnitTotals(
      roster: roster, width: width, blockCount: blocks.count,
      cells: order.map { weights.cell(of: rows[$0], unit: units[$0]) },
      blocks: order.map { blockOfCell[$0] }
    ) { cell, u in
      let first = order[cell] * width
      for k in u.indices { u[k] = elements[first + k] }
    }
  }
}
