internal import CADBC
internal import SurveyData

/// What a driver said when it could not do what it was asked.
struct DriverFault: Error, Equatable {
  /// What kind of fault it is, by the driver's number; weak evidence, since many say *internal* of everything.
  let status: UInt8
  /// The driver's words; may be empty.
  let message: String
  /// Five characters of the SQL standard; empty where the driver knows none.
  var sqlState = ""

  /// The first line of the driver's words, or what the number means.
  var firstLine: String {
    let line = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return line.isEmpty ? Self.meanings[Int(status)] ?? "an unknown fault (\(status))" : line
  }

  private static let meanings = [
    1: "an unknown fault", 2: "the driver cannot do this", 3: "not found", 4: "already exists",
    5: "an argument is not valid", 6: "the driver is not in a state for this",
    7: "the data are not valid",
    8: "the data break a rule", 9: "a fault inside the driver", 10: "the connection is broken",
    11: "cancelled", 12: "it took too long", 13: "the login was refused",
    14: "this is not permitted",
  ]

  /// Whether the work was cancelled.
  var isCancelled: Bool { status == 11 || sqlState == "57014" }

  /// The function is not there.
  static let notImplemented = DriverFault(status: 2, message: "")

  init(status: UInt8, message: String, sqlState: String = "") {
    (self.status, self.message, self.sqlState) = (status, message, sqlState)
  }

  /// Copies what an error holds.
  init(_ status: UInt8, _ error: AdbcError) {
    let state = withUnsafeBytes(of: error.sqlstate) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    self.init(
      status: status, message: error.message.map { String(cString: $0) } ?? "", sqlState: state)
  }

  /// Calls a function of a driver.
  ///
  /// - Parameters:
  ///   - hasDetails: Whether the driver is of version 1.1.
  ///   - call: The call; nil means that the driver has no such function.
  /// - Throws: ``DriverFault`` unless the call succeeds.
  static func check(
    hasDetails: Bool, _ call: (UnsafeMutablePointer<AdbcError>) -> AdbcStatus?
  ) throws(DriverFault) {
    var error = AdbcError()
    // Such a code says that the struct has the fields of version 1.1.
    error.vendor_code = hasDetails ? .min : 0
    let status = call(&error)
    defer { if error.message != nil || error.private_data != nil { error.release?(&error) } }
    guard let status else { throw .notImplemented }
    guard status == 0 else { throw DriverFault(status, error) }
  }
}
