extension CellSums {
  /// People one by one, each as a cell.
  ///
  /// - Parameters:
  ///   - rows: How many people there are.
  ///   - weights: Their weights, of which the first is that of replicates; empty where there are none.
  ///   - replicates: Their replicate weights; nobody has one without a weight.
  ///   - areFactors: Whether these are factors of the weight.
  /// - Throws: ``SurveyError`` with the row for a number that is no weight; a missing weight is counted.
  /// - Complexity: O(rows × weights).
  package init(
    ofRows rows: Int, weights: [(name: String, column: NumericColumn)],
    replicates: [(name: String, column: NumericColumn)] = [], areFactors: Bool = false
  ) throws {
    let all = try weights.map { try Weight($0.name, of: $0.column.values) }
    let sums = all.first?.sums ?? Array(repeating: 1, count: rows)
    self.init(
      people: Array(repeating: 1, count: rows), weights: all,
      replicates: try replicates.map { name, column in
        Replicate(
          name,
          sums: try zip(column.values, sums).enumerated().map { row, pair in
            guard pair.1 > 0 else { return 0 }
            guard pair.0 >= 0, pair.0 < .infinity else {
              throw SurveyError(
                .data, at: "row \(row + 1)",
                "the replicate weight '\(name)' is "
                  + (pair.0.isNaN ? "missing" : canonicalCode(pair.0))
                  + "; a weight is a number from 0 up")
            }
            return areFactors ? pair.0 * pair.1 : pair.0
          })
      })
  }

  /// The same people in fewer cells.
  ///
  /// - Parameters:
  ///   - cellOf: The new cell of every one of these.
  ///   - count: The number of new cells, each of which has somebody.
  /// - Complexity: O(cells × weights).
  package func grouped(_ cellOf: [Int32], count: Int) -> CellSums {
    func added<Number: AdditiveArithmetic>(_ values: [Number]) -> [Number] {
      var sums = Array(repeating: Number.zero, count: count)
      for (cell, value) in zip(cellOf, values) { sums[Int(cell)] += value }
      return sums
    }
    return CellSums(
      people: added(people),
      weights: weights.map { weight in
        Weight(
          weight.name, sums: added(weight.sums), squares: added(weight.squares),
          weighted: weight.weighted.map(added), missing: weight.missing.map(added))
      },
      replicates: replicates.map { Replicate($0.name, sums: added($0.sums)) },
      suppressedBelow: suppressedBelow)
  }

  /// The same cells with some of the weights, and some of the replicate weights.
  package func keeping(_ weights: [Weight], replicates names: [String]) -> CellSums {
    CellSums(
      people: people, weights: weights,
      replicates: names.compactMap { name in replicates.first { $0.name == name } },
      suppressedBelow: suppressedBelow)
  }
}

extension CellSums.Weight {
  /// The weights of people one by one.
  fileprivate init(_ name: String, of values: [Double]) throws {
    for (row, value) in values.enumerated() where value < 0 || value == .infinity {
      throw SurveyError(
        .data, at: "row \(row + 1)",
        "the weight '\(name)' is \(canonicalCode(value)); a weight is a number from 0 up")
    }
    let sums = values.map { $0.isNaN ? 0 : $0 }
    self.init(
      name, sums: sums, squares: sums.map { $0 * $0 },
      weighted: sums.contains(0) ? sums.map { $0 > 0 ? 1 : 0 } : nil,
      missing: values.contains(where: \.isNaN) ? values.map { $0.isNaN ? 1 : 0 } : nil)
  }
}
