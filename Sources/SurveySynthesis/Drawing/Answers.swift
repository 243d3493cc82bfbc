internal import SurveyData

/// The answers of everybody to one variable, or their scores on a tendency.
struct Answers {
  /// The valid codes; empty for a tendency.
  let codes: [String]
  /// The missing codes after the system-missing value.
  let missing: [(reason: MissingReason, code: String)]
  /// Positions as in ``CategoricalColumn``: valid codes, then the system-missing value, then `missing`.
  var positions: [Int]
  /// The value of everybody who has one, otherwise NaN: a band's number, a tendency's score, or the
  /// position of the answer.
  var values: [Double]
  /// Whether the column shows `values` instead of codes.
  var isBanded = false

  /// One more than the highest position.
  var width: Int { codes.count + 1 + missing.count }

  /// The position of a missing reason.
  func position(of reason: MissingReason) -> Int {
    let index = missing.firstIndex { $0.reason == reason }
    return codes.count + (index.map { $0 + 1 } ?? 0)
  }

  /// The code of a person's answer, for a message.
  func code(of row: Int) -> String {
    positions[row] < codes.count ? codes[positions[row]] : "missing"
  }

  func keeping(_ kept: [Int]) -> Answers {
    var answers = self
    answers.positions = kept.map { positions[$0] }
    answers.values = kept.map { values[$0] }
    return answers
  }

  /// The values with mean 0 and standard deviation 1; who has none is at the mean.
  func standardized() -> [Double] {
    let valid = values.filter { !$0.isNaN }
    guard !valid.isEmpty else { return values.map { _ in 0 } }
    let mean = valid.reduce(0, +) / Double(valid.count)
    let variance = valid.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(valid.count)
    let scale = variance > 0 ? 1 / variance.squareRoot() : 0
    return values.map { $0.isNaN ? 0 : ($0 - mean) * scale }
  }

  /// The column as the rest of Vekt knows it.
  var column: Column {
    let missing =
      [MissingCode.system] + self.missing.map { MissingCode(.code($0.code), reason: $0.reason) }
    guard isBanded else {
      return .codes(
        CategoricalColumn(
          positions: Positions(positions, valueCount: width),
          categories: codes.map { Category($0) }, missing: missing))
    }
    let numbers = zip(positions, values).map { position, value in
      position < codes.count ? value : NumericColumn.missingValue(position - codes.count)
    }
    return .numbers(NumericColumn(values: numbers, missing: missing))
  }
}
