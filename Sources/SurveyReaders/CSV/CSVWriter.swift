public import SurveyData

/// Writes the answers of a dataset as CSV: codes as they are, missing codes too, an empty field for
/// the system-missing value.
public struct CSVWriter {
  /// How the file is written.
  public enum Dialect: Sendable {
    /// RFC 4180: comma, decimal point, UTF-8 without a byte order mark, line feeds.
    case standard
    /// For Excel in Norwegian: semicolon, decimal comma, byte order mark, CRLF; text that a
    /// spreadsheet would run as a formula gets an apostrophe in front.
    case excel
  }

  /// Writes all variables, derived ones too.
  ///
  /// - Parameters:
  ///   - dataset: The answers.
  ///   - path: The file, which appears whole or not at all.
  ///   - dialect: How it is written.
  /// - Returns: What CSV cannot hold, each as a note `convert.loss.…`.
  /// - Throws: ``SurveyError`` when the data cannot be read or the file not be written.
  /// - Complexity: O(rows × columns).
  public static func write(
    _ dataset: Dataset, to path: String, dialect: Dialect = .standard
  ) throws -> [Note] {
    let export = try Export(
      dataset, to: path, language: nil, hasCodebook: dialect == .standard, keepsTexts: true)
    var writer = CSVWriter(dialect: dialect)
    for (index, column) in export.columns.enumerated() {
      writer.add(column.variable.name, isLast: index == export.columns.count - 1)
    }
    let fields = export.columns.map { CSVFields($0, dialect: dialect) }
    for row in 0..<export.rowCount {
      for (index, field) in fields.enumerated() {
        if index > 0 { writer.bytes.append(writer.delimiter) }
        field.append(row, to: &writer.bytes)
      }
      writer.endLine()
    }
    try OutputFile.write(writer.bytes, to: path)
    return export.notes.filter { $0.id == "convert.loss.infinite" }
      + export.columns.compactMap { Self.loss(of: $0, path: path) }
  }

  /// A value that the file stands for by a range of codes is not known any more, nor are texts told
  /// apart by the spaces around them.
  private static func loss(of column: ExportedColumn, path: String) -> Note? {
    if case .codedText(_, let texts) = column.cells,
      Set(texts.map(\.asField)).count < Set(texts).count
    {
      return Note(
        .warning, id: "convert.loss.spaces",
        "'\(column.variable.name)' has texts that differ by the spaces around them only, and become one",
        at: path)
    }
    let ranges = zip(column.missing, column.occurring).filter { code, occurs in
      if case .range = code.values { occurs } else { false }
    }
    guard !ranges.isEmpty else { return nil }
    return Note(
      .warning, id: "convert.loss.missing-values",
      "'\(column.variable.name)' has missing answers in the range "
        + ranges.map { $0.0.text }.joined(separator: ", ") + ", whose own codes become empty",
      at: path)
  }

  fileprivate var bytes: [UInt8]
  private let dialect: Dialect

  private init(dialect: Dialect) {
    self.dialect = dialect
    bytes = dialect == .excel ? [0xEF, 0xBB, 0xBF] : []
  }

  private var delimiter: UInt8 { dialect.delimiter }

  private mutating func add(_ name: String, isLast: Bool) {
    bytes += dialect.field(name)
    if isLast { endLine() } else { bytes.append(delimiter) }
  }

  private mutating func endLine() {
    if dialect == .excel { bytes.append(13) }
    bytes.append(10)
  }
}

/// The fields of a column, ready as bytes where there are few different ones.
private struct CSVFields {
  private enum Source {
    case ready(Positions, [[UInt8]])
    case numbers([Double], missing: [[UInt8]])
    case texts([String])
  }

  private let source: Source
  private let dialect: CSVWriter.Dialect

  init(_ column: ExportedColumn, dialect: CSVWriter.Dialect) {
    self.dialect = dialect
    let missing = column.missing.map { code -> [UInt8] in
      if case .code(let text) = code.values, code != CodeScheme.implausible {
        return dialect.field(text)
      }
      return []
    }
    switch column.cells {
    case .coded(let positions, let values):
      let fields = values.map { value in
        value.isNaN
          ? missing[NumericColumn.missingIndex(value)]
          : dialect.number(column.notation.text(value))
      }
      source = .ready(positions, fields)
    case .codedText(let positions, let texts): source = .ready(positions, texts.map(dialect.field))
    case .numbers(let numbers): source = .numbers(numbers, missing: missing)
    case .texts(let texts): source = .texts(texts)
    }
  }

  func append(_ row: Int, to bytes: inout [UInt8]) {
    switch source {
    case .ready(let positions, let fields): bytes += fields[positions[row]]
    case .texts(let texts): bytes += dialect.field(texts[row])
    case .numbers(let numbers, let missing):
      let number = numbers[row]
      bytes +=
        number.isNaN
        ? missing[NumericColumn.missingIndex(number)] : dialect.number(canonicalCode(number))
    }
  }
}

extension CSVWriter.Dialect {
  fileprivate var delimiter: UInt8 { self == .excel ? UInt8(ascii: ";") : UInt8(ascii: ",") }

  /// A number with this dialect's decimal sign.
  fileprivate func number(_ text: String) -> [UInt8] {
    guard self == .excel else { return Array(text.utf8) }
    return text.utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: ",") : $0 }
  }

  /// A text as a field, in quotation marks where it needs them.
  func field(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    if self == .excel, let first = bytes.first, "=+-@\t\r".utf8.contains(first) {
      bytes.insert(UInt8(ascii: "'"), at: 0)
    }
    let quote = UInt8(ascii: "\"")
    let isPlain = bytes.allSatisfy { $0 != quote && $0 != delimiter && $0 != 10 && $0 != 13 }
    let isPadded = bytes.first == 32 || bytes.last == 32
    guard !isPlain || isPadded else { return bytes }
    return [quote] + bytes.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }
}
