package import SurveyData

/// The people of an analysis: the rows of a survey that count, each with the group and the cell (unit ×
/// group) that it belongs to, and what is added up over them.
///
/// The numbers stay where they are; a row may stand for several people.
package struct Cases: Sendable {
  /// The group variables' columns.
  package let groupColumns: [CategoricalColumn]
  /// The combinations of groups that occur, as positions of the group variables.
  package let groups: [[Int]]
  /// The respondents of every group.
  package let bases: [Base]
  /// The cell of every row; negative for a row that does not count.
  package let cellOfRow: [Int32]
  /// The sampling unit of every cell, not decreasing; 0 where rows are spread over units.
  package let units: [Int32]
  /// The group of every cell.
  package let blocks: [Int32]
  /// The respondents of every cell.
  package let counts: [Int]
  /// Where the rows went.
  package let accounting: Accounting
  let weights: SurveyWeights
  let roster: Roster
  let spread: Spread?
  /// Whose weights were changed together, where groups have the composition of a standard population.
  let classes: StandardClasses?
  /// What the weight of every row was multiplied by; empty where it was not.
  let factors: [Double]

  /// Sorts the rows of a survey into cells.
  ///
  /// - Parameters:
  ///   - numbers: Numeric variables with their names; a row where one is missing does not count,
  ///     and the first one answers for it.
  ///   - required: Categorical variables that must be answered too, but make no groups.
  ///   - groupNames: Categorical variables that make groups.
  ///   - survey: The survey; the columns are loaded.
  /// - Complexity: O(rows).
  package init(
    _ numbers: [(name: String, column: NumericColumn)], answering required: [String] = [],
    by groupNames: [String], in survey: Survey
  ) throws {
    let groupColumns = try groupNames.map { try survey.dataset.categorical($0) }
    let required = required + (survey.standard?.variables ?? [])
    let rows = survey.weights.rowCount
    var tally = MissingTally(
      numbers: numbers,
      categories: try required.map { ($0, try survey.dataset.categorical($0)) }
        + zip(groupNames, groupColumns).map { ($0, $1) })
    let counter = CellCounter(
      units: survey.roster.unitOfRow,
      unitCount: survey.spread == nil ? survey.roster.unitCount : 1,
      columns: groupColumns.map(AnswerColumn.init), weights: survey.weights)
    let radices = groupColumns.map { $0.categories.count + $0.missing.count }
    let keyCount = try TableSize.combinations(
      radices, in: survey.roster.unitCount + 1, of: groupNames)
    let patternCount = radices.reduce(1, *)

    let answers = try required.map { try survey.dataset.categorical($0) } + groupColumns
    var slots = RowSlots(
      counter, keyCount: keyCount,
      numbers: numbers.map(\.column), answers: answers, in: survey)
    for row in 0..<rows where slots.isDoubtful(row) {
      slots.settle(
        row,
        counts: tally.counts(
          row, membership: survey.membership?[row] ?? 1,
          respondents: survey.weights.people(of: row)))
    }

    // Cells by unit, then group; groups numbered in the order of their codes.
    let cells = slots.cells(survey.weights.people)
    let patterns = Set(cells.keys.map { $0 % patternCount }).sorted()
    let numberOfPattern = Dictionary(uniqueKeysWithValues: zip(patterns, patterns.indices))
    units = cells.keys.map { Int32($0 / patternCount) }
    blocks = cells.keys.map { Int32(numberOfPattern[$0 % patternCount, default: 0]) }
    counts = cells.counts
    cellOfRow = cells.ofRow
    groups = patterns.map { pattern in
      var rest = pattern
      return groupColumns.reversed().map { column in
        let (quotient, position) = rest.quotientAndRemainder(
          dividingBy: column.categories.count + column.missing.count)
        rest = quotient
        return position
      }.reversed()
    }
    self.groupColumns = groupColumns
    roster = survey.roster
    spread = survey.spread
    let classes = try survey.standard.map { [cellOfRow, blocks, groups] standard in
      try StandardClasses(
        standard, of: survey.dataset, cellOfRow: cellOfRow, blocks: blocks,
        groupCount: groups.count
      ) { block in
        zip(groupColumns, groups[block]).map { $0.categories[$1].code }.joined(separator: ",")
      }
    }
    self.classes = classes
    factors = classes?.factors(survey.weights.values) ?? []
    weights = classes.map { classes in survey.weights.times(classes.factors) } ?? survey.weights
    bases = Self.bases(cellOfRow, blocks, groupCount: groups.count, weights)
    accounting = tally.accounting(rows: weights.rowsRead, used: counts.reduce(0, +))
  }

  private static func bases(
    _ cellOfRow: [Int32], _ blocks: [Int32], groupCount: Int, _ weights: SurveyWeights
  ) -> [Base] {
    var bases = Array(repeating: Base(), count: groupCount)
    for (row, cell) in cellOfRow.enumerated() where cell >= 0 {
      let block = Int(blocks[Int(cell)])
      bases[block].count += weights.people(of: row)
      bases[block].weight += weights.values[row]
      bases[block].squaredWeight += weights.square(of: row)
    }
    return bases
  }

  /// The rows that count.
  package var rows: [Int32] {
    var rows: [Int32] = []
    rows.reserveCapacity(cellOfRow.count)
    for (row, cell) in cellOfRow.enumerated() where cell >= 0 { rows.append(Int32(row)) }
    return rows
  }

  /// The categories of a group.
  package func categories(_ block: Int) -> [Category] {
    zip(groupColumns, groups[block]).map { $0.categories[$1] }
  }
}

extension StandardClasses {
  /// The classes of the rows that count.
  fileprivate init(
    _ standard: StandardPopulation, of dataset: Dataset, cellOfRow: [Int32], blocks: [Int32],
    groupCount: Int, name: (_ group: Int) -> String
  ) throws {
    let columns = try standard.variables.map { try dataset.categorical($0) }
    try self.init(
      standard, among: columns.map(\.categories), count: cellOfRow.count, groupCount: groupCount,
      { row in
        guard cellOfRow[row] >= 0 else { return nil }
        return (
          Int(blocks[Int(cellOfRow[row])]),
          columns.reduce(0) { $0 * $1.categories.count + $1.positions[row] }
        )
      }, name: name)
  }
}
