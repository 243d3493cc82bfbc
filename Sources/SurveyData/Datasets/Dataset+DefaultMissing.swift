extension Codebook {
  /// Columns as their file describes them, whose missing codes are the file's and those of all columns of numbers.
  func withDefaultMissing(_ columns: [Variable]) -> [Variable] {
    guard !defaultMissing.codes.isEmpty else { return columns }
    let exceptions = VariableLists(columns.map(\.name), groups: groups)
      .resolved(defaultMissing.exceptions)
    return columns.map { column in
      column.holdsNoNumbers || exceptions.contains(column.name)
        ? column : column.withMissing(defaultMissing.codes)
    }
  }
}

extension Variable {
  /// The variable with more codes among its missing ones.
  func withMissing(_ codes: [MissingCode]) -> Variable {
    var changed = self
    changed.missing += codes.filter { code in
      switch code.values {
      case .code(let text): missingCode(covering: text) == nil
      case .range: type?.isText != true
      case .empty: false
      }
    }.map { code in
      // With a reason of its own, the code keeps what the file calls it.
      guard code.label.isEmpty, case .code(let text) = code.values,
        let known = categories.first(where: { $0.code == text })
      else { return code }
      return MissingCode(code.values, reason: code.reason, label: known.label)
    }
    changed.categories = categories.filter { changed.missingCode(apartFromCodes: $0.code) == nil }
    return changed
  }
}

extension Dataset {
  /// The same answers, where the values of some columns are known to be none though the codebook does not say so.
  ///
  /// - Parameter names: The columns of a weight or a design that somebody names, and lists of them.
  package func settingApart(_ names: [String]) -> Dataset {
    guard !names.isEmpty else { return self }
    let apart = lists.resolved(names)
    var changed = codebook
    changed.defaultMissing.exceptions.formUnion(apart)
    for index in changed.variables.indices where apart.contains(changed.variables[index].name) {
      let variable = changed.variables[index]
      if variable.missing == codebook.defaultMissing.codes(for: variable) {
        changed.variables[index].missing = []
      }
    }
    return Dataset(source, codebook: changed)
  }
}

extension VariableLists {
  /// The variables that texts name; a text that names none stands as it is.
  package func resolved(_ texts: some Sequence<String>) -> Set<String> {
    Set(texts.flatMap { (try? names(in: [$0])) ?? [$0] })
  }
}
