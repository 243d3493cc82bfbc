/// How many rows of two files may have the same key.
public enum MergeKind: String, CaseIterable, Sendable {
  /// One in each file.
  case oneToOne = "1:1"
  /// Several in the first file, one in the second: households beside persons.
  case manyToOne = "m:1"
  /// One in the first file, several in the second: a row for each of the second's.
  case oneToMany = "1:m"

  /// Whether a key may stand in one row of the first file only.
  var isUniqueInFirst: Bool { self != .manyToOne }
  /// Whether a key may stand in one row of the second file only.
  var isUniqueInSecond: Bool { self != .oneToMany }
}
