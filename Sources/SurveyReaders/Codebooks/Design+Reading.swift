internal import SurveyData

extension YAMLNode {
  /// The name of a variable that the codebook describes.
  func variableName(_ noun: String, in scope: CodebookScope) throws -> String {
    let name = try text(noun)
    _ = try scope.variable(name, at: place)
    return name
  }

  /// The names of variables that the codebook describes; lists of them, `trust_*`, become names.
  func variableNames(_ noun: String, in scope: CodebookScope) throws -> [String] {
    try items(noun).flatMap { item in
      let text = try item.text(noun)
      guard scope.lists.isList(text) else { return [try item.variableName(noun, in: scope)] }
      return try item.located { try scope.lists.names(in: [text]) }
    }
  }

  /// Runs something whose faults stand at this place.
  func located<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as SurveyError where error.kind == .usage {
      throw SurveyError(.data, at: place, error.problem, remedy: error.remedy)
    }
  }
}

extension YAMLNode {
  /// The name of a column of weights or of the design.
  ///
  /// The codebook need not describe it, since it holds no answers; a name that is nearly a described
  /// one is a slip all the same.
  func columnName(_ noun: String, in scope: CodebookScope) throws -> String {
    let name = try text(noun)
    if scope.isSlip(name) { _ = try scope.variable(name, at: place) }
    return name
  }

  /// The names of columns of the design.
  func columnNames(_ noun: String, in scope: CodebookScope) throws -> [String] {
    try items(noun).map { try $0.columnName(noun, in: scope) }
  }
}

extension CodebookScope {
  /// Whether a name is not described but one like it is.
  func isSlip(_ name: String) -> Bool {
    variables[name] == nil && name.count > 3
      && nearestName(to: name, among: variables.keys) != nil
  }
}

extension DesignDeclaration {
  static let keys: [CodebookKey<DesignDeclaration>] = [
    CodebookKey("strata") { $0.strata = try $1.columnName("strata", in: $2) },
    CodebookKey("psu") { $0.psu = try $1.columnNames("psu", in: $2) },
    CodebookKey("fpc") { $0.fpc = try $1.columnNames("fpc", in: $2) },
    CodebookKey("pps") { design, node, _ in design.pps = try node.word("pps") },
    CodebookKey("lonely_psu") { design, node, _ in
      design.lonelyPSU = try node.word("lonely_psu")
    },
    CodebookKey("lonely_domain") { design, node, _ in
      design.lonelyInDomains = try node.flag("lonely_domain")
    },
    CodebookKey("replicates") { design, node, scope in
      design.replicates = try ReplicateDeclaration(node, in: scope)
    },
    CodebookKey("variance") { design, node, _ in design.variance = try node.word("variance") },
  ]
}

extension ReplicateDeclaration {
  private static let keys: [CodebookKey<ReplicateDeclaration>] = [
    CodebookKey("weights") { replicates, node, _ in replicates.weights = try node.texts("weights")
    },
    CodebookKey("method") { replicates, node, _ in replicates.method = try node.word("method") },
    CodebookKey("rho") { replicates, node, _ in replicates.fayRho = try node.number("rho") },
    CodebookKey("scale") { replicates, node, _ in replicates.scale = try node.number("scale") },
    CodebookKey("rscales") { replicates, node, _ in
      replicates.replicateScales = try node.items("rscales").map { try $0.number("rscales") }
    },
    CodebookKey("are") { replicates, node, _ in
      replicates.areFactors = try node.word("are", of: ["combined", "factors"]) == "factors"
    },
    CodebookKey("mse") { replicates, node, _ in
      replicates.isCentredOnEstimate = try node.flag("mse")
    },
    CodebookKey("df") { replicates, node, _ in
      replicates.degreesOfFreedom = try node.number("df")
    },
  ]

  /// `{weights: rw1-rw80, method: brr}`.
  init(_ node: YAMLNode, in scope: CodebookScope) throws {
    self.init([], method: .other)
    try node.read(Self.keys, into: &self, of: "replicates", in: scope)
    guard !weights.isEmpty, node["method"] != nil else {
      throw node.fault(
        "replicates need their columns and how they were made",
        remedy: "Write `replicates: {weights: rw1-rw80, method: brr}`.")
    }
  }
}

extension VariableGroup {
  static let keys: [CodebookKey<VariableGroup>] = [
    .text("label", \.label),
    CodebookKey("kind") { group, node, _ in group.kind = try node.word("kind") },
    CodebookKey("of") { $0.members = try $1.variableNames("of", in: $2) },
    CodebookKey("counted") { group, node, _ in group.counted = try node.text("counted") },
    CodebookKey("separator") { _, node, _ in
      throw node.fault(
        "several answers in one cell are a variable's, not a group's",
        remedy: "Write `VAR: {kind: multiple, separator: \"…\"}` under `variables:`.")
    },
    CodebookKey("exclusive") { $0.exclusive = try $1.variableNames("exclusive", in: $2) },
  ]

  /// Throws when the group does not hold together.
  func check(_ node: YAMLNode) throws {
    guard !members.isEmpty else { throw node.fault("group '\(name)' needs members: `of: [ … ]`") }
    if kind == .multiple, counted == nil {
      throw node.fault(
        "group '\(name)' must say which code counts as chosen",
        remedy: "Write `counted: 1`, or `kind: choices` where the codes themselves are the answers."
      )
    }
    if kind == .choices, counted != nil {
      throw (node["counted"] ?? node).fault(
        "every code of group '\(name)' is an answer, so that none counts as chosen",
        remedy: "Leave out `counted`, or write `kind: multiple`.")
    }
    if let stranger = exclusive.first(where: { !members.contains($0) }) {
      throw (node["exclusive"] ?? node).fault("'\(stranger)' is not a member of group '\(name)'")
    }
  }
}

extension WeightDeclaration {
  /// The parts of a weight while it is read.
  private struct Draft {
    var source: Source?
    var isDefault = false
    var label = LocalizedText.none
    var dropsMissing = false
    var adjustments: [WeightAdjustment] = []
  }

  private static let keys: [CodebookKey<Draft>] = [
    CodebookKey("var") { $0.source = .variable(try $1.columnName("var", in: $2)) },
    CodebookKey("expr") { draft, node, scope in
      guard draft.source == nil else {
        throw node.fault("a weight comes from `var` or from `expr`, not from both")
      }
      let source = try node.text("expr")
      let unknown = try Expression(source).variables.filter { scope.variables[$0] == nil }
      guard unknown.isEmpty || unknown.contains(where: scope.isSlip) else {
        draft.source = .expression(source)
        return
      }
      guard try scope.check(source, at: node.place) == .number else {
        throw node.fault("'\(source)' does not give a number")
      }
      draft.source = .expression(source)
    },
    CodebookKey("default") { draft, node, _ in draft.isDefault = try node.flag("default") },
    .text("label", \.label),
    CodebookKey("missing") { draft, node, _ in
      draft.dropsMissing = try node.word("missing", of: ["fail", "drop"]) == "drop"
    },
    CodebookKey("adjusted") { draft, node, scope in
      draft.adjustments = try node.items("adjusted").map { try WeightAdjustment($0, in: scope) }
    },
  ]

  /// `{var: w}`, `{expr: "w1 * w2"}`, or the name of a column alone.
  init(_ entry: YAMLNode.Entry, in scope: CodebookScope) throws {
    var draft = Draft()
    if case .scalar = entry.node.value {
      draft.source = .variable(try entry.node.columnName("weights", in: scope))
    } else {
      try entry.node.read(Self.keys, into: &draft, of: "weight '\(entry.key)'", in: scope)
    }
    guard let source = draft.source else {
      throw entry.node.fault("weight '\(entry.key)' needs `var: COLUMN` or `expr: EXPRESSION`")
    }
    if case .variable(let column) = source,
      let place = draft.adjustments.firstIndex(where: { $0.before == column })
    {
      let step = try? entry.node["adjusted"]?.items("adjusted")[place]
      throw (step?["of"] ?? entry.node).fault(
        "weight '\(entry.key)' cannot be adjusted from itself",
        remedy: "`of` is the column of the weight before the step.")
    }
    self.init(
      entry.key, source: source, isDefault: draft.isDefault, label: draft.label,
      dropsMissing: draft.dropsMissing, adjustments: draft.adjustments)
  }
}
