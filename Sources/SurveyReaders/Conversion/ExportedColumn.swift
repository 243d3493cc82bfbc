internal import SurveyData

/// One column as a file of another format can hold it: numbers or text.
struct ExportedColumn {
  /// The answers; a number that is NaN is missing, its payload the place in ``missing``.
  enum Cells {
    /// A number for each position.
    case coded(Positions, values: [Double])
    case numbers([Double])
    /// A text for each position.
    case codedText(Positions, texts: [String])
    case texts([String])
  }

  /// What the codebook says of the column.
  let variable: Variable
  let cells: Cells
  let categories: [Category]
  /// The missing codes, system-missing first.
  let missing: [MissingCode]
  /// Which missing codes occur in the rows.
  let occurring: [Bool]
  /// How numbers are written as codes.
  let notation: NumberNotation

  var isText: Bool {
    switch cells {
    case .texts, .codedText: true
    case .coded, .numbers: false
    }
  }

  var count: Int {
    switch cells {
    case .coded(let positions, _), .codedText(let positions, _): positions.count
    case .numbers(let numbers): numbers.count
    case .texts(let texts): texts.count
    }
  }

  /// The same answers with other missing codes in the same places.
  init(_ column: ExportedColumn, missing: [MissingCode]) {
    variable = column.variable
    cells = column.cells
    categories = column.categories
    self.missing = missing
    occurring = column.occurring
    notation = column.notation
  }

  /// Loads a column of a dataset in the view that loses nothing.
  init(_ name: String, of dataset: Dataset) throws {
    let variable = try dataset.described(name)
    self.variable = variable
    notation =
      switch variable.type {
      case .date: .date
      case .datetime: .datetime
      default: .number
      }
    switch Self.view(of: variable) {
    case .numbers:
      let column = try dataset.numeric(name)
      cells = .numbers(column.values)
      categories = variable.categories
      missing = Self.missing(column.missing, of: variable)
      var occurring = Array(repeating: false, count: missing.count)
      for value in column.values where value.isNaN {
        occurring[NumericColumn.missingIndex(value)] = true
      }
      self.occurring = occurring
    case .text:
      cells = .texts(try dataset.text(name).values)
      categories = []
      missing = [.system]
      occurring = [true]
    case .codes:
      let column = try dataset.categorical(name)
      categories = Self.categories(column.categories, of: variable)
      missing = Self.missing(column.missing, of: variable)
      let counts = column.counts().dropFirst(column.categories.count).map { $0 > 0 }
      occurring = counts + Array(repeating: false, count: missing.count - counts.count)
      if let values = Self.numbers(of: column, variable: variable, notation: notation) {
        cells = .coded(column.positions, values: values)
      } else {
        cells = .codedText(
          column.positions,
          texts: column.categories.map(\.code) + column.missing.map(Self.text(of:)))
      }
    }
  }

  /// The missing codes of a column, then those that the codebook knows besides.
  private static func missing(_ found: [MissingCode], of variable: Variable) -> [MissingCode] {
    let values = Set(found.map(\.values))
    return found + variable.missing.filter { !values.contains($0.values) }
  }

  /// The codebook's categories, then those that occur besides.
  private static func categories(_ found: [Category], of variable: Variable) -> [Category] {
    guard !variable.categories.isEmpty else { return found }
    let listed = Set(variable.categories.map(\.code))
    return variable.categories + found.filter { !listed.contains($0.code) }
  }

  /// What a text column holds for a missing code; nothing where the value is not known any more.
  private static func text(of code: MissingCode) -> String {
    if case .code(let text) = code.values, code != CodeScheme.implausible { return text }
    return ""
  }

  /// How a variable is loaded: as codes where it has any, or where nobody said what it is.
  static func view(of variable: Variable) -> ColumnView {
    if variable.hasSeveralAnswers { return .text }
    return switch variable.type {
    case .integer, .decimal: variable.categories.isEmpty ? .numbers : .codes
    case .text: variable.categories.isEmpty && variable.missing.isEmpty ? .text : .codes
    case .date, .datetime, nil: .codes
    }
  }

  /// The number of each position; nil when the codes are text.
  private static func numbers(
    of column: CategoricalColumn, variable: Variable, notation: NumberNotation
  ) -> [Double]? {
    guard variable.type != .text else { return nil }
    var values: [Double] = []
    values.reserveCapacity(column.categories.count + column.missing.count)
    for category in column.categories {
      guard
        let number = notation == .number ? category.plainNumber : notation.number(category.code),
        notation.text(number) == category.code
      else { return nil }
      values.append(number)
    }
    return values + column.missing.indices.map(NumericColumn.missingValue)
  }

  /// Calls `body` with some rows and their numbers, NaN where one is missing.
  @inline(__always)
  func withNumbers(_ rows: Range<Int>, _ body: (_ row: Int, _ number: Double) -> Void) {
    switch cells {
    case .coded(let positions, let values): for row in rows { body(row, values[positions[row]]) }
    case .numbers(let numbers): for row in rows { body(row, numbers[row]) }
    case .codedText, .texts: for row in rows { body(row, .nan) }
    }
  }

  /// The numbers that occur, without the missing: each category's, or every row's.
  var validNumbers: [Double] {
    switch cells {
    case .coded(_, let values): values.filter { !$0.isNaN }
    case .numbers(let numbers): numbers.filter { !$0.isNaN }
    case .codedText, .texts: []
    }
  }

  /// The text of a row.
  func text(_ row: Int) -> String {
    switch cells {
    case .texts(let texts): texts[row]
    case .codedText(let positions, let texts): texts[positions[row]]
    case .coded, .numbers: ""
    }
  }

  /// The longest text, in bytes of UTF-8.
  var longestText: Int {
    switch cells {
    case .codedText(_, let texts), .texts(let texts): texts.lazy.map(\.utf8.count).max() ?? 0
    case .coded, .numbers: 0
    }
  }
}
