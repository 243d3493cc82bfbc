internal import SurveyData
internal import SurveyReaders

/// What an engine says of all people before any cells are asked for, with which the cells must agree.
struct Control: Equatable, Sendable {
  /// The number of rows.
  let rows: Int
  /// What is known of each weight.
  private(set) var weights: [String: WeightControl] = [:]

  /// What is known of a weight.
  struct WeightControl: Equatable, Sendable {
    /// The people who have one.
    var count: Int
    /// Those of them whose weight is a number.
    var numbers: Int
    /// Σw.
    var sum: Double
    /// The smallest; NaN where nobody has one.
    var smallest: Double
  }

  /// Reads the answer to ``QueryWriter/control(weights:)``.
  /// - Throws: ``SurveyError`` for an answer of another shape.
  init(_ result: ArrowResult, weights: [SummedWeight], at place: String) throws {
    let names = weights.map(\.name)
    let values = result.columns.map(\.values.asNumbers.first)
    let width = names.isEmpty ? 3 : (values.count - 1) / names.count
    guard result.rowCount == 1, 3...4 ~= width, values.count == 1 + width * names.count,
      let rows = values[0].flatMap({ Int(exactly: $0) })
    else {
      throw SurveyError(.data, at: place, "the engine did not count the rows as it was asked")
    }
    self.rows = rows
    for (index, name) in names.enumerated() {
      func value(_ place: Int) -> Double { (values[1 + width * index + place] ?? nil) ?? .nan }
      self.weights[name] = WeightControl(
        count: Int(value(0)), numbers: Int(value(width == 4 ? 3 : 0)), sum: value(1),
        smallest: value(2))
    }
  }

  /// The same people with what is known of other weights too.
  func joined(with other: Control) -> Control {
    var joined = self
    joined.weights.merge(other.weights) { first, _ in first }
    return joined
  }

  /// Stops at weights that are negative or not finite.
  /// - Throws: ``SurveyError`` of kind data.
  func check(at place: String) throws {
    for (name, weight) in weights.sorted(by: { $0.key < $1.key }) {
      func fault(_ problem: String) -> SurveyError {
        SurveyError(
          .data, at: place, "the weight '\(name)' \(problem); a weight is a number from 0 up",
          remedy:
            "Mend them in a view. An engine gives no order to its rows, so that none can be named.")
      }
      if weight.numbers < weight.count {
        throw SurveyError(
          .data, at: place,
          "the weight '\(name)' is no number in \(weight.count - weight.numbers) rows",
          remedy:
            "A decimal comma is none to an engine: convert the file first, or mend it in a view.")
      }
      if weight.smallest < 0 {
        throw fault("is negative, \(canonicalCode(weight.smallest)) at the least")
      }
      // As a sum of infinite numbers, or of what is none, is not.
      if weight.count > 0, !weight.sum.isFinite {
        throw fault("is not finite in some rows")
      }
    }
  }

  /// Stops when what came is not the people who were counted.
  ///
  /// - Parameter what: What came, in words.
  /// - Throws: ``SurveyError`` of kind data.
  func check(
    people: Int, sums: [String: Double], of what: String = "the cells", at place: String
  ) throws {
    guard people == rows else {
      throw SurveyError(
        .data, at: place,
        "\(rows) rows were counted, "
          + (what == "the cells" ? "the cells hold \(people)" : "\(people) came"),
        remedy: people > rows
          ? "The table grows while it is read; run it again, on a copy or a snapshot."
          : "Run it again; if it stays so, the engine loses rows.")
    }
    for (name, weight) in weights {
      let found = sums[name] ?? 0
      let expected = weight.count == 0 ? 0 : weight.sum
      guard abs(found - expected) <= 1e-9 * max(abs(found), abs(expected)) else {
        throw SurveyError(
          .data, at: place,
          "the weights '\(name)' add up to \(canonicalCode(expected)), those of \(what) to \(canonicalCode(found))",
          remedy:
            "Run it again; if it stays so, the table changes while it is read, or the engine errs.")
      }
    }
  }
}
