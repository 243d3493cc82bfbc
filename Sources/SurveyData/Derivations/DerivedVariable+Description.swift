extension DerivedVariable {
  /// Parses `NAME = EXPRESSION`, as `--derive` takes it; a rule may be a call, as in
  /// `age3 = cut(age, 18, 35, 60)`.
  /// - Throws: ``SurveyError`` of kind usage.
  public init(parsing text: String) throws {
    guard let sign = text.firstIndex(of: "="), sign != text.startIndex,
      text.index(after: sign) == text.endIndex || text[text.index(after: sign)] != "="
    else {
      throw SurveyError(
        .usage, "'\(text)' names no variable", remedy: "Write `NAME = EXPRESSION`.")
    }
    var name = text[..<sign].trimmed
    if name.count > 2, name.hasPrefix("`"), name.hasSuffix("`") {
      name = String(name.dropFirst().dropLast())
    } else if name.isEmpty
      || name.contains(where: { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") })
    {
      throw SurveyError(
        .usage, "'\(name)' is not a name",
        remedy: "Write `NAME = EXPRESSION`; an odd name stands between backquotes.")
    }
    try self.init(Variable(name), parsing: text[text.index(after: sign)...].trimmed)
    if case .expression(let source) = rule { _ = try Expression(source) }
  }

  /// The names of the variables that the rule reads.
  public var inputNames: [String] {
    switch rule {
    case .recode(let source, _, _), .cut(let source, _), .chosen(let source, _): [source]
    case .mean(let items, _, _), .anyOf(let items, _, _): items
    case .expression(let source): (try? Expression(source).variables) ?? []
    }
  }

  /// The same with type, measure and categories filled in from the rule where nobody has said, and
  /// the rule checked against the variables that it reads.
  package func described(resolving resolve: @escaping (String) throws -> Variable) throws -> Self {
    var result = self
    switch rule {
    case .recode(let source, let map, let otherwise):
      let old = try resolve(source)
      let recode = RecodeRule(map: map, otherwise: otherwise, source: source)
      try check(recode, against: old)
      let isKnown = otherwise != .copy || !old.categories.isEmpty
      result.complete(
        categories: isKnown
          ? recode.categories(given: variable.categories, from: old.categories) : [],
        measure: old.measure?.isCategorical == true ? old.measure : .nominal)
    case .cut(let source, let bounds):
      let old = try resolve(source)
      try requireNumbers(old)
      let cut = CutRule(bounds: bounds)
      result.complete(
        categories: variable.categories.isEmpty
          ? cut.categories(ofWholeNumbers: old.type == .integer) : [], measure: .ordinal)
    case .mean(let items, _, let reversed):
      for item in items { try requireNumbers(try resolve(item)) }
      for item in reversed { _ = try MeanRule.span(of: try resolve(item)) }
      result.complete(measure: .interval)
    case .anyOf(let items, let code, _):
      for item in items { try check(code, in: try resolve(item)) }
      result.complete(categories: .yesAndNo, measure: .nominal)
    case .chosen: result.complete(categories: .yesAndNo, measure: .nominal)
    case .expression(let source):
      switch try Expression(source).check(resolving: resolve) {
      case .condition: result.complete(categories: .yesAndNo, measure: .nominal)
      case .number: result.complete()
      case .text: result.complete(type: .text)
      }
    }
    try result.nameAnswer()
    return result
  }

  /// Gives the answer that counts by its codes, where it is said by labels of codes that the rule makes.
  private mutating func nameAnswer() throws {
    let categories = variable.categories
    guard !categories.isEmpty else { return }
    variable.answer = try variable.answer.map { name in
      guard let category = categories.named(name) else {
        throw SurveyError(
          .data, "'\(name)' is no code of '\(variable.name)'; it has \(categories.listed)",
          remedy: categories.suggestion(for: name))
      }
      return category.code
    }
  }

  private mutating func complete(
    categories: [Category] = [], type: ValueType? = nil, measure: Measure? = nil
  ) {
    if variable.categories.count < categories.count {
      let labelled = variable.categories
      variable.categories = categories.map { category in
        labelled.first { $0.code == category.code } ?? category
      }
    }
    let codes = variable.categories
    variable.type =
      variable.type ?? type
      ?? (codes.isEmpty ? .decimal : codes.allSatisfy { $0.number != nil } ? .integer : .text)
    variable.measure = variable.measure ?? measure
  }

  private func requireNumbers(_ variable: Variable) throws {
    guard variable.hasNumericCodes else {
      throw SurveyError(.data, "'\(variable.name)' holds texts, where numbers are needed")
    }
  }

  /// Throws when a code of the map is none of the variable's.
  private func check(_ recode: RecodeRule, against old: Variable) throws {
    for from in recode.map.flatMap(\.from) where NumberRange(parsing: from) == nil {
      try check(from, in: old)
    }
    guard recode.otherwise == .fail else { return }
    let unnamed = old.categories.filter { recode.line(for: $0.code) == nil }.map(\.code)
    guard unnamed.isEmpty else {
      throw SurveyError(
        .data,
        "the map does not name these codes of '\(old.name)': \(unnamed.joined(separator: ", "))",
        remedy: "Name them, or say what becomes of the rest: `else: missing`, `copy` or a code.")
    }
  }

  private func check(_ code: String, in old: Variable) throws {
    let codes = old.categories.map(\.code)
    let isOpen = old.categories.isEmpty || old.range != nil || old.unknown == .warn
    guard !isOpen, !codes.contains(code), old.missingCode(covering: code) == nil else { return }
    throw SurveyError(
      .data, "'\(old.name)' has no code '\(code)'; it has \(codes.joined(separator: ", "))",
      remedy: suggestion(for: code, among: codes))
  }
}
