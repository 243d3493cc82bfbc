internal import Dispatch
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
  /// How the patterns are spread over sampling units.
  package let spread: Spread
  /// The rows of the file.
  package let rowCount: Int

  /// Where the respondents of a pattern are.
  package enum Spread: Sendable {
    /// Sums for every unit and pattern that occurs, by unit.
    case cells([CellTable.Cell], patternOfCell: [Int32])
    /// The pattern of every row, where units × patterns are too many to add up; a row without a
    /// weight has any.
    case rows([UInt16])
  }

  /// The most patterns that are worth merging for.
  private static let mostPatterns = 1 << 16
  /// The most units × patterns that are added up.
  private static let mostCells = 1 << 18

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
    // The first column stands in the unit's place: who answered what, wherever they are.
    guard let first = digits.first else { return nil }
    let all = CellCounter(
      units: first.positions, unitCount: first.radix, columns: Array(digits.dropFirst()),
      weights: survey.weights)
    let rest = patternCount / first.radix
    let table = all.table()
    var number = [UInt16](repeating: 0, count: patternCount)
    var found: [Int] = []
    var counts: [Int] = []
    var weights: [Double] = []
    for cell in table.cells {
      let answers = Int(cell.unit) * rest + cell.answers
      number[answers] = UInt16(found.count)
      found.append(answers)
      counts.append(cell.count)
      weights.append(cell.weight)
    }
    self.counts = counts
    self.weights = weights
    let roster = survey.roster
    let isWide = found.count * roster.unitCount > Self.mostCells && !roster.isElementSample
    if isWide {
      guard roster.unplacedRows.isEmpty else { return nil }
      spread = .rows(Self.patterns(all, number, rows: rows))
    } else {
      let cells = CellCounter(
        units: roster.unitOfRow, unitCount: roster.unitCount, columns: digits,
        weights: survey.weights
      ).table().cells
      spread = .cells(cells, patternOfCell: cells.map { Int32(number[$0.answers]) })
    }
    rowCount = survey.weights.rowsRead
    let before = survey.membership == nil ? 0 : 1
    let answers = found.map { key -> [Int] in
      var rest = key
      return digits.reversed().map { digit in
        defer { rest /= digit.radix }
        return rest % digit.radix
      }.reversed()
    }
    memberships = before == 1 ? answers.map { $0[0] } : answers.map { _ in 1 }
    dataset = Dataset(
      MemorySource(
        zip(variables, columns).enumerated().map { place, pair in
          let (variable, column) = pair
          let positions = Positions(
            answers.map { $0[before + place] }, valueCount: digits[before + place].radix)
          return (
            variable.name,
            .codes(
              CategoricalColumn(
                positions: positions, categories: column.categories, missing: column.missing))
          )
        }), codebook: Codebook(variables: variables))
  }

  /// The number of every row's key.
  private static func patterns(_ counter: CellCounter, _ number: [UInt16], rows: Int) -> [UInt16] {
    [UInt16](unsafeUninitializedCapacity: rows) { buffer, initialized in
      nonisolated(unsafe) let buffer = buffer
      let chunks = 8
      DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
        counter.withKeys(
          in: (rows * chunk / chunks)..<(rows * (chunk + 1) / chunks), as: UInt32.self
        ) { start, keys in
          for i in keys.indices { buffer[start + i] = number[Int(keys[i])] }
        }
      }
      initialized = rows
    }
  }
}
