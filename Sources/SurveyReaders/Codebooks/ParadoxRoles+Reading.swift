public import SurveyData

extension ParadoxRoles {
  /// Reads a small YAML file of the parts, the same keys as `paradox:` of a codebook.
  ///
  /// - Parameter variable: The variable of a name; throws when there is none.
  /// - Throws: ``SurveyError`` with file, line and column for an unknown key, a part that is missing,
  ///   or a name that is no variable.
  public init(contentsOf path: String, variable: @escaping (String) throws -> Variable) throws {
    let file = try FileBytes(path)
    let text = withExtendedLifetime(file) { String(validating: file.bytes, as: UTF8.self) }
    guard let text else { throw SurveyError(.data, at: path, "is not text in UTF-8") }
    try self.init(YAMLNode(parsing: text, name: path), variable: variable)
  }
}

extension ParadoxRoles {
  private static let keys =
    ["judgements", "outcome", "group", "reference", "status"] + Mechanism.names
    + ["controls", "pool", "where"]

  /// Reads the parts and checks every name.
  init(_ node: YAMLNode, variable: @escaping (String) throws -> Variable) throws {
    guard case .mapping(let entries) = node.value else {
      throw node.fault(
        "the paradox has parts, as `outcome: discriminated`",
        remedy: "They are \(Self.keys.joined(separator: ", ")).")
    }
    try node.refuseKeys(besides: Self.keys, of: "the paradox")
    func required(_ key: String) throws -> YAMLNode {
      guard let part = node[key] else {
        throw node.fault("the part '\(key)' is missing", remedy: "Write `\(key): …`.")
      }
      return part
    }
    func checked(_ part: YAMLNode, _ name: String, as role: String) throws -> String {
      do {
        _ = try variable(name)
      } catch let error as SurveyError {
        throw SurveyError(
          .data, at: part.place, "\(error.problem) (\(role))", remedy: error.remedy)
      }
      return name
    }
    func name(_ part: YAMLNode, as role: String) throws -> String {
      try checked(part, try part.oneText(role), as: role)
    }
    /// Variables; what is more than a name stands as it is in a formula.
    func names(_ key: String) throws -> [String] {
      try (node[key]?.items(key) ?? []).map { part in
        let text = try part.oneText(key)
        return text.isName ? try checked(part, text, as: key) : text
      }
    }
    /// A variable of two answers or with one that counts, or a condition.
    func answer(_ part: YAMLNode, as role: String) throws -> String {
      let text = try part.oneText(role)
      guard text.isName else {
        do {
          _ = try Expression(text).check(resolving: variable)
        } catch let error as SurveyError {
          throw SurveyError(
            .data, at: part.place, "\(error.problem) (\(role))", remedy: error.remedy)
        }
        return text
      }
      _ = try checked(part, text, as: role)
      let found = try variable(text)
      let codes = found.categories.map(\.code)
      guard codes.count < 3 || !found.answer.isEmpty else {
        throw part.fault(
          "'\(text)' has \(codes.count) answers, and the \(role) is yes or no",
          remedy: "Write a condition, such as `\"\(text) == '\(codes.last ?? "")'\"`.")
      }
      return text
    }
    let pair = try required("judgements")
    guard case .list(let items) = pair.value, items.count == 2 else {
      throw pair.fault("'judgements' must be two: `[integrated, accepted]`")
    }
    self.init(
      judgements: try answer(items[0], as: "judgement"), try answer(items[1], as: "judgement"),
      outcome: try answer(required("outcome"), as: "outcome"),
      group: try name(required("group"), as: "group"),
      status: try name(required("status"), as: "status"))
    if let part = node["reference"] {
      let code = try part.oneText("reference")
      let known = try variable(group).categories
      guard known.isEmpty || known.named(code) != nil else {
        throw part.fault(
          "'\(group)' has no code '\(code)'; it has \(known.map(\.code).joined(separator: ", "))",
          remedy: known.suggestion(for: code))
      }
      reference = known.named(code)?.code ?? code
    }
    controls = try names("controls")
    pool = try node["pool"].map { try name($0, as: "pool") }
    if let part = node["where"] {
      let text = try part.oneText("where")
      do {
        guard try Expression(text).check(resolving: variable) == .condition else {
          throw part.fault("'\(text)' is not a condition")
        }
      } catch let error as SurveyError where error.place != part.place {
        throw SurveyError(.data, at: part.place, error.problem, remedy: error.remedy)
      }
      condition = text
    }
    mechanisms = try entries.map(\.key).filter(Mechanism.names.contains).map {
      Mechanism($0, try names($0))
    }
  }
}

extension YAMLNode {
  /// A text that is not empty.
  fileprivate func oneText(_ noun: String) throws -> String {
    let text = try text(noun)
    guard !text.isEmpty else { throw fault("'\(noun)' is empty") }
    return text
  }
}

extension String {
  /// Whether the text is a name alone and not an expression.
  fileprivate var isName: Bool {
    !isEmpty && allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
      && first?.isNumber == false
  }
}

extension CodebookWriter {
  /// The parts of the paradox, in the order in which they are read.
  func fields(of paradox: ParadoxRoles) -> [YAMLTree.Entry] {
    var fields = [
      YAMLTree.Entry(
        key: "judgements", value: .list([.scalar(paradox.first), .scalar(paradox.second)]))
    ]
    fields += Self.texts([
      ("outcome", paradox.outcome), ("group", paradox.group), ("reference", paradox.reference),
      ("status", paradox.status),
    ])
    let lists =
      paradox.mechanisms.map { ($0.name, $0.variables) } + [("controls", paradox.controls)]
    fields += lists.filter { !$0.1.isEmpty }.map { .init(key: $0.0, value: Self.names($0.1)) }
    return fields + Self.texts([("pool", paradox.pool), ("where", paradox.condition)])
  }
}
