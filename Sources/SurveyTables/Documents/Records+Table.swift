internal import SurveyData

extension Table {
  /// A table of records as they are: the first column as row labels, a column for each of the others
  /// and for the labels of their codes.
  ///
  /// - Parameters:
  ///   - records: The records.
  ///   - title: What stands above.
  public init(_ records: Records, title: String = "") {
    let records = records.withLabels
    let texts = records.columns.indices.map { column in
      records.rows.contains { if case .text = $0[column] { true } else { false } }
    }
    self.init(
      title: title, stub: records.columns.first ?? "",
      columns: records.columns.indices.dropFirst().map {
        Column(records.columns[$0], isText: texts[$0])
      },
      rows: records.rows.map { row in
        Row(
          row.first?.plainText ?? "",
          cells: zip(records.columns, row).dropFirst().map { Cell($1, in: $0) })
      })
  }
}

extension Table.Cell {
  /// A value of a column; p-values are known by its name.
  fileprivate init(_ value: Records.Value, in column: String) {
    switch value {
    case .text(let words): self = .text(words)
    case .integer(let count): self = .count(count)
    case .flag: self = .text(value.plainText)
    case .number(let number) where column.hasPrefix("p_"): self = .probability(number)
    case .number(let number): self = .number(Table.Quantity(number, as: .significant(digits: 4)))
    case .empty: self = .empty
    }
  }
}

extension Records {
  /// What the cells of a table hold, unrounded.
  ///
  /// There is a column for the row labels, one for each column, and two more where its estimates
  /// have intervals. Headings within the table and hidden cells are rows and fields without a value.
  public init(_ table: Table) {
    let columns = table.columns.indices.map { place -> (name: String, isInterval: Bool) in
      let column = table.columns[place]
      let isInterval = table.rows.contains { row in
        guard place < row.cells.count, case .estimate(_, let low, _, _) = row.cells[place] else {
          return false
        }
        return low != nil
      }
      let name = [column.group, column.heading].filter { !$0.isEmpty }.joined(separator: " ")
      return (name, isInterval)
    }
    self.init(
      "rows",
      columns: [table.stub]
        + columns.flatMap { name, isInterval in
          isInterval ? [name, "\(name) conf_low", "\(name) conf_high"] : [name]
        },
      rows: table.rows.map { row in
        [.text(row.label)]
          + columns.indices.flatMap { place -> [Value] in
            let cell = place < row.cells.count ? row.cells[place] : .empty
            guard columns[place].isInterval else { return [Value(cell)] }
            guard case .estimate(_, let low, let high, _) = cell else {
              return [Value(cell), .empty, .empty]
            }
            return [Value(cell), low.map(Value.number) ?? .empty, high.map(Value.number) ?? .empty]
          }
      })
  }
}

extension Records.Value {
  fileprivate init(_ cell: Table.Cell) {
    switch cell {
    case .estimate(let quantity, _, _, _), .number(let quantity): self = .number(quantity.value)
    case .count(let count): self = .integer(count)
    case .parenthesized(let quantity, let others):
      self = (quantity ?? others.first).map { .number($0.value) } ?? .empty
    case .probability(let number), .bar(let number): self = .number(number)
    case .text(let words): self = .text(words)
    case .hidden, .empty: self = .empty
    }
  }
}
