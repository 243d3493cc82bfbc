public import SurveyData

/// A machine-readable table: one row an estimate, unrounded.
public struct Records: Sendable {
  /// The key under which JSON holds it and the suffix of its file: `rows`, `tests`, ….
  public var name: String
  /// The names of the columns, in order.
  public var columns: [String]
  /// The rows; each has a value for every column.
  public var rows: [[Value]]
  /// What JSON says of each row besides; empty, or one list a row.
  public var details: [[Tree.Member]] = []
  /// The columns of each row that hold shares from 0 to 1, or differences of them; empty, or one set a row.
  public var shares: [Set<String>] = []

  /// Makes a table of records.
  public init(_ name: String, columns: [String], rows: [[Value]] = []) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "a record with too few values")
    self.name = name
    self.columns = columns
    self.rows = rows
  }

  /// The columns of variables beside those of fixed names: a variable whose name is taken has `_group`
  /// after it, so that no column stands twice.
  package static func columns(of variables: [String], beside fixed: [String]) -> [String] {
    var taken = Set(fixed)
    return variables.map { name in
      var column = name
      while !taken.insert(column).inserted { column += "_group" }
      return column
    }
  }

  /// The same, followed by the fixed ones.
  package static func columns(of variables: [String], before fixed: [String]) -> [String] {
    columns(of: variables, beside: fixed) + fixed
  }

  /// The label of a row's code in a column, as `labels` of the row's details holds it.
  static func label(of column: String, in details: [Tree.Member]) -> String? {
    guard case .object(let labels)? = details.first(where: { $0.key == "labels" })?.tree,
      case .value(.text(let label))? = labels.first(where: { $0.key == column })?.tree
    else { return nil }
    return label
  }

  /// The records with a column of labels after each column of codes whose labels the details hold.
  var withLabels: Records {
    var result = self
    for (place, column) in columns.enumerated().reversed()
    where !columns.contains("\(column)_label") {
      let labels = details.map { Self.label(of: column, in: $0) }
      guard labels.contains(where: { !($0 ?? "").isEmpty }) else { continue }
      result.columns.insert("\(column)_label", at: place + 1)
      for row in rows.indices {
        result.rows[row].insert(labels[row].map(Value.text) ?? .empty, at: place + 1)
      }
    }
    return result
  }

  /// Whether there is a share among the values.
  public var hasShares: Bool { shares.contains { !$0.isEmpty } }

  /// The same with more columns of shares in the rows that have some.
  package func addingShares(_ columns: Set<String>) -> Records {
    var result = self
    result.shares = shares.map { $0.isEmpty ? $0 : $0.union(columns) }
    return result
  }

  /// One machine-readable value.
  public typealias Value = Tree.Value
}
