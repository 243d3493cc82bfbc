internal import SurveyData

extension Category {
  /// `{1: Ja, 2: {nb: Nei, en: "No"}}`, the name of a code list, or a list of those and of codes
  /// without a label.
  static func list(
    _ node: YAMLNode, type: ValueType?, in scope: CodebookScope
  ) throws -> [Category] {
    var codes = CodeCollector<Category>(type: type, noun: "label")
    for item in try node.parts() {
      switch item.value {
      case .mapping(let entries):
        for entry in entries {
          let label = try entry.node.localized("label", in: scope.language)
          try codes.add(entry.key, at: entry.keyPlace) { Category($0, label: label) }
        }
      case .scalar(let word):
        if let list = scope.codeLists[word] {
          scope.used.insert("codelists \(word)")
          for category in list {
            try codes.add(category.code, at: item.place) { Category($0, label: category.label) }
          }
        } else if case .list = node.value,
          nearestName(to: word, among: scope.codeLists.keys) == nil
        {
          try codes.add(word, at: item.place) { Category($0) }
        } else {
          throw item.fault(
            "there is no code list '\(word)'",
            remedy: suggestion(for: word, among: scope.codeLists.keys.sorted())
              ?? "Name it under `codelists:`, or write the codes: `codes: {1: Ja, 2: Nei}`.")
        }
      case .list: throw item.fault("'codes' holds a list inside a list")
      }
    }
    return codes.values
  }
}

extension MissingCode {
  /// `{8: dont_know, 9: {reason: refused, nb: …}}`, the name of a missing set, or a list of those.
  static func list(
    _ node: YAMLNode, type: ValueType?, in scope: CodebookScope
  ) throws -> [MissingCode] {
    var codes = CodeCollector<MissingCode>(type: type, noun: "reason")
    func add(_ missing: MissingCode, at place: String) throws {
      guard case .code(let code) = missing.values else { return codes.append(missing) }
      try codes.add(code, at: place) {
        MissingCode(.code($0), reason: missing.reason, label: missing.label)
      }
    }
    for item in try node.parts() {
      switch item.value {
      case .mapping(let entries):
        for entry in entries {
          let (reason, label) = try self.reason(entry.node)
          let range = NumberRange(parsing: entry.key)
          let values = range.map { Values.range($0.low, $0.high) } ?? .code(entry.key)
          try add(MissingCode(values, reason: reason, label: label), at: entry.keyPlace)
        }
      case .scalar("none") where scope.missingSets["none"] == nil: continue
      case .scalar(let word):
        guard let set = scope.missingSets[word] else {
          throw item.fault(
            "there is no missing set '\(word)'",
            remedy: suggestion(for: word, among: scope.missingSets.keys.sorted())
              ?? "Name it under `missing:` at the top, or write `{\(word): no_answer}`.")
        }
        scope.used.insert("missing \(word)")
        for code in set { try add(code, at: item.place) }
      case .list: throw item.fault("'missing' holds a list inside a list")
      }
    }
    return codes.values
  }

  /// A reason, alone or with the label that the questionnaire gives it.
  private static func reason(_ node: YAMLNode) throws -> (MissingReason, LocalizedText) {
    guard case .mapping(let entries) = node.value else { return (try node.word("reason"), .none) }
    guard let reason = node["reason"] else {
      throw node.fault(
        "a missing code needs a reason", remedy: "Write `{reason: refused, nb: Ønsker ikke svare}`."
      )
    }
    let labels = entries.filter { $0.key != "reason" }
    return (try reason.word("reason"), try YAMLNode.localized(labels, "label"))
  }
}

/// Codes in order, each once, in canonical text where they are numbers.
private struct CodeCollector<Value> {
  let type: ValueType?
  let noun: String
  private(set) var values: [Value] = []
  private var seen: Set<String> = []

  init(type: ValueType?, noun: String) {
    self.type = type
    self.noun = noun
  }

  mutating func append(_ value: Value) { values.append(value) }

  mutating func add(_ text: String, at place: String, _ make: (String) -> Value) throws {
    let code = try canonical(text, at: place)
    guard seen.insert(code).inserted else {
      throw SurveyError(.data, at: place, "two \(noun)s for one code: '\(code)'")
    }
    values.append(make(code))
  }

  private func canonical(_ text: String, at place: String) throws -> String {
    guard !text.isEmpty else {
      throw SurveyError(
        .data, at: place, "a code must not be empty",
        remedy: "An empty field is missing by itself, with the reason system.")
    }
    guard type == .integer || type == .decimal, !text.isTaggedMissing else { return text }
    if let long = longCode(text) { return long }
    // A column of numbers may say in letters that there is none.
    if Value.self == MissingCode.self, Double(text) == nil || text.isNaNWord { return text }
    guard let number = Double(text), number.isFinite, type == .decimal || number == number.rounded()
    else {
      throw SurveyError(
        .data, at: place,
        "'\(text)' is not \(type == .integer ? "a whole number" : "a number"), but the variable's type is \(type?.rawValue ?? "")",
        remedy: "Write `type: text` if its codes are texts.")
    }
    return canonicalCode(number)
  }
}

extension String {
  /// Whether it is `NaN`, which Swift takes for a number.
  fileprivate var isNaNWord: Bool { Double(self)?.isNaN == true }

}

extension YAMLNode {
  /// The items of a list, or the node itself.
  fileprivate func parts() throws -> [YAMLNode] {
    switch value {
    case .list(let nodes): nodes
    case .scalar(""): []
    case .scalar, .mapping: [self]
    }
  }

  /// `[0, 10]`, `0..10`, `>=0`.
  func range(_ noun: String) throws -> ClosedRange<Double> {
    switch value {
    case .list(let nodes) where nodes.count == 2:
      let (low, high) = (try nodes[0].number(noun), try nodes[1].number(noun))
      guard low <= high else { throw fault("'\(noun)' begins above its end") }
      return low...high
    case .scalar(let text):
      if let range = NumberRange(parsing: text) { return range.low...range.high }
      fallthrough
    default:
      throw fault("'\(noun)' must give the lowest and the highest number, as in [0, 10]")
    }
  }
}
