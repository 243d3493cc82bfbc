internal import SurveyData

/// The formula of a calibration: terms with `+` between them, each of variables with `:` or `*` between
/// them, such as `sex * region + income` or `number(age) - 1`.
///
/// A variable is a factor where the codebook or the file has categories or texts, else a number;
/// `factor(x)` and `number(x)` say so. Of a factor every category has a column, so that the totals of
/// all are wanted; `a * b` is `a:b` alone, which gives the same weights as `a + b + a:b`. Without a
/// factor a column of ones stands first, `(all)`, which `- 1` leaves out.
struct CalibrationFormula: Hashable, Sendable {
  /// One term.
  struct Term: Hashable, Sendable {
    var factors: [String] = []
    var numbers: [String] = []
  }

  let terms: [Term]
  /// Whether a column of ones stands first.
  let hasAll: Bool

  /// Reads a formula.
  ///
  /// - Throws: ``SurveyError`` of kind usage for what is none, and for an unknown variable.
  init(_ text: String, in dataset: Dataset) throws {
    func fault(_ problem: String) -> SurveyError {
      SurveyError(
        .usage, "the formula '\(text)' \(problem)",
        remedy: "Write it as 'sex + region' or 'sex * region + income'.")
    }
    var hasConstant = true
    var terms: [Term] = []
    for (sign, part) in try Self.parts(of: text, fault) {
      if ["0", "1"].contains(part) {
        hasConstant = (part == "1") == (sign == "+")
        continue
      }
      guard sign == "+" else { throw fault("takes '\(part)' away, which was never in it") }
      var term = Term()
      for atom in Self.split(part, at: ":*") {
        guard let (name, isFactor) = Self.atom(atom) else {
          throw fault("has '\(atom)', which is no variable")
        }
        let variable = try dataset.variable(name)
        if isFactor ?? (variable.isCategorical || variable.type == .text) {
          if !term.factors.contains(name) { term.factors.append(name) }
        } else {
          term.numbers.append(name)
        }
      }
      if !terms.contains(term) { terms.append(term) }
    }
    // The cells of factors hold the margins of theirs.
    self.terms = terms.filter { term in
      !terms.contains { other in
        other != term && other.numbers == term.numbers
          && Set(other.factors).isStrictSuperset(of: term.factors)
      }
    }
    hasAll = hasConstant && !self.terms.contains { $0.numbers.isEmpty }
    guard !self.terms.isEmpty || hasAll else { throw fault("names no variable") }
  }

  /// The signed parts between `+` and `-`.
  private static func parts(
    of text: String, _ fault: (String) -> SurveyError
  ) throws -> [(sign: String, part: String)] {
    var rest = text.bare[...]
    if rest.hasPrefix("~") { rest = rest.dropFirst() }
    var parts: [(String, String)] = []
    var (sign, part, isQuoted) = ("+", "", false)
    func close() throws {
      let bare = part.bare
      if bare.isEmpty {
        guard parts.isEmpty, sign == "+" || part.isEmpty else { throw fault("has an empty term") }
        return
      }
      parts.append((sign, bare))
    }
    for character in rest {
      if character == "`" { isQuoted.toggle() }
      if !isQuoted, character == "+" || character == "-" {
        if part.bare.isEmpty, !parts.isEmpty {
          throw fault("has an empty term")
        }
        try close()
        (sign, part) = (String(character), "")
      } else {
        part.append(character)
      }
    }
    guard !part.bare.isEmpty else {
      throw fault(parts.isEmpty ? "is empty" : "has an empty term")
    }
    try close()
    return parts
  }

  private static func split(_ text: String, at marks: String) -> [String] {
    var (pieces, isQuoted) = ([""], false)
    for character in text {
      if character == "`" { isQuoted.toggle() }
      if !isQuoted, marks.contains(character) {
        pieces.append("")
      } else {
        pieces[pieces.count - 1].append(character)
      }
    }
    return pieces.map { $0.bare }
  }

  /// The name of a variable and what it is said to be; nil for anything else.
  private static func atom(_ text: String) -> (name: String, isFactor: Bool?)? {
    for (function, isFactor) in [("factor(", true), ("number(", false)]
    where text.hasPrefix(function) && text.hasSuffix(")") {
      let inner = text.dropFirst(function.count).dropLast()
      return atom(inner.bare).map { ($0.name, isFactor) }
    }
    if text.count > 2, text.hasPrefix("`"), text.hasSuffix("`") {
      return (String(text.dropFirst().dropLast()), nil)
    }
    guard let first = text.first, first.isLetter || first == "_" || first == ".",
      text.allSatisfy({ $0.isLetter || $0.isNumber || "_.".contains($0) })
    else { return nil }
    return (text, nil)
  }
}

extension StringProtocol {
  /// The text without spaces around it.
  var bare: String {
    String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
