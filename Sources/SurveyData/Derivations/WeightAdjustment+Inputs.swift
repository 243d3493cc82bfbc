extension WeightAdjustment {
  /// The names of all that the step reads: weight, variables, who answered and the formula's.
  package var inputNames: [String] {
    let condition = responded.map { (try? Expression($0).variables) ?? [$0] } ?? []
    let all = [before] + variables + condition + (formula.map(Self.names(of:)) ?? [])
    return all.reduce(into: []) { if !$1.isEmpty, !$0.contains($1) { $0.append($1) } }
  }

  /// The same step where columns have other names.
  package func renamed(_ new: (String) -> String) -> Self {
    var step = self
    step.before = before.isEmpty ? before : new(before)
    step.variables = variables.map(new)
    step.formula = formula.map { Self.replacing($0, new) }
    step.responded = responded.map { Self.replacing($0, new) }
    return step
  }

  /// A name in a formula: letters, digits, `_` and `.`, or anything between backquotes; what stands
  /// before a parenthesis is none, nor is a number or what is quoted.
  private static var name: Regex<(Substring, Substring?, Substring?)> {
    #/`([^`]+)`|'[^']*'|"[^"]*"|[0-9][\p{L}\p{N}.]*|[\p{L}_.][\p{L}\p{N}_.]*(\s*\()?/#
  }

  private static func isName(_ match: Regex<(Substring, Substring?, Substring?)>.Match) -> Bool {
    guard match.2 == nil, let first = match.0.first else { return false }
    return first == "`" || first.isLetter || first == "_"
  }

  private static func names(of formula: String) -> [String] {
    formula.matches(of: name).filter(isName).map { String($0.1 ?? $0.0) }
  }

  private static func replacing(_ text: String, _ new: (String) -> String) -> String {
    text.replacing(name) { match in
      guard isName(match) else { return String(match.0) }
      let own = String(match.1 ?? match.0)
      let other = new(own)
      return other == own ? String(match.0) : "`\(other)`"
    }
  }
}
