internal import SurveyData
internal import SurveyReaders

/// The questions about one table that together give cells, as values; a dialect makes their text.
struct CellQuery: Equatable, Sendable {
  /// The raw columns that the cells are by.
  var keys: [Key]
  /// The columns that are added up with their squares.
  var weights: [Weight]
  /// The columns that are only added up.
  var replicates: [String]
  /// The most cells that are taken.
  var limit: Int

  /// A raw column.
  struct Key: Hashable, Sendable {
    let name: String
    /// How a column of SQLite is read, which has a type a value; as it is elsewhere.
    var reading = Reading.plain
    /// How its numbers are rounded; nil for as they are.
    var rounding: Rounding?
  }

  /// Numbers that become multiples of a whole number, those below them.
  struct Rounding: Hashable, Sendable {
    let step: Int
    /// What stands for missing answers and is left alone.
    var keeping: [MissingCode.Values] = []
  }

  /// How values are read that may have several types.
  enum Reading: Equatable, Sendable {
    /// As they are.
    case plain
    /// As text: texts, perhaps among whole numbers, and numbers with all their digits.
    case text
    /// As the text of numbers.
    case number
  }

  /// A weight.
  struct Weight: Equatable, Sendable {
    let name: String
    /// How it is reckoned; nil where it is the column of its name.
    var term: SummedWeight.Term?
    /// Whether the people with a weight above zero, and those without any, are counted in every cell.
    var isCounted = false
  }
}

/// Queries about one table, in the words of an engine.
struct QueryWriter: Sendable {
  let dialect: Dialect
  /// What stands behind FROM.
  let source: String
  /// Whether numbers come as text.
  let isText: Bool
  /// The columns' names as the table writes them, by any way to write their letters.
  var names: [String: String] = [:]

  /// The most columns of a query that asks for several things of each.
  static let mostColumns = 400

  /// Writes queries; nil where the engine does not read such files.
  ///
  /// - Parameter form: How a file of text is written.
  init?(_ dialect: Dialect, _ relation: Relation, form: CSVForm? = nil) {
    guard let source = dialect.source(relation, form: form) else { return nil }
    (self.dialect, self.source, isText) = (dialect, source, relation.isText)
  }

  /// A column of the table.
  func column(_ name: String) -> String { dialect.column(names[name] ?? name) }

  /// A column as a number with decimals, before anything is reckoned with it.
  ///
  /// - Parameter areTexts: Whether it holds texts, of which some may be none.
  func number(_ name: String, areTexts: Bool = false) -> String {
    "\(isText || areTexts ? "TRY_CAST" : "CAST")(\(self.column(name)) AS \(dialect.double))"
  }

  /// The columns, without a row.
  var columns: String { "SELECT * FROM \(source) AS t LIMIT 0" }

  /// The number of rows, and what is to be known of each weight before it is added up: how many have one, Σw, the
  /// smallest; where numbers come as text, how many are numbers besides.
  func control(weights: [SummedWeight]) -> String {
    let parts = weights.flatMap { weight -> [String] in
      let w = number(weight.term)
      // Elsewhere some engines see the same count twice, and refuse it.
      return [
        "COUNT(\(present(weight.term)))", "SUM(\(w))", "MIN(\(w))",
      ] + (isText ? ["COUNT(\(w))"] : [])
    }
    return "SELECT \((["COUNT(*)"] + parts).joined(separator: ", "))\nFROM \(source) AS t"
  }

  /// How many values of each column are texts, whole numbers, numbers with decimals, bytes.
  func types(of columns: [String]) -> String {
    let parts = columns.flatMap { column in
      ["text", "integer", "real", "blob"].map {
        "SUM(CASE WHEN typeof(\(self.column(column))) = '\($0)' THEN 1 ELSE 0 END)"
      }
    }
    return "SELECT \(parts.joined(separator: ", "))\nFROM \(source) AS t"
  }

  /// The cells: the values of the keys, the people, for each weight Σw and Σw² (and how many have one above zero, and
  /// none), for each replicate Σw.
  ///
  /// - Parameter countsRows: Whether every line says how many people there are, as a file of cells does.
  func cells(_ query: CellQuery, countingRows countsRows: Bool = false) -> String {
    let keys = query.keys.map(key)
    var columns = zip(keys, query.keys).map { "\($0) AS \(dialect.quoted($1.name))" }
    columns.append("COUNT(*) AS \(dialect.quoted("vekt_n"))")
    func add(_ sum: String, _ name: String, orZero: Bool = false) {
      // A cell of people without a weight; SQLite's driver takes the first row's zero for the type of all.
      let sum = orZero ? "COALESCE(SUM(\(sum)), CAST(0 AS \(dialect.double)))" : "SUM(\(sum))"
      columns.append("\(sum) AS \(dialect.quoted(name))")
    }
    for weight in query.weights {
      let w = weight.term.map(number) ?? number(weight.name)
      add(w, "vekt_w_\(weight.name)", orZero: weight.isCounted)
      add("\(w) * \(w)", "vekt_w2_\(weight.name)", orZero: weight.isCounted)
      guard weight.isCounted else { continue }
      add("CASE WHEN \(w) > 0 THEN 1 ELSE 0 END", "vekt_np_\(weight.name)")
      let value = weight.term.map(present) ?? self.column(weight.name)
      add("CASE WHEN \(value) IS NULL THEN 1 ELSE 0 END", "vekt_nm_\(weight.name)")
    }
    for name in query.replicates { add(number(name), "vekt_w_\(name)") }
    if countsRows {
      columns.append("(SELECT COUNT(*) FROM \(source)) AS \(dialect.quoted("vekt_rows"))")
    }
    let grouping = keys.isEmpty ? "" : "\nGROUP BY \(keys.joined(separator: ", "))"
    return
      "SELECT \(columns.joined(separator: ",\n  "))\nFROM \(source) AS t\(grouping)\nLIMIT \(query.limit + 1)"
  }

  /// The people one by one: their values in some columns.
  func people(_ columns: [CellQuery.Key]) -> String {
    let values = columns.map { "\(key($0)) AS \(dialect.quoted($0.name))" }
    return "SELECT \(values.joined(separator: ",\n  "))\nFROM \(source) AS t"
  }

  /// How many different values a column has, counted up to a number.
  ///
  /// - Parameter rows: How many rows are looked at, those that come first; nil means all.
  func different(_ name: String, upTo limit: Int, among rows: Int? = nil) -> String {
    let column = self.column(name)
    let people = beginning(rows, of: [name])
    return
      "SELECT COUNT(*)\nFROM (SELECT DISTINCT \(column) FROM \(people) AS t LIMIT \(limit)) AS d"
  }

  /// The rows that come first, by some columns; all where nobody says how many.
  func beginning(_ rows: Int?, of columns: [String]) -> String {
    guard let rows else { return source }
    return
      "(SELECT \(columns.map(self.column).joined(separator: ", ")) FROM \(source) AS t LIMIT \(rows))"
  }

  /// SQLite's driver takes the type of a column from its first rows, where there may be no answers only.
  func key(_ key: CellQuery.Key) -> String {
    let column = self.column(key.name)
    if let rounding = key.rounding { return rounded(key, rounding) }
    return switch key.reading {
    case .plain: column
    case .number, .text:
      "CASE typeof(\(column)) WHEN 'real' THEN printf('%!.17g', \(column)) ELSE COALESCE(CAST(\(column) AS TEXT), '') END"
    }
  }
}
