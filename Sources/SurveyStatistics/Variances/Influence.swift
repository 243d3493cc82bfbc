/// Numbers with what one unit of weight of each row adds to them: the form in which estimators of
/// different models, items and groups are brought together.
///
/// `UnitTotals.joined` puts them side by side, so that the covariance between a coefficient of one
/// model and a mean of another needs no formula of its own; `Smooth` makes functions of them.
package struct Influence: Sendable {
  /// The numbers.
  package let values: [Double]
  /// The rows of the file that count for them, increasing.
  package let rows: [Int32]
  /// The influence `u` of one unit of weight, rows × values.
  package let elements: [Double]

  /// Makes numbers from their influence.
  package init(_ values: [Double], rows: [Int32], elements: [Double]) {
    precondition(elements.count == rows.count * values.count, "an influence is missing")
    self.values = values
    self.rows = rows
    self.elements = elements
  }

  /// Makes numbers from a closure that writes the influence of a row, by its place in `rows`.
  package init(
    _ values: [Double], rows: [Int32],
    write: (_ place: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    let width = values.count
    let elements = [Double](unsafeUninitializedCapacity: rows.count * width) { buffer, used in
      buffer.initialize(repeating: 0)
      for place in rows.indices {
        write(
          place, UnsafeMutableBufferPointer(rebasing: buffer[place * width..<(place + 1) * width]))
      }
      used = rows.count * width
    }
    self.init(values, rows: rows, elements: elements)
  }

  /// Some of the numbers.
  package func selecting(_ indices: [Int]) -> Influence {
    let width = values.count
    return Influence(indices.map { values[$0] }, rows: rows) { place, u in
      for (k, index) in indices.enumerated() { u[k] = elements[place * width + index] }
    }
  }
}

extension UnitTotals {
  /// Sums the influence of several estimators on the same survey over sampling units, parameter
  /// after parameter.
  ///
  /// - Parameters:
  ///   - parts: What is joined; the rows of one may be others than those of the next, and a row
  ///     that does not count for one adds nothing to it.
  ///   - survey: The survey whose rows these are.
  /// - Returns: One block whose width is the sum of the parts'.
  /// - Throws: ``SurveyError`` when a stratum in use has one unit and the design says `fail`.
  /// - Complexity: O(rows × width), in an element sample O(rows × width²).
  package static func joined(_ parts: [Influence], in survey: Survey) throws -> UnitTotals {
    try joined(blocks: [parts], in: survey)
  }

  /// The same for several groups of people, each a block.
  ///
  /// - Parameter blocks: The parts of every group, of the same width altogether. No row counts for
  ///   two groups.
  package static func joined(blocks: [[Influence]], in survey: Survey) throws -> UnitTotals {
    let width = blocks.first.map { $0.reduce(0) { $0 + $1.values.count } } ?? 0
    precondition(
      blocks.allSatisfy { $0.reduce(0) { $0 + $1.values.count } == width },
      "groups have as many parameters")
    var rows: [Int32] = []
    var blockOfCell: [Int32] = []
    var elements: [Double] = []
    for (block, parts) in blocks.enumerated() {
      let start = rows.count
      rows += Set(parts.lazy.flatMap(\.rows)).sorted()
      blockOfCell += repeatElement(Int32(block), count: rows.count - start)
      elements += repeatElement(0, count: (rows.count - start) * width)
      var column = 0
      for part in parts {
        var cell = start
        let count = part.values.count
        for (place, row) in part.rows.enumerated() {
          while rows[cell] < row { cell += 1 }
          for k in 0..<count {
            elements[cell * width + column + k] = part.elements[place * count + k]
          }
        }
        column += count
      }
    }
    if let spread = survey.spread {
      return try spread.totals(
        roster: survey.roster, width: width, blockCount: blocks.count, rows: rows,
        blocks: blockOfCell, elements: elements, rowCount: survey.weights.values.count)
    }
    let units = rows.map { Int32(survey.roster.unitOfRow[Int($0)]) }
    let order = units.indices.sorted { (units[$0], $0) < (units[$1], $1) }
    return try UnitTotals(
      roster: survey.roster, width: width, blockCount: blocks.count,
      cells: order.map { survey.weights.cell(of: Int(rows[$0]), unit: units[$0]) },
      blocks: order.map { blockOfCell[$0] }
    ) { cell, u in
      let first = order[cell] * width
      for k in u.indices { u[k] = elements[first + k] }
    }
  }
}
