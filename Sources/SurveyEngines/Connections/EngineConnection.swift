internal import CADBC
internal import Glibc

/// A connection to an engine, used by one thread at a time; only ``cancel()`` may come from another, and ``progress()``
/// where the driver bears it.
final class EngineConnection: @unchecked Sendable {
  private let driver: Driver
  private let database = Handle()
  private let connection = Handle()
  private let running = RunningStatement()

  /// A handle of a driver, at a place in memory that stays.
  private final class Handle {
    let pointer = UnsafeMutablePointer<AdbcHandle>.allocate(capacity: 1)
    var isOpen = false
    init() { pointer.initialize(to: AdbcHandle()) }
    deinit { pointer.deallocate() }
  }

  /// Opens a database and connects to it.
  ///
  /// - Parameters:
  ///   - driver: The driver.
  ///   - options: Options of the database, by their names.
  ///   - connecting: Options of the connection.
  /// - Throws: ``DriverFault``. Some engines are not asked before the first query.
  init(
    _ driver: Driver, options: [(name: String, value: String)],
    connecting: [(name: String, value: String)] = []
  ) throws(DriverFault) {
    self.driver = driver
    let functions = driver.functions.pointee
    try check { functions.databaseNew?(database.pointer, $0) }
    database.isOpen = true
    database.pointer.pointee.private_driver = UnsafeMutableRawPointer(driver.functions)
    for option in options {
      try check { functions.databaseSetOption?(database.pointer, option.name, option.value, $0) }
    }
    try check { functions.databaseInit?(database.pointer, $0) }
    try check { functions.connectionNew?(connection.pointer, $0) }
    connection.isOpen = true
    connection.pointer.pointee.private_driver = UnsafeMutableRawPointer(driver.functions)
    try check { functions.connectionInit?(connection.pointer, database.pointer, $0) }
    for option in connecting {
      try check {
        functions.connectionSetOption?(connection.pointer, option.name, option.value, $0)
      }
    }
  }

  deinit {
    var ignored = AdbcError()
    let functions = driver.functions.pointee
    if connection.isOpen { _ = functions.connectionRelease?(connection.pointer, &ignored) }
    ignored.release?(&ignored)
    ignored = AdbcError()
    if database.isOpen { _ = functions.databaseRelease?(database.pointer, &ignored) }
    ignored.release?(&ignored)
  }

  private func check(
    _ call: (UnsafeMutablePointer<AdbcError>) -> AdbcStatus?
  ) throws(DriverFault) {
    try DriverFault.check(hasDetails: driver.isNew, call)
  }

  /// Runs a statement and reads all that it gives.
  ///
  /// - Parameter taking: What takes each batch away as it comes; nil keeps all.
  /// - Throws: ``DriverFault``, also when the engine breaks off after some rows, of which nothing is left; ``SurveyError``
  ///   for columns that do not fit their schema.
  func result(
    of sql: String, taking take: ((ArrowResult) throws -> Void)? = nil
  ) throws -> ArrowResult {
    let functions = driver.functions.pointee
    let statement = Handle()
    try check { functions.statementNew?(connection.pointer, statement.pointer, $0) }
    defer {
      var ignored = AdbcError()
      _ = functions.statementRelease?(statement.pointer, &ignored)
      ignored.release?(&ignored)
    }
    statement.pointer.pointee.private_driver = UnsafeMutableRawPointer(driver.functions)
    try check { functions.statementSetSqlQuery?(statement.pointer, sql, $0) }
    return try running.with(
      .init(cancel: canceller(of: statement), progress: progress(of: statement))
    ) {
      var stream = ArrowArrayStream()
      var rows: Int64 = -1
      try check { functions.statementExecuteQuery?(statement.pointer, &stream, &rows, $0) }
      // Drivers written in Go do not clear it, so that it is not looked at again.
      defer { stream.release?(&stream) }
      return try ArrowResult(reading: &stream, taking: take) { fault(of: $0, $1) }
    }
  }

  /// What the driver says of a stream that broke off.
  private func fault(
    of stream: UnsafeMutablePointer<ArrowArrayStream>, _ number: Int32
  ) -> DriverFault {
    if driver.isNew, let errorOf = driver.functions.pointee.errorFromArrayStream {
      var status: AdbcStatus = 0
      if let error = errorOf(stream, &status)?.pointee, error.message != nil {
        return DriverFault(status, error)
      }
    }
    let words = stream.pointee.get_last_error?(stream).map { String(cString: $0) }
    return DriverFault(
      status: number == ECANCELED ? 11 : 10, message: words ?? String(cString: strerror(number)))
  }

  /// What cancels a statement, and says whether the driver can.
  private func canceller(of statement: Handle) -> @Sendable () -> Bool {
    guard driver.isNew, let cancel = driver.functions.pointee.statementCancel else {
      return { false }
    }
    let place = UInt(bitPattern: statement.pointer)
    return {
      var error = AdbcError()
      defer { error.release?(&error) }
      return cancel(UnsafeMutablePointer(bitPattern: place), &error) == 0
    }
  }

  /// What tells how much of a statement is done.
  private func progress(of statement: Handle) -> @Sendable () -> Double? {
    guard driver.isNew, let option = driver.functions.pointee.statementGetOptionDouble else {
      return { nil }
    }
    let place = UInt(bitPattern: statement.pointer)
    return {
      func number(_ name: String) -> Double? {
        var error = AdbcError()
        defer { error.release?(&error) }
        var number = 0.0
        let status = option(UnsafeMutablePointer(bitPattern: place), name, &number, &error)
        return status == 0 && number.isFinite ? number : nil
      }
      guard let done = number("adbc.statement.exec.progress"), done >= 0,
        let all = number("adbc.statement.exec.max_progress"), all > 0
      else { return nil }
      return done / all
    }
  }

  /// Gives up what was begun, so that the next statement starts anew after a fault.
  func rollBack() {
    var ignored = AdbcError()
    _ = driver.functions.pointee.connectionRollback?(connection.pointer, &ignored)
    ignored.release?(&ignored)
  }

  /// Asks the engine to end what it is doing; the query that runs then throws a fault that is ``DriverFault/isCancelled``.
  ///
  /// - Returns: Whether the driver can; true where nothing runs.
  func cancel() -> Bool { running.cancel() }

  /// How much is done of the query that runs, from 0 to 1; nil where the driver does not tell.
  func progress() -> Double? { running.progress() }

  /// Names and versions of the engine and the driver, as far as they are known.
  func info() -> EngineInfo {
    guard let getInfo = driver.functions.pointee.connectionGetInfo else { return EngineInfo() }
    var stream = ArrowArrayStream()
    let codes: [UInt32] = [0, 1, 100, 101]
    do {
      try check { getInfo(connection.pointer, codes, codes.count, &stream, $0) }
    } catch { return EngineInfo() }
    defer { stream.release?(&stream) }
    return EngineInfo(reading: &stream)
  }
}
