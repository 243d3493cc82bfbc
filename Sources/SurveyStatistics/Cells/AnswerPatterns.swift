package import SurveyData

/// Respondents merged by sampling unit and by their answers to some categorical variables.
///
/// What a model needs of a row, its predictors and its outcome, is the same for all who answered the
/// same; the answers are therefore worked with once a pattern, and only sums over sampling units
/// look at the cells.
package struct AnswerPatterns: Sendable {
  /// The answers, one row a pattern.
  package let dataset: Dataset
  /// Of every pattern 0 outside the subpopulation, 1 inside, 2 unknown.
  package let memberships: [Int]
  /// The respondents of every pattern.
  package let counts: [Int]
  /// The sum of their weights.
  package let weights: [Double]
  /// The cells, by unit.
  package let cells: [CellTable.Cell]
  /// The pattern of every cell.
  package let patternOfCell: [Int32]
  /// The rows of the file.
  package let rowCount: Int

  /// The most patterns that are worth merging for.
  private static let mostPatterns = 1 << 16

  /// Counts the answers of a survey.
  ///
  /// - Parameters:
  ///   - inputs: The columns that an analysis reads; loaded.
  ///   - survey: The survey.
  /// - Returns: nil unless all of them are categorical and have few patterns for the rows there are.
  /// - Complexity: O(rows), one pass.
  package init?(_ inputs: [(name: String, view: ColumnView)], in survey: Survey) throws {
    var variables: [Variable] = []
    for input in inputs where !variables.contains(where: { $0.name == input.name }) {
      guard input.view == .codes else { return nil }
      variables.append(try survey.dataset.variable(input.name))
    }
    let columns = try variables.map { try survey.dataset.categorical($0.name) }
    var digits = columns.map(AnswerColumn.init)
    if let membership = survey.membership {
      digits.insert(AnswerColumn(positions: membership, radix: 3, validCount: 3), at: 0)
    }
    var patternCount = 1
    for digit in digits {
      patternCount *= max(digit.radix, 1)
      if patternCount > Self.mostPatterns { return nil }
    }
    let rows = survey.weights.values.count
    guard patternCount <= max(rows, 1) else { return nil }
    let table = CellCounter(
      units: survey.roster.unitOfRow, unitCount: survey.roster.unitCount, columns: digits,
      weights: survey.weights.values
    ).table()

    var number = [Int32](repeating: -1, count: patternCount)
    for cell in table.cells { number[Int(cell.answers)] = 0 }
    var found: [Int32] = []
    for answers in number.indices where number[answers] == 0 {
      number[answers] = Int32(found.count)
      found.append(Int32(answers))
    }
    cells = table.cells
    patternOfCell = table.cells.map { number[Int($0.answers)] }
    var counts = Array(repeating: 0, count: found.count)
    var weights = Array(repeating: 0.0, count: found.count)
    for (cell, pattern) in zip(cells, patternOfCell) {
      counts[Int(pattern)] += cell.count
      weights[Int(pattern)] += cell.weight
    }
    self.counts = counts
    self.weights = weights
    rowCount = rows
    let first = survey.membership == nil ? 0 : 1
    let answers = found.map { table.digits(of: $0) }
    memberships = first == 1 ? answers.map { $0[0] } : answers.map { _ in 1 }
    dataset = Dataset(
      MemorySource(
        zip(variables, columns).enumerated().map { place, pair in
          let (variable, column) = pair
          let positions = Positions(
            answers.map { $0[first + place] }, valueCount: digits[first + place].radix)
          return (
            variable.name,
            .codes(
              CategoricalColumn(
                positions: positions, categories: column.categories, missing: column.missing))
          )
        }), codebook: Codebook(variables: variables))
  }
}
