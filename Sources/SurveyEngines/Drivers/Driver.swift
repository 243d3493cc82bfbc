internal import CADBC
internal import Glibc
internal import SurveyData

/// A driver's library, loaded, and its functions.
///
/// It stays loaded: drivers have threads of their own.
final class Driver: @unchecked Sendable {
  /// The functions.
  let functions: UnsafeMutablePointer<AdbcDriver>
  /// Whether it is of version 1.1; otherwise only the first 29 pointers mean anything.
  let isNew: Bool
  /// The library.
  let library: String

  /// Finds and loads a driver.
  ///
  /// - Parameters:
  ///   - name: Its name, or its whole path.
  ///   - search: Where it is looked for.
  /// - Throws: ``SurveyError`` of kind input with what to install, and for a library that is no driver.
  convenience init(named name: String, _ search: DriverSearch = DriverSearch()) throws {
    for location in try search.locations(of: name) {
      if let handle = dlopen(location.library, RTLD_NOW | RTLD_LOCAL) {
        self.init(try Self.functions(location, handle), location)
        return
      }
      // A name without a folder is a guess.
      guard !location.library.hasPrefix("/") else {
        if let other = Platform.otherProcessor(ofLibrary: location.library) {
          throw SurveyError(
            .input, at: location.library,
            "the driver is built for \(other), and this machine is \(Platform.processor)",
            remedy: "Install the driver for \(Platform.name).")
        }
        let reason = dlerror().map { String(cString: $0) } ?? ""
        throw SurveyError(
          .input, at: location.library, "the driver's library cannot be loaded: \(reason)",
          remedy: "It may be no library, or need one that is not here.")
      }
    }
    throw search.missing(name)
  }

  private init(
    _ found: (functions: UnsafeMutablePointer<AdbcDriver>, isNew: Bool), _ location: DriverLocation
  ) {
    (functions, isNew) = found
    library = location.library
  }

  /// A driver of which only the door is known, as in tests.
  convenience init(_ entry: AdbcEntry, called name: String) throws {
    self.init(try Self.open(entry, name), DriverLocation(library: name))
  }

  private static func functions(
    _ location: DriverLocation, _ handle: UnsafeMutableRawPointer
  ) throws -> (UnsafeMutablePointer<AdbcDriver>, Bool) {
    for name in location.entryNames {
      guard let symbol = dlsym(handle, name) else { continue }
      return try open(unsafeBitCast(symbol, to: AdbcEntry.self), location.library)
    }
    throw SurveyError(
      .input, at: location.library,
      "is no ADBC driver: it has no function \(location.entryNames.joined(separator: " or "))",
      remedy: "Name the function as `entrypoint` in a manifest, or another library.")
  }

  /// Asks for the functions of version 1.1, and of 1.0 where the driver refuses.
  private static func open(
    _ entry: AdbcEntry, _ library: String
  ) throws -> (UnsafeMutablePointer<AdbcDriver>, Bool) {
    let functions = UnsafeMutablePointer<AdbcDriver>.allocate(capacity: 1)
    var fault: DriverFault?
    for (version, isNew) in [(1_001_000 as Int32, true), (1_000_000, false)] {
      functions.initialize(to: AdbcDriver())
      do {
        try DriverFault.check(hasDetails: isNew) { entry(version, functions, $0) }
        return (functions, isNew)
      } catch { fault = error }
    }
    functions.deallocate()
    throw SurveyError(
      .input, at: library,
      "the driver refuses versions 1.1 and 1.0 of ADBC: \(fault?.firstLine ?? "")",
      remedy: "Install a driver that is newer, or another.")
  }
}
