internal import Glibc
public import SurveyData

/// The weight of every row, checked once.
public struct SurveyWeights: Sendable {
  /// The weight's name, or the expression that makes it; nil when every row counts as one.
  public let name: String?
  /// One weight a row, zero where a row has no usable weight.
  ///
  /// Added up by `Cases`, `CellCounter` and `Spread` alone, which know who counts; `Survey` asks who
  /// weighs at all, and `People` hands those of its cases to a fit.
  public internal(set) var values: [Double]
  /// The number of rows.
  package var rowCount: Int { values.count }
  /// Rows whose weight is missing and that are left out, as the codebook allows.
  public let missingCount: Int
  /// Rows whose weight is zero: they count in the design, not in the answers.
  public let zeroCount: Int
  /// The sum of the squared weights of everybody a row stands for; nil where a row is one person.
  package internal(set) var squares: [Double]?
  /// The people that a row stands for; nil where a row is one person.
  package let people: [Int32]?
  /// The rows of the file.
  package let rowsRead: Int
  /// The replicate weights that make the variance; nil where it is linearized.
  public internal(set) var replicates: ReplicateWeights?
  /// The steps by which the weight came about and that a linearized variance takes in.
  public internal(set) var adjustments: [WeightAdjustment] = []

  /// Every row counts as one.
  ///
  /// - Parameter rows: The number of rows.
  /// - Complexity: O(rows).
  public init(equalFor rows: Int) {
    name = nil
    values = Array(repeating: 1, count: rows)
    missingCount = 0
    zeroCount = 0
    (squares, people, rowsRead, replicates) = (nil, nil, rows, nil)
  }

  /// Checks weights.
  ///
  /// - Parameters:
  ///   - column: The numbers; a negative or infinite one is an error, and so is a missing one
  ///     unless `dropsMissing`.
  ///   - name: What the user calls the weight.
  ///   - dropsMissing: Whether rows without a weight are left out and counted.
  ///   - steps: How the weight came about, for what is to be done about one below zero.
  /// - Throws: ``SurveyError`` of kind data with the row.
  /// - Complexity: O(rows).
  public init(
    _ column: NumericColumn, name: String, dropsMissing: Bool = false,
    steps: [WeightAdjustment] = []
  ) throws {
    var values = column.values
    var missing = 0
    var firstMissing = -1
    var zeros = 0
    for (row, value) in values.enumerated() {
      if value > 0, value < .infinity { continue }
      if value == 0 {
        zeros += 1
      } else if value.isNaN {
        if missing == 0 { firstMissing = row }
        missing += 1
        values[row] = 0
      } else {
        throw SurveyError(
          .data, at: "row \(row + 1)",
          "the weight '\(name)' is \(canonicalCode(value)); a weight is a number from 0 up",
          remedy: value < 0 ? steps.adviceOnNegativeWeights : nil)
      }
    }
    if missing > 0, !dropsMissing {
      throw Self.missing(
        name, at: "row \(firstMissing + 1)",
        missing > 1 ? ", and in \(missing - 1) more rows" : "")
    }
    if zeros + missing == values.count { throw Self.nobody(name) }
    self.name = name
    self.values = values
    missingCount = missing
    zeroCount = zeros
    (squares, people, rowsRead, replicates) = (nil, nil, values.count, nil)
  }

  static func missing(_ name: String, at place: String, _ whom: String) -> SurveyError {
    SurveyError(
      .data, at: place, "the weight '\(name)' is missing" + whom,
      remedy:
        "Leave such rows out and count them with --missing-weights drop, or `missing: drop` under the "
        + "weight in the codebook.")
  }

  static func nobody(_ name: String) -> SurveyError {
    SurveyError(.data, at: name, "every weight is zero or missing, so there is nobody to count")
  }

  /// The same, with the weight of every row times a factor that is made of the weights, and of each
  /// replicate's.
  func times(_ factors: ([Double]) -> [Double]) -> SurveyWeights {
    var result = self
    let own = factors(values)
    result.values = zip(values, own).map { $0 * $1 }
    result.squares = squares.map { zip($0, own).map { $0 * $1 * $1 } }
    result.replicates = replicates.map { replicates in
      replicates.with(replicates.map { column in zip(column, factors(column)).map { $0 * $1 } })
    }
    return result
  }

  /// How many people a row stands for.
  func people(of row: Int) -> Int { people.map { Int($0[row]) } ?? 1 }

  /// The sum of the squared weights of a row's people.
  func square(of row: Int) -> Double { squares?[row] ?? values[row] * values[row] }
}
