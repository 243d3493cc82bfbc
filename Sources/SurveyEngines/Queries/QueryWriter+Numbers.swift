internal import SurveyData
internal import SurveyReaders

extension QueryWriter {
  /// A number as it stands in a query, where one with a decimal point would be another type.
  func literal(_ number: Double) -> String { "CAST(\(number) AS \(dialect.double))" }

  // MARK: Weights

  /// A weight as a number; NULL where an answer is missing, and for a division by zero.
  func number(_ term: SummedWeight.Term) -> String {
    switch term {
    case .column(let name, let missing):
      let value = number(name)
      return condition(value, isIn: missing).map { "CASE WHEN \($0) THEN NULL ELSE \(value) END" }
        ?? value
    case .number(let number): return literal(number)
    case .negative(let term): return "(-\(number(term)))"
    case .arithmetic(let sign, let a, let b):
      let (a, b) = (number(a), number(b))
      return switch sign {
      case .plus: "(\(a) + \(b))"
      case .minus: "(\(a) - \(b))"
      case .times: "(\(a) * \(b))"
      case .divided, .power: "(\(a) / NULLIF(\(b), \(literal(0))))"
      }
    }
  }

  /// What is NULL where somebody has no weight, and something else where the weight is no number.
  func present(_ term: SummedWeight.Term) -> String {
    guard case .column(let name, let missing) = term else { return number(term) }
    let column = self.column(name)
    return condition(number(name), isIn: missing).map {
      "CASE WHEN \($0) THEN NULL ELSE \(column) END"
    } ?? column
  }

  /// Whether a number is among those that stand for missing answers; nil where none does.
  private func condition(_ number: String, isIn missing: [MissingCode.Values]) -> String? {
    var codes: [String] = []
    var ranges: [String] = []
    for values in missing {
      switch values {
      case .code(let text): if let code = Double(text) { codes.append(literal(code)) }
      case .range(let low, let high):
        let ends =
          (low.isFinite ? ["\(number) >= \(literal(low))"] : [])
          + (high.isFinite ? ["\(number) <= \(literal(high))"] : [])
        if !ends.isEmpty { ranges.append(ends.joined(separator: " AND ")) }
      case .empty: break
      }
    }
    if !codes.isEmpty { ranges.append("\(number) IN (\(codes.joined(separator: ", ")))") }
    return ranges.isEmpty ? nil : ranges.joined(separator: " OR ")
  }

  // MARK: Rounding

  /// The largest quotient that SQLite takes as a whole number.
  private static let largestWhole = 9e15

  /// A column whose numbers become multiples of a step, those below them; missing codes, and texts that are no numbers,
  /// are left alone.
  func rounded(_ key: CellQuery.Key, _ rounding: CellQuery.Rounding) -> String {
    let (column, value) = (self.column(key.name), number(key.name))
    let step = literal(Double(rounding.step))
    let quotient = "\(value) / \(step)"
    let missing = condition(value, isIn: rounding.keeping)
    if dialect.hasTypedValues {
      // Not all of them have FLOOR; a cast cuts decimals off, up for numbers below zero.
      let whole = "CAST(\(quotient) AS \(dialect.count))"
      let floor = "(\(whole) - CASE WHEN \(quotient) < \(whole) THEN 1 ELSE 0 END) * \(step)"
      let isNumber =
        "typeof(\(column)) IN ('integer', 'real') AND ABS(\(quotient)) < \(literal(Self.largestWhole))"
      let isRounded = missing.map { "\(isNumber) AND NOT (\($0))" } ?? isNumber
      return
        "CASE WHEN \(isRounded) THEN printf('%!.17g', \(floor)) WHEN typeof(\(column)) = 'real' "
        + "THEN printf('%!.17g', \(column)) ELSE COALESCE(CAST(\(column) AS TEXT), '') END"
    }
    let floor = "FLOOR(\(quotient)) * \(step)"
    guard isText else {
      return missing.map { "CASE WHEN \($0) THEN \(value) ELSE \(floor) END" } ?? floor
    }
    let isKept = ["\(value) IS NULL", missing].compactMap(\.self).joined(separator: " OR ")
    return
      "CASE WHEN \(isKept) THEN \(column) ELSE CAST(CAST(\(floor) AS \(dialect.count)) AS VARCHAR) END"
  }

  // MARK: Foreseeing

  /// About how many different answers some columns have together; nil where the engine does not reckon it.
  ///
  /// - Parameter rows: How many rows are looked at, those that come first; nil means all.
  func approximateCells(_ keys: [CellQuery.Key], among rows: Int? = nil) -> String? {
    let row = keys.map(key).joined(separator: ", ")
    let together: String? =
      switch dialect.name {
      case .duckdb: "ROW(\(row))"
      case .spark: "struct(\(row))"
      case .sqlite, .postgresql: nil
      }
    let people = beginning(rows, of: keys.map(\.name))
    return together.map { "SELECT approx_count_distinct(\($0))\nFROM \(people) AS t" }
  }
}
