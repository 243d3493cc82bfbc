extension Table {
  /// The table with its rows as columns and its columns as rows.
  ///
  /// Headings within the table become headings over columns, and headings over columns become headings
  /// within it.
  public var transposed: Table {
    var heading = ""
    var columns: [(column: Column, row: Row)] = []
    for row in rows {
      if row.kind == .heading {
        heading = row.label
      } else {
        if row.indent == 0 { heading = "" }
        columns.append((Column(row.label, group: heading), row))
      }
    }
    var result = self
    result.stub = ""
    result.columns = columns.map(\.column)
    result.rows = []
    var group = ""
    for (place, column) in self.columns.enumerated() {
      if column.group != group, !column.group.isEmpty {
        result.rows.append(Row(column.group, kind: .heading))
      }
      group = column.group
      result.rows.append(
        Row(
          column.heading, indent: group.isEmpty ? 0 : 1,
          cells: columns.map {
            $0.row.cells.indices.contains(place) ? $0.row.cells[place] : .empty
          },
          kind: column.isRepeated ? .total : .body))
    }
    if let drawn { result.drawn = drawn }
    return result
  }
}
