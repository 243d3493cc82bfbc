internal import SurveyData

/// What a sample is fitted to totals by: the numbers `x` of every row whose weighted sums are to be
/// totals, kept once for all rows that have the same.
///
/// Crossed cells and the margins of a rake are indicators, the columns of a formula any numbers, so that
/// one frame serves all three. Work on it is that on its patterns, however many rows there are.
struct CalibrationFrame: Sendable {
  /// One number of every row.
  struct Column: Hashable, Sendable {
    /// Its variable, or crossed ones; `(all)` for everybody's 1.
    let variables: [String]
    /// The codes of an indicator, one for each variable that is no number.
    let codes: [String]
    /// The variables with `:` between them.
    var variable: String { variables.joined(separator: ":") }
    /// The codes with `:` between them; empty for a number.
    var category: String { codes.joined(separator: ":") }
  }

  /// One number of a pattern that is not zero.
  struct Entry {
    let column: Int32
    let value: Double
  }

  /// What makes the columns.
  let terms: [CalibrationFormula.Term]
  /// Whether a column of ones stands first.
  let hasAll: Bool
  /// The numbers, in the order in which totals and their covariance have them.
  private(set) var columns: [Column]
  /// The margins, as stretches of `columns` of which each row is in one column; empty for numbers.
  private(set) var margins: [Range<Int>]
  /// The numbers of every pattern.
  private(set) var patterns: [[Entry]]
  /// The pattern of every row; negative for a row without weight.
  private(set) var patternOfRow: [Int32]

  /// The weights of each pattern, added up.
  /// - Complexity: O(rows).
  func sums(_ weights: [Double]) -> [Double] {
    var sums = Array(repeating: 0.0, count: patterns.count)
    patternOfRow.withUnsafeBufferPointer { places in
      weights.withUnsafeBufferPointer { weights in
        for row in places.indices where places[row] >= 0 { sums[Int(places[row])] += weights[row] }
      }
    }
    return sums
  }

  /// The weighted sums of the columns, of the weights of patterns.
  func totals(of sums: [Double]) -> [Double] {
    var totals = Array(repeating: 0.0, count: columns.count)
    for (pattern, sum) in zip(patterns, sums) where sum != 0 {
      for entry in pattern { totals[Int(entry.column)] += sum * entry.value }
    }
    return totals
  }

  /// The weights times the factors of their patterns.
  func multiplied(_ weights: [Double], by factors: [Double]) -> [Double] {
    var result = weights
    for row in result.indices where patternOfRow[row] >= 0 {
      result[row] *= factors[Int(patternOfRow[row])]
    }
    return result
  }

  /// The rows that count in each column.
  func counts(_ weights: [Double]) -> [Int] {
    let rows = sums(weights.map { $0 != 0 ? 1 : 0 })
    var counts = columns.map { _ in 0 }
    for (pattern, sum) in zip(patterns, rows) {
      for entry in pattern { counts[Int(entry.column)] += Int(sum) }
    }
    return counts
  }

  /// The least and the largest quotient of new and old weights in each column; NaN where nobody is.
  func factors(_ old: [Double], _ new: [Double]) -> [(low: Double, high: Double)] {
    let nobody = (low: Double.nan, high: Double.nan)
    func widen(_ range: inout (low: Double, high: Double), _ low: Double, _ high: Double) {
      range.low = range.low <= low ? range.low : low
      range.high = range.high >= high ? range.high : high
    }
    var own = patterns.map { _ in nobody }
    for row in old.indices where old[row] != 0 && patternOfRow[row] >= 0 {
      let factor = new[row] / old[row]
      widen(&own[Int(patternOfRow[row])], factor, factor)
    }
    var ranges = columns.map { _ in nobody }
    for (pattern, range) in zip(patterns, own) where !range.low.isNaN {
      for entry in pattern { widen(&ranges[Int(entry.column)], range.low, range.high) }
    }
    return ranges
  }
}

extension CalibrationFrame {
  /// One variable of a cell: its codes and, for every row, which one.
  private struct Factor {
    let name: String
    let column: CategoricalColumn
  }

  /// The crossed cells of variables as one margin.
  static func cells(
    of names: [String], in dataset: Dataset, weights: [Double], counting: [Double]? = nil
  ) throws -> CalibrationFrame {
    try CalibrationFrame(
      terms: [CalibrationFormula.Term(factors: names)], hasAll: false, in: dataset,
      weights: weights, counting: counting)
  }

  /// A margin for each variable.
  static func margins(
    of names: [String], in dataset: Dataset, weights: [Double], counting: [Double]? = nil
  ) throws -> CalibrationFrame {
    try CalibrationFrame(
      terms: names.map { CalibrationFormula.Term(factors: [$0]) }, hasAll: false, in: dataset,
      weights: weights, counting: counting)
  }

  /// The columns of terms, each the crossed cells of its factors times its numbers.
  ///
  /// - Parameters:
  ///   - hasAll: Whether a column of ones stands first.
  ///   - weights: Rows whose weight is zero need no answers.
  ///   - counting: Weights of the rows that count in the end; one that has none there, nor an answer, is left
  ///     out. nil means `weights`.
  /// - Throws: ``SurveyError`` where an answer is missing in a row that counts.
  /// - Complexity: O(rows × terms).
  init(
    terms: [CalibrationFormula.Term], hasAll: Bool, in dataset: Dataset, weights all: [Double],
    counting: [Double]? = nil
  ) throws {
    (self.terms, self.hasAll) = (terms, hasAll)
    var weights = all
    let factorNames = Self.unique(terms.flatMap(\.factors))
    let numberNames = Self.unique(terms.flatMap(\.numbers))
    try dataset.load(factorNames.map { ($0, .codes) } + numberNames.map { ($0, .numbers) })
    let factors = try factorNames.map { Factor(name: $0, column: try dataset.categorical($0)) }
    let numbers = try numberNames.map { ($0, try dataset.numeric($0).values) }
    for factor in factors {
      let valid = factor.column.categories.count
      try Self.requireAnswers(factor.name, counting, &weights) {
        factor.column.positions[$0] >= valid
      }
    }
    for (name, values) in numbers {
      try Self.requireAnswers(name, counting, &weights) { values[$0].isNaN }
    }
    // Rows of the same codes and numbers are one pattern.
    var places: [PatternKey: Int32] = [:]
    var keys: [PatternKey] = []
    patternOfRow = Array(repeating: -1, count: weights.count)
    let product = factors.reduce(into: (size: 1, fits: true)) { product, factor in
      let (size, overflows) = product.size.multipliedReportingOverflow(
        by: max(factor.column.categories.count, 1))
      product = (size, product.fits && !overflows && size <= 1 << 22)
    }
    if numbers.isEmpty, product.fits {
      // A place in a table for every crossing.
      var code = Array(repeating: Int32(0), count: weights.count)
      for factor in factors {
        let size = Int32(max(factor.column.categories.count, 1))
        var row = 0
        code.withUnsafeMutableBufferPointer { code in
          factor.column.positions.withEach { position in
            code[row] = code[row] &* size &+ Int32(truncatingIfNeeded: position)
            row += 1
          }
        }
      }
      var table = Array(repeating: Int32(-1), count: product.size)
      for row in weights.indices where weights[row] != 0 {
        let cell = Int(code[row])
        if table[cell] < 0 {
          table[cell] = Int32(keys.count)
          keys.append(PatternKey(codes: factors.map { $0.column.positions[row] }, numbers: []))
        }
        patternOfRow[row] = table[cell]
      }
    } else {
      for row in weights.indices where weights[row] != 0 {
        let key = PatternKey(
          codes: factors.map { $0.column.positions[row] }, numbers: numbers.map { $0.1[row] })
        let place = places[key] ?? Int32(keys.count)
        if place == keys.count {
          places[key] = place
          keys.append(key)
        }
        patternOfRow[row] = place
      }
    }
    columns = hasAll ? [Column(variables: [PopulationTotals.all], codes: [])] : []
    margins = []
    patterns = keys.map { _ in hasAll ? [Entry(column: 0, value: 1)] : [] }
    for term in terms {
      let own = term.factors.map { name in factors.firstIndex { $0.name == name } ?? 0 }
      let values = term.numbers.map { name in numbers.firstIndex { $0.0 == name } ?? 0 }
      let name = term.factors + term.numbers
      // The cells that occur, in the order of the codes.
      let cells = Set(keys.map { key in own.map { key.codes[$0] } }).sorted {
        $0.lexicographicallyPrecedes($1)
      }
      let first = columns.count
      let placeOfCell = Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($1, $0) })
      columns += cells.map { cell in
        Column(
          variables: name,
          codes: zip(own, cell).map { factors[$0].column.categories[$1].code })
      }
      if values.isEmpty { margins.append(first..<columns.count) }
      for (place, key) in keys.enumerated() {
        let value = values.reduce(1) { $0 * key.numbers[$1] }
        guard value != 0, let cell = placeOfCell[own.map { key.codes[$0] }] else { continue }
        patterns[place].append(Entry(column: Int32(first + cell), value: value))
      }
    }
  }

  private struct PatternKey: Hashable {
    let codes: [Int]
    let numbers: [Double]
  }

  private static func unique(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func requireAnswers(
    _ name: String, _ counting: [Double]?, _ weights: inout [Double],
    _ isMissing: (_ row: Int) -> Bool
  ) throws {
    var (first, count) = (-1, 0)
    for row in weights.indices where weights[row] != 0 && isMissing(row) {
      guard counting.map({ $0[row] != 0 }) ?? true else {
        weights[row] = 0
        continue
      }
      if count == 0 { first = row }
      count += 1
    }
    guard count > 0 else { return }
    throw SurveyError(
      .data, at: "row \(first + 1)",
      "'\(name)' is missing" + (count > 1 ? ", and in \(count - 1) more rows" : "")
        + ": such a row belongs to no total",
      remedy: "Give it a category of its own with --derive, or a weight of zero.")
  }
}
