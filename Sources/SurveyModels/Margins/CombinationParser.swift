internal import SurveyData
internal import SurveyStatistics

/// Turns `exp(a=2) - (a=3 + a=4) / 2` into a combination of coefficients.
///
/// Where a coefficient's name stands, the longest that fits counts; quotes around a name are
/// allowed.
struct CombinationParser {
  private let text: FormulaText
  private let source: String
  private let names: [(characters: [Character], position: Int?)]
  private let known: [String]
  private var position = 0
  private var depth = 0

  private static let deepest = 100

  /// - Parameters:
  ///   - names: The coefficients' names, with their positions; nil for one that is zero.
  init(_ source: String, names: [(name: String, position: Int?)]) {
    self.source = source
    text = FormulaText(source)
    known = names.map(\.name)
    self.names = names.map { (Array($0.name), $0.position) }
      .sorted { $0.0.count > $1.0.count }
  }

  /// The combination.
  /// - Throws: ``SurveyError`` of kind usage, with a caret under the fault.
  mutating func parse() throws -> Combination {
    let result = try sum()
    skipBlanks()
    guard current == nil else {
      throw fault("'\(text[position..<position + 1])' stands where an operator or the end should")
    }
    return result
  }

  private static func coefficient(_ position: Int?) -> Combination {
    position.map { .estimate($0) } ?? .number(0)
  }

  private mutating func sum() throws -> Combination {
    var left = try product()
    while true {
      if take("+") {
        left = .sum(left, try product())
      } else if take("-") {
        left = .sum(left, .negative(try product()))
      } else {
        return left
      }
    }
  }

  private mutating func product() throws -> Combination {
    var left = try signed()
    while true {
      if take("*") {
        left = .product(left, try signed())
      } else if take("/") {
        left = .quotient(left, try signed())
      } else {
        return left
      }
    }
  }

  private mutating func signed() throws -> Combination {
    guard depth < Self.deepest else { throw fault("this is nested deeper than \(Self.deepest)") }
    depth += 1
    defer { depth -= 1 }
    if take("-") { return .negative(try signed()) }
    _ = take("+")
    let base = try primary()
    guard take("^") else { return base }
    return .power(base, try signed())
  }

  private mutating func primary() throws -> Combination {
    skipBlanks()
    guard let first = current else { throw fault("a coefficient is missing at the end") }
    if first == "`" || first == "'" || first == "\"" { return try quoted(first) }
    if let (length, position) = name(at: position) {
      self.position += length
      return Self.coefficient(position)
    }
    if first == "(" {
      position += 1
      let inner = try sum()
      guard take(")") else { throw fault("a ')' is missing") }
      return inner
    }
    let start = position
    if first.isNumber || first == "." {
      while let next = current, next.isNumber || next == "." || next == "e" { position += 1 }
      if let value = Double(text[start..<position]) { return .number(value) }
    }
    position = start
    return try call()
  }

  private mutating func call() throws -> Combination {
    let start = position
    while let next = current, next.isLetter || next.isNumber || "_.=:".contains(next) {
      position += 1
    }
    let word = text[start..<position]
    if let function = Combination.Function(rawValue: word), take("(") {
      let inner = try sum()
      guard take(")") else { throw fault("a ')' is missing") }
      return .call(function, inner)
    }
    position = max(position, min(start + 1, text.characters.count))
    throw unknown(text[start..<position], at: start..<position)
  }

  private mutating func quoted(_ quote: Character) throws -> Combination {
    let start = position
    position += 1
    while let next = current, next != quote { position += 1 }
    guard current == quote else {
      throw text.fault("the quotation that begins here is never closed", at: start..<start + 1)
    }
    let name = text[start + 1..<position]
    position += 1
    guard let found = names.first(where: { String($0.characters) == name }) else {
      throw unknown(name, at: start..<position)
    }
    return Self.coefficient(found.position)
  }

  /// The longest name that stands at a place.
  private func name(at start: Int) -> (length: Int, position: Int?)? {
    for (characters, place) in names {
      let end = start + characters.count
      guard end <= text.characters.count, text.characters[start..<end].elementsEqual(characters)
      else { continue }
      let last = characters.last ?? " "
      let isWord = last.isLetter || last.isNumber || last == "_"
      if isWord, end < text.characters.count {
        let next = text.characters[end]
        if next.isLetter || next.isNumber || "_=:.(".contains(next) { continue }
      }
      return (characters.count, place)
    }
    return nil
  }

  private func unknown(_ name: String, at range: Range<Int>) -> SurveyError {
    let listed = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
    return text.fault(
      "there is no coefficient '\(name)'", at: range,
      remedy: suggestion(for: name, among: known) ?? "The coefficients are \(listed).")
  }

  private func fault(_ problem: String) -> SurveyError {
    text.fault(problem, at: min(position, text.characters.count)..<text.characters.count)
  }

  private var current: Character? {
    position < text.characters.count ? text.characters[position] : nil
  }

  private mutating func skipBlanks() { while current == " " { position += 1 } }

  private mutating func take(_ sign: Character) -> Bool {
    skipBlanks()
    guard current == sign else { return false }
    position += 1
    return true
  }
}
