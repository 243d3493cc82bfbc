internal import SurveyData

/// A CSV file whose lines are cells, as `vekt cells` and a query write it.
enum CellsFile {
  /// Whether the first line has a column `vekt_n`, whatever the encoding and the delimiter are.
  static func isOne(_ file: FileBytes) -> Bool { delimiter(of: file) != nil }

  /// What stands beside the name `vekt_n`; nil where no column has it, a comma where it is alone.
  private static func delimiter(of file: FileBytes) -> Character? {
    let line = file.bytes.prefix(1 << 20).prefix { $0 != 10 && $0 != 13 }.filter { $0 != 0 }
    let text = String(decoding: line, as: UTF8.self)
    let separators: Set<Character> = [",", ";", "\t", "|"]
    let names = text.split(omittingEmptySubsequences: false, whereSeparator: separators.contains)
    let place = names.firstIndex { name in
      name.drop { " \"\u{FEFF}\u{FFFD}".contains($0) }.lowercased().filter { !" \"".contains($0) }
        == CellColumn.people
    }
    guard let place else { return nil }
    if names[place].endIndex < text.endIndex { return text[names[place].endIndex] }
    return names[place].startIndex > text.startIndex
      ? text[text.index(before: names[place].startIndex)] : ","
  }

  /// Opens a file of cells.
  ///
  /// What the codebook states of its own file, such as a delimiter or a SHA-256, says nothing of this one.
  static func source(
    _ file: FileBytes, codebook: Codebook?, options: ReadingOptions
  ) throws -> CellSource {
    var options = options
    options.file.delimiter = options.file.delimiter ?? delimiter(of: file)
    options.file.header = .names
    let source = try CSVSource(file, codebook: codebook?.ofCells, options: options)
    let sums = try CellColumns(of: source).sums()
    try codebook?.requireRows(sums.rows, at: file.path)
    return CellSource(source, facts: source.facts, isFile: true, sums: sums)
  }
}

/// The columns of a cells file that are no answers.
private struct CellColumns {
  private let source: CSVSource
  private var path: String { source.facts.path }
  /// The columns by what they hold, in the order of the file.
  private let names: [(kind: Kind, of: String, column: String)]
  private let columns: [String: [Double]]

  private enum Kind { case people, rows, suppressedBelow, sums, squares, weighted, missing }

  init(of source: CSVSource) throws {
    self.source = source
    names = try source.columnNames.filter(CellColumn.isReserved).map { column in
      let lowered = column.lowercased()
      func rest(_ prefix: String) -> String { String(column.dropFirst(prefix.count)) }
      switch lowered {
      case CellColumn.people: return (.people, "", column)
      case CellColumn.rows: return (.rows, "", column)
      case CellColumn.suppressedBelow: return (.suppressedBelow, "", column)
      default: break
      }
      for (kind, prefix) in [
        (Kind.sums, CellColumn.sums), (.squares, CellColumn.squares),
        (.weighted, CellColumn.weighted), (.missing, CellColumn.missing),
      ] where lowered.hasPrefix(prefix) && lowered != prefix {
        return (kind, rest(prefix), column)
      }
      let known = [CellColumn.people, CellColumn.rows, CellColumn.suppressedBelow]
      throw SurveyError(
        .data, at: source.facts.path, "no column of cells is called '\(column)'",
        remedy: suggestion(for: lowered, among: known)
          ?? "There are vekt_n, vekt_rows, and for a weight vekt_w_NAME, vekt_w2_NAME, vekt_np_NAME and "
          + "vekt_nm_NAME.")
    }
    let requests = names.map { _, _, column in
      var variable = Variable(column)
      variable.type = .decimal
      return ColumnRequest(variable, as: .numbers)
    }
    let read = try source.read(requests).columns
    columns = Dictionary(
      zip(names, read).map { name, column in
        if case .numbers(let numbers) = column { return (name.column, numbers.values) }
        return (name.column, [])
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The column of a kind, of a weight; nil where there is none.
  private func column(_ kind: Kind, of weight: String = "") -> (name: String, values: [Double])? {
    guard let found = names.first(where: { $0.kind == kind && $0.of == weight }) else { return nil }
    return (found.column, columns[found.column] ?? [])
  }

  private func place(_ cell: Int?) -> String { cell.map { "\(path): row \($0 + 1)" } ?? path }

  func sums() throws -> CellSums {
    let people = try column(.people).map(counts) ?? []
    guard !people.isEmpty else {
      throw SurveyError(
        .data, at: path, "holds no cells",
        remedy: "Take the whole file, or ask for the cells again.")
    }
    let least = try common(.suppressedBelow)
    if least != nil, let squares = names.first(where: { $0.kind == .squares }) {
      throw SurveyError(
        .data, at: path,
        "has '\(squares.column)', which tells more of people than cells that were suppressed may",
        remedy: "Take the cells as they were written.")
    }
    let weighted = names.filter {
      $0.kind == .sums && (least != nil || column(.squares, of: $0.of) != nil)
    }.map(\.of)
    for name in names where name.kind != .sums && !name.of.isEmpty && !weighted.contains(name.of) {
      throw SurveyError(
        .data, at: path,
        "has '\(name.column)', but no '\(CellColumn.sums)\(name.of)' and '\(CellColumn.squares)\(name.of)'",
        remedy: "Take all columns of the weight, or none.")
    }
    let weights = try weighted.map { name in
      var weight = CellSums.Weight(
        name, sums: column(.sums, of: name)?.values ?? [],
        squares: column(.squares, of: name)?.values ?? people.map { _ in .nan },
        weighted: try column(.weighted, of: name).map(counts),
        missing: try column(.missing, of: name).map(counts))
      // A query adds up nothing to nothing.
      for (cell, count) in (weight.weighted ?? []).enumerated() where count == 0 {
        if weight.sums[cell].isNaN { weight.sums[cell] = 0 }
        if weight.squares[cell].isNaN { weight.squares[cell] = 0 }
      }
      return weight
    }
    let replicates = names.filter { $0.kind == .sums && !weighted.contains($0.of) }
    if weights.isEmpty || replicates.count == 1, let lone = replicates.first {
      throw SurveyError(
        .data, at: path, "has '\(lone.column)', but no '\(CellColumn.squares)\(lone.of)'",
        remedy: "Add the sum of the squared weights, SUM(w * w), which standard errors need.")
    }
    return try CellSums(
      people: people, rows: try rows(), weights: weights,
      replicates: replicates.map { .init($0.of, sums: columns[$0.column] ?? []) },
      suppressedBelow: least, at: place)
  }

  /// The number of all people.
  private func rows() throws -> Int {
    guard let rows = try common(.rows) else {
      throw SurveyError(
        .data, at: path,
        "has no '\(CellColumn.rows)', so that nobody sees whether cells are missing",
        remedy: "Add the number of all rows to every line: (SELECT COUNT(*) FROM …) AS "
          + "\(CellColumn.rows) in a query.")
    }
    return rows
  }

  /// A number that all lines say; nil where there is no such column.
  private func common(_ kind: Kind) throws -> Int? {
    guard let column = column(kind) else { return nil }
    let counts = try counts(column)
    if let other = counts.firstIndex(where: { $0 != counts[0] }) {
      throw SurveyError(
        .data, at: place(other),
        "\(column.name) is \(counts[other]), and \(counts[0]) above: these are cells of two tables",
        remedy: "Put cells of one table only into a file.")
    }
    return counts[0]
  }

  private func counts(_ column: (name: String, values: [Double])) throws -> [Int] {
    try column.values.enumerated().map { cell, value in
      guard let count = Int(exactly: value), count >= 0 else {
        throw SurveyError(
          .data, at: place(cell),
          "\(column.name) is \(value.isNaN ? "missing" : canonicalCode(value)); it is a number of people"
        )
      }
      return count
    }
  }
}
