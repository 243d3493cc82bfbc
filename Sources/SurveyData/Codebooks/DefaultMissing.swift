/// What is missing in every column of numbers that names no missing codes: `missing: {default: …}`.
public struct DefaultMissing: Hashable, Sendable {
  /// The codes; single ones stand first, since a stretch may cover them too.
  public var codes: [MissingCode]
  /// Columns, and lists of them, whose values are no answers: weights and what the design is made of.
  public var exceptions: Set<String>

  /// Nothing is missing by default unless codes are given.
  public init(_ codes: [MissingCode] = [], except exceptions: Set<String> = []) {
    self.codes = codes.filter { $0.range == nil } + codes.filter { $0.range != nil }
    self.exceptions = exceptions
  }

  /// The codes for a variable of the codebook that names none: all but those that are answers there.
  package func codes(for variable: Variable) -> [MissingCode] {
    guard !variable.holdsNoNumbers else { return [] }
    let listed = Set(variable.categories.map(\.code))
    return codes.filter { code in
      if case .code(let text) = code.values, listed.contains(text) { return false }
      return !(variable.range.map(code.overlaps) ?? false)
    }
  }
}

extension Variable {
  /// Whether it is text, or there for something else than answers.
  package var holdsNoNumbers: Bool { type?.isText == true || role != nil }
}

extension MissingCode {
  /// Whether a number could be both this code and in the range.
  package func overlaps(_ range: ClosedRange<Double>) -> Bool {
    switch values {
    case .code(let code): Double(code).map(range.contains) ?? false
    case .range(let low, let high): low <= range.upperBound && high >= range.lowerBound
    case .empty: false
    }
  }

  /// The stretch of numbers that it is; nil for a single code.
  package var range: ClosedRange<Double>? {
    if case .range(let low, let high) = values { low...high } else { nil }
  }
}
