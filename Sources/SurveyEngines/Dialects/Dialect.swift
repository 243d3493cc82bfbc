internal import Glibc
internal import SurveyData
internal import SurveyReaders

/// How an engine wants its queries: a value, so that a new engine is a new value.
struct Dialect: Sendable, Equatable {
  /// The engines that are known.
  enum Name: String, CaseIterable, Sendable { case sqlite, duckdb, postgresql, spark }

  let name: Name
  /// What it is called in sentences.
  let title: String
  /// Stands on both sides of a name.
  let quote: Character
  /// The type of numbers with decimals.
  let double: String
  /// The type of counts.
  let count: String
  /// The driver that speaks to it unless somebody names another.
  let driver: String
  /// Whether queries see one state of the data when they are not committed one by one.
  let hasSnapshots: Bool
  /// Statements that come before the first query.
  let opening: [String]
  /// Whether it knows no types of columns, but one of each value.
  let hasTypedValues: Bool

  /// Whether another thread may ask how far a query is; drivers of others may stop at that for ever.
  var tellsProgress: Bool { name == .duckdb }

  static let all: [Dialect] = [.sqlite, .duckdb, .postgresql, .spark]

  static let sqlite = Dialect(
    name: .sqlite, title: "SQLite", quote: "`", double: "REAL", count: "INTEGER", driver: "sqlite",
    hasSnapshots: true, opening: [], hasTypedValues: true)

  static let duckdb = Dialect(
    name: .duckdb, title: "DuckDB", quote: "\"", double: "DOUBLE", count: "BIGINT",
    driver: "duckdb",
    hasSnapshots: true, opening: [], hasTypedValues: false)

  static let postgresql = Dialect(
    name: .postgresql, title: "PostgreSQL", quote: "\"", double: "DOUBLE PRECISION",
    count: "BIGINT",
    driver: "postgresql", hasSnapshots: true,
    opening: ["SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"], hasTypedValues: false)

  static let spark = Dialect(
    name: .spark, title: "Spark", quote: "`", double: "DOUBLE", count: "BIGINT", driver: "spark",
    hasSnapshots: false, opening: [], hasTypedValues: false)

  /// The dialect of a name.
  init(_ name: Name) {
    self =
      switch name {
      case .sqlite: .sqlite
      case .duckdb: .duckdb
      case .postgresql: .postgresql
      case .spark: .spark
      }
  }

  private init(
    name: Name, title: String, quote: Character, double: String, count: String, driver: String,
    hasSnapshots: Bool, opening: [String], hasTypedValues: Bool
  ) {
    (self.name, self.title, self.quote, self.double) = (name, title, quote, double)
    (self.count, self.driver, self.hasSnapshots) = (count, driver, hasSnapshots)
    (self.opening, self.hasTypedValues) = (opening, hasTypedValues)
  }

  /// A name as it stands in a query.
  func quoted(_ name: String) -> String {
    "\(quote)\(name.replacing(String(quote), with: "\(quote)\(quote)"))\(quote)"
  }

  /// A column of the table that queries call `t`.
  func column(_ name: String) -> String { "t.\(quoted(name))" }

  /// A text as it stands in a query; only paths of files do.
  func text(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }

  /// The names of the tables beside one, in the last column of texts.
  func tables(like table: TableName) -> String {
    let schema = table.parts.dropLast().map(quoted).joined(separator: ".")
    return switch name {
    case .sqlite: "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
    case .duckdb, .postgresql:
      "SELECT table_name FROM information_schema.tables WHERE table_schema NOT IN ('information_schema', 'pg_catalog')"
    case .spark: "SHOW TABLES\(schema.isEmpty ? "" : " IN \(schema)")"
    }
  }

  /// What stands behind FROM; nil where the engine does not read such files.
  ///
  /// - Parameter form: How a file of text is written.
  func source(_ relation: Relation, form: CSVForm? = nil) -> String? {
    switch relation {
    case .table(let table): table.parts.map(quoted).joined(separator: ".")
    case .files(let path):
      switch name {
      case .duckdb:
        relation.isText
          ? readCSV(path, form) : "read_parquet(\(text(Self.pattern(path))))"
      case .spark: "parquet.\(quoted(path))"
      case .sqlite, .postgresql: nil
      }
    }
  }
}

extension Dialect {
  /// A file of text as DuckDB reads it, which would guess from the first rows what nobody says.
  private func readCSV(_ path: String, _ form: CSVForm?) -> String {
    let quote = text(form?.hasQuotes ?? true ? "\"" : "")
    let delimiter = form?.delimiter.map { ", delim = \(text(String($0)))" } ?? ""
    return "read_csv(\(text(Self.pattern(path))), all_varchar = true, header = true\(delimiter), "
      + "quote = \(quote), escape = \(quote), comment = '')"
  }

  /// A path in which signs of patterns stand for themselves, where there is a file of that very name.
  private static func pattern(_ path: String) -> String {
    guard access(path, F_OK) == 0 else { return path }
    return String(path.flatMap { "[*?".contains($0) ? "[\($0)]" : String($0) })
  }
}

/// What is read: a table, or files that the engine sees.
enum Relation: Hashable, Sendable {
  case table(TableName)
  case files(String)

  /// Whether everything in it is text, also numbers.
  var isText: Bool {
    guard case .files(let path) = self else { return false }
    return [".csv", ".csv.gz"].contains(where: path.lowercased().hasSuffix)
  }
}
