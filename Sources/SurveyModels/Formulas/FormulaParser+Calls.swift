internal import SurveyData

/// A function of a formula with its arguments, such as `poly(x, 2)`.
struct FormulaCall {
  let name: String
  let arguments: [Range<Int>]
  /// Where the whole call stands.
  let range: Range<Int>
}

extension FormulaParser {
  /// The most columns that a polynomial or spline may have.
  private static let mostColumns = 20

  /// The position of the atom that a call makes; what is not ours is an expression.
  mutating func number(of call: FormulaCall, _ inner: Range<Int>) throws -> Int {
    switch call.name {
    case "I": return try number(of: inner, named: text[call.range])
    case "factor":
      return try number(of: try variable(of: call, inner), .factor(reference: nil))
    case "number": return try number(of: try variable(of: call, inner), .number)
    case "relevel":
      let pair = try pair(of: call, "a variable and a code, as in `relevel(x, 'code')`")
      let code = try code(at: pair.second)
      return try number(of: try variable(of: call, pair.first), .factor(reference: code))
    case "poly":
      let pair = try pair(of: call, "a number and a degree, as in `poly(x, 2)`")
      let degree = try whole(pair.second, from: 1, "the degree of a polynomial")
      return try number(
        of: pair.first, .polynomial(degree: degree), named: text[call.range])
    case "spline":
      let pair = try pair(of: call, "a number and how many columns, as in `spline(x, 4)`")
      let columns = try whole(pair.second, from: 3, "the number of columns of a cubic spline")
      return try number(of: pair.first, .spline(columns: columns), named: text[call.range])
    case "offset":
      throw text.fault(
        "an offset is a term of its own", at: call.range,
        remedy: "Write it after a '+', as in `y ~ x + offset(log(time))`.")
    default: return try number(of: call.range, named: text[call.range])
    }
  }

  /// The offset that stands here; nil where another term does.
  mutating func offset() throws -> Formula.Atom? {
    let start = position
    guard word() == "offset", current == "(" else {
      position = start
      return nil
    }
    let inner = try parenthesized()
    let range = start..<position
    skipBlanks()
    guard current.map({ "+-)".contains($0) }) ?? true else {
      position = start
      return nil
    }
    return Formula.Atom(
      name: text[range], expression: try text.expression(at: inner), form: .plain, range: inner)
  }

  /// What stands within `I(…)`, `factor(…)` or `number(…)` on the left side; a condition needs neither.
  func outcomeForm(of side: Range<Int>) -> (inner: Range<Int>, form: Formula.Atom.Form) {
    let forms: [(String, Formula.Atom.Form)] = [
      ("I", .plain), ("factor", .factor(reference: nil)), ("number", .number),
    ]
    for (name, form) in forms {
      var parser = self
      parser.position = side.lowerBound
      guard parser.word() == name, parser.current == "(",
        let inner = try? parser.parenthesized(), parser.position == side.upperBound
      else { continue }
      return (trimmed(inner), form)
    }
    return (side, .plain)
  }

  /// The arguments between parentheses, parted at the commas that are not within others.
  func arguments(in range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    var open = 0
    var quote: Character?
    for place in range {
      let character = text.characters[place]
      if let mark = quote {
        if character == mark { quote = nil }
      } else if "'\"`".contains(character) {
        quote = character
      } else if character == "(" {
        open += 1
      } else if character == ")" {
        open -= 1
      } else if character == ",", open == 0 {
        parts.append(trimmed(start..<place))
        start = place + 1
      }
    }
    return parts + [trimmed(start..<range.upperBound)]
  }

  /// The two arguments of a call; the second may be named, as in `degree = 2`.
  private func pair(
    of call: FormulaCall, _ wanted: String
  ) throws -> (first: Range<Int>, second: Range<Int>) {
    guard call.arguments.count == 2, !call.arguments[0].isEmpty, !call.arguments[1].isEmpty else {
      throw text.fault("'\(call.name)' takes \(wanted)", at: call.range)
    }
    var second = call.arguments[1]
    for name in ["degree", "df", "ref"] where text[second].hasPrefix(name) {
      let rest = trimmed(second.lowerBound + name.count..<second.upperBound)
      guard !rest.isEmpty, text.characters[rest.lowerBound] == "=" else { continue }
      second = trimmed(rest.lowerBound + 1..<rest.upperBound)
    }
    return (call.arguments[0], second)
  }

  private func variable(of call: FormulaCall, _ range: Range<Int>) throws -> Range<Int> {
    guard try text.expression(at: range).soleVariable == nil else { return range }
    throw text.fault(
      "'\(call.name)' takes a variable, not an expression", at: range,
      remedy: "Derive a variable first, with --derive.")
  }

  private func whole(_ range: Range<Int>, from low: Int, _ what: String) throws -> Int {
    guard let number = Int(text[range]), (low...Self.mostColumns).contains(number) else {
      throw text.fault(
        "\(what) is a whole number from \(low) to \(Self.mostColumns), not '\(text[range])'",
        at: range)
    }
    return number
  }

  /// A code, with or without quotation marks.
  private func code(at range: Range<Int>) throws -> String {
    let written = text[range]
    for mark in ["'", "\""] where written.hasPrefix(mark) {
      guard written.count > 2, written.hasSuffix(mark) else { break }
      return String(written.dropFirst().dropLast())
    }
    guard written.allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) }) else {
      throw text.fault(
        "a code stands in quotation marks, as in `relevel(x, 'code')`", at: range,
        remedy: written.lazy.compactMap(\.straightening).first)
    }
    return written
  }
}
