internal import Glibc
internal import SurveyData
internal import SurveyReaders

/// A file that several programs share, which names a driver and what it is told: `profile://NAME`, as the driver manager of
/// ADBC has it.
struct ConnectionProfile {
  /// The driver's name or path; nil where it names none.
  let driver: String?
  /// What the driver is told, `uri` among it.
  let options: [EngineAddress.Option]
  /// What came from the environment.
  let secrets: [String]
  /// Whether there is a password or a token in what the driver is told.
  let hasSecret: Bool

  /// The name or the path in an address; nil for what names no profile.
  static func name(in uri: String) -> String? {
    uri.hasPrefix("profile://") ? String(uri.dropFirst("profile://".count)) : nil
  }

  /// Finds and reads a profile.
  ///
  /// - Parameters:
  ///   - name: Its name, or its whole path.
  ///   - place: Where it is named.
  ///   - search: Where it is looked for, and the environment from which it takes secrets.
  /// - Throws: ``SurveyError`` of kind input for a profile that is not there or of another version, for a variable that is not
  ///   in the environment; of kind data for a secret that is written down.
  init(_ name: String, at place: String, _ search: DriverSearch) throws {
    let path = try Self.path(of: name, at: place, search.profileFolders)
    let file = try FileBytes(path)
    let text = withExtendedLifetime(file) { String(decoding: file.bytes, as: UTF8.self) }
    try self.init(TOMLValues(parsing: text, name: path), at: path, search.environment)
  }

  private init(_ values: TOMLValues, at path: String, _ environment: (String) -> String?) throws {
    guard values["profile_version"] == "1" else {
      throw SurveyError(
        .input, at: path,
        values["profile_version"].map { "is a connection profile of version \($0)" }
          ?? "does not say `profile_version = 1`",
        remedy: "This Vekt knows version 1.")
    }
    var options: [EngineAddress.Option] = []
    var secrets: [String] = []
    var hasSecret = false
    for (name, template) in values.below("Options") {
      let plain = try Self.filled(template, at: path) { _ in "" }
      guard plain.isEmpty || !SecretWords.isSecret(name), !SecretWords.areIn(plain) else {
        throw SurveyError(
          .data, at: path, "'\(name)' holds a secret, which no file may hold",
          remedy: "Write {{ env_var(NAME) }} in its place, and set that variable.")
      }
      let value = try Self.filled(template, at: path) { variable in
        guard let value = environment(variable), !value.isEmpty else {
          throw SurveyError(
            .input, at: path, "the variable \(variable) is not in the environment, or empty",
            remedy: "Set it before vekt is run; it holds '\(name)', or a part of it.")
        }
        secrets.append(value)
        return value
      }
      hasSecret = hasSecret || SecretWords.isSecret(name) || SecretWords.areIn(value)
      options.append(.init(name, value))
    }
    guard options.contains(where: { $0.name == "uri" }) else {
      throw SurveyError(
        .input, at: path, "does not say where the engine is",
        remedy: "Write `uri = \"…\"` under [Options].")
    }
    driver = values["driver"]
    (self.options, self.secrets, self.hasSecret) = (options, secrets, hasSecret)
  }

  private static func path(of name: String, at place: String, _ folders: [String]) throws -> String
  {
    if name.hasPrefix("/") { return name }
    guard !name.isEmpty, !name.contains("/") else {
      throw SurveyError(
        .usage, at: place, "a connection profile is named by its name or by its whole path",
        remedy: "Write profile://NAME, or profile:///PATH/NAME.toml.")
    }
    let file = "\(name).toml"
    guard let folder = folders.first(where: { access("\($0)/\(file)", F_OK) == 0 }) else {
      throw SurveyError(
        .input, at: place,
        "no connection profile '\(name)' in \(folders.joined(separator: ", "))",
        remedy: "Write \(file) in one of them, or name its whole path: profile:///PATH/\(file).")
    }
    return "\(folder)/\(file)"
  }

  /// A value with what stands for each `{{ env_var(NAME) }}`.
  private static func filled(
    _ template: String, at path: String, _ value: (String) throws -> String
  ) throws -> String {
    var (text, rest) = ("", template[...])
    while let start = rest.firstRange(of: "{{") {
      text += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      guard let end = rest.firstRange(of: "}}"),
        case let word = rest[..<end.lowerBound].filter({ $0 != " " }),
        word.hasPrefix("env_var("), word.hasSuffix(")"), word.count > "env_var()".count
      else {
        throw SurveyError(
          .data, at: path, "between {{ and }} stands something else than env_var(NAME)",
          remedy: "Write {{ env_var(NAME) }}, with the name of a variable of the environment.")
      }
      text += try value(String(word.dropFirst("env_var(".count).dropLast()))
      rest = rest[end.upperBound...]
    }
    return text + rest
  }
}
