public import SurveyData

/// Two files beside each other, matched by a key: every row of the first in its order, with what the
/// second says of it.
///
/// A row of the first that the second knows nothing of keeps its place, and what would stand beside it is
/// system-missing. Rows of the second without a partner are left out. A key with a missing part matches
/// nothing. Agrees with dplyr's `left_join(relationship = …)`, and with `merge` of Stata with
/// `keep(master match)`, whose missing keys match each other.
public struct Merged {
  /// The answers, in memory; weight and design are the first file's.
  public let dataset: Dataset
  /// How many rows matched and what was left out, each as a note `merge.…`.
  public let notes: [Note]

  /// Puts two files beside each other.
  ///
  /// - Parameters:
  ///   - first: The file whose rows are kept.
  ///   - second: The file that is matched to it.
  ///   - keys: The columns that say what belongs together, by their names in both files.
  ///   - kind: Whose keys may repeat.
  ///   - prefix: What the names of the second file's variables get in front; empty for nothing.
  /// - Throws: ``SurveyError`` for a key that is not there, repeats where it may not or is of another kind
  ///   in the other file, and for names that both files have.
  /// - Complexity: O(rows × variables), in time and in memory.
  public init(
    _ first: Dataset, with second: Dataset, on keys: [(first: String, second: String)],
    kind: MergeKind, prefix: String = ""
  ) throws {
    guard !keys.isEmpty else {
      throw SurveyError(.usage, "--on names no variable", remedy: "Write it as --on household.")
    }
    let own = try MergeKeys(keys.map(\.first), of: first)
    let others = try MergeKeys(keys.map(\.second), of: second)
    try own.requireSameKinds(as: others)
    if kind.isUniqueInFirst { try own.requireUnique(kind, other: others) }
    if kind.isUniqueInSecond { try others.requireUnique(kind, other: own) }
    var merge = Merge(first, second, own, others, kind: kind, prefix: prefix)
    dataset = try merge.finish()
    notes = merge.notes
  }
}

/// Two files on their way into one.
private struct Merge {
  let first: Dataset
  let second: Dataset
  let own: MergeKeys
  let others: MergeKeys
  let kind: MergeKind
  let prefix: String
  private(set) var notes: [Note] = []

  init(
    _ first: Dataset, _ second: Dataset, _ own: MergeKeys, _ others: MergeKeys, kind: MergeKind,
    prefix: String
  ) {
    self.first = first
    self.second = second
    self.own = own
    self.others = others
    self.kind = kind
    self.prefix = prefix
  }

  private mutating func tell(_ id: String, _ text: String) {
    notes.append(Note(.information, id: "merge.\(id)", text))
  }

  private mutating func warn(_ id: String, _ text: String) {
    notes.append(Note(.warning, id: "merge.\(id)", text))
  }

  mutating func finish() throws -> Dataset {
    let (left, right) = pairs()
    tellMatches(right)
    let ownVariables = try described(first)
    let added = try described(second).filter { !others.names.contains($0.name) }
    try requireFree(added, beside: Set(ownVariables.map(\.name)))
    var variables: [Variable] = []
    var columns: [(name: String, column: Column)] = []
    for variable in ownVariables {
      let column = try Column(variable, joining: [.rows(first, name: variable.name)])
      var variable = variable
      if kind == .oneToMany, variable.role == .id { variable.role = nil }
      variables.append(variable)
      columns.append((variable.name, kind == .oneToMany ? column.taking(left) : column))
    }
    for variable in added {
      let column = try Column(variable, joining: [.rows(second, name: variable.name)])
      let renamed = renamed(variable)
      variables.append(renamed)
      columns.append((renamed.name, column.taking(right)))
    }
    let source = MemorySource(columns, name: "the merged files")
    return Dataset(source, codebook: codebook(variables))
  }

  private func described(_ dataset: Dataset) throws -> [Variable] {
    let names = dataset.namesOfCSV
    try dataset.load(names.map { ($0, ExportedColumn.view(of: try dataset.described($0))) })
    return try names.map { try dataset.asWritten($0) }
  }

  /// The rows of the first file and of the second that stand beside each other.
  private func pairs() -> (left: [Int?], right: [Int?]) {
    var (left, right): ([Int?], [Int?]) = ([], [])
    for (row, key) in own.rows.enumerated() {
      let matches = key.flatMap { others.rowsOfKey[$0] } ?? []
      left += Array(repeating: row, count: max(1, matches.count))
      if matches.isEmpty { right.append(nil) } else { right += matches.map(Optional.some) }
    }
    return (left, right)
  }

  private mutating func tellMatches(_ right: [Int?]) {
    func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
    let matched = own.rows.count { $0.map { others.rowsOfKey[$0] != nil } ?? false }
    let unmatched = own.rows.count - matched
    let left = others.rows.count { $0.map { own.rowsOfKey[$0] == nil } ?? true }
    let names = prefix.isEmpty ? "its variables are" : "\(prefix)* are"
    tell(
      "rows",
      "\(rows(own.rows.count)) of \(own.path), \(rows(others.rows.count)) of \(others.path); "
        + "\(matched) matched; \(unmatched) without a partner"
        + (unmatched > 0 ? " (\(names) missing there: system)" : "")
        + "; \(rows(left)) of \(others.path) without a partner\(left > 0 ? ": left out" : "")")
    if kind == .oneToMany { tell("rows-made", "the result has \(rows(right.count))") }
    let without = own.missingCount + others.missingCount
    if without > 0 {
      tell(
        "keys-missing",
        "\(rows(own.missingCount)) of \(own.path) and \(rows(others.missingCount)) of \(others.path) have "
          + "no \(own.listed), and match nothing")
    }
    if matched == 0, !own.rows.isEmpty, !others.rows.isEmpty {
      let examples = own.names.indices.map { "\(own.example($0)) and \(others.example($0))" }
      warn(
        "no-match",
        "no row found a partner: the first keys are \(examples.joined(separator: ", ")); is it the same key?"
      )
    }
  }

  private func requireFree(_ added: [Variable], beside known: Set<String>) throws {
    let twice = added.map(\.name).filter { known.contains(prefix + $0) }
    guard !twice.isEmpty else { return }
    throw SurveyError(
      .usage, at: others.path,
      "\(Export.list(twice)) \(twice.count == 1 ? "is" : "are") in \(own.path) too"
        + (prefix.isEmpty ? "" : ", with the prefix '\(prefix)'"),
      remedy: "Tell them apart: --prefix \(prefix.isEmpty ? "hh_" : prefix + "2_").")
  }

  private func renamed(_ variable: Variable) -> Variable {
    var renamed = variable
    renamed.name = prefix + variable.name
    if kind == .manyToOne, renamed.role == .id { renamed.role = nil }
    return renamed
  }

  /// The first file's codebook with what the second says of its variables.
  private mutating func codebook(_ variables: [Variable]) -> Codebook {
    var book = first.codebook
    let added = second.codebook
    book.variables = variables
    let known = Set(variables.map(\.name))
    let renamedNames = Set(added.variableNames).subtracting(others.names)
    for index in book.variables.indices.dropFirst(first.namesOfCSV.count) {
      // A condition speaks of names that have changed.
      book.variables[index].dropCondition {
        prefix.isEmpty ? known.contains($0) : !renamedNames.contains($0)
      }
    }
    tellDerived()
    book.derived = book.variables.flatMap { $0.chosenVariables.map(\.derived) }
    book.path = nil
    book.file = FileStatement()
    // Every column has its own.
    book.defaultMissing = DefaultMissing()
    addGroups(to: &book)
    addWeights(to: &book)
    let policy = max(book.disclosurePolicy, added.disclosurePolicy)
    if policy > book.disclosurePolicy { book.output.disclosure = policy.rawValue }
    if !added.study.note.isEmpty || !added.study.title.isEmpty, added.study != book.study {
      tell(
        "study", "what \(others.path) says of its study (title, notes, source) is left out")
    }
    return book
  }

  private mutating func tellDerived() {
    func names(_ codebook: Codebook) -> [String] {
      codebook.derived.filter { !$0.isChosenAnswer }.map(\.variable.name)
    }
    let derived = names(first.codebook) + names(second.codebook).map { prefix + $0 }
    guard !derived.isEmpty else { return }
    tell(
      "derivations",
      "the values of \(Export.list(derived)) are kept, but not how they are derived")
  }

  private mutating func addGroups(to book: inout Codebook) {
    for group in second.codebook.groups {
      var renamed = group
      renamed.name = prefix + group.name
      func rename(_ names: [String]) -> [String] {
        names.filter { !others.names.contains($0) }.map { prefix + $0 }
      }
      (renamed.members, renamed.exclusive) = (rename(group.members), rename(group.exclusive))
      guard !book.groups.contains(where: { $0.name == renamed.name }) else {
        warn(
          "groups",
          "group '\(group.name)' of \(others.path) is left out, since \(own.path) has one of that name"
        )
        continue
      }
      book.groups.append(renamed)
    }
  }

  private mutating func addWeights(to book: inout Codebook) {
    if let weight = book.defaultWeight {
      // What is the only weight now is not so with the other file's.
      for index in book.weights.indices {
        book.weights[index].isDefault = book.weights[index].name == weight.name
      }
      tell("weights", "weight and design are those of \(own.path): '\(weight.name)'")
    }
    if case .declared = second.codebook.design {
      tell("design", "the design of \(others.path) is not declared: its columns are kept")
    }
    for weight in second.codebook.weights {
      var renamed = weight
      renamed.name = prefix + weight.name
      renamed.isDefault = false
      renamed.adjustments = []  // Its totals were those of the other file's rows.
      guard case .variable(let name) = weight.source, !others.names.contains(name),
        !book.weights.contains(where: { $0.name == renamed.name })
      else {
        tell(
          "weights",
          "weight '\(weight.name)' of \(others.path) is not declared: its columns are kept")
        continue
      }
      renamed.source = .variable(prefix + name)
      book.weights.append(renamed)
    }
    if first.codebook.defaultWeight == nil, !second.codebook.weights.isEmpty,
      book.weights.count == 1
    {
      // Of the first file nobody is weighted; one declared weight would be the default.
      book.weights = []
      tell(
        "weights",
        "\(own.path) has no weight, and that of \(others.path) is not declared: name it where it is "
          + "meant, --weights NAME")
    }
  }
}
