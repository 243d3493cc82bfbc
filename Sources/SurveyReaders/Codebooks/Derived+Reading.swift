internal import SurveyData

extension DerivedVariable {
  /// What every derived variable may say besides its rule.
  private static let commonKeys = Variable.keys.filter {
    [
      "type", "label", "short", "question", "measure", "unit", "codes", "answer", "answer_label",
      "universe",
      "note",
    ].contains($0.name)
  }

  /// The keys that go with each rule's own.
  private static let ruleKeys: [(rule: String, others: [String])] = [
    ("recode", ["map", "else"]), ("cut", ["at", "labels"]), ("mean", ["min_valid", "reverse"]),
    ("any_of", ["equals", "missing"]), ("expr", []),
  ]

  /// Reads one entry under `derived:`; names are checked later, when all are known.
  init(_ entry: YAMLNode.Entry, in scope: CodebookScope) throws {
    let (name, node) = (entry.key, entry.node)
    let rules = Self.ruleKeys.filter { node[$0.rule] != nil }
    guard rules.count == 1, let (rule, others) = rules.first else {
      let names = Self.ruleKeys.map(\.rule).joined(separator: ", ")
      throw SurveyError(
        .data, at: entry.keyPlace, "derived variable '\(name)' needs exactly one of \(names)")
    }
    let common = Self.commonKeys.map(\.name)
    try node.refuseKeys(besides: [rule] + others + common, of: "derived variable '\(name)'")
    var variable = Variable(name)
    for key in Self.commonKeys {
      if let value = node[key.name] { try key.read(&variable, value, scope) }
    }
    self.init(variable, rule: .expression(""))
    switch rule {
    case "recode": try readRecode(node, in: scope)
    case "cut": try readCut(node, in: scope)
    case "mean": try readMean(node, in: scope)
    case "any_of": try readAnyOf(node, in: scope)
    default:
      let value = try Self.need("expr", in: node)
      self = try value.located {
        try DerivedVariable(
          variable, parsing: value.text("expr"), language: scope.language
        ).naming(scope.lists)
      }
    }
  }

  private static func need(_ key: String, in node: YAMLNode) throws -> YAMLNode {
    guard let value = node[key] else { throw node.fault("'\(key)' is needed here") }
    return value
  }

  private mutating func readRecode(_ node: YAMLNode, in scope: CodebookScope) throws {
    let map = try Self.need("map", in: node).entries("map").map { entry in
      let from = entry.key.split(separator: ",").map { $0.trimmed }
      let to = entry.node["to"] ?? entry.node
      let code = try to.text("to")
      if case .mapping(let entries) = entry.node.value {
        let label = try YAMLNode.localized(entries.filter { $0.key != "to" }, "label")
        try addLabel(label, to: code, at: entry.keyPlace)
      }
      return CodeMapping(from: from, to: code == "missing" ? nil : code)
    }
    let otherwise: Otherwise =
      switch try node["else"]?.text("else") {
      case nil, "fail": .fail
      case "missing": .missing
      case "copy": .copy
      case let code?: .code(code)
      }
    rule = .recode(try Self.need("recode", in: node).text("recode"), map: map, otherwise: otherwise)
  }

  private mutating func addLabel(
    _ label: LocalizedText, to code: String, at place: String
  ) throws {
    guard !label.isEmpty, code != "missing" else { return }
    if let index = variable.categories.firstIndex(where: { $0.code == code }) {
      let old = variable.categories[index].label
      guard old.isEmpty || old == label else {
        throw SurveyError(.data, at: place, "two labels for one code: '\(code)'")
      }
      variable.categories[index] = Category(code, label: label)
    } else {
      variable.categories.append(Category(code, label: label))
    }
  }

  private mutating func readCut(_ node: YAMLNode, in scope: CodebookScope) throws {
    let at = try Self.need("at", in: node)
    let bounds = try at.items("at").map { try $0.number("at") }
    guard !bounds.isEmpty, zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw at.fault("'at' must hold rising numbers")
    }
    if let labels = node["labels"] {
      let items = try labels.items("labels")
      guard items.count == bounds.count || items.count == bounds.count - 1 else {
        throw labels.fault(
          "\(bounds.count) bounds make \(bounds.count) categories, but there are \(items.count) labels",
          remedy: "One label less than bounds closes the last category.")
      }
      variable.categories = try items.enumerated().map { index, item in
        Category(String(index + 1), label: try item.localized("labels", in: scope.language))
      }
    }
    rule = .cut(try Self.need("cut", in: node).text("cut"), at: bounds)
  }

  private mutating func readMean(_ node: YAMLNode, in scope: CodebookScope) throws {
    let items = try Self.names("mean", in: node, scope)
    guard let minimum = node["min_valid"] else {
      throw node.fault(
        "a mean must say how many valid answers it needs",
        remedy: "Write `min_valid: \(items.count)` to need them all.")
    }
    let count = try minimum.count("min_valid")
    guard (1...items.count).contains(count) else {
      throw minimum.fault("'min_valid' must lie between 1 and \(items.count), but is \(count)")
    }
    let reversed = try node["reverse"]?.items("reverse") ?? []
    for item in reversed where !items.contains(try item.text("reverse")) {
      throw item.fault(
        "'\(try item.text("reverse"))' is not among the questions of the mean",
        remedy: suggestion(for: try item.text("reverse"), among: items))
    }
    rule = .mean(items, minimumValid: count, reversed: try reversed.map { try $0.text("reverse") })
  }

  private mutating func readAnyOf(_ node: YAMLNode, in scope: CodebookScope) throws {
    guard let missing = node["missing"] else {
      throw node.fault(
        "'any_of' must say when it is missing",
        remedy: "Write `missing: all` (all inputs are missing) or `missing: any`.")
    }
    let rule = AnyOfMissing(rawValue: try missing.word("missing", of: ["all", "any"]))
    self.rule = .anyOf(
      try Self.names("any_of", in: node, scope),
      equals: try Self.need("equals", in: node).text("equals"),
      missing: rule ?? .all)
  }

  private static func names(
    _ key: String, in node: YAMLNode, _ scope: CodebookScope
  ) throws -> [String] {
    let list = try need(key, in: node)
    let names = try list.located { try scope.lists.names(in: list.texts(key)) }
    guard !names.isEmpty else { throw list.fault("'\(key)' names no variable") }
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw list.fault("'\(twice)' stands twice")
    }
    return names
  }
}
