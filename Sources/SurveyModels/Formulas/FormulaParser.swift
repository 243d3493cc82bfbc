internal import SurveyData

/// Turns the text of a formula into an outcome and terms: sums of products of interactions.
struct FormulaParser {
  private(set) var atoms: [Formula.Atom] = []
  private(set) var offsets: [Formula.Atom] = []
  private(set) var hasIntercept = true
  let text: FormulaText
  var position = 0
  private var depth = 0

  /// The most terms of a formula, and the deepest nesting of its parentheses.
  private static let (mostTerms, deepest) = (500, 50)

  init(_ source: String) { text = FormulaText(source) }

  // MARK: Both sides

  /// The left side; the parser stands behind `~` afterwards.
  mutating func outcome() throws -> Formula.Atom {
    while let character = current, character != "~" {
      if character == "'" || character == "\"" || character == "`" {
        try skipQuoted()
      } else {
        position += 1
      }
    }
    guard current == "~" else {
      throw text.fault(
        "a formula needs '~' between the outcome and the terms", at: position..<position,
        remedy: text.characters.lazy.compactMap(\.straightening).first
          ?? (text.characters.contains("=")
            ? "Write '~' in place of '=': `outcome ~ term + term`."
            : "Write `outcome ~ term + term`."))
    }
    let side = trimmed(0..<position)
    guard !side.isEmpty else {
      throw text.fault("there is no outcome before '~'", at: position..<position + 1)
    }
    position += 1
    let (inner, form) = outcomeForm(of: side)
    let expression = try text.expression(at: inner)
    return Formula.Atom(
      name: expression.soleVariable ?? text[inner], expression: expression, form: form,
      range: inner)
  }

  /// The terms of the right side, those of fewer atoms first.
  mutating func terms() throws -> [[Int]] {
    let terms = try sum()
    guard current == nil else { throw unexpected("'+', '-', '*' or ':'") }
    return terms.enumerated().sorted {
      ($0.element.count, $0.offset) < ($1.element.count, $1.offset)
    }.map(\.element)
  }

  // MARK: Grammar

  private mutating func sum() throws -> [[Int]] {
    var terms: [[Int]] = []
    var adds = true
    if take("-") { adds = false } else { _ = take("+") }
    repeat {
      skipBlanks()
      let start = position
      if let constant = constant() {
        hasIntercept = (constant == "1") == adds
      } else if let offset = try offset() {
        guard adds else {
          throw text.fault("an offset is added, not taken away", at: start..<position)
        }
        offsets.append(offset)
      } else {
        let more = try product()
        terms = adds ? joined(terms, more) : try without(more, in: terms, at: start)
      }
      try limit(terms)
      if take("+") { adds = true } else if take("-") { adds = false } else { return terms }
    } while true
  }

  private mutating func product() throws -> [[Int]] {
    var terms = try interaction()
    while take("*") {
      let more = try interaction()
      terms = joined(joined(terms, more), try crossed(terms, more))
      try limit(terms)
    }
    return terms
  }

  private mutating func interaction() throws -> [[Int]] {
    var terms = try primary()
    while take(":") { terms = try crossed(terms, try primary()) }
    return terms
  }

  private mutating func primary() throws -> [[Int]] {
    guard take("(") else { return [[try atom()]] }
    guard depth < Self.deepest else {
      throw text.fault("a formula is nested deeper than \(Self.deepest)", at: position..<position)
    }
    depth += 1
    defer { depth -= 1 }
    let terms = try sum()
    guard take(")") else { throw unexpected("')'") }
    return terms
  }

  /// `0` or `1` where a term could stand.
  private mutating func constant() -> Character? {
    skipBlanks()
    guard let digit = current, digit == "0" || digit == "1" else { return nil }
    let next = character(at: position + 1)
    guard next.map({ $0 == " " || "+-)".contains($0) }) ?? true else { return nil }
    position += 1
    return digit
  }

  // MARK: Atoms

  /// The position of the variable or expression that stands here.
  private mutating func atom() throws -> Int {
    skipBlanks()
    let start = position
    guard let first = current else { throw unexpected("a variable") }
    if first == "`" {
      try skipQuoted()
      return try number(of: start..<position)
    }
    guard let word = word() else { throw unexpected("a variable") }
    let end = position
    skipBlanks()
    guard current == "(" else {
      position = end
      return try number(of: start..<end)
    }
    let inner = try parenthesized()
    let call = FormulaCall(name: word, arguments: arguments(in: inner), range: start..<position)
    return try number(of: call, inner)
  }

  /// Steps over a name; nil where none stands.
  mutating func word() -> String? {
    let start = position
    guard let first = current, first.isLetter || first == "_" else { return nil }
    while let next = current, next.isLetter || next.isNumber || next == "_" || next == "." {
      position += 1
    }
    return text[start..<position]
  }

  /// The position of an atom among all, which it joins unless it is there.
  mutating func number(
    of range: Range<Int>, _ form: Formula.Atom.Form = .plain, named name: String? = nil
  ) throws -> Int {
    let expression = try text.expression(at: range)
    let atom = Formula.Atom(
      name: name ?? expression.soleVariable ?? text[range], expression: expression, form: form,
      range: range)
    if let known = atoms.firstIndex(of: atom) { return known }
    atoms.append(atom)
    return atoms.count - 1
  }

  /// Steps over a pair of parentheses.
  /// - Returns: What stands between them.
  mutating func parenthesized() throws -> Range<Int> {
    let start = position
    var open = 0
    while let character = current {
      if character == "'" || character == "\"" || character == "`" {
        try skipQuoted()
        continue
      }
      if character == "(" { open += 1 }
      if character == ")" { open -= 1 }
      position += 1
      if open == 0 { return start + 1..<position - 1 }
    }
    throw text.fault("the '(' that stands here is never closed", at: start..<start + 1)
  }

  // MARK: Terms

  private func joined(_ terms: [[Int]], _ more: [[Int]]) -> [[Int]] {
    more.reduce(into: terms) { if !$0.contains($1) { $0.append($1) } }
  }

  private func crossed(_ a: [[Int]], _ b: [[Int]]) throws -> [[Int]] {
    try limit(a, times: b.count)
    return joined([], a.flatMap { first in b.map { Set(first + $0).sorted() } })
  }

  private func limit(_ terms: [[Int]], times factor: Int = 1) throws {
    guard terms.count * factor <= Self.mostTerms else {
      throw text.fault("a formula has more than \(Self.mostTerms) terms", at: position..<position)
    }
  }

  private func without(_ terms: [[Int]], in all: [[Int]], at start: Int) throws -> [[Int]] {
    for term in terms where !all.contains(term) {
      let name = term.map { atoms[$0].name }.joined(separator: ":")
      let whole = text.unbroken(around: start..<position)
      throw text.fault(
        "'\(name)' is not among the terms before", at: start..<position,
        remedy: text[whole].contains("-") ? .backquoting(text[whole]) : nil)
    }
    return all.filter { !terms.contains($0) }
  }

  // MARK: Characters

  var current: Character? { character(at: position) }

  func character(at index: Int) -> Character? {
    index < text.characters.count ? text.characters[index] : nil
  }

  mutating func skipBlanks() { while current == " " { position += 1 } }

  private mutating func take(_ sign: Character) -> Bool {
    skipBlanks()
    guard current == sign else { return false }
    position += 1
    return true
  }

  mutating func skipQuoted() throws {
    let start = position
    let quote = current
    position += 1
    while current != nil, current != quote { position += 1 }
    guard current == quote else {
      throw text.fault("the quotation that begins here is never closed", at: start..<start + 1)
    }
    position += 1
  }

  func trimmed(_ range: Range<Int>) -> Range<Int> {
    let solid = range.filter { text.characters[$0] != " " }
    return (solid.first ?? 0)..<(solid.last.map { $0 + 1 } ?? 0)
  }

  private func unexpected(_ wanted: String) -> SurveyError {
    guard let character = current else {
      return text.fault(
        "the formula ends where \(wanted) should stand", at: position..<position)
    }
    let remedy: String? =
      switch character {
      case "/", "^": "Write arithmetic inside I(…), as in `I(age / 10)`."
      case "~": "A formula has one '~'."
      case ".": "Name the variables; there is no '.' for all of them."
      case "=", "<", ">", "!":
        "Write a condition inside I(…), with == to compare, as in `I(age == 3)`."
      case let sign: sign.straightening
      }
    return text.fault(
      "'\(character)' stands where \(wanted) should", at: position..<position + 1, remedy: remedy)
  }
}
