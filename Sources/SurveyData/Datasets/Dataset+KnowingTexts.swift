extension Dataset {
  /// The same answers, where columns of which nobody has said what they hold are known to be text when
  /// most of their values are no numbers, however people write these.
  ///
  /// - Parameter names: The columns in question.
  /// - Returns: nil when none of them is text.
  /// - Complexity: O(rows), one pass.
  package func knowingTexts(among names: [String]) throws -> Dataset? {
    let open = untyped(among: names)
    guard !open.isEmpty else { return nil }
    try load(open.map { ($0, .codes) })
    let texts = Set(
      try open.filter { name in
        let codes = try categorical(name).categories.map(\.code)
        return 2 * codes.count { !$0.isWrittenNumber } > codes.count
      })
    guard !texts.isEmpty else { return nil }
    var changed = codebook
    changed.variables += undescribed.filter { texts.contains($0.name) }
    for index in changed.variables.indices where texts.contains(changed.variables[index].name) {
      changed.variables[index].type = .text
    }
    return Dataset(source, codebook: changed)
  }

  /// The columns among these of which nobody has said what they hold: where numbers are wanted, they are
  /// read as such.
  package func untyped(among names: [String]) -> [String] {
    names.filter { name in
      guard let variable = try? described(name) else { return false }
      return variable.isOpen && variable.type == nil && variable.measure == nil
        && !codebook.derived.contains { $0.variable.name == name }
    }
  }
}

extension String {
  /// Whether this is a number as somebody may have written it: `12`, `1 234,5`, `45 %`, `kr 12`, `>65`.
  fileprivate var isWrittenNumber: Bool {
    if Double(self) != nil { return true }
    let letters = lowercased().filter(\.isLetter)
    guard ["", "kr", "nok", "eur", "usd", "gbp"].contains(letters) else { return false }
    let signs = drop { "<>≤≥~±+-−".contains($0) }.filter { !$0.isLetter }
    return signs.contains(where: \.isNumber)
      && signs.allSatisfy { $0.isNumber || $0.isWhitespace || ".,'’%$€£".contains($0) }
  }
}
