internal import Glibc
internal import SurveyData
internal import SurveyReaders

/// Finds drivers by name, as the driver manager of ADBC does, and in Python's wheels besides.
struct DriverSearch {
  /// The value of a variable of the environment.
  let environment: @Sendable (String) -> String?

  init(
    environment: @escaping @Sendable (String) -> String? = {
      getenv($0).map { String(cString: $0) }
    }
  ) { self.environment = environment }

  /// The folders of manifests, in the order in which they are looked through.
  var folders: [String] { listed("ADBC_DRIVER_PATH") + standing("drivers") }

  /// The folders of connection profiles.
  var profileFolders: [String] { listed("ADBC_PROFILE_PATH") + standing("profiles") }

  private func listed(_ variable: String) -> [String] {
    value(variable)?.split(separator: ":").map(String.init) ?? []
  }

  private func standing(_ kind: String) -> [String] {
    let environments = ["VIRTUAL_ENV", "CONDA_PREFIX"].compactMap(value).map {
      "\($0)/etc/adbc/\(kind)"
    }
    #if os(macOS)
    let own = value("HOME").map { "\($0)/Library/Application Support/ADBC/\(kind.capitalized)" }
    let all = "/Library/Application Support/ADBC/\(kind.capitalized)"
    #else
    let own = (value("XDG_CONFIG_HOME") ?? value("HOME").map { "\($0)/.config" })
      .map { "\($0)/adbc/\(kind)" }
    let all = "/etc/adbc/\(kind)"
    #endif
    return environments + [own].compactMap { $0 } + [all]
  }

  private func value(_ name: String) -> String? {
    environment(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The places where a driver may be, the likeliest first.
  ///
  /// - Parameter name: A name such as `duckdb`, or an absolute path.
  /// - Throws: ``SurveyError`` for a relative path, an unreadable manifest, and where there is no such driver.
  func locations(of name: String) throws -> [DriverLocation] {
    if name.contains("/") { return [try location(at: name)] }
    for folder in folders {
      let path = "\(folder)/\(name).toml"
      if Self.exists(path), let found = try manifest(path) { return [found] }
    }
    let wheels = wheels(of: name)
    return wheels.isEmpty
      ? (["libadbc_driver_\(name)"] + (name == "duckdb" ? ["libduckdb"] : []))
        .map { DriverLocation(library: "\($0).\(Platform.ending)") }
      : wheels.map { DriverLocation(library: $0) }
  }

  private func location(at path: String) throws -> DriverLocation {
    guard path.hasPrefix("/") else {
      throw SurveyError(
        .usage, at: path, "a driver is named by its name or by its whole path",
        remedy: "Write the path from / on.")
    }
    let hasEnding = path.split(separator: "/").last?.contains(".") ?? false
    let file = !hasEnding && Self.exists(path + ".toml") ? path + ".toml" : path
    guard Self.exists(file) else {
      throw SurveyError(
        .input, at: path, "no such driver",
        remedy: "Look where it was installed; its library ends in .\(Platform.ending).")
    }
    guard file.hasSuffix(".toml") else { return DriverLocation(library: file) }
    guard let found = try manifest(file) else {
      throw SurveyError(
        .input, at: file, "has no library for this machine, \(Platform.name)",
        remedy: "Install the driver for it, or name another.")
    }
    return found
  }

  private func manifest(_ path: String) throws -> DriverLocation? {
    let file = try FileBytes(path)
    let text = withExtendedLifetime(file) { String(decoding: file.bytes, as: UTF8.self) }
    return try DriverLocation(manifest: TOMLValues(parsing: text, name: path), at: path)
  }

  /// The libraries of Python's package of a driver in the virtual environment that is active.
  private func wheels(of name: String) -> [String] {
    guard let root = value("VIRTUAL_ENV") else { return [] }
    let package = "site-packages/adbc_driver_\(name)/libadbc_driver_\(name).\(Platform.ending)"
    var found = glob_t()
    defer { globfree(&found) }
    guard glob("\(root)/lib/python3*/\(package)", 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
  }

  /// What is said where no driver of a name is found.
  func missing(_ name: String) -> SurveyError {
    SurveyError(
      .input, at: name,
      "no ADBC driver of that name in \(folders.joined(separator: ", ")), nor among the system's libraries",
      remedy: Self.install(name))
  }

  private static func install(_ name: String) -> String {
    let wheel =
      ["sqlite", "postgresql", "flightsql", "spark"].contains(name)
      ? "`pip install adbc-driver-\(name)` in a virtual environment that is active, or " : ""
    return
      "Install it: \(wheel)`dbc install \(name == "spark" ? "--pre spark" : name)`; or name its library under "
      + "`driver:` in an engine file."
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
