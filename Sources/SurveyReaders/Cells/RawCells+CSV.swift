internal import SurveyData

extension RawCells {
  /// The cells file: a line of names, then a line a cell; RFC 4180, UTF-8, decimal points.
  ///
  /// - Complexity: O(cells × columns).
  package var csv: [UInt8] {
    var columns = keyColumns
    for weight in sums.weights {
      columns.append((CellColumn.sums + weight.name, { canonicalCode(weight.sums[$0]) }))
      if sums.suppressedBelow == nil {
        columns.append((CellColumn.squares + weight.name, { canonicalCode(weight.squares[$0]) }))
      }
      if let weighted = weight.weighted {
        columns.append((CellColumn.weighted + weight.name, { "\(weighted[$0])" }))
      }
      if let missing = weight.missing {
        columns.append((CellColumn.missing + weight.name, { "\(missing[$0])" }))
      }
    }
    for replicate in sums.replicates {
      columns.append((CellColumn.sums + replicate.name, { canonicalCode(replicate.sums[$0]) }))
    }
    let rows = "\(sums.rows)"
    columns.append((CellColumn.rows, { _ in rows }))
    if let least = sums.suppressedBelow {
      columns.append((CellColumn.suppressedBelow, { _ in "\(least)" }))
    }
    return Self.lines(columns, count: sums.count)
  }

  /// The raw values alone, each line with the people so that none is blank.
  var keyLines: [UInt8] {
    Self.lines(keyColumns, count: sums.count)
  }

  private typealias Column = (name: String, field: (_ cell: Int) -> String)

  private var keyColumns: [Column] {
    let people = sums.people
    return keys.map { ($0.name, $0.values.field) } + [(CellColumn.people, { "\(people[$0])" })]
  }

  private static func lines(_ columns: [Column], count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    func end(_ index: Int) { bytes.append(UInt8(ascii: index == columns.count - 1 ? "\n" : ",")) }
    for (index, column) in columns.enumerated() {
      bytes += CSVWriter.Dialect.standard.field(column.name)
      end(index)
    }
    for cell in 0..<count {
      for (index, column) in columns.enumerated() {
        bytes += CSVWriter.Dialect.standard.field(column.field(cell))
        end(index)
      }
    }
    return bytes
  }
}

extension RawCells.Values {
  /// The values as a file of cells has them.
  package var plainTexts: [String] {
    switch self {
    case .texts(let texts): texts
    case .numbers(let numbers): numbers.indices.map(field)
    case .integers(let numbers): numbers.indices.map(field)
    }
  }

  /// The text of a cell.
  fileprivate var field: (_ cell: Int) -> String {
    switch self {
    case .texts(let texts): { texts[$0] }
    case .numbers(let numbers): { numbers[$0].isNaN ? "" : canonicalCode(numbers[$0]) }
    case .integers(let numbers): { numbers[$0].map(String.init) ?? "" }
    }
  }
}
