package import SurveyStatistics
package import SurveyTables

/// What a cell of a result is of.
package struct ResultCell: Hashable, Sendable {
  /// The variable of the cell.
  package var variable: String
  /// The answer that a share is of; empty for a number.
  package var code: String
  /// The statistic of a number; empty for a share.
  package var statistic = ""
  /// The groups that it is of.
  package var groups: Set<Group>

  /// A group that a cell is of.
  package struct Group: Hashable, Sendable {
    private let variable: String
    private let code: String

    /// The group of a variable's code.
    package init(_ variable: String, _ code: String) {
      (self.variable, self.code) = (variable, code)
    }
  }

  /// Says what a cell is of.
  package init(
    variable: String, code: String, statistic: String = "", groups: Set<Group>
  ) {
    (self.variable, self.code, self.statistic, self.groups) = (variable, code, statistic, groups)
  }

  /// The cell of a share.
  package init(share row: EstimateRow, by groups: [String]) {
    self.init(
      variable: row.variable, code: row.category?.code ?? "",
      groups: Set(zip(groups, row.groups).map { Group($0, $1.code) }))
  }

  /// The cell of a mean, a total and the like.
  package init(summary row: EstimateRow, by groups: [String]) {
    self.init(
      variable: row.variable, code: "", statistic: row.statistic,
      groups: Set(zip(groups, row.groups).map { Group($0, $1.code) }))
  }

  /// The cell of a difference.
  package init(_ row: Comparison.Row, of variable: String) {
    self.init(
      variable: variable, code: row.category?.code ?? "",
      groups: Set(
        [
          Group("group", row.group.code),
          Group("reference", row.reference.code),
        ]
          + row.groups.enumerated().map { Group("\($0.offset)", $0.element.code) }
          + [row.stratum].compactMap { $0 }.map { Group("within", $0.code) }))
  }
}

/// Signs beside the cells of a printed table.
package struct CellMarks: Sendable {
  private let signs: [ResultCell: String]
  /// What the signs mean that some cell has.
  package let legend: [Table.Mark]

  /// Makes signs with what they mean.
  package init(_ signs: [ResultCell: String], legend: [Table.Mark]) {
    (self.signs, self.legend) = (signs, legend)
  }

  /// The sign of a cell; empty where it has none.
  package func mark(of cell: ResultCell) -> String { signs[cell] ?? "" }
}
