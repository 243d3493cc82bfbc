/// Which categories of a variable an expression means: `sex == 1`, `region in ('03', '46')`,
/// `trust >= 7`.
struct CodeTest: Sendable {
  let variable: Variable
  let criteria: [Criterion]
  let isNegated: Bool
  /// The expression, for errors.
  let text: ExpressionText

  /// One code or stretch of codes, and where it stands in the expression.
  struct Criterion: Sendable {
    let condition: Condition
    let range: Range<Int>
  }

  enum Condition: Sendable {
    case code(String)
    case number(Relation, Double)
    case between(Double, Double)
    /// Dates in ISO form have the order of their text.
    case date(Relation, String)
  }

  /// Decides for each category.
  ///
  /// - Parameter isComplete: Whether the categories are all that can occur, so that another code is
  ///   an error.
  func truths(over categories: [Category], isComplete: Bool) throws -> [Bool] {
    var truths = Array(repeating: false, count: categories.count)
    for criterion in criteria {
      let matched = try categories.map { try matches($0, criterion) }
      if isComplete, case .code(let code) = criterion.condition, !matched.contains(true) {
        try refuse(code, at: criterion.range, categories: categories)
      }
      truths = zip(truths, matched).map { $0 || $1 }
    }
    return isNegated ? truths.map { !$0 } : truths
  }

  /// What the codebook alone can decide, before a row is read.
  func check() throws {
    try checkMissing()
    guard !variable.categories.isEmpty else { return }
    _ = try truths(
      over: variable.categories, isComplete: variable.range == nil && variable.unknown != .warn)
  }

  /// Throws when a code stands for a missing answer.
  func checkMissing() throws {
    for criterion in criteria {
      if case .code(let code) = criterion.condition {
        try refuseMissing(code, at: criterion.range)
      }
    }
  }

  private func matches(_ category: Category, _ criterion: Criterion) throws -> Bool {
    switch criterion.condition {
    case .code(let code): return category.code == code
    case .date(let comparison, let date): return comparison.holds(category.code, date)
    case .number(let comparison, let limit):
      return comparison.holds(try number(of: category, criterion), limit)
    case .between(let low, let high):
      let number = try number(of: category, criterion)
      return low <= number && number <= high
    }
  }

  private func number(of category: Category, _ criterion: Criterion) throws -> Double {
    if let number = category.number { return number }
    throw text.fault(
      "the codes of '\(variable.name)' are texts such as '\(category.code)', which have no order",
      at: criterion.range, remedy: "Name the codes: `\(variable.name) in ('\(category.code)', …)`.")
  }

  /// Throws unless the code is valid though it has no category of its own.
  private func refuse(_ code: String, at range: Range<Int>, categories: [Category]) throws {
    try refuseMissing(code, at: range)
    if let number = Double(code), variable.range?.contains(number) == true { return }
    throw text.fault(
      "'\(variable.name)' has no code '\(code)'"
        + (categories.isEmpty ? "" : "; it has \(categories.listed)"),
      at: range, remedy: categories.suggestion(for: code))
  }

  private func refuseMissing(_ code: String, at range: Range<Int>) throws {
    guard let missing = variable.missingCode(covering: code) else { return }
    throw text.fault(
      "code '\(code)' of '\(variable.name)' stands for a missing answer (\(missing.reason.rawValue)),"
        + " which compares with nothing", at: range,
      remedy: "Write `missing(\(variable.name), '\(missing.reason.rawValue)')`.")
  }
}

extension Variable {
  /// The declared missing code that covers a code; nil for a valid or an unknown one.
  package func missingCode(covering code: String) -> MissingCode? {
    // A code that is listed as valid is so whatever a stretch of missing codes covers.
    categories.contains { $0.code == code } ? nil : missingCode(apartFromCodes: code)
  }

  /// The missing code that covers a code, whether or not that is listed as valid too.
  package func missingCode(apartFromCodes code: String) -> MissingCode? {
    missing.first {
      switch $0.values {
      case .code(let missing): missing == code
      case .range(let low, let high): Double(code).map { low <= $0 && $0 <= high } ?? false
      case .empty: false
      }
    }
  }
}
