internal import SurveyData

/// Where the library of a driver is, and by what name it hands over its functions.
struct DriverLocation: Equatable {
  /// A path, or a name that the system's loader knows.
  let library: String
  /// The function that a manifest names; nil leaves it to ``entryNames``.
  var entry: String?

  /// The functions that may be the door, in the order in which they are tried.
  var entryNames: [String] {
    if let entry { return [entry] }
    let name = Self.entryName(ofLibrary: library)
    return ["duckdb_adbc_init"].filter { _ in library.contains("duckdb") } + [
      name, "AdbcDriverInit",
    ]
  }

  /// The function's name that follows from a library's: `libadbc_driver_sqlite.so` has `AdbcDriverSqliteInit`.
  static func entryName(ofLibrary path: String) -> String {
    var stem = path.split(separator: "/").last ?? ""
    stem = stem.prefix { $0 != "." }
    if stem.hasPrefix("lib") { stem = stem.dropFirst(3) }
    let name = stem.split { $0 == "_" || $0 == "-" }
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return (name.hasPrefix("Adbc") ? "" : "Adbc") + name + "Init"
  }

  init(library: String, entry: String? = nil) {
    self.library = library
    self.entry = entry
  }

  /// What a manifest says; nil where it has nothing for this machine.
  /// - Throws: ``SurveyError`` for a manifest of another version, and for one that names no library.
  init?(manifest values: TOMLValues, at path: String) throws {
    if let version = values["manifest_version"], version != "1" {
      throw SurveyError(
        .input, at: path,
        "is a manifest of version \(version), and this Vekt knows version 1",
        remedy: "Name the driver's library itself under `driver:`.")
    }
    if let shared = values["Driver.shared"] {
      library = shared
    } else if let shared = values["Driver.shared.\(Platform.name)"] {
      library = shared
    } else if values.below("Driver.shared").isEmpty {
      throw SurveyError(
        .input, at: path, "names no library: there is no `shared` under [Driver]",
        remedy: "Name the driver's library itself under `driver:`.")
    } else {
      return nil
    }
    entry = values["Driver.entrypoint"]
  }
}
