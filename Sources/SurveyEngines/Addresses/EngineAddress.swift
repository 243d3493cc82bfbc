internal import Glibc
package import SurveyData
internal import SurveyReaders

/// Where a table is and how its engine is reached: an address on the command line, or an engine file.
public struct EngineAddress: Sendable {
  /// As the user gave it.
  public let text: String
  /// How the engine wants its queries.
  var dialect: Dialect
  /// The driver's name, or the path of its library.
  var driver: String
  /// What the driver is told before it connects.
  var options: [Option] = []
  /// What is read.
  var relation: Relation
  /// Texts that nobody may see.
  var secrets = Secrets([])
  /// Statements that come before the first query.
  var before: [String] = []
  /// What a query may take.
  var limits = QueryLimits()
  /// Whether somebody connects to it; otherwise neither its file nor its secrets need be here.
  var isAsked = true
  /// When people come one by one.
  var people = PeoplePolicy.auto
  /// Columns whose numbers are rounded down in the engine, each to multiples of a whole number.
  var rounding: [String: Int] = [:]
  /// How a file of text is written; nil where nobody has said.
  var form: CSVForm?
  /// The files here that are read, or that say what is.
  public private(set) var files: [String] = []
  /// The file that the address names, beside which a codebook may stand; nil for a server.
  var file: String?

  /// A name and a value that a driver knows.
  struct Option: Equatable, Sendable {
    let name: String
    let value: String
    init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
  }

  /// The beginnings of addresses.
  private static let schemes = [
    "sqlite:", "duckdb:", "postgresql://", "postgres://", "sc://", "spark://", "flightsql://",
  ]

  /// The forms that an address can have.
  public static let forms =
    "Addresses are sqlite:FILE#TABLE, duckdb:FILE#TABLE, duckdb:'PATH/*.parquet', postgresql://USER@HOST/DB#TABLE, "
    + "sc://HOST:15002#TABLE, and files that end in .engine.yaml."

  /// Whether a word is meant as an address, and not as a file of answers.
  public static func isAddress(_ text: String) -> Bool {
    if isEngineFile(text) || schemes.contains(where: text.hasPrefix) { return true }
    guard let colon = text.firstRange(of: "://") else { return false }
    return text[..<colon.lowerBound].allSatisfy { $0.isLetter || "+:-.".contains($0) }
  }

  /// An address of which the files are named from a folder, as they are from where the program runs; nil for what is no
  /// address, and for an engine file.
  public static func named(_ text: String, from folder: String) -> String? {
    guard isAddress(text), !isEngineFile(text) else { return nil }
    guard let scheme = ["sqlite:", "duckdb:"].first(where: text.hasPrefix) else { return text }
    var path = text.dropFirst(scheme.count)
    let mark = path.prefix { $0 == "'" || $0 == "\"" }
    path = path.dropFirst(mark.count)
    return path.hasPrefix("/") || folder.isEmpty ? text : "\(scheme)\(mark)\(folder)/\(path)"
  }

  /// Whether a word names an engine file.
  static func isEngineFile(_ text: String) -> Bool {
    text.hasSuffix(".engine.yaml") || text.hasSuffix(".engine.yml")
  }

  /// Where the codebook stands unless somebody says otherwise; nil where an address names no file.
  public var codebookPath: String? {
    guard let stem = file else { return nil }
    let path = "\(stem).codebook.yaml"
    return access(path, F_OK) == 0 ? path : nil
  }

  /// Reads an address, or the engine file that it names.
  ///
  /// - Parameter isAsked: Whether somebody connects to it; otherwise neither its file nor its secrets need be here.
  /// - Throws: ``SurveyError`` for what is no address, for a password within it, and for a file that is not there.
  public init(parsing text: String, isAsked: Bool = true) throws {
    if Self.isEngineFile(text) {
      self = try EngineFile(text, isAsked: isAsked).address
      files.append(text)
      return
    }
    guard let scheme = Self.schemes.first(where: text.hasPrefix) else {
      throw SurveyError(.usage, at: text, "is no address that is known", remedy: Self.forms)
    }
    try SecretWords.refuse(in: text)
    let rest = text.dropFirst(scheme.count)
    switch scheme {
    case "sqlite:", "duckdb:":
      try self.init(
        file: rest, of: Dialect(scheme == "sqlite:" ? .sqlite : .duckdb), in: text, isAsked)
    case "flightsql://":
      throw SurveyError(
        .usage, at: text, "Flight SQL does not say which words its engine knows",
        remedy:
          "Write an engine file: `engine: spark`, `driver: flightsql`, `uri: grpc+tls://HOST:PORT`, `table: …`."
      )
    default:
      let mark = text.firstIndex(of: "#")
      let isSpark = scheme == "sc://" || scheme == "spark://"
      let server = mark.map { String(text[..<$0]) } ?? text
      // `sc://HOST/TABLE`, where no parameters stand.
      let path = isSpark && mark == nil ? server.dropFirst(scheme.count).firstIndex(of: "/") : nil
      guard
        let table = mark.map({ text[$0...].dropFirst() })
          ?? path.map({ server[$0...].dropFirst() }),
        !table.isEmpty
      else {
        throw SurveyError(
          .usage, at: text, "names no table", remedy: "Write it behind #: \(server)#TABLE")
      }
      self.init(
        text, Dialect(isSpark ? .spark : .postgresql), try Self.relation(table, isSpark: isSpark))
      // libpq takes it by itself.
      secrets = Secrets([getenv("PGPASSWORD").map { String(cString: $0) } ?? ""])
      options = [Option("uri", path.map { String(server[..<$0]) } ?? server)]
    }
  }

  /// An address of which the engine and the table are known.
  init(_ text: String, _ dialect: Dialect, _ relation: Relation) {
    (self.text, self.dialect, self.relation) = (text, dialect, relation)
    driver = dialect.driver
  }

  /// `FILE#TABLE`, or files that DuckDB reads, perhaps in quotation marks.
  private init(
    file rest: Substring, of dialect: Dialect, in text: String, _ isAsked: Bool
  ) throws {
    let mark = rest.lastIndex(of: "#")
    var path = String(mark.map { rest[..<$0] } ?? rest)
    if path.count > 1, path.first == "'" || path.first == "\"", path.last == path.first {
      path = String(path.dropFirst().dropLast())
    }
    guard !path.isEmpty else {
      throw SurveyError(.usage, at: text, "names no file", remedy: Self.forms)
    }
    if let mark {
      self.init(text, dialect, .table(try TableName(parsing: rest[mark...].dropFirst())))
      self.isAsked = isAsked
      try setFile(path)
    } else if dialect == .duckdb, Self.isTableFile(path) {
      self.init(text, dialect, .files(path))
      try setFile(nil)
      file = Self.stem(path)
    } else {
      throw SurveyError(
        .usage, at: text, "names no table", remedy: "Write it behind #: \(text)#TABLE")
    }
  }

  /// The database file of an engine in this process, opened for reading only; nil for none, where files are read.
  mutating func setFile(_ path: String?) throws {
    if let path, isAsked, access(path, R_OK) != 0 {
      throw SurveyError(.input, at: path, "cannot be opened: \(String(cString: strerror(errno)))")
    }
    file = path.map(Self.stem)
    if let path {
      files.append(path)
    } else if case .files(let path) = relation {
      files += Self.files(like: path)
    }
    let isolated = Option("autoinstall_known_extensions", "false")
    switch (dialect.name, path) {
    case (.sqlite, let path?):
      let escaped = path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing(
        "#", with: "%23")
      options.append(Option("uri", "file:\(escaped)?mode=ro"))
    case (.duckdb, let path?):
      options += [Option("path", path), Option("access_mode", "read_only"), isolated]
    case (.duckdb, nil): options.append(isolated)
    default: break
    }
  }

  private static func relation(_ text: Substring, isSpark: Bool) throws -> Relation {
    isSpark && text.hasPrefix("parquet:")
      ? .files(String(text.dropFirst("parquet:".count))) : .table(try TableName(parsing: text))
  }

  /// The files of a pattern, and the one of that very name.
  private static func files(like pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0, let paths = found.gl_pathv else { return [pattern] }
    return [pattern]
      + (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
  }

  /// Takes what a codebook states of a file of text, and what the file shows.
  /// - Throws: ``SurveyError`` of kind usage for a file that the engine would read otherwise than Vekt.
  package mutating func state(_ statement: FileStatement) throws {
    guard case .files(let path) = relation, relation.isText else { return }
    let isHere = path.lowercased().hasSuffix(".csv") && access(path, R_OK) == 0
    form =
      try isHere
      ? CSVForm(of: path, stated: statement, for: dialect.title)
      : CSVForm(stated: statement, at: path, for: dialect.title)
  }

  private static func isTableFile(_ path: String) -> Bool {
    [".parquet", ".csv", ".csv.gz"].contains(where: path.lowercased().hasSuffix)
  }

  /// A path without its ending.
  static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return path }
    return String(path.dropLast(name[dot...].count))
  }
}

/// What a query may take.
struct QueryLimits: Equatable, Sendable {
  /// The most people who come one by one.
  var rows = 20_000_000
  /// Bytes for the cells or the people of one query.
  var memory = 2 << 30
  /// Seconds until a query is cancelled; nil means that it is waited for.
  var seconds: Int?

  /// The most cells of so many columns.
  func cells(columns: Int) -> Int {
    max(1, memory / (Self.bytesOfCell + Self.bytesOfValue * columns))
  }

  /// What a cell takes from its batch to the end of an analysis, besides its values; measured with 10⁵ to 10⁶ cells of
  /// whole numbers.
  private static let bytesOfCell = 100
  /// What a value of it takes.
  private static let bytesOfValue = 40
}
