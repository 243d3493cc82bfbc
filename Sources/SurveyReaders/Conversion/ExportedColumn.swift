internal import SurveyData

extension MissingCode {
  /// Whether it says no more than that there is no answer, as `NA` does among numbers.
  var isNothing: Bool {
    guard reason == .system, label.isEmpty else { return false }
    if case .code(let text) = values { return Double(text) == nil }
    return values == .empty
  }
}

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
  private(set) var variable: Variable
  let cells: Cells
  let categories: [Category]
  /// The missing codes, system-missing first.
  let missing: [MissingCode]
  /// Which missing codes occur in the rows.
  let occurring: [Bool]
  /// How numbers are written as codes.
  let notation: NumberNotation
  /// How the numbers are shown, where somebody has said so and it is known.
  var display: DisplayFormat? {
    let known = variable.format.flatMap(DisplayFormat.init)
    return known?.notation == notation ? known : nil
  }
  /// The values that are no numbers of the file to be, each kind with what became of it.
  let losses: [(what: String, text: String)]

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
    losses = []
  }

  /// Loads a column of a dataset in the view that loses nothing.
  ///
  /// - Parameter keepsTexts: Whether the file to be holds texts in a column of dates.
  init(_ name: String, of dataset: Dataset, keepsTexts: Bool = false) throws {
    var variable = try dataset.described(name)
    // What a codebook leaves open of how values are shown, the file says itself.
    if let own = dataset.source.embeddedCodebook.variable(named: name), own.type == variable.type {
      variable.format = variable.format ?? own.format
      variable.writeFormat = variable.writeFormat ?? own.writeFormat
    }
    self.variable = variable
    let notation: NumberNotation =
      switch variable.type {
      case .date: .date
      case .datetime: .datetime
      default: .number
      }
    self.notation = notation
    var losses: [(what: String, text: String)] = []
    switch Self.view(of: variable) {
    case .numbers:
      let column = try dataset.numeric(name)
      let infinite = column.values.count { $0.isInfinite }
      let values =
        infinite == 0
        ? column.values
        : column.values.map { $0.isInfinite ? NumericColumn.missingValue(0) : $0 }
      cells = .numbers(values)
      losses += Self.infinite(infinite, name)
      categories = variable.categories
      missing = Self.missing(column.missing, of: variable)
      var occurring = Array(repeating: false, count: missing.count)
      for value in values where value.isNaN {
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
      let texts = column.categories.map(\.code) + column.missing.map(Self.text(of:))
      if keepsTexts, notation != .number {
        cells = .codedText(column.positions, texts: texts)
      } else if let found = Self.numbers(of: column, variable: variable, notation: notation) {
        cells = .coded(column.positions, values: found.values)
        losses += found.losses
      } else {
        cells = .codedText(column.positions, texts: texts)
        if notation != .number {
          losses.append(
            ("dates", "'\(name)' holds dates that are written in another way, and becomes text"))
        }
      }
    }
    self.losses = losses
    // SPSS shows F8.0 without the decimals that the numbers have.
    if variable.type == .integer, variable.format == nil,
      Self.formatsOfSPSS.contains(dataset.source.facts.format),
      validNumbers.contains(where: { $0 != $0.rounded() })
    {
      self.variable.format = "F8.0"
    }
  }

  private static let formatsOfSPSS = ["sav", "zsav", "por"]

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

  /// The number of each position, and what became of values that have none; nil when the codes are
  /// text.
  ///
  /// Some odd values among dates are missing, rather than that all become text.
  private static func numbers(
    of column: CategoricalColumn, variable: Variable, notation: NumberNotation
  ) -> (values: [Double], losses: [(what: String, text: String)])? {
    guard variable.type != .text else { return nil }
    var values: [Double] = []
    values.reserveCapacity(column.categories.count + column.missing.count)
    var odd: [Int] = []
    var infinite = 0
    for (index, category) in column.categories.enumerated() {
      let number =
        notation == .number ? category.plainNumber : notation.number(category.code)
      if let number, number.isFinite,
        notation != .number || notation.text(number) == category.code
      {
        values.append(number)
        continue
      }
      let isInfinite = category.code == "HI" || category.code == "LO"
      guard notation != .number || variable.type != nil && isInfinite else { return nil }
      if isInfinite { infinite += 1 } else { odd.append(index) }
      values.append(NumericColumn.missingValue(0))
    }
    guard odd.count * 2 <= values.count else { return nil }
    let counts = column.counts()
    var losses = Self.infinite(infinite, variable.name)
    let rows = odd.reduce(0) { $0 + counts[$1] }
    if rows > 0 {
      let list = odd.prefix(3).map { "'\(column.categories[$0].code)'" }.joined(separator: ", ")
      losses.append(
        (
          "dates",
          "'\(variable.name)' is no date in \(rows == 1 ? "1 row" : "\(rows) rows"), which became missing: "
            + list + (odd.count > 3 ? " and \(odd.count - 3) more" : "")
        ))
    }
    return (values + column.missing.indices.map(NumericColumn.missingValue), losses)
  }

  private static func infinite(_ count: Int, _ name: String) -> [(what: String, text: String)] {
    count == 0 ? [] : [("infinite", "'\(name)' holds infinite values, which became missing")]
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

  /// The bytes of text that SPSS keeps room for; nil where nobody says.
  var statedWidth: Int? { isText ? variable.format.flatMap(SPSSFormat.textWidth) : nil }

  /// The longest text, in bytes of UTF-8.
  var longestText: Int {
    switch cells {
    case .codedText(_, let texts), .texts(let texts): texts.lazy.map(\.utf8.count).max() ?? 0
    case .coded, .numbers: 0
    }
  }
}
