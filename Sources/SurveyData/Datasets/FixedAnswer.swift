/// One answer that everybody gives, as when a prediction sets a variable.
public enum FixedAnswer: Hashable, Sendable {
  /// A category's code.
  case code(String)
  /// A number.
  case number(Double)

  /// The code, or the number in canonical text.
  public var text: String {
    switch self {
    case .code(let code): code
    case .number(let value): canonicalCode(value)
    }
  }

  /// The answer as a number; nil for a code that is none.
  var value: Double? {
    switch self {
    case .code(let code): Double(code)
    case .number(let value): value
    }
  }
}

extension Dataset {
  /// The same respondents, who all give the same answer to some variables; what is derived from
  /// these follows.
  package func answering(_ answers: [String: FixedAnswer]) -> Dataset {
    var changed = codebook
    changed.derived = []
    for derived in codebook.derived {
      let follows = origins(of: derived.variable.name).contains { answers[$0] != nil }
      if follows, answers[derived.variable.name] == nil {
        changed.derived.append(derived)
      } else {
        changed.variables.append(derived.variable)
      }
    }
    return Dataset(FixedAnswers(base: self, answers: answers), codebook: changed)
  }

  /// A variable and all that it is derived from.
  package func origins(of name: String) -> Set<String> {
    var found: Set<String> = [name]
    var open = [name]
    while let next = open.popLast() {
      guard let rule = codebook.derived.first(where: { $0.variable.name == next }) else { continue }
      open += rule.inputNames.filter { found.insert($0).inserted }
    }
    return found
  }
}

/// Columns of another dataset, some of them the same answer in every row.
private struct FixedAnswers: ColumnSource {
  let base: Dataset
  let answers: [String: FixedAnswer]

  var facts: FileFacts { base.source.facts }
  var embeddedCodebook: Codebook { base.source.embeddedCodebook }

  func rowCount() throws -> Int { try base.rowCount }
  func sha256() throws -> String? { try base.source.sha256() }

  func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    try base.load(
      requests.filter { answers[$0.variable.name] == nil }.map { ($0.variable.name, $0.view) })
    let columns = try requests.map { request in
      let name = request.variable.name
      guard let answer = answers[name] else { return try column(name, request.view) }
      return try column(of: answer, name, request.view)
    }
    return (columns, [])
  }

  private func column(_ name: String, _ view: ColumnView) throws -> Column {
    switch view {
    case .codes: .codes(try base.categorical(name))
    case .numbers: .numbers(try base.numeric(name))
    case .text: .text(try base.text(name))
    }
  }

  private func column(
    of answer: FixedAnswer, _ name: String, _ view: ColumnView
  ) throws -> Column {
    let rows = try base.rowCount
    switch view {
    case .text: return .text(TextColumn(values: Array(repeating: answer.text, count: rows)))
    case .numbers:
      guard let value = answer.value else {
        throw SurveyError(
          .usage, at: name, "is a number, and '\(answer.text)' is none",
          remedy: "Set it to a number, or to mean or median.")
      }
      return .numbers(
        NumericColumn(values: Array(repeating: value, count: rows), missing: [.system]))
    case .codes:
      let known = try base.categorical(name)
      guard let position = known.categories.firstIndex(where: { $0.code == answer.text }) else {
        let codes = known.categories.map(\.code)
        throw SurveyError(
          .usage, at: name,
          "has no code '\(answer.text)' among \(codes.prefix(12).joined(separator: ", "))",
          remedy: suggestion(for: answer.text, among: codes))
      }
      return .codes(
        CategoricalColumn(
          positions: Positions(
            repeatElement(position, count: rows),
            valueCount: known.categories.count + known.missing.count),
          categories: known.categories, missing: known.missing))
    }
  }
}
