/// What the rows of a dataset stand for when each is a cell: people who gave the same answers, counted
/// and added up elsewhere.
package struct CellSums: Sendable {
  /// The sums of a weight over the people of every cell.
  package struct Weight: Sendable {
    /// The weight's name, or the expression that made it.
    package var name: String
    /// Σw, one a cell.
    package var sums: [Double]
    /// Σw², one a cell; NaN where small cells were suppressed.
    package var squares: [Double]
    /// The people with a weight above zero; nil where all have one.
    package var weighted: [Int]?
    /// The people without a weight; nil where all have one.
    package var missing: [Int]?

    /// Takes sums; ``CellSums/init(people:rows:weights:replicates:suppressedBelow:at:)`` checks them.
    package init(
      _ name: String, sums: [Double], squares: [Double], weighted: [Int]? = nil,
      missing: [Int]? = nil
    ) {
      self.name = name
      self.sums = sums
      self.squares = squares
      self.weighted = weighted
      self.missing = missing
    }
  }

  /// The sums of a replicate weight, factors multiplied by the weight.
  package struct Replicate: Sendable {
    /// The column that it was.
    package var name: String
    /// Σw_r, one a cell.
    package var sums: [Double]

    /// Takes sums.
    package init(_ name: String, sums: [Double]) { (self.name, self.sums) = (name, sums) }
  }

  /// The people of every cell, one at least.
  package let people: [Int]
  /// All people.
  package let rows: Int
  /// The weights that were added up.
  package let weights: [Weight]
  /// The replicate weights that were added up, of the first of the weights.
  package let replicates: [Replicate]
  /// Below how many people in a cell answers were taken out, so that nothing is known of variances; nil
  /// where all are here.
  package let suppressedBelow: Int?

  /// The number of cells.
  package var count: Int { people.count }

  /// The people of a cell with a weight above zero.
  package func weighted(_ cell: Int, by weight: Weight) -> Int {
    weight.weighted?[cell] ?? people[cell] - (weight.missing?[cell] ?? 0)
  }

  /// Takes what was counted and added up.
  ///
  /// - Parameters:
  ///   - people: The people of every cell.
  ///   - rows: The number of all people, which was counted apart.
  ///   - weights: Weights, each with a sum a cell.
  ///   - replicates: Replicate weights, each with a sum a cell.
  ///   - suppressedBelow: Below how many people in a cell answers were taken out; nil for nowhere.
  ///   - place: Where a cell stands, or all of them for nil.
  /// - Throws: ``SurveyError`` of kind data for cells that do not add up to all people, and for sums that
  ///   no weights have.
  package init(
    people: [Int], rows: Int, weights: [Weight], replicates: [Replicate],
    suppressedBelow: Int? = nil, at place: (_ cell: Int?) -> String
  ) throws {
    for (cell, count) in people.enumerated() where !(1...Int(Int32.max)).contains(count) {
      throw SurveyError(
        .data, at: place(cell),
        "\(CellColumn.people) is \(count); a cell holds from 1 to \(Int32.max) people")
    }
    let sum = people.reduce(0, +)
    guard sum == rows else {
      throw SurveyError(
        .data, at: place(nil),
        "the cells hold \(sum) people, but \(CellColumn.rows) counts \(rows), so they are not all here",
        remedy: sum < rows
          ? "Take the whole file, or ask for the cells again."
          : "Take out cells that stand here twice, or ask for them again.")
    }
    self.people = people
    self.rows = rows
    self.weights = weights
    self.replicates = replicates
    self.suppressedBelow = suppressedBelow
    if let least = suppressedBelow, let cell = people.firstIndex(where: { $0 < least }) {
      throw SurveyError(
        .data, at: place(cell),
        "\(CellColumn.people) is \(people[cell]), but by \(CellColumn.suppressedBelow) no cell has fewer people "
          + "than \(least)", remedy: "Take the cells as they were written.")
    }
    for weight in weights { try check(weight, at: place) }
    for replicate in replicates {
      for (cell, value) in replicate.sums.enumerated() where !(value >= 0 && value < .infinity) {
        throw Self.noSum(CellColumn.sums + replicate.name, value, at: place(cell))
      }
    }
  }

  private func check(_ weight: Weight, at place: (_ cell: Int?) -> String) throws {
    // Sums of a million rounded numbers.
    let slack = 1e-9
    for cell in people.indices {
      let (sum, square) = (weight.sums[cell], weight.squares[cell])
      let people = people[cell]
      let weighted = weighted(cell, by: weight)
      let missing = weight.missing?[cell] ?? 0
      guard sum >= 0, sum < .infinity else {
        throw Self.noSum(CellColumn.sums + weight.name, sum, at: place(cell))
      }
      guard weighted >= 0, missing >= 0, weighted + missing <= people else {
        throw SurveyError(
          .data, at: place(cell),
          "of \(people) people \(weighted) have a weight '\(weight.name)' and \(missing) have none")
      }
      guard sum > 0 || weighted == 0 else {
        throw SurveyError(
          .data, at: place(cell),
          "\(CellColumn.sums)\(weight.name) is 0 for \(weighted) people with a weight",
          remedy:
            "Where some weights are zero, \(CellColumn.weighted)\(weight.name) counts the people with one "
            + "above zero.")
      }
      let least = weighted == 0 ? 0 : sum * sum / Double(weighted)
      if suppressedBelow != nil { continue }
      guard square >= least * (1 - slack), square <= sum * sum * (1 + slack) else {
        throw SurveyError(
          .data, at: place(cell),
          "\(CellColumn.squares)\(weight.name) is \(canonicalCode(square)), but \(weighted) weights that add up to "
            + "\(canonicalCode(sum)) have squares that add up to between \(canonicalCode(least)) and "
            + canonicalCode(sum * sum),
          remedy:
            "It is the sum of the squared weights, SUM(w * w), and not the square of their sum.")
      }
    }
  }

  private static func noSum(_ column: String, _ value: Double, at place: String) -> SurveyError {
    SurveyError(
      .data, at: place,
      "\(column) is \(value.isNaN ? "missing" : canonicalCode(value)); it is a sum of weights from 0 up"
    )
  }

  /// Some of the cells, as if they were all.
  package func taking(_ cells: [Int]) -> CellSums {
    CellSums(
      people: cells.map { people[$0] },
      weights: weights.map { weight in
        Weight(
          weight.name, sums: cells.map { weight.sums[$0] },
          squares: cells.map { weight.squares[$0] },
          weighted: weight.weighted.map { all in cells.map { all[$0] } },
          missing: weight.missing.map { all in cells.map { all[$0] } })
      },
      replicates: replicates.map { replicate in
        Replicate(replicate.name, sums: cells.map { replicate.sums[$0] })
      }, suppressedBelow: suppressedBelow)
  }

  /// The same sums of cells of which small ones gave up their answers, without what only variances need.
  ///
  /// - Parameter least: Below how many people answers were taken out.
  package func suppressed(below least: Int) -> CellSums {
    CellSums(
      people: people,
      weights: weights.map { weight in
        var weight = weight
        weight.squares = weight.squares.map { _ in .nan }
        return weight
      }, replicates: [], suppressedBelow: least)
  }

  /// Takes sums that fit together.
  init(
    people: [Int], weights: [Weight], replicates: [Replicate], suppressedBelow: Int? = nil
  ) {
    self.people = people
    rows = people.reduce(0, +)
    self.weights = weights
    self.replicates = replicates
    self.suppressedBelow = suppressedBelow
  }
}

/// The names of a cells file's columns that are no answers.
package enum CellColumn {
  /// What all of them begin with.
  package static let prefix = "vekt_"
  /// The people of a cell.
  package static let people = "vekt_n"
  /// The number of all people, the same in every line.
  package static let rows = "vekt_rows"
  /// Below how many people in a cell answers were taken out, the same in every line; not there where all are.
  package static let suppressedBelow = "vekt_suppressed_below"
  /// Before a weight's name: the sum of the weights; of a replicate weight too.
  package static let sums = "vekt_w_"
  /// Before a weight's name: the sum of the squared weights.
  package static let squares = "vekt_w2_"
  /// Before a weight's name: the people with a weight above zero, where some have none.
  package static let weighted = "vekt_np_"
  /// Before a weight's name: the people without a weight, where there are any.
  package static let missing = "vekt_nm_"
}
