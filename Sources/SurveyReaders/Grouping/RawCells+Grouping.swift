package import SurveyData

extension RawCells {
  /// Groups the people of a dataset by the raw values of some columns.
  ///
  /// - Parameters:
  ///   - dataset: The people, or finer cells of them.
  ///   - names: The columns, none derived.
  ///   - weight: The weight that is added up, and those before its steps; nil for none.
  ///   - replicates: The replicate weights that are added up; nil for none.
  /// - Throws: ``SurveyError`` for an unknown column, and numbers that are no weights.
  /// - Complexity: O(rows × (columns + weights)), O(cells × log cells).
  package init(
    of dataset: Dataset, by names: [String], weight: WeightDeclaration?,
    replicates: ReplicateDeclaration?
  ) throws {
    if let source = dataset.origin {
      self = try dataset.cells(from: source, by: names, weight: weight, replicates: replicates)
      return
    }
    var sums = try Self.sums(of: dataset, weight, replicates)
    let columns = try dataset.rawColumns(names)
    var cellOf = [Int32](repeating: 0, count: sums.count)
    var firstRows = sums.count == 0 ? [] : [0]
    for column in columns {
      var known: [UInt64: Int32] = [:]
      firstRows = []
      for row in cellOf.indices {
        let key = UInt64(cellOf[row]) << 32 | UInt64(column.places[row])
        let cell = known[key] ?? Int32(firstRows.count)
        if cell == firstRows.count {
          known[key] = cell
          firstRows.append(row)
        }
        cellOf[row] = cell
      }
    }
    let order = firstRows.indices.sorted { a, b in
      for column in columns {
        let (one, other) = (column.places[firstRows[a]], column.places[firstRows[b]])
        if one != other { return one < other }
      }
      return a < b
    }
    var final = [Int32](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { final[old] = Int32(new) }
    sums = sums.grouped(cellOf.map { final[Int($0)] }, count: order.count)
    self.init(
      keys: zip(names, columns).map { name, column in
        Key(name, .texts(order.map { column.texts[Int(column.places[firstRows[$0]])] }))
      }, sums: sums)
  }

  private static func sums(
    of dataset: Dataset, _ weight: WeightDeclaration?, _ replicates: ReplicateDeclaration?
  ) throws -> CellSums {
    // Replicates went through the steps themselves.
    let weights = weight.map { replicates == nil ? $0.withThoseBefore : [$0] } ?? []
    if let cells = dataset.cells {
      let found = try weights.map { weight in
        var sums = try dataset.cellSums(of: weight)
        sums.name = weight.name
        return sums
      }
      let known = VariableLists(cells.replicates.map(\.name), at: dataset.source.facts.path)
      return cells.keeping(
        found,
        replicates: try replicates.map { try known.names(in: $0.weights) } ?? [])
    }
    let names = try replicates.map { try dataset.lists.names(in: $0.weights) } ?? []
    let columns = try weights.map { weight in
      let column =
        switch weight.source {
        case .variable(let name): try dataset.numeric(name)
        case .expression(let text): try Expression(text).number(on: dataset)
        }
      return (weight.name, column)
    }
    try dataset.load(names.map { ($0, .numbers) })
    do {
      return try CellSums(
        ofRows: dataset.rowCount, weights: columns,
        replicates: names.map { ($0, try dataset.numeric($0)) },
        areFactors: replicates?.areFactors ?? false)
    } catch let error as SurveyError {
      throw error.located(at: dataset.source.facts.path)
    }
  }
}

/// A column as the file has it.
private struct RawColumn {
  /// The different texts, in numeric order if all are numbers, the empty one last.
  let texts: [String]
  /// The place of every row's text among them.
  let places: [UInt32]

  init(_ values: [String], written plain: (String) -> String) {
    var known: [String: UInt32] = [:]
    var found: [String] = []
    let provisional = values.map { value -> UInt32 in
      if let place = known[value] { return place }
      let place = UInt32(found.count)
      known[value] = place
      found.append(plain(value))
      return place
    }
    let numbers = found.map { Double($0) ?? .infinity }
    let areNumbers = zip(found, numbers).allSatisfy { $0.isEmpty || $1.isFinite }
    func isBefore(_ a: Int, _ b: Int) -> Bool {
      if found[a].isEmpty != found[b].isEmpty { return found[b].isEmpty }
      if areNumbers, numbers[a] != numbers[b] { return numbers[a] < numbers[b] }
      return found[a] < found[b]
    }
    // Two ways of writing a number may have become one.
    var final = [UInt32](repeating: 0, count: found.count)
    var texts: [String] = []
    for old in found.indices.sorted(by: isBefore) {
      if texts.last != found[old] || texts.isEmpty { texts.append(found[old]) }
      final[old] = UInt32(texts.count - 1)
    }
    self.texts = texts
    places = provisional.map { final[Int($0)] }
  }
}

extension Dataset {
  /// Columns with the values that the file has, missing codes too.
  fileprivate func rawColumns(_ names: [String]) throws -> [RawColumn] {
    var book = codebook
    book.derived = []
    let described = try names.map { try self.described($0) }
    book.variables = described.map { variable in
      var raw = Variable(variable.name)
      raw.isFromFile = true
      raw.unknown = .warn
      raw.separator = variable.separator
      // A tagged missing value or one of SPSS has no other name.
      raw.missing = variable.missing.filter { if case .code = $0.values { true } else { false } }
      return raw
    }
    let raw = Dataset(source, codebook: book)
    try raw.load(names.map { ($0, .text) })
    let dialect = (source as? any CSVHolding)?.csv?.dialect
    return try described.map { variable in
      let listed = Set(variable.categories.map(\.code) + variable.missing.map(\.text))
      return RawColumn(try raw.text(variable.name).values) { text in
        guard let dialect, variable.type != .text, !listed.contains(text) else { return text }
        return dialect.plainNumber(text) ?? text
      }
    }
  }
}

extension CSVDialect {
  /// A number with a decimal point and without characters between thousands; nil for what has neither, or
  /// is no number.
  fileprivate func plainNumber(_ text: String) -> String? {
    var text = text
    let isOther =
      decimal != UInt8(ascii: ".") && text.utf8.contains(decimal)
      || thousands.map(text.unicodeScalars.contains) ?? false
    guard isOther else { return nil }
    let number =
      text.withUTF8 { DecimalNumber.value(UnsafeRawBufferPointer($0), decimal: decimal) }
      ?? groupedNumber(text)
    return number.map(canonicalCode)
  }
}
