internal import SurveyData

/// The answers to one variable that come from several files, piece by piece.
enum JoinedPiece {
  /// All rows of a variable of a file.
  case rows(Dataset, name: String)
  /// So many rows of a file that lacks the variable.
  case lacking(MissingCode, count: Int)
}

extension Column {
  /// Puts pieces below each other.
  ///
  /// - Parameters:
  ///   - variable: What the joined codebook says of the variable, which decides the view.
  ///   - pieces: The pieces, in the order of the rows to be.
  /// - Throws: ``SurveyError`` for a fault in a file.
  /// - Complexity: O(rows).
  init(_ variable: Variable, joining pieces: [JoinedPiece]) throws {
    self =
      switch ExportedColumn.view(of: variable) {
      case .numbers: .numbers(try NumericColumn(variable, joining: pieces))
      case .codes: .codes(try CategoricalColumn(variable, joining: pieces))
      case .text: .text(try TextColumn(joining: pieces))
      }
  }
}

/// The missing codes met so far, each once.
private struct MissingCodes {
  private(set) var codes: [MissingCode] = [.system]
  private let described: [MissingCode.Values: MissingCode]

  init(_ variable: Variable) {
    described = Dictionary(
      variable.missing.map { ($0.values, $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func place(of code: MissingCode) -> Int {
    if let place = codes.firstIndex(where: { $0.values == code.values }) { return place }
    codes.append(described[code.values] ?? code)
    return codes.count - 1
  }
}

extension NumericColumn {
  fileprivate init(_ variable: Variable, joining pieces: [JoinedPiece]) throws {
    var missing = MissingCodes(variable)
    var values: [Double] = []
    for piece in pieces {
      switch piece {
      case .lacking(let code, let count):
        let value = NumericColumn.missingValue(missing.place(of: code))
        values += Array(repeating: value, count: count)
      case .rows(let dataset, let name):
        let column = try dataset.numeric(name)
        let places = column.missing.map { NumericColumn.missingValue(missing.place(of: $0)) }
        values += column.values.map { $0.isNaN ? places[NumericColumn.missingIndex($0)] : $0 }
      }
    }
    self.init(values: values, missing: missing.codes)
  }
}

extension CategoricalColumn {
  fileprivate init(_ variable: Variable, joining pieces: [JoinedPiece]) throws {
    var missing = MissingCodes(variable)
    var categories = variable.categories
    var places = Dictionary(
      categories.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    // Missing codes count downwards from -1 until it is known how many categories there are.
    var found: [Int] = []
    for piece in pieces {
      switch piece {
      case .lacking(let code, let count):
        found += Array(repeating: -1 - missing.place(of: code), count: count)
      case .rows(let dataset, let name):
        let column = try dataset.cells(name)
        var table: [Int] = []
        for category in column.categories {
          if let place = places[category.code] {
            table.append(place)
          } else {
            places[category.code] = categories.count
            table.append(categories.count)
            categories.append(Category(category.code))
          }
        }
        table += column.missing.map { -1 - missing.place(of: $0) }
        column.positions.withEach { found.append(table[$0]) }
      }
    }
    let valid = categories.count
    self.init(
      positions: Positions(
        found.lazy.map { $0 < 0 ? valid - 1 - $0 : $0 }, valueCount: valid + missing.codes.count),
      categories: categories, missing: missing.codes)
  }
}

extension TextColumn {
  fileprivate init(joining pieces: [JoinedPiece]) throws {
    var values: [String] = []
    for piece in pieces {
      switch piece {
      case .lacking(let code, let count): values += Array(repeating: code.text, count: count)
      case .rows(let dataset, let name): values += try dataset.text(name).values
      }
    }
    self.init(values: values)
  }
}

extension Column {
  /// The answers of some rows, system-missing where there is no row.
  ///
  /// - Parameter rows: One row for each of the result; nil for none.
  /// - Complexity: O(rows asked for).
  func taking(_ rows: [Int?]) -> Column {
    switch self {
    case .codes(let column):
      let system = column.categories.count
      let positions = rows.lazy.map { row in row.map { column.positions[$0] } ?? system }
      return .codes(
        CategoricalColumn(
          positions: Positions(
            positions, valueCount: column.categories.count + column.missing.count),
          categories: column.categories, missing: column.missing))
    case .numbers(let column):
      let system = NumericColumn.missingValue(0)
      return .numbers(
        NumericColumn(
          values: rows.map { row in row.map { column.values[$0] } ?? system },
          missing: column.missing))
    case .text(let column):
      return .text(TextColumn(values: rows.map { row in row.map { column.values[$0] } ?? "" }))
    }
  }
}
