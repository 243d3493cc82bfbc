internal import SurveyData

extension RawCells {
  /// The cells file: a line of names, then a line a cell; RFC 4180, UTF-8, decimal points.
  ///
  /// - Complexity: O(cells × columns).
  package var csv: [UInt8] {
    var columns = keyColumns
    func add(_ name: String, _ numbers: [Double]) { columns.append((name, .numbers(numbers))) }
    func add(_ name: String, _ counts: [Int]) { columns.append((name, .integers(counts))) }
    for weight in sums.weights {
      add(CellColumn.sums + weight.name, weight.sums)
      if sums.suppressedBelow == nil { add(CellColumn.squares + weight.name, weight.squares) }
      if let weighted = weight.weighted { add(CellColumn.weighted + weight.name, weighted) }
      if let missing = weight.missing { add(CellColumn.missing + weight.name, missing) }
    }
    for replicate in sums.replicates { add(CellColumn.sums + replicate.name, replicate.sums) }
    func addEverywhere(_ name: String, _ count: Int) {
      add(name, Array(repeating: count, count: sums.count))
    }
    addEverywhere(CellColumn.rows, sums.rows)
    if let least = sums.suppressedBelow { addEverywhere(CellColumn.suppressedBelow, least) }
    return Self.lines(columns, count: sums.count)
  }

  /// The raw values alone, each line with the people so that none is blank.
  var keyLines: [UInt8] {
    Self.lines(keyColumns, count: sums.count)
  }

  private typealias Column = (name: String, values: Values)

  private var keyColumns: [Column] {
    keys.map { ($0.name, $0.values) } + [(CellColumn.people, .integers(sums.people))]
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
        column.values.write(cell, to: &bytes)
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
    case .numbers(let numbers): numbers.indices.map(text(of:))
    case .integers(let numbers): numbers.indices.map(text(of:))
    }
  }

  /// A value as a file of cells has it.
  package func text(of cell: Int) -> String {
    switch self {
    case .texts(let texts): texts[cell]
    case .numbers(let numbers): numbers[cell].isNaN ? "" : canonicalCode(numbers[cell])
    case .integers(let numbers): numbers[cell].map(String.init) ?? ""
    }
  }

  /// Writes a value as a field of a file.
  func write(_ cell: Int, to bytes: inout [UInt8]) {
    switch self {
    case .texts(let texts): bytes += CSVWriter.Dialect.standard.field(texts[cell])
    case .numbers: bytes += text(of: cell).utf8
    case .integers(let numbers):
      // Most codes have one digit.
      if let number = numbers[cell], 0..<10 ~= number {
        bytes.append(UInt8(ascii: "0") + UInt8(number))
      } else {
        bytes += text(of: cell).utf8
      }
    }
  }
}
