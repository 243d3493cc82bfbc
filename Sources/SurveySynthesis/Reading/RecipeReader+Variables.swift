internal import SurveyData

extension RecipeReader {
  /// Variables with answers, in order; each may depend on those before it.
  mutating func variables(from node: RecipeNode) throws -> [RecipeVariable] {
    var variables: [RecipeVariable] = []
    for entry in try node.entries() {
      let variable = try variable(from: entry)
      try remember(entry, codes: variable.answers.map(\.code))
      if variable.isBanded { banded.insert(entry.key) }
      variables.append(variable)
    }
    return variables
  }

  /// Scores that nobody observes: only loads.
  mutating func tendencies(from node: RecipeNode) throws -> [RecipeVariable] {
    var tendencies: [RecipeVariable] = []
    for entry in try node.entries() {
      var tendency = RecipeVariable(name: entry.key, place: entry.place)
      tendency.loads = try loads(from: entry.node)
      try remember(entry, codes: [])
      tendencies.append(tendency)
    }
    return tendencies
  }

  /// Whether a person drawn answers.
  func response(from node: RecipeNode) throws -> RecipeVariable {
    let fields = try node.fields(["percent", "loads"])
    var response = RecipeVariable(name: "(response)", place: node.place)
    response.answers = ["no", "yes"].map { .init(code: $0, band: nil) }
    response.loads = try fields["loads"].map { try loads(from: $0) } ?? []
    response.shares = try shares(from: fields.required("percent"), answerCount: 2)
    return response
  }

  private mutating func remember(_ entry: RecipeNode.Entry, codes: [String]) throws {
    try checkNew(entry.key, at: entry.place)
    known[entry.key] = codes
  }

  private func variable(from entry: RecipeNode.Entry) throws -> RecipeVariable {
    let fields = try entry.node.fields([
      "answers", "bands", "assumed", "alike", "published", "loads", "asked", "missing", "at_most",
      "missing_codes",
    ])
    var variable = RecipeVariable(name: entry.key, place: entry.place)
    switch (fields["answers"], fields["bands"]) {
    case (let answers?, nil):
      variable.answers = try answers.list().map { .init(code: try $0.text(), band: nil) }
    case (nil, let bands?): variable.answers = try bands.list().map(band)
    default: throw entry.error("'\(entry.key)' needs either 'answers' or 'bands'")
    }
    guard Set(variable.answers.map(\.code)).count == variable.answers.count else {
      throw entry.error("'\(entry.key)' has the same answer twice")
    }
    variable.loads = try fields["loads"].map { try loads(from: $0) } ?? []
    variable.shares = try shares(
      from: fields.required("assumed"), answerCount: variable.answers.count)
    variable.alikeness = try fields["alike"].map { try $0.number(0...0.9) }
    variable.published =
      try fields["published"]?.entries().map { try published($0, of: variable) } ?? []
    variable.asked = try fields["asked"]?.entries().map(condition) ?? []
    variable.missing = try fields["missing"].map(missingRates) ?? []
    variable.ceiling = try fields["at_most"].map { try ceiling(of: variable, $0) }
    variable.missingCodes = try missingCodes(of: variable, set: fields["missing_codes"])
    return variable
  }

  private func band(_ node: RecipeNode) throws -> RecipeVariable.Answer {
    let text = try node.text()
    let ends = text.split(separator: "-", maxSplits: 1).map { Int($0) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high, high <= 1 << 40
    else {
      throw node.error("must be a band of whole numbers such as 18-24: '\(text)'")
    }
    return .init(code: text, band: low...high)
  }

  private func loads(from node: RecipeNode) throws -> [RecipeVariable.Load] {
    try node.entries().map { entry in
      guard known[entry.key] != nil else { throw unknownVariable(entry.key, at: entry.place) }
      let strengths = try byGroup(entry.node) { try $0.number(-100...100) }
      return .init(source: entry.key, strengths: strengths.map { $0 ?? 0 })
    }
  }

  /// A value for each group: one for all, or a mapping of groups and pools, later lines first.
  private func byGroup<Value>(
    _ node: RecipeNode, _ read: (RecipeNode) throws -> Value
  ) throws -> [Value?] {
    var values = [Value?](repeating: nil, count: groupNames.count)
    guard node.isMapping else {
      let value = try read(node)
      return values.map { _ in value }
    }
    for entry in try node.entries() {
      let value = try read(entry.node)
      for group in try groups(named: entry.key, at: entry.place) { values[group] = value }
    }
    return values
  }

  /// Percentages of the answers; of two answers, the percentage of the second is enough.
  private func shares(from node: RecipeNode, answerCount: Int) throws -> [[Double]?] {
    try byGroup(node) { row in
      let percents = try row.list().map { try $0.number(0...100) }
      if answerCount == 2, percents.count == 1 {
        return [1 - percents[0] / 100, percents[0] / 100]
      }
      guard percents.count == answerCount else {
        throw row.error("has \(percents.count) percentages for \(answerCount) answers")
      }
      let sum = percents.reduce(0, +)
      guard abs(sum - 100) < 1e-6 else {
        throw row.error("the percentages add up to \(canonicalCode(sum)) instead of 100")
      }
      return percents.map { $0 / 100 }
    }
  }

  private func published(
    _ entry: RecipeNode.Entry, of variable: RecipeVariable
  ) throws -> PublishedShare {
    let fields = try entry.node.fields(["group", "among", "answers", "percent", "source"])
    let group = try fields.required("group")
    let percent = try fields.required("percent")
    let codes = variable.answers.map(\.code)
    let positions = try fields.required("answers").list().map { node in
      let code = try node.text()
      guard let position = codes.firstIndex(of: code) else {
        throw node.error(
          "'\(code)' is no answer to '\(variable.name)'",
          remedy: suggestion(for: code, among: codes)
            ?? "Its answers are \(codes.joined(separator: ", ")).")
      }
      return position
    }
    let digits =
      try percent.text().split(separator: ".", maxSplits: 1).dropFirst().first?.count ?? 0
    let halfUnit = (0..<min(digits, 9)).reduce(0.5) { unit, _ in unit / 10 }
    return PublishedShare(
      id: entry.key, place: entry.place, groupName: try group.text(),
      groups: try groups(named: group.text(), at: group.place),
      among: try fields["among"]?.entries().map(condition) ?? [], answers: positions,
      percent: try percent.number(0...100), halfUnit: halfUnit,
      source: try fields["source"]?.text() ?? "")
  }

  private func condition(_ entry: RecipeNode.Entry) throws -> RecipeVariable.Condition {
    guard let codes = known[entry.key] else { throw unknownVariable(entry.key, at: entry.place) }
    let wanted = try entry.node.list().map { node in
      let code = try node.text()
      guard codes.contains(code) else {
        throw node.error(
          "'\(code)' is no answer to '\(entry.key)'", remedy: suggestion(for: code, among: codes))
      }
      return code
    }
    return .init(variable: entry.key, codes: Set(wanted))
  }

  private func missingRates(_ node: RecipeNode) throws -> [RecipeVariable.MissingRate] {
    let missing = try node.entries().map { entry in
      let rates = try byGroup(entry.node) { try $0.number(0...100) / 100 }
      return RecipeVariable.MissingRate(reason: try reason(entry), rates: rates.map { $0 ?? 0 })
    }
    for group in groupNames.indices where missing.reduce(0, { $0 + $1.rates[group] }) > 1 {
      throw node.error("more than 100 percent are missing in '\(groupNames[group])'")
    }
    return missing
  }

  private func ceiling(of variable: RecipeVariable, _ node: RecipeNode) throws -> String {
    let name = try node.text()
    guard known[name] != nil else { throw unknownVariable(name, at: node.place) }
    guard variable.isBanded, banded.contains(name) else {
      throw node.error("'at_most' compares numbers: both variables need 'bands'")
    }
    return name
  }

  /// The codes of the missing reasons that can occur in the column, from the set that the variable
  /// names or the one of its kind.
  private func missingCodes(
    of variable: RecipeVariable, set: RecipeNode?
  ) throws -> [(reason: MissingReason, code: String)] {
    let isNumeric = variable.isBanded || variable.answers.allSatisfy { Double($0.code) != nil }
    let stated = try set.map(namedCodes) ?? (isNumeric ? missingCodes.numbers : missingCodes.text)
    let needed = (variable.asked.isEmpty ? [] : [.inapplicable]) + variable.missing.map(\.reason)
    for reason in needed where !stated.contains(where: { $0.reason == reason }) {
      let kind = try set?.text() ?? (isNumeric ? "numbers" : "text")
      throw SurveyError(
        .data, at: variable.place,
        "'\(variable.name)' needs a code for '\(reason.rawValue)', which 'missing_codes' does not "
          + "give for \(kind)")
    }
    let used = stated.filter { needed.contains($0.reason) }
    for (reason, code) in used where variable.holds(code) {
      throw SurveyError(
        .data, at: variable.place,
        "\(code) is an answer to '\(variable.name)' and also its code for '\(reason.rawValue)'")
    }
    return used
  }

  private func namedCodes(
    _ node: RecipeNode
  ) throws -> [(reason: MissingReason, code: String)] {
    let name = try node.text()
    guard let codes = missingCodes.named[name] else {
      throw node.error(
        "'missing_codes' has no set '\(name)'",
        remedy: suggestion(for: name, among: missingCodes.named.keys.sorted()))
    }
    return codes
  }
}
