package import SurveyData

/// Sees whether a row counts, and tallies why not.
package struct MissingTally {
  private let numbers: [(name: String, column: NumericColumn)]
  private let categories: [(name: String, column: CategoricalColumn)]
  private var outside = 0
  private var unknown = 0
  private var missing: [[Int]]

  /// Begins a tally.
  ///
  /// - Parameters:
  ///   - numbers: Numeric variables with their names; the first one that is missing answers for a
  ///     row.
  ///   - categories: Categorical variables, which answer after them.
  package init(
    numbers: [(name: String, column: NumericColumn)],
    categories: [(name: String, column: CategoricalColumn)]
  ) {
    self.numbers = numbers
    self.categories = categories
    missing =
      numbers.map { Array(repeating: 0, count: $0.column.missing.count) }
      + categories.map { Array(repeating: 0, count: $0.column.missing.count) }
  }

  /// Whether a row with a weight counts.
  ///
  /// - Parameters:
  ///   - row: The row of the columns.
  ///   - membership: 0 outside the subpopulation, 1 inside, 2 unknown.
  ///   - respondents: How many respondents the row stands for.
  package mutating func counts(_ row: Int, membership: Int, respondents: Int = 1) -> Bool {
    guard membership == 1 else {
      outside += respondents
      if membership == 2 { unknown += respondents }
      return false
    }
    for (variable, number) in numbers.enumerated() {
      let value = number.column.values[row]
      if value.isNaN {
        missing[variable][NumericColumn.missingIndex(value)] += respondents
        return false
      }
    }
    for (variable, answer) in categories.enumerated() {
      let position = answer.column.positions[row]
      if position >= answer.column.categories.count {
        missing[numbers.count + variable][position - answer.column.categories.count] += respondents
        return false
      }
    }
    return true
  }

  /// Where the rows went.
  package func accounting(rows: Int, used: Int) -> Accounting {
    let named =
      numbers.map { ($0.name, $0.column.missing) } + categories.map { ($0.name, $0.column.missing) }
    return Accounting(
      read: rows, used: used, outside: outside, outsideUnknown: unknown,
      missing: named.indices.flatMap { variable in
        missing[variable].indices.filter { missing[variable][$0] > 0 }.map {
          Accounting.Missing(
            variable: named[variable].0, code: named[variable].1[$0],
            count: missing[variable][$0])
        }
      })
  }
}
