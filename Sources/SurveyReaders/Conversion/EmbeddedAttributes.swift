internal import SurveyData

/// What a codebook says beyond names and labels, as named texts: custom attributes in SPSS,
/// characteristics in Stata.
struct EmbeddedAttributes {
  /// Named texts in order.
  private(set) var values: [(name: String, values: [String])] = []

  private mutating func add(_ name: String, _ text: String) {
    guard !text.isEmpty else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    values.append((name, lines.map(String.init)))
  }

  // MARK: Variables

  /// - Parameters:
  ///   - isWeight: Whether the file marks the variable as its weight in another way.
  ///   - unlabelled: The valid codes that the file does not know by a label.
  init(
    _ variable: Variable, isWeight: Bool, unlabelled: [String], text: (LocalizedText) -> String
  ) {
    add("question", text(variable.question))
    add("unit", text(variable.unit))
    add("universe", variable.universe.map { text($0.label) } ?? "")
    add("universe_where", variable.universe?.condition ?? "")
    add("note", text(variable.note))
    add("write_format", variable.writeFormat ?? "")
    if let range = variable.range {
      values.append(
        ("range", [canonicalCode(range.lowerBound), canonicalCode(range.upperBound)]))
    }
    if let role = variable.role, !(isWeight && role == .weight) { add("role", role.rawValue) }
    // Who knows all codes can say that others are unknown.
    if variable.unknown != .warn, !unlabelled.contains(where: { $0.contains("\n") }) {
      add("unknown", variable.unknown.rawValue)
      if !unlabelled.isEmpty { values.append(("codes", unlabelled)) }
    }
    add("reference", variable.reference ?? "")
    if !variable.answer.isEmpty { values.append(("answer", variable.answer)) }
    add("answer_label", text(variable.answerLabel))
  }

  /// Says of a variable what an attribute says; attributes of other programs are left out.
  static func apply(_ name: String, _ values: [String], to variable: inout Variable) {
    guard let value = values.first else { return }
    let text = LocalizedText(values.joined(separator: "\n"), in: embeddedLanguage)
    switch name {
    case "question": variable.question = text
    case "unit": variable.unit = text
    case "format": variable.format = value
    case "write_format": variable.writeFormat = value
    // Stata keeps whole numbers as such, whatever they are.
    case "type" where value == "decimal" && variable.type == .integer: variable.type = .decimal
    case "universe":
      variable.universe = Universe(condition: variable.universe?.condition, label: text)
    case "universe_where":
      variable.universe = Universe(condition: value, label: variable.universe?.label ?? .none)
    case "note": variable.note = text
    case "range":
      guard values.count == 2, let low = canonicalNumber(values[0]),
        let high = canonicalNumber(values[1]), low <= high
      else { return }
      variable.range = low...high
    case "role": variable.role = VariableRole(rawValue: value) ?? variable.role
    case "unknown": variable.unknown = UnknownPolicy(rawValue: value) ?? variable.unknown
    case "codes":
      let known = Set(variable.categories.map(\.code))
      variable.categories += values.filter { !known.contains($0) }.map { Category($0) }
      if variable.categories.allSatisfy({ $0.number != nil }), variable.type != .text {
        variable.categories.sort { ($0.number ?? 0) < ($1.number ?? 0) }
      }
    case "reference": variable.reference = value
    case "answer": variable.answer = values
    case "answer_label": variable.answerLabel = text
    case "measure": variable.measure = Measure(rawValue: value) ?? variable.measure
    case "missing_codes" where variable.type == .text:
      let known = Set(variable.missing.map(\.text))
      variable.missing += values.filter { !known.contains($0) }
        .map { MissingCode(.code($0), reason: .noAnswer) }
    case "missing_reasons":
      let reasons = Dictionary(
        values.compactMap(reason), uniquingKeysWith: { first, _ in first })
      variable.missing = variable.missing.map { code in
        MissingCode(
          code.values, reason: reasons[code.text] ?? reasons[code.endToEnd] ?? code.reason,
          label: code.label)
      }
      // A tag need not have a label to have a reason.
      let known = Set(variable.missing.map(\.text))
      variable.missing += reasons.filter { $0.key.isTaggedMissing && !known.contains($0.key) }
        .sorted { $0.key < $1.key }.map { MissingCode(.code($0.key), reason: $0.value) }
    default: break
    }
  }

  private static func reason(_ text: String) -> (String, MissingReason)? {
    guard let sign = text.lastIndex(of: "="),
      let reason = MissingReason(rawValue: String(text[text.index(after: sign)...]))
    else { return nil }
    return (String(text[..<sign]), reason)
  }

  // MARK: Files

  init(_ codebook: Codebook, text: (LocalizedText) -> String) {
    add("study_id", codebook.study.id)
    add("population", text(codebook.study.population))
    add("licence", codebook.study.licence)
    add("citation", codebook.study.citation)
    for fact in codebook.study.source { add("source_\(fact.key)", fact.value) }
    switch codebook.design {
    case .unstated: break
    case .simpleRandom: add("design", "none")
    case .declared(let design):
      add("design_strata", design.strata ?? "")
      if !design.psu.isEmpty { values.append(("design_psu", design.psu)) }
      if !design.fpc.isEmpty { values.append(("design_fpc", design.fpc)) }
      if let pps = design.pps { add("design_pps", pps.rawValue) }
      add("design_lonely_psu", design.lonelyPSU.rawValue)
      if design.lonelyInDomains { add("design_lonely_domain", "true") }
    }
  }

  /// Says of a file what an attribute says.
  static func apply(_ name: String, _ values: [String], to codebook: inout Codebook) {
    guard let value = values.first else { return }
    let text = values.joined(separator: "\n")
    switch name {
    case "study_id": codebook.study.id = value
    case "population": codebook.study.population = LocalizedText(text, in: embeddedLanguage)
    case "licence": codebook.study.licence = text
    case "citation": codebook.study.citation = text
    case "design" where value == "none": codebook.design = .simpleRandom
    case "design_strata": declare(&codebook) { $0.strata = value }
    case "design_psu": declare(&codebook) { $0.psu = values }
    case "design_fpc": declare(&codebook) { $0.fpc = values }
    case "design_pps":
      guard let method = UnequalProbabilityMethod(rawValue: value) else { return }
      declare(&codebook) { $0.pps = method }
    case "design_lonely_psu":
      guard let rule = LonelyPSU(rawValue: value) else { return }
      declare(&codebook) { $0.lonelyPSU = rule }
    case "design_lonely_domain": declare(&codebook) { $0.lonelyInDomains = value == "true" }
    default:
      guard name.hasPrefix("source_") else { return }
      codebook.study.source.append(
        Study.SourceFact(key: String(name.dropFirst("source_".count)), value: text))
    }
  }

  private static func declare(
    _ codebook: inout Codebook, _ change: (inout DesignDeclaration) -> Void
  ) {
    var design = DesignDeclaration()
    if case .declared(let known) = codebook.design { design = known }
    change(&design)
    codebook.design = .declared(design)
  }
}

extension MissingCode {
  /// A stretch by both its ends, as files written before say it: `LO--1`.
  fileprivate var endToEnd: String {
    guard case .range(let low, let high) = values else { return text }
    return "\(canonicalCode(low))-\(canonicalCode(high))"
  }
}
