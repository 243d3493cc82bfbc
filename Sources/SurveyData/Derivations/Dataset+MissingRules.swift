extension Dataset {
  /// The same answers with more codes treated as missing; its notes say how many values each rule took.
  ///
  /// A rule without names applies to every variable of the file except identifiers, weights and
  /// columns of the design.
  /// - Throws: ``SurveyError`` of kind usage when a rule names an unknown variable or takes no value.
  /// - Complexity: O(rows × columns that the rules apply to).
  public func treatingAsMissing(_ rules: [MissingRule]) throws -> Dataset {
    var changed = codebook
    changed.variables += undescribed
    let before = changed.variables
    let kept = lists.resolved(
      codebook.technicalNames.union(codebook.defaultMissing.exceptions))
    var reach = Array(repeating: [Int](), count: changed.variables.count)
    for (place, rule) in rules.enumerated() {
      for name in rule.variables where !changed.variables.contains(where: { $0.name == name }) {
        throw SurveyError(
          .usage, at: source.facts.path, "no variable '\(name)'",
          remedy: suggestion(for: name, among: changed.variables.map(\.name)))
      }
      for index in changed.variables.indices {
        let variable = changed.variables[index]
        let applies =
          rule.variables.isEmpty
          ? variable.role == nil && !kept.contains(variable.name)
          : rule.variables.contains(variable.name)
        guard applies else { continue }
        changed.variables[index] = variable.withMissing(rule.codes)
        reach[index].append(place)
      }
    }
    let result = Dataset(source, codebook: changed)
    guard !isElsewhere else {
      for (place, rule) in rules.enumerated() {
        let columns = reach.count { $0.contains(place) }
        result.add(
          Note(
            .information, id: "missing.applied",
            "the missing rule '\(rule.source)' holds in \(columns == 1 ? "1 column" : "\(columns) columns"); how many "
              + "values it takes, no engine is asked",
            naming: [rule.source, String(columns)]))
      }
      return result
    }
    let counts = effects(of: rules, on: zip(before, reach).filter { !$1.isEmpty })
    for (rule, effect) in zip(rules, counts) { result.add(try effect.note(on: rule, in: source)) }
    return result
  }

  /// What the rules take, counted in a pass over the columns that they apply to.
  private func effects(
    of rules: [MissingRule], on variables: [(variable: Variable, rules: [Int])]
  ) -> [MissingEffect] {
    var effects = rules.map { _ in MissingEffect() }
    func count(_ some: ArraySlice<(variable: Variable, rules: [Int])>) -> Bool {
      let requests = some.map { item in
        var tolerant = item.variable
        tolerant.unknown = .warn
        return ColumnRequest(tolerant, as: .codes)
      }
      guard let columns = try? source.read(requests).columns else { return false }
      for (item, column) in zip(some, columns) {
        guard case .codes(let column) = column else { continue }
        let counts = column.counts(of: cells?.people)
        for place in item.rules { effects[place].columns += 1 }
        var taken: Set<Int> = []
        for (category, count) in zip(column.categories, counts) where count > 0 {
          let places = item.rules.filter { rules[$0].covers(category.code) }
          for place in places { effects[place].hasValues = true }
          guard let first = places.first else { continue }
          effects[first].values += count
          taken.insert(first)
        }
        for place in taken { effects[place].columnsTaken += 1 }
        for (code, count) in zip(column.missing, counts[column.categories.count...]) where count > 0
        {
          for place in item.rules where rules[place].covers(code.text) {
            effects[place].hasValues = true
          }
        }
      }
      return true
    }
    for pass in source.passes(over: variables.count) where !count(variables[pass]) {
      // A column that cannot be read is of no concern to the others.
      for index in pass { _ = count(variables[index...index]) }
    }
    return effects
  }
}

/// What a missing rule takes.
private struct MissingEffect {
  /// The columns that it applies to, and those that have a value that it takes.
  var columns = 0
  var columnsTaken = 0
  var values = 0
  /// Whether there is such a value, also one that was missing already.
  var hasValues = false

  func note(on rule: MissingRule, in source: any ColumnSource) throws -> Note {
    let of = columns == 1 ? "the column has" : "none of the \(columns) columns has"
    guard hasValues else {
      throw SurveyError(
        .usage, at: source.facts.path,
        "the missing rule '\(rule.source)' takes no value: "
          + (columns == 1 ? "\(of) none" : "\(of) one"),
        remedy: "`vekt inspect` shows the codes that occur.")
    }
    let taken = values == 1 ? "1 value" : "\(values) values"
    return Note(
      .information, id: "missing.taken",
      "the missing rule '\(rule.source)' took \(taken) in "
        + (columnsTaken == 1 ? "1 column" : "\(columnsTaken) columns"),
      naming: [rule.source, String(values), String(columnsTaken)])
  }
}
