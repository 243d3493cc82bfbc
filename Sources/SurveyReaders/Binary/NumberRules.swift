package import SurveyData

/// What a number of the file means by the codebook: valid, missing, or unknown.
package struct NumberRules {
  package enum Meaning {
    case valid
    /// A missing code, by its place in the list of missing codes.
    case missing(Int)
    /// A missing code that was not listed before.
    case foundMissing(MissingCode)
    /// Unknown to the codebook and valid all the same, since it says `unknown: warn`.
    case accepted
    /// Unknown to the codebook.
    case unknown
  }

  /// How numbers are written as codes.
  package let notation: NumberNotation
  private let variable: Variable
  private let isLenient: Bool
  private let listed: Set<String>
  private let listedNumbers: Set<Double>
  private var missingNumbers: [Double: Int] = [:]
  private var missingTexts: [String: Int] = [:]
  private var missingRanges: [(low: Double, high: Double, index: Int)] = []
  private let scheme: CodeScheme
  private static let mostFoundInRanges = 1000
  private var foundInRanges = 0

  /// - Parameter isLenient: Whether the variable comes from the file itself, whose labels need not
  ///   be complete.
  package init(_ scheme: CodeScheme, notation: NumberNotation, isLenient: Bool) {
    self.scheme = scheme
    self.notation = notation
    self.isLenient = isLenient
    variable = scheme.variable
    listed = Set(scheme.categories.map(\.code))
    listedNumbers = Set(
      scheme.categories.compactMap { category in
        category.number.flatMap { canonicalCode($0) == category.code ? $0 : nil }
      })
    for (index, code) in scheme.missing.enumerated() {
      switch code.values {
      case .code(let text):
        missingTexts[text] = index
        if notation == .number, let number = Double(text) { missingNumbers[number] = index }
      case .range(let low, let high): missingRanges.append((low, high, index))
      case .empty: break
      }
    }
  }

  /// Whether every number is valid as it is.
  package var admitsEverything: Bool {
    variable.isOpen && missingNumbers.isEmpty && missingRanges.isEmpty
      && (isLenient || variable.type != .integer) && notation == .number
  }

  /// Whether a value that is not a whole number contradicts the codebook.
  package func contradictsType(_ number: Double) -> Bool {
    !isLenient && variable.type == .integer && notation == .number && number != number.rounded()
  }

  /// What a number means; NaN stands for system-missing (payload 0) or a tag (1–27, see
  /// ``StataTag``).
  package mutating func meaning(of number: Double) -> Meaning {
    if number.isNaN { return missing(tag: NumericColumn.missingIndex(number)) }
    if let index = missingNumbers[number] { return .missing(index) }
    if notation != .number, let index = missingTexts[notation.text(number)] {
      return .missing(index)
    }
    if listedNumbers.contains(number) { return .valid }
    for range in missingRanges where range.low <= number && number <= range.high {
      guard foundInRanges < Self.mostFoundInRanges, number.isFinite else {
        return .missing(range.index)
      }
      foundInRanges += 1
      let code = scheme.missing[range.index]
      return .foundMissing(
        MissingCode(.code(notation.text(number)), reason: code.reason, label: code.label))
    }
    if scheme.admits(number) || notation != .number && !variable.isCategorical { return .valid }
    if notation != .number, listed.contains(notation.text(number)) { return .valid }
    if variable.unknown == .warn { return isLenient ? .valid : .accepted }
    return .unknown
  }

  private func missing(tag: Int) -> Meaning {
    guard (1...27).contains(tag) else { return .missing(0) }
    let text = StataTag.text(tag)
    if let index = missingTexts[text] { return .missing(index) }
    return .foundMissing(MissingCode(.code(text), reason: StataTag.reason(tag)))
  }

  /// Remembers a missing code that was found in the file.
  package mutating func add(_ code: MissingCode, number: Double, index: Int) {
    missingTexts[code.text] = index
    if !number.isNaN, notation == .number { missingNumbers[number] = index }
  }
}
