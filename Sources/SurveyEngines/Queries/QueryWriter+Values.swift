internal import SurveyReaders

/// Queries about one column.
extension QueryWriter {
  /// Which values come first.
  enum Order { case frequent, smallest, largest }

  /// The different values of a column with their people.
  ///
  /// - Parameter areTexts: Whether it holds texts, of which the numbers are put in order.
  func values(
    of key: CellQuery.Key, _ order: Order, limit: Int, areTexts: Bool = false
  ) -> String {
    let value = self.key(key)
    let column =
      isText || areTexts ? number(key.name, areTexts: areTexts) : self.column(key.name)
    let first =
      switch order {
      case .frequent: "COUNT(*) DESC, \(value)"
      // Some engines order by no sum that they do not give.
      case .smallest: column
      case .largest: "\(column) DESC"
      }
    return """
      SELECT \(value) AS \(dialect.quoted(key.name)), COUNT(*) AS \(dialect.quoted("vekt_n"))
      FROM \(source) AS t
      GROUP BY \(value)
      ORDER BY \(first)
      LIMIT \(limit)
      """
  }

  /// The rows, the people with a value, the different values; of numbers also the mean, how many are not whole, and in
  /// text how many there are.
  func whole(_ name: String, areNumbers: Bool, areTexts: Bool = false) -> String {
    let column = self.column(name)
    var parts = ["COUNT(*)", "COUNT(\(column))", "COUNT(DISTINCT \(column))"]
    if areNumbers {
      let number = number(name, areTexts: areTexts)
      // Not every SQLite has FLOOR.
      let floor =
        dialect.hasTypedValues ? "CAST(\(number) AS \(dialect.count))" : "FLOOR(\(number))"
      parts += ["AVG(\(number))", "SUM(CASE WHEN \(number) <> \(floor) THEN 1 ELSE 0 END)"]
      if isText || areTexts { parts.append("COUNT(\(number))") }
    }
    return "SELECT \(parts.joined(separator: ", "))\nFROM \(source) AS t"
  }

  /// The rows, and of each weight how many have a weight, the sum, the smallest, the largest, how many are below zero, how
  /// many are zero; where numbers come as text, how many are numbers besides.
  func weights(_ weights: [SummedWeight]) -> String {
    let parts = weights.flatMap { weight -> [String] in
      let w = number(weight.term)
      return [
        "COUNT(\(present(weight.term)))", "SUM(\(w))", "MIN(\(w))", "MAX(\(w))",
        "SUM(CASE WHEN \(w) < 0 THEN 1 ELSE 0 END)", "SUM(CASE WHEN \(w) = 0 THEN 1 ELSE 0 END)",
      ] + (isText ? ["COUNT(\(w))"] : [])
    }
    return "SELECT \((["COUNT(*)"] + parts).joined(separator: ", "))\nFROM \(source) AS t"
  }
}
