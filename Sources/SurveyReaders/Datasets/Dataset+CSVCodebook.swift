public import SurveyData

extension Dataset {
  /// The codebook of the CSV file that ``write(to:language:)`` makes: the same labels and missing
  /// codes, derived variables as the columns that they have become.
  public func codebookOfCSV(at path: String) throws -> Codebook {
    var book = codebook
    try load(namesOfCSV.map { ($0, ExportedColumn.view(of: try described($0))) })
    book.variables = try namesOfCSV.map { name in
      try asWritten(name, trimming: true)
    }
    book.derived = []
    book.path = nil
    book.file = FileStatement()
    // Every column has its own.
    book.defaultMissing = DefaultMissing()
    book.file.path = path.split(separator: "/").last.map(String.init)
    book.file.format = "csv"
    book.file.delimiter = ","
    book.file.decimal = "."
    book.file.encoding = "utf-8"
    book.file.isPartial = codebook.file.isPartial
    book.file.rows = try rowCount
    return book
  }

  /// The most missing codes in a range that a codebook lists one by one.
  private static let mostListed = 30

  /// A variable as its rows are, of which a CSV file marks nothing but by its codebook: the tagged
  /// missing values, those in a range of missing ones, and numbers with decimals.
  ///
  /// - Parameter trimming: Whether spaces around texts are no part of them, as in a CSV file.
  func asWritten(_ name: String, trimming: Bool = false) throws -> Variable {
    var found = try variable(name)
    found.isFromFile = false
    let column = try ExportedColumn(name, of: self)
    var unlisted = zip(column.missing, column.occurring).filter { code, occurs in
      occurs && code.range == nil && code != .system && code != CodeScheme.implausible
        && !found.missing.contains { $0.values == code.values }
    }.map(\.0)
    // Numbers in a range that many have are known by the range.
    if unlisted.count > Self.mostListed, column.notation == .number {
      unlisted.removeAll { !$0.text.isTaggedMissing }
    }
    found.missing += unlisted
    guard !column.isText else {
      // The width of the longest text says itself.
      let isUsual = column.variable.format == "A\(max(1, column.longestText))"
      (found.format, found.writeFormat) = (
        isUsual ? nil : column.variable.format, column.variable.writeFormat
      )
      return trimming ? found.withoutOuterSpaces : found
    }
    (found.format, found.writeFormat) = (column.variable.format, column.variable.writeFormat)
    let hasFractions = found.hasFractions || column.validNumbers.contains { $0 != $0.rounded() }
    if found.type == .integer, hasFractions {
      found.type = .decimal
    }
    return found
  }
}

extension Variable {
  /// The variable with its codes as a CSV file is read, where spaces around a text are no part of it.
  fileprivate var withoutOuterSpaces: Self {
    var (trimmed, seen) = (self, Set<String>())
    trimmed.categories = categories.map { Category($0.code.asField, label: $0.label) }
      .filter { !$0.code.isEmpty && seen.insert($0.code).inserted }
    trimmed.missing = missing.map { code in
      guard case .code(let text) = code.values else { return code }
      return MissingCode(.code(text.asField), reason: code.reason, label: code.label)
    }.filter { $0 == .system || !$0.text.isEmpty && seen.insert($0.text).inserted }
    return trimmed
  }
}
