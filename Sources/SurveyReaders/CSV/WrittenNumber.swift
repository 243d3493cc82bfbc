/// A number as people write it, and what a codebook says so that it is read.
///
/// No advice gives another number than the one meant: where a text may mean two, both are named.
struct WrittenNumber {
  /// What to do.
  let remedy: String

  /// Recognizes a text that is no number by the file's signs; nil for what is no number at all.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - name: The variable's name.
  ///   - others: Other such texts of the column, which may tell what a sign means.
  init?(_ text: String, of name: String, besides others: [String] = []) {
    let shapes = ([text] + others).map(Shape.init)
    let shape = shapes[0]
    if let signs = shape.signs {
      let certain = shapes.compactMap(\.signs).first { $0.isCertain }
      guard let sure = signs.isCertain ? signs : certain, sure.decimal != nil || !signs.isCertain
      else {
        remedy =
          signs.isCertain
          ? "State how numbers are written: `\(signs.statement)` under `file:`."
          : Self.either(text, signs)
        return
      }
      remedy = "State how numbers are written: `\(sure.statement)` under `file:`."
      return
    }
    switch shape.rest {
    case .percent?:
      remedy =
        "Write the number alone, without the per cent sign, and declare `unit: \"%\"` under \(name)."
    case .openEnd?:
      remedy =
        "It is an open end and not a number: declare `type: text` under \(name), with its `codes:`, or "
        + "have a number in its place."
    case .unit(let unit)?:
      remedy =
        "Write the number alone, without \(Escaping.quoted(unit)), and declare "
        + "`unit: \(YAMLTree.quoted(unit))` under \(name)."
    case nil: return nil
    }
  }

  /// Both meanings of `1,234`.
  private static func either(_ text: String, _ signs: Signs) -> String {
    let sign = signs.thousands.map(String.init) ?? ""
    let whole = text.filter { String($0) != sign }
    let fraction = text.replacing(sign, with: ".")
    return
      "If it means \(whole), state `thousands: \"\(sign)\"` under `file:`; if it means \(fraction), "
      + "`decimal: \"\(sign)\"`\(sign == "." ? "" : " with `thousands:` of another sign, or none")."
  }
}

/// The signs in a number.
private struct Signs {
  var thousands: Character?
  var decimal: Character?
  /// Whether they can mean nothing else.
  var isCertain = true

  /// What the codebook says of them.
  var statement: String {
    let parts = [
      decimal.map { "decimal: \"\($0)\"" },
      thousands.map { "thousands: \"\($0 == "\u{A0}" ? " " : $0)\"" },
    ]
    return "{\(parts.compactMap(\.self).joined(separator: ", "))}"
  }
}

/// What a text is made of.
private struct Shape {
  enum Rest {
    case percent, openEnd
    case unit(String)
  }

  private(set) var signs: Signs?
  private(set) var rest: Rest?

  init(_ text: String) {
    signs = Self.signs(text)
    guard signs == nil else { return }
    let isNumber = { (part: Substring) in
      DecimalNumber.value(part) != nil || Self.signs(String(part)) != nil
    }
    let core = text.drop { !$0.isNumber && $0 != "-" && $0 != "." }
    let before = text[..<core.startIndex].filter { !$0.isWhitespace }
    let number = core.prefix { $0.isNumber || " .,-'\u{A0}\u{202F}".contains($0) }
    let solid = Substring(String(number).trimmingBlanks)
    let after = core.dropFirst(number.count).filter { !$0.isWhitespace }
    guard isNumber(solid), before.isEmpty != after.isEmpty else { return }
    let sign = before.isEmpty ? String(after) : String(before)
    switch sign {
    case "%": rest = .percent
    case "<", ">", "<=", ">=", "≤", "≥", "+", "~": rest = .openEnd
    default:
      let isUnit =
        sign.count <= 5
        && sign.allSatisfy { $0.isLetter || $0.isCurrencySymbol || ".-,".contains($0) }
      rest = isUnit ? .unit(sign) : nil
    }
  }

  /// The signs of digits in groups, of a decimal comma, or of both; nil for anything else.
  private static func signs(_ text: String) -> Signs? {
    let digits = text.first.map { "-\u{2212}+".contains($0) } == true ? text.dropFirst() : text[...]
    guard digits.first?.isASCIIDigit == true, digits.last?.isASCIIDigit == true else { return nil }
    let marks = digits.filter { !$0.isASCIIDigit }
    guard let first = marks.first, marks.count <= 8 else { return nil }
    let groups = digits.split { !$0.isASCIIDigit }
    guard groups.count == marks.count + 1 else { return nil }
    let isGrouped = { (parts: ArraySlice<Substring>) in
      (1...3).contains(parts.first?.count ?? 0) && parts.dropFirst().allSatisfy { $0.count == 3 }
    }
    let blanksAndSigns = ",. '’\u{A0}\u{2009}\u{202F}\u{2007}"
    guard marks.allSatisfy(blanksAndSigns.contains) else { return nil }
    let isDecimalSign = { (mark: Character) in mark == "," || mark == "." }
    // All the same sign: thousands, or one decimal sign.
    if marks.allSatisfy({ $0 == first }) {
      guard isGrouped(groups[...]) else {
        return marks.count == 1 && isDecimalSign(first) ? Signs(decimal: first) : nil
      }
      let isPlain = groups[0] != "0" && groups[0].first != "0"
      if marks.count == 1, isDecimalSign(first) {
        return isPlain ? Signs(thousands: first, isCertain: false) : Signs(decimal: first)
      }
      return Signs(thousands: first)
    }
    guard let last = marks.last, isDecimalSign(last),
      marks.dropLast().allSatisfy({ $0 == first }), first != last, isGrouped(groups.dropLast()[...])
    else { return nil }
    return Signs(thousands: first, decimal: last)
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
