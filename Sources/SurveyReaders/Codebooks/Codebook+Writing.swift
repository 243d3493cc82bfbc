public import SurveyData

/// Remarks that stand in a codebook file without being part of the codebook.
public struct CodebookComments: Equatable, Sendable {
  /// The first lines of the file.
  public var top: [String] = []
  /// Lines above a section such as `weights` or `design`.
  public var sections: [String: [String]] = [:]
  /// Lines above a variable.
  public var variables: [String: [String]] = [:]

  /// No remarks.
  public init() {}
}

extension Codebook {
  /// The codebook as a file that reads back the same.
  ///
  /// Code lists and missing sets that several variables share are written once, under a name.
  /// - Parameter comments: Remarks for the reader of the file.
  public func yaml(comments: CodebookComments = CodebookComments()) -> String {
    CodebookWriter(self, comments: comments).text
  }
}

/// Writes a codebook as YAML.
struct CodebookWriter {
  let codebook: Codebook
  let comments: CodebookComments
  let codeLists: [[Category]: String]
  let missingSets: [[MissingCode]: String]

  init(_ codebook: Codebook, comments: CodebookComments) {
    self.codebook = codebook
    self.comments = comments
    codeLists = Self.shared(codebook.variables.map { ($0.name, $0.categories) })
    missingSets = Self.shared(codebook.variables.map { ($0.name, $0.missing) })
  }

  /// Lists of two or more that several variables share, named after the first of them.
  private static func shared<Item: Hashable>(
    _ lists: [(name: String, items: [Item])]
  ) -> [[Item]: String] {
    var names: [[Item]: (name: String, uses: Int)] = [:]
    for (name, items) in lists where items.count > 1 {
      names[items, default: (name, 0)].uses += 1
    }
    // `missing: {default: …}` and `missing: none` mean something of their own.
    return names.filter { $0.value.uses > 1 && !["", "default", "none"].contains($0.value.name) }
      .mapValues(\.name)
  }

  var text: String {
    let top = comments.top.map { $0.isEmpty ? "" : "# \($0)" }
    return top.map { $0 + "\n" }.joined() + YAMLTree.document(entries)
  }

  private var entries: [YAMLTree.Entry] {
    var entries = [
      YAMLTree.Entry(key: "vekt", value: .scalar("1")),
      YAMLTree.Entry(key: "language", value: .scalar(codebook.language)),
    ]
    func add(_ key: String, _ value: YAMLTree?) {
      let comments = comments.sections[key] ?? []
      if let value {
        entries.append(.init(key: key, value: value, comments: comments))
      }
    }
    add("study", block(studyFields))
    add("file", block(fileFields))
    let everywhere = codebook.defaultMissing.codes
    let defaults =
      everywhere.isEmpty ? [] : [YAMLTree.Entry(key: "default", value: missing(everywhere))]
    add("missing", block(defaults + sets(missingSets, codebook.variables.map(\.missing), missing)))
    add("codelists", block(sets(codeLists, codebook.variables.map(\.categories), codes)))
    add(
      "variables",
      .block(
        codebook.variables.map { variable in
          let fields = fields(of: variable)
          return .init(
            key: variable.name, value: Self.entry(fields),
            comments: comments.variables[variable.name] ?? [])
        }))
    add(
      "groups", block(codebook.groups.map { .init(key: $0.name, value: .mapping(fields(of: $0))) }))
    add(
      "banners",
      block(
        codebook.banners.map {
          .init(key: $0.name, value: .list($0.parts.map { .scalar(Banner.text($0)) }))
        }))
    add(
      "derived",
      block(
        codebook.derived.filter { !$0.isChosenAnswer }.map { derived in
          .init(
            key: derived.variable.name,
            value: Self.entry(rule(of: derived) + fields(of: derived.variable)))
        }))
    add(
      "weights",
      block(codebook.weights.map { .init(key: $0.name, value: .mapping(fields(of: $0))) }))
    add("totals", block(totals))
    add("design", design)
    add("paradox", codebook.paradox.map { .block(fields(of: $0)) })
    add("output", output.isEmpty ? nil : .mapping(output))
    return entries
  }

  private func block(_ entries: [YAMLTree.Entry]) -> YAMLTree? {
    entries.isEmpty ? nil : .block(entries)
  }

  /// A variable on one short line, or a line for each of its keys.
  private static func entry(_ fields: [YAMLTree.Entry]) -> YAMLTree {
    YAMLTree.mapping(fields).flow.count <= 72 ? .mapping(fields) : .block(fields)
  }

  /// The named lists, in the order of their first use.
  private func sets<Item: Hashable>(
    _ names: [[Item]: String], _ uses: [[Item]], _ tree: ([Item]) -> YAMLTree
  ) -> [YAMLTree.Entry] {
    var seen: Set<String> = []
    return uses.compactMap { items in
      guard let name = names[items], seen.insert(name).inserted else { return nil }
      return .init(key: name, value: tree(items))
    }
  }

  private var design: YAMLTree? {
    switch codebook.design {
    case .unstated: return nil
    case .simpleRandom: return .scalar("none")
    case .declared(let design):
      var fields: [YAMLTree.Entry] = []
      if let strata = design.strata { fields.append(.init(key: "strata", value: .scalar(strata))) }
      if !design.psu.isEmpty { fields.append(.init(key: "psu", value: Self.names(design.psu))) }
      if !design.fpc.isEmpty { fields.append(.init(key: "fpc", value: Self.names(design.fpc))) }
      if let pps = design.pps { fields.append(.init(key: "pps", value: .scalar(pps.rawValue))) }
      fields.append(.init(key: "lonely_psu", value: .scalar(design.lonelyPSU.rawValue)))
      if design.lonelyInDomains {
        fields.append(.init(key: "lonely_domain", value: .scalar("true")))
      }
      if let replicates = design.replicates {
        fields.append(.init(key: "replicates", value: .mapping(Self.fields(of: replicates))))
      }
      if let variance = design.variance {
        fields.append(.init(key: "variance", value: .scalar(variance.rawValue)))
      }
      return .block(fields)
    }
  }

  private static func fields(of replicates: ReplicateDeclaration) -> [YAMLTree.Entry] {
    var fields: [YAMLTree.Entry] = [
      .init(key: "weights", value: names(replicates.weights)),
      .init(key: "method", value: .scalar(replicates.method.rawValue)),
    ]
    func add(_ key: String, _ number: Double?) {
      if let number { fields.append(.init(key: key, value: .scalar(canonicalCode(number)))) }
    }
    add("rho", replicates.fayRho)
    add("scale", replicates.scale)
    if !replicates.replicateScales.isEmpty {
      fields.append(
        .init(key: "rscales", value: names(replicates.replicateScales.map { canonicalCode($0) })))
    }
    if replicates.areFactors { fields.append(.init(key: "are", value: .scalar("factors"))) }
    if let isCentred = replicates.isCentredOnEstimate {
      fields.append(.init(key: "mse", value: .scalar(isCentred ? "true" : "false")))
    }
    add("df", replicates.degreesOfFreedom)
    return fields
  }

  private var output: [YAMLTree.Entry] {
    let output = codebook.output
    var fields = Self.texts([("language", output.language), ("reliability", output.reliability)])
    if let profile = output.disclosure {
      fields.append(.init(key: "disclosure", value: .mapping(Self.texts([("profile", profile)]))))
    }
    return fields
  }

  // MARK: Parts that several sections share

  /// The texts that are there, as entries.
  static func texts(_ fields: [(key: String, text: String?)]) -> [YAMLTree.Entry] {
    fields.compactMap { key, text in
      text.map { YAMLTree.Entry(key: key, value: .scalar($0)) }
    }
  }

  static func names(_ names: [String]) -> YAMLTree {
    names.count == 1 ? .scalar(names[0]) : .list(names.map(YAMLTree.scalar))
  }

  /// A text in the codebook's language, or a mapping of languages.
  func localized(_ text: LocalizedText) -> YAMLTree {
    if text.texts.isEmpty { return .scalar("") }
    if text.texts.count == 1, text.texts[0].language == codebook.language,
      !text.texts[0].text.isEmpty
    {
      return .scalar(text.texts[0].text)
    }
    return .mapping(languages(text))
  }

  func languages(_ text: LocalizedText) -> [YAMLTree.Entry] {
    text.texts.map { .init(key: $0.language, value: .scalar($0.text)) }
  }

  /// The localized texts that are there, as entries.
  func localized(_ fields: [(key: String, text: LocalizedText)]) -> [YAMLTree.Entry] {
    fields.filter { !$0.text.texts.isEmpty }.map { .init(key: $0.key, value: localized($0.text)) }
  }
}
