internal import SurveyData

/// The keys of a file's rows: what the key's columns hold, as text.
struct MergeKeys {
  let path: String
  let names: [String]
  let kinds: [ValueKind]
  /// One key a row; nil where a column of it is missing.
  let rows: [[String]?]
  /// The rows of each key, in order.
  let rowsOfKey: [[String]: [Int]]

  init(_ names: [String], of dataset: Dataset) throws {
    path = dataset.source.facts.path
    self.names = names
    for name in names where !dataset.variableNames.contains(name) {
      throw SurveyError(
        .usage, at: path, "no variable '\(name)' to match by",
        remedy: suggestion(for: name, among: dataset.variableNames))
    }
    try dataset.load(names.map { ($0, .codes) })
    kinds = try names.map { try ValueKind(of: try dataset.described($0), in: dataset) }
    let columns = try names.map { name in
      let column = try dataset.cells(name)
      let texts = column.categories.map(\.code)
      var values: [String?] = []
      values.reserveCapacity(column.count)
      column.positions.withEach { values.append($0 < texts.count ? texts[$0] : nil) }
      return values
    }
    var rows: [[String]?] = []
    var rowsOfKey: [[String]: [Int]] = [:]
    for row in 0..<(try dataset.rowCount) {
      let key = columns.compactMap { $0[row] }
      let isWhole = key.count == names.count
      rows.append(isWhole ? key : nil)
      if isWhole { rowsOfKey[key, default: []].append(row) }
    }
    (self.rows, self.rowsOfKey) = (rows, rowsOfKey)
  }

  /// The number of rows without a key.
  var missingCount: Int { rows.count { $0 == nil } }

  /// Refuses a key that stands in several rows.
  /// - Throws: ``SurveyError`` of kind data with three examples.
  func requireUnique(_ kind: MergeKind, other: MergeKeys) throws {
    let repeated = rowsOfKey.filter { $0.value.count > 1 }
    guard !repeated.isEmpty else { return }
    let first = repeated.sorted { $0.value[0] < $1.value[0] }.prefix(3).map { key, rows in
      "\(Self.words(key)) (rows \(rows.prefix(3).map { String($0 + 1) }.joined(separator: ", "))"
        + (rows.count > 3 ? ", …)" : ")")
    }
    let keys = repeated.count == 1 ? "1 key" : "\(repeated.count) keys"
    throw SurveyError(
      .data, at: path,
      "\(keys) of \(listed) \(repeated.count == 1 ? "stands" : "stand") in several rows, but with --kind \(kind.rawValue) each has one row "
        + "here: " + first.joined(separator: ", ") + (repeated.count > 3 ? " and so on" : ""),
      remedy: remedy(kind, other: other))
  }

  private func remedy(_ kind: MergeKind, other: MergeKeys) -> String {
    let repeats = other.rowsOfKey.values.contains { $0.count > 1 }
    guard !repeats else {
      return "In both files keys repeat, and many-to-many has no meaning: name more columns "
        + "(--on a,b), or remove the doubles."
    }
    return switch kind {
    case .oneToOne: "Name the columns that tell rows apart (--on a,b), or say --kind m:1 or 1:m."
    case .manyToOne:
      "If the other file has one row a key, say --kind 1:m, or give the files in the other order."
    case .oneToMany:
      "If the other file has one row a key, say --kind m:1, or give the files in the other order."
    }
  }

  /// The names of the columns.
  var listed: String { names.map { "'\($0)'" }.joined(separator: ", ") }

  static func words(_ key: [String]) -> String {
    key.count == 1 ? key[0] : "(\(key.joined(separator: ", ")))"
  }

  /// A value of a column, as an example.
  func example(_ column: Int) -> String {
    guard let key = rows.lazy.compactMap({ $0 }).first else { return "nothing" }
    return kinds[column] == .text ? "\"\(key[column])\"" : key[column]
  }

  /// Refuses keys of different kinds, which would never meet.
  /// - Throws: ``SurveyError`` of kind data.
  func requireSameKinds(as other: MergeKeys) throws {
    for column in names.indices {
      let (mine, others) = (kinds[column], other.kinds[column])
      guard mine != others, mine != .unknown, others != .unknown else { continue }
      let isText = [mine, others].contains(.text) && [mine, others].contains(.number)
      throw SurveyError(
        .data, at: names[column],
        "is \(mine.rawValue) in \(path) (\(example(column))), and \(others.rawValue) in \(other.path) "
          + "(\(other.example(column)))",
        remedy: isText
          ? "A number has lost its leading zeros: state `type: text` for both in their codebooks and "
            + "read the file that still has them, or `type: integer` where zeros mean nothing."
          : "State the same type in both codebooks.")
    }
  }
}
