package import SurveyData

/// A codebook as a Table Schema, version 2, in one language; what the standard has no property for
/// stands in properties that begin with `vekt:`.
package struct TableSchema {
  private let codebook: Codebook
  private let language: String

  package init(_ codebook: Codebook, language: String) {
    self.codebook = codebook
    self.language = language
  }

  /// The most numbers of a range that are written out as categories.
  private static let mostListed = 101

  /// The JSON, and what it cannot hold.
  package var exported: ExportedCodebook {
    var losses = codebook.losses(keeping: language, computed: true)
    let fields = codebook.variables.map { field($0, &losses) }
    var members = [
      Tree.Member("$schema", .text("https://datapackage.org/profiles/2.0/tableschema.json")),
      Tree.Member("fields", .list(fields)),
      Tree.Member("missingValues", .list(([""] + codebook.file.missing).map(Tree.text))),
    ]
    let ids = codebook.variables.filter { $0.role == .id }.map(\.name)
    if !ids.isEmpty { members.append(Tree.Member("primaryKey", .list(ids.map(Tree.text)))) }
    members += described
    return ExportedCodebook(text: JSON.tree(.object(members), indent: 0) + "\n", losses: losses)
  }

  /// Weights, design, groups and derived variables.
  private var described: [Tree.Member] {
    var members: [Tree.Member] = []
    func add(_ key: String, _ items: [Tree.Member]) {
      if !items.isEmpty { members.append(Tree.Member("vekt:\(key)", .object(items))) }
    }
    add(
      "weights",
      codebook.weights.map { weight in
        switch weight.source {
        case .variable(let name): Tree.Member(weight.name, .text(name))
        case .expression(let text): Tree.Member(weight.name, .text(text))
        }
      })
    if case .declared(let design) = codebook.design {
      add(
        "design",
        (design.strata.map { [Tree.Member("strata", .text($0))] } ?? [])
          + (design.psu.isEmpty ? [] : [Tree.Member("psu", .list(design.psu.map(Tree.text)))])
          + (design.fpc.isEmpty ? [] : [Tree.Member("fpc", .list(design.fpc.map(Tree.text)))])
          + [Tree.Member("lonely_psu", .text(design.lonelyPSU.rawValue))]
          + (design.lonelyInDomains ? [Tree.Member("lonely_domain", .value(.flag(true)))] : []))
    } else if codebook.design == .simpleRandom {
      members.append(Tree.Member("vekt:design", .text("none")))
    }
    add(
      "groups",
      codebook.groups.map { group in
        Tree.Member(
          group.name,
          .object([
            Tree.Member("label", .text(group.label.text(in: language))),
            Tree.Member("kind", .text(group.kind.rawValue)),
            Tree.Member("of", .list(group.members.map(Tree.text))),
          ]))
      })
    add("derived", codebook.derived.map { Tree.Member($0.variable.name, .text($0.ruleText)) })
    return members
  }

  private func field(_ variable: Variable, _ losses: inout CodebookLosses) -> Tree {
    var members = [Tree.Member("name", .text(variable.name))]
    func add(_ key: String, _ text: String) {
      if !text.isEmpty { members.append(Tree.Member(key, .text(text))) }
    }
    add("title", variable.label.text(in: language))
    add("description", variable.question.text(in: language))
    let isInteger = variable.type == .integer
    let type =
      switch variable.type {
      case .integer: "integer"
      case .decimal: "number"
      case .date: "date"
      case .datetime: "datetime"
      case .text, nil: "string"
      }
    add("type", type)
    if let categories = categories(variable, &losses) {
      members.append(Tree.Member("categories", .list(categories)))
      if variable.measure == .ordinal {
        members.append(Tree.Member("categoriesOrdered", .value(.flag(true))))
      }
    }
    let missing = variable.missing.compactMap { code -> Tree? in
      guard case .code(let text) = code.values else { return nil }
      return .object([
        Tree.Member("value", .text(text)), Tree.Member("label", .text(code.title(in: language))),
      ])
    }
    if variable.missing.contains(where: { if case .range = $0.values { true } else { false } }) {
      losses.add("ranges of missing values, which a schema cannot hold", of: variable.name)
    }
    if !missing.isEmpty {
      let empty = Tree.object([
        Tree.Member("value", .text("")),
        Tree.Member("label", .text(MissingReason.system.label.text(in: language))),
      ])
      members.append(Tree.Member("missingValues", .list([empty] + missing)))
      members.append(
        Tree.Member(
          "vekt:missingReasons",
          .object(
            variable.missing.compactMap { code in
              guard case .code(let text) = code.values else { return nil }
              return Tree.Member(text, .text(code.reason.rawValue))
            })))
    }
    if let range = variable.range, isInteger || variable.type == .decimal {
      func bound(_ key: String, _ number: Double) -> [Tree.Member] {
        number.isFinite ? [Tree.Member(key, .value(.number(number)))] : []
      }
      members.append(
        Tree.Member(
          "constraints",
          .object(bound("minimum", range.lowerBound) + bound("maximum", range.upperBound))))
    }
    add("vekt:measure", variable.measure?.rawValue ?? "")
    add("vekt:unit", variable.unit.text(in: language))
    add("vekt:format", variable.format ?? "")
    add("vekt:role", variable.role?.rawValue ?? "")
    add(
      "vekt:universe",
      variable.universe?.condition ?? variable.universe?.label.text(in: language)
        ?? "")
    add("vekt:note", variable.note.text(in: language))
    return .object(members)
  }

  /// All valid values with their labels; nil where they are too many or nothing is said of them.
  private func categories(_ variable: Variable, _ losses: inout CodebookLosses) -> [Tree]? {
    guard !variable.categories.isEmpty else { return nil }
    var all = variable.categories
    if let range = variable.range {
      let count = range.upperBound - range.lowerBound
      guard variable.type == .integer, count < Double(Self.mostListed) else {
        losses.add("labels of some numbers of a wide range", of: variable.name)
        return nil
      }
      let known = Set(all.map(\.code))
      all += (0...Int(count)).map { canonicalCode(range.lowerBound + Double($0)) }
        .filter { !known.contains($0) }.map { Category($0) }
      all.sort { ($0.number ?? 0) < ($1.number ?? 0) }
    }
    var seen = Set<String>()
    return all.map { category in
      // Labels must be unique.
      let name = category.name(in: language)
      let label = seen.insert(name).inserted ? name : "\(name) (\(category.code))"
      let number = variable.type == .integer ? category.number : nil
      return .object([
        Tree.Member("value", number.map { .value(.number($0)) } ?? .text(category.code)),
        Tree.Member("label", .text(label)),
      ])
    }
  }
}
