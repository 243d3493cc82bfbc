internal import Glibc
internal import SurveyData
internal import SurveyReaders

/// An address that is written down, with options, secrets and limits.
struct EngineFile {
  /// What the file says.
  let address: EngineAddress

  private static let keys = [
    "vekt", "engine", "uri", "table", "files", "driver", "options", "secrets", "before", "rows",
    "at_most", "round",
  ]

  /// Reads a file.
  /// - Throws: ``SurveyError`` with line and column for what it must not hold; for a secret that is not in the environment.
  init(
    _ path: String, isAsked: Bool = true,
    environment: @escaping @Sendable (String) -> String? = {
      getenv($0).map { String(cString: $0) }
    }
  ) throws {
    let file = try FileBytes(path)
    let text = withExtendedLifetime(file) { String(decoding: file.bytes, as: UTF8.self) }
    try self.init(YAMLNode(parsing: text, name: path), path, isAsked: isAsked, environment)
  }

  init(
    _ root: YAMLNode, _ path: String, isAsked: Bool = true,
    _ environment: @escaping @Sendable (String) -> String?
  ) throws {
    try root.refuseKeys(besides: Self.keys, of: "the engine file")
    guard try root["vekt"]?.text("vekt") == "1" else {
      throw SurveyError(
        .data, at: root["vekt"]?.place ?? path, "does not say `vekt: 1`, the version of the format",
        remedy: "Write `vekt: 1` on its first line.")
    }
    guard let engine = root["engine"] else {
      throw SurveyError(
        .data, at: path, "does not say which words its engine knows",
        remedy:
          "Write `engine:` and one of \(Dialect.all.map(\.name.rawValue).joined(separator: ", ")).")
    }
    let dialect = Dialect(try engine.word("engine", Dialect.Name.self))
    var address = EngineAddress(path, dialect, try Self.relation(root, dialect, path))
    address.isAsked = isAsked
    address.secrets = Secrets([environment("PGPASSWORD") ?? ""])
    try Self.setPlace(of: &address, root, path, environment)
    address.file = path.ranges(of: ".engine.").last.map { String(path[..<$0.lowerBound]) }
    if let driver = root["driver"] { address.driver = try driver.text("driver") }
    for entry in try root["options"]?.entries("options") ?? [] {
      let option = EngineAddress.Option(entry.key, try entry.node.text(entry.key))
      guard !SecretWords.isSecret(option.name), !SecretWords.areIn(option.value) else {
        throw SurveyError(
          .data, at: entry.keyPlace, "'\(entry.key)' is a secret, which no file may hold",
          remedy: "Move it to `secrets`, where it is the name of a variable of the environment.")
      }
      address.options.removeAll { $0.name == option.name }
      address.options.append(option)
    }
    try Self.setSecrets(of: &address, root, environment)
    address.before = try root["before"]?.texts("before") ?? []
    try root["rows"].map { address.people = try $0.word("rows") }
    for entry in try root["round"]?.entries("round") ?? [] {
      let step = try entry.node.count(entry.key)
      guard step > 0 else {
        throw entry.node.fault(
          "'\(entry.key)' is rounded to multiples of a whole number from 1 up, such as 1000")
      }
      address.rounding[entry.key] = step
    }
    try root["at_most"].map { address.limits = try Self.limits($0) }
    self.address = address
  }

  private static func relation(_ root: YAMLNode, _ dialect: Dialect, _ path: String) throws
    -> Relation
  {
    switch (root["table"], root["files"]) {
    case (let table?, nil):
      do { return .table(try TableName(parsing: table.text("table"))) } catch let error
        as SurveyError
      {
        throw table.fault(error.problem, remedy: error.remedy)
      }
    case (nil, let files?):
      let relation = Relation.files(try files.text("files"))
      guard dialect.source(relation) != nil else {
        throw files.fault(
          "\(dialect.title) reads no files", remedy: "Name a table or a view: `table: …`.")
      }
      return relation
    case (nil, nil):
      throw SurveyError(
        .data, at: path, "names no table",
        remedy: "Write `table: …`, or `files: …` for an engine that reads files.")
    case (_?, let files?): throw files.fault("stands beside `table`", remedy: "Keep one of them.")
    }
  }

  /// A server, or a database file, which is looked for beside the engine file.
  private static func setPlace(
    of address: inout EngineAddress, _ root: YAMLNode, _ path: String,
    _ environment: @escaping @Sendable (String) -> String?
  ) throws {
    let isLocal = address.dialect == .sqlite || address.dialect == .duckdb
    guard let node = root["uri"] else {
      if isLocal, case .files = address.relation { return try address.setFile(nil) }
      throw SurveyError(
        .data, at: path, "does not say where the engine is",
        remedy: isLocal
          ? "Write `uri:` and the database file." : "Write `uri:` and the server's address.")
    }
    let uri = try node.text("uri")
    if let name = ConnectionProfile.name(in: uri) {
      guard !isLocal else {
        throw node.fault(
          "a database file has no connection profile", remedy: "Write the file itself.")
      }
      guard address.isAsked else { return }
      return try address.take(
        ConnectionProfile(name, at: node.place, DriverSearch(environment: environment)),
        at: node.place)
    }
    do {
      try SecretWords.refuse(in: uri, at: node.place)
    } catch let error as SurveyError { throw node.fault(error.problem, remedy: error.remedy) }
    guard isLocal else { return address.options = [.init("uri", uri)] }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    try address.setFile(uri.hasPrefix("/") ? uri : folder + uri)
  }

  private static func setSecrets(
    of address: inout EngineAddress, _ root: YAMLNode, _ environment: (String) -> String?
  ) throws {
    for entry in try root["secrets"]?.entries("secrets") ?? [] {
      let name = try entry.node.text(entry.key)
      guard let value = environment(name), !value.isEmpty else {
        guard address.isAsked else { continue }
        throw SurveyError(
          .input, at: entry.node.place, "the variable \(name) is not in the environment, or empty",
          remedy: "Set it before vekt is run; it holds '\(entry.key)'.")
      }
      try Transport.requirePrivacy(of: address, at: entry.keyPlace)
      address.tell(.init(entry.key, value), secrets: [value])
    }
  }

  private static func limits(_ node: YAMLNode) throws -> QueryLimits {
    try node.refuseKeys(besides: ["rows", "memory", "seconds"], of: "at_most")
    var limits = QueryLimits()
    if let rows = node["rows"] { limits.rows = try rows.count("rows") }
    if let seconds = node["seconds"] { limits.seconds = try seconds.count("seconds") }
    guard let memory = node["memory"] else { return limits }
    let words = try memory.text("memory").split(separator: " ")
    let units = ["MiB": 1 << 20, "GiB": 1 << 30]
    guard words.count == 2, let number = Int(words[0]), 1...1_000_000 ~= number,
      let unit = units[String(words[1])]
    else { throw memory.fault("'memory' is a whole number of MiB or GiB, such as 2 GiB") }
    limits.memory = number * unit
    return limits
  }
}

extension EngineAddress {
  /// Takes a driver and what it is told.
  /// - Throws: ``SurveyError`` of kind usage before a secret goes over a connection that others can listen to.
  fileprivate mutating func take(_ profile: ConnectionProfile, at place: String) throws {
    if let driver = profile.driver { self.driver = driver }
    options = profile.options.filter { $0.name == "uri" }
    for option in profile.options where option.name != "uri" { tell(option, secrets: []) }
    secrets.add(profile.secrets)
    if profile.hasSecret { try Transport.requirePrivacy(of: self, at: place) }
  }

  /// Tells the driver something, of which some may be for nobody else.
  fileprivate mutating func tell(_ option: Option, secrets: [String]) {
    self.secrets.add(secrets)
    guard dialect == .postgresql, option.name == "password",
      let place = options.firstIndex(where: { $0.name == "uri" })
    else { return options.append(option) }
    // Its driver knows no other option than the address.
    let (uri, escaped) = (options[place].value, SecretWords.escaped(option.value))
    self.secrets.add([option.value, escaped])
    options[place] = .init("uri", "\(uri)\(uri.contains("?") ? "&" : "?")password=\(escaped)")
  }
}
