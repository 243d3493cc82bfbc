internal import Dispatch
internal import SurveyData
internal import Synchronization

/// A table of an engine, reached by one connection, asked one question after the other.
final class EngineSession: Sendable {
  let address: EngineAddress
  let writer: QueryWriter
  private let connection: Mutex<EngineConnection>
  /// The table's columns.
  let columns: [EngineColumn]
  /// Who answers.
  let info: EngineInfo

  /// Connects, and asks for the columns of the table.
  ///
  /// - Parameter driver: The driver; nil means the one that the address names.
  /// - Throws: ``SurveyError`` for a driver that is not there, a server that does not answer or refuses the login, a table
  ///   that is not there.
  init(_ address: EngineAddress, driver: Driver? = nil) throws {
    guard var writer = QueryWriter(address.dialect, address.relation, form: address.form) else {
      throw SurveyError(.usage, at: address.text, "\(address.dialect.title) reads no files")
    }
    let driver = try driver ?? Driver(named: address.driver)
    self.address = address
    do {
      let opened = try EngineConnection(
        driver, options: address.options.map { ($0.name, $0.value) },
        connecting: address.dialect.hasSnapshots ? [("adbc.connection.autocommit", "false")] : [])
      info = opened.info()
      let columns = try Self.interruptible(opened, address) {
        for statement in address.dialect.opening + address.before {
          _ = try opened.result(of: statement)
        }
        do {
          return try opened.result(of: writer.columns).columns.map(EngineColumn.init)
        } catch let fault as DriverFault where !fault.isCancelled {
          throw try address.noTable(fault, opened)
        }
      }
      try address.requireRounded(among: columns.map(\.name))
      writer.names = Dictionary(
        columns.map { ($0.name, $0.name) }, uniquingKeysWith: { first, _ in first })
      (self.columns, self.writer) = (columns, writer)
      connection = Mutex(opened)
    } catch let fault as DriverFault {
      throw address.error(fault)
    }
    // What some engines make of files that are not there.
    guard !columns.isEmpty else {
      throw SurveyError(
        .input, at: address.text, "has no columns, as if it were not there",
        remedy: "Look at the name; files must be where the engine sees them.")
    }
    let names = Set(columns.map { $0.name.lowercased() })
    guard !names.isSuperset(of: [CellColumn.people, CellColumn.rows]) else {
      throw SurveyError(
        .usage, at: address.text, "holds cells, of which a row is several people",
        remedy: "Name the file of cells itself, a CSV file that needs no engine.")
    }
  }

  /// Asks a question and waits for the whole answer.
  ///
  /// - Parameter taking: What takes each batch away as it comes; nil keeps all.
  /// - Throws: ``SurveyError`` with the engine's own words.
  func result(
    of sql: String, taking take: ((ArrowResult) throws -> Void)? = nil
  ) throws -> ArrowResult {
    try connection.withLock { connection in
      try Self.interruptible(connection, address) {
        do { return try connection.result(of: sql, taking: take) } catch let fault as DriverFault {
          throw address.error(fault)
        } catch let error as SurveyError { throw error.located(at: address.text) }
      }
    }
  }

  /// Asks about a column of which an engine may know no answer, such as one that it cannot put in order.
  /// - Throws: ``SurveyError`` of kind data with the engine's own words, after which other questions can be asked.
  func look(_ sql: String) throws -> ArrowResult {
    try connection.withLock { connection in
      try Self.interruptible(connection, address) {
        do { return try connection.result(of: sql) } catch let fault as DriverFault {
          guard !fault.isCancelled else { throw address.error(fault) }
          do {
            connection.rollBack()
            for statement in address.dialect.opening + address.before {
              _ = try connection.result(of: statement)
            }
          } catch { throw address.error(fault) }
          throw SurveyError(.data, at: address.text, address.secrets.scrubbed(fault.firstLine))
        } catch let error as SurveyError { throw error.located(at: address.text) }
      }
    }
  }

  private static func interruptible<Result>(
    _ connection: EngineConnection, _ address: EngineAddress, _ run: () throws -> Result
  ) rethrows -> Result {
    // The signal's handler may live a moment longer than the query, and does not keep the connection.
    let cancel = { @Sendable [weak connection] in connection?.cancel() ?? true }
    let tells = address.dialect.tellsProgress
    let progress = { @Sendable [weak connection] in tells ? connection?.progress() : nil }
    return try Interruption.cancelling(cancel, after: address.limits.seconds) {
      try QueryProgress(of: address.dialect.title).during(progress, run)
    }
  }
}

/// A column of a table, as its engine describes it.
struct EngineColumn: Equatable, Sendable {
  /// Its name.
  let name: String
  /// What its values are; nil for a type that is no answer.
  let type: ArrowType?
  /// The type in Arrow's letters.
  let format: String

  init(_ column: ArrowResult.Column) {
    (name, type, format) = (column.name, column.type, column.format)
  }
}

extension EngineAddress {
  /// What a driver's fault is to the user.
  func error(_ fault: DriverFault) -> SurveyError {
    if fault.isCancelled {
      return SurveyError(
        .input, at: text,
        "the query was cancelled" + (limits.seconds.map { " after \($0) seconds" } ?? ""),
        remedy: limits.seconds.map { _ in "Allow more under `at_most: {seconds: …}`." })
    }
    let words = secrets.scrubbed(fault.firstLine)
    return SurveyError(.input, at: text, words, remedy: refusesAddress(words) ? Self.sparks : nil)
  }

  /// Whether a driver called *spark* does not want this address; the other of that name may.
  private func refusesAddress(_ words: String) -> Bool {
    dialect == .spark && driver.contains("spark")
      && ["unsupported scheme", "URI scheme", "missing required option: spark."].contains {
        words.contains($0)
      }
  }

  private static let sparks =
    "Two drivers are called spark: that of `pip install adbc-driver-spark` takes sc://HOST:15002, that of "
    + "`dbc install --pre spark` takes spark://HOST:15002?api=connect&auth_type=none. Change the address, or name the "
    + "library of the other under `driver:` in an engine file."

  /// What is said where the columns of a table cannot be read, with the nearest table.
  func noTable(_ fault: DriverFault, _ connection: EngineConnection) throws -> SurveyError {
    let error = error(fault)
    guard case .table(let table) = relation else { return error }
    connection.rollBack()
    // What cannot be listed is not offered.
    guard let found = try? connection.result(of: dialect.tables(like: table)),
      case .texts(let texts)? = found.columns.last(where: { $0.type?.isNumber == false })?.values
    else { return error }
    let names = texts.compactMap { $0 }.sorted()
    guard !names.contains(table.name) else { return error }
    return SurveyError(
      .input, at: text, "no table '\(table.name)' that can be read: \(error.problem)",
      remedy: suggestion(for: table.name, among: names)
        ?? (names.isEmpty
          ? nil
          : "There are \(names.prefix(10).joined(separator: ", "))\(names.count > 10 ? ", …" : "").")
    )
  }
}
