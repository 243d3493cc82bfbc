internal import SurveyData

/// Reads a codebook from its YAML.
struct CodebookReader {
  private let root: YAMLNode
  private let name: String
  private let scope = CodebookScope()

  init(_ root: YAMLNode, name: String) {
    self.root = root
    self.name = name
  }

  /// The keys at the top, in the order in which a codebook gives them.
  private static let keys = [
    "vekt", "language", "study", "file", "missing", "codelists", "variables", "groups", "banners",
    "derived",
    "weights", "totals", "design", "paradox", "output",
  ]

  func codebook() throws -> Codebook {
    try root.refuseKeys(besides: Self.keys, of: "the codebook")
    try checkVersion()
    var codebook = Codebook()
    if let node = root["language"] { scope.language = try Self.language(node) }
    codebook.language = scope.language
    try root["study"]?.read(Study.keys, into: &codebook.study, of: "study", in: scope)
    try root["file"]?.read(FileStatement.keys, into: &codebook.file, of: "file", in: scope)
    try readMissingSets()
    try readCodeLists()
    codebook.variables = try variables()
    codebook.derived =
      codebook.variables.flatMap { $0.chosenVariables.map(\.derived) } + (try derived())
    try checkUniverses()
    codebook.groups = try groups()
    codebook.banners = try banners()
    codebook.weights = try weights()
    codebook.totals = try (root["totals"]?.entries("totals") ?? []).flatMap {
      try StatedTotal.list($0, in: scope)
    }
    if let node = root["design"] { codebook.design = try design(node) }
    if let codes = scope.missingSets["default"] {
      codebook.defaultMissing = DefaultMissing(
        codes, except: technicalNames.union(codebook.technicalNames))
    }
    codebook.paradox = try root["paradox"].map { node in
      try ParadoxRoles(node) { [scope] name in
        if let known = scope.variables[name] { return known.variable }
        throw SurveyError(
          .data, "no variable '\(name)' in this codebook",
          remedy: suggestion(for: name, among: scope.variables.keys.sorted()))
      }
    }
    try root["output"]?.read(OutputDefaults.keys, into: &codebook.output, of: "output", in: scope)
    codebook.notes = unusedNames() + overruled()
    return codebook
  }

  private func checkVersion() throws {
    guard let node = root["vekt"] else {
      throw SurveyError(
        .data, at: name, "does not say `vekt: 1`, the version of the format",
        remedy: "Write `vekt: 1` on its first line, if this is a codebook.")
    }
    let version = try node.text("vekt")
    guard version == "1" else {
      throw node.fault(
        "is written in version '\(version)' of the format; this Vekt reads version 1")
    }
  }

  static func language(_ node: YAMLNode) throws -> String {
    let language = try node.text("language")
    guard YAMLNode.isLanguage(language) else {
      throw node.fault("'\(language)' is not a language code such as nb, nn, se or en")
    }
    return YAMLNode.canonicalLanguage(language)
  }

  private func readMissingSets() throws {
    for entry in try root["missing"]?.entries("missing") ?? [] {
      scope.missingSets[entry.key] = try MissingCode.list(entry.node, type: nil, in: scope)
    }
  }

  private func readCodeLists() throws {
    for entry in try root["codelists"]?.entries("codelists") ?? [] {
      scope.codeLists[entry.key] = try Category.list(entry.node, type: nil, in: scope)
    }
  }

  private func variables() throws -> [Variable] {
    let entries = try root["variables"]?.entries("variables") ?? []
    let missing = DefaultMissing(scope.missingSets["default"] ?? [])
    let exceptions =
      missing.codes.isEmpty
      ? [] : VariableLists(entries.map(\.key)).resolved(technicalNames)
    return try entries.map { entry in
      var variable = Variable(entry.key)
      try entry.node.read(Variable.keys, into: &variable, of: "variable '\(entry.key)'", in: scope)
      try variable.checkCodes(at: entry)
      if entry.node["missing"] == nil, !exceptions.contains(entry.key) {
        take(missing, as: &variable)
      }
      try scope.add(variable, at: entry.keyPlace)
      for chosen in variable.chosenVariables {
        try scope.add(chosen.derived.variable, at: entry.keyPlace)
      }
      return variable
    }
  }

  /// A universe may name variables further down.
  private func checkUniverses() throws {
    for key in ["variables", "derived"] {
      for entry in try root[key]?.entries(key) ?? [] {
        guard let node = entry.node["universe"]?["where"] else { continue }
        let source = try node.text("where")
        guard try scope.check(source, at: node.place) == .condition else {
          throw node.fault("'\(source)' is not a condition")
        }
      }
    }
  }

  private func groups() throws -> [VariableGroup] {
    try (root["groups"]?.entries("groups") ?? []).map { entry in
      var group = VariableGroup(entry.key)
      try entry.node.read(VariableGroup.keys, into: &group, of: "group '\(entry.key)'", in: scope)
      try group.check(entry.node)
      return group
    }
  }

  /// Named banners, whose backgrounds are variables or crossings of them.
  private func banners() throws -> [Banner] {
    try (root["banners"]?.entries("banners") ?? []).map { entry in
      if let known = scope.variables[entry.key] {
        throw SurveyError(
          .data, at: entry.keyPlace,
          "a banner is called '\(entry.key)' as the variable at \(known.place)",
          remedy: "Give the banner another name.")
      }
      let parts = try entry.node.items("banner '\(entry.key)'").flatMap { item in
        let parts = try item.located {
          try scope.lists.backgrounds(in: try item.text("background"))
        }
        for name in parts.joined() { _ = try scope.variable(name, at: item.place) }
        return parts
      }
      guard !parts.isEmpty else {
        throw entry.node.fault("banner '\(entry.key)' names no background")
      }
      return Banner(entry.key, parts: parts)
    }
  }

  private func derived() throws -> [DerivedVariable] {
    let entries = try root["derived"]?.entries("derived") ?? []
    var places: [String: String] = [:]
    let unordered = try entries.map { entry in
      if let first = scope.variables[entry.key] {
        throw SurveyError(
          .data, at: entry.keyPlace,
          "two entries for one variable: '\(entry.key)' stands first at \(first.place)")
      }
      places[entry.key] = entry.keyPlace
      return try DerivedVariable(entry, in: scope)
    }
    do {
      let names = unordered.map(\.variable.name)
      let ordered = try unordered.inOrder { name in
        if let known = self.scope.variables[name] { return known.variable }
        throw SurveyError(
          .usage, "no variable '\(name)' in this codebook",
          remedy: suggestion(for: name, among: self.scope.variables.keys.sorted() + names))
      }
      for derived in ordered {
        try scope.add(derived.variable, at: places[derived.variable.name] ?? name)
      }
      return ordered
    } catch let error as SurveyError {
      guard let name = error.place?.split(separator: ":").first, let place = places[String(name)]
      else { throw error }
      throw SurveyError(.data, at: "\(place): \(name)", error.problem, remedy: error.remedy)
    }
  }

  private func weights() throws -> [WeightDeclaration] {
    guard let node = root["weights"] else { return [] }
    let weights = try node.entries("weights").map { try WeightDeclaration($0, in: scope) }
    let defaults = weights.filter(\.isDefault).map(\.name)
    guard defaults.count <= 1 else {
      throw node.fault("two weights are the default: \(defaults.joined(separator: " and "))")
    }
    return weights
  }

  private func design(_ node: YAMLNode) throws -> Codebook.Design {
    if case .scalar("none") = node.value { return .simpleRandom }
    guard case .mapping(let entries) = node.value, !entries.isEmpty else {
      throw node.fault(
        "'design' must be `none` (simple random sampling, stated) or name the columns",
        remedy: "Its keys are \(DesignDeclaration.keys.map(\.name).joined(separator: ", ")).")
    }
    var design = DesignDeclaration()
    try node.read(DesignDeclaration.keys, into: &design, of: "design", in: scope)
    guard
      design.strata != nil || !design.psu.isEmpty || !design.fpc.isEmpty
        || design.replicates != nil
    else {
      throw node.fault(
        "'design' names neither strata nor psu nor fpc nor replicates",
        remedy: "Write `design: none` if there are none.")
    }
    return .declared(design)
  }

  // MARK: Missing codes of all columns

  /// Gives a column of numbers the codes of `missing: {default: …}`, but those that are valid there.
  private func take(_ missing: DefaultMissing, as variable: inout Variable) {
    guard !missing.codes.isEmpty, !variable.holdsNoNumbers else { return }
    variable.missing = missing.codes(for: variable)
    scope.overruled[variable.name] = variable.categories.map(\.code).filter { code in
      missing.codes.contains { missing in
        if case .code(let text) = missing.values { return text == code }
        return Double(code).flatMap { number in missing.range?.contains(number) } ?? false
      }
    }
  }

  /// Every scalar under `weights:` and `design:`, among which are the names of their columns; what a
  /// weight was adjusted by are answers.
  private var technicalNames: Set<String> {
    func scalars(_ node: YAMLNode) -> [String] {
      switch node.value {
      case .scalar(let text): [text]
      case .list(let nodes): nodes.flatMap(scalars)
      case .mapping(let entries) where node["step"] != nil:
        entries.filter { $0.key == "of" }.flatMap { scalars($0.node) }
      case .mapping(let entries): entries.flatMap { scalars($0.node) }
      }
    }
    return Set([root["weights"], root["design"]].compactMap(\.self).flatMap(scalars))
  }

  /// Codes that are listed as valid though the default would take them.
  private func overruled() -> [Note] {
    scope.overruled.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { name, codes in
      Note(
        .information, id: "codebook.default-overruled",
        "\(codes.joined(separator: ", ")) under `codes:` of '\(name)' counts as an answer, whatever "
          + "`missing: {default: …}` says")
    }
  }

  private func unusedNames() -> [Note] {
    [("codelists", Array(scope.codeLists.keys)), ("missing", Array(scope.missingSets.keys))]
      .flatMap { key, names in
        names.sorted().filter { !scope.used.contains("\(key) \($0)") && $0 != "default" }.map {
          list in
          Note(
            .information, id: "codebook.unused-list",
            "'\(list)' under `\(key)` is used by no variable", at: root[key]?[list]?.place)
        }
      }
  }
}
