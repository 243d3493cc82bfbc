internal import SurveyData

extension Variable {
  /// The keys of a variable.
  ///
  /// The type comes first, since codes depend on it.
  static let keys: [CodebookKey<Variable>] = [
    CodebookKey("type") { variable, node, _ in variable.type = try node.word("type") },
    .text("label", \.label),
    .text("short", \.short),
    .text("question", \.question),
    CodebookKey("kind") { variable, node, _ in
      guard try node.text("kind") == VariableGroup.Kind.multiple.rawValue else {
        throw node.fault(
          "the only `kind:` of a variable is `multiple`, several answers in one cell",
          remedy: "A battery stands under `groups:`.")
      }
    },
    CodebookKey("separator") { variable, node, _ in
      let text = try node.text("separator")
      guard !text.isEmpty else { throw node.fault("'separator' is empty") }
      variable.separator = ["tab": "\t", "space": " "][text] ?? text
    },
    CodebookKey("measure") { variable, node, _ in variable.measure = try node.word("measure") },
    .text("unit", \.unit),
    CodebookKey("format") { variable, node, _ in
      variable.format = try node.format(of: variable.type)
    },
    CodebookKey("write_format") { variable, node, _ in
      let text = try node.text("write_format")
      guard SPSSFormat(text) != nil || SPSSFormat.textWidth(text) != nil else {
        throw node.fault("'\(text)' is no format of SPSS", remedy: "Write it as F8.2 or COMMA8.")
      }
      variable.writeFormat = text
    },
    CodebookKey("codes") { $0.categories = try Category.list($1, type: $0.type, in: $2) },
    CodebookKey("range") { variable, node, _ in variable.range = try node.range("range") },
    CodebookKey("missing") { $0.missing = try MissingCode.list($1, type: $0.type, in: $2) },
    CodebookKey("unknown") { variable, node, _ in variable.unknown = try node.word("unknown") },
    CodebookKey("universe") { $0.universe = try Universe($1, in: $2) },
    CodebookKey("role") { variable, node, _ in variable.role = try node.word("role") },
    CodebookKey("reference") { variable, node, _ in
      let code = try node.text("reference")
      let known = variable.categories.named(code)
      guard variable.categories.isEmpty || known != nil else {
        throw node.fault(
          "'\(code)' is no code of '\(variable.name)'",
          remedy: variable.categories.suggestion(for: code))
      }
      variable.reference = known?.code ?? code
    },
    CodebookKey("answer") { variable, node, _ in
      let names =
        if case .list = node.value { try node.texts("answer") } else {
          [try node.text("answer")]
        }
      variable.answer = try names.map { try variable.code(ofAnswer: $0, at: node) }
      if let twice = variable.answer.first(where: { name in variable.answer.count { $0 == name } > 1
      }) {
        throw node.fault("the answer \(twice) stands twice")
      }
    },
    .text("answer_label", \.answerLabel),
    .text("note", \.note),
  ]

  /// Whether the list of codes is whole, so that a code that is not in it is a mistake.
  fileprivate var isNamedByCodes: Bool { !categories.isEmpty && range == nil }

  /// The code of an answer that is named by it or by its label.
  private func code(ofAnswer name: String, at node: YAMLNode) throws -> String {
    if let category = categories.named(name) { return category.code }
    if isNamedByCodes {
      throw node.fault(
        "'\(name)' is no code of '\(self.name)'; it has \(categories.listed)",
        remedy: categories.suggestion(for: name))
    }
    guard let range else { return name }
    guard let number = Double(name), range.contains(number) else {
      throw node.fault(
        "'\(name)' is no answer of '\(self.name)', whose numbers go from "
          + "\(canonicalCode(range.lowerBound)) to \(canonicalCode(range.upperBound))")
    }
    return canonicalCode(number)
  }

  /// Throws when a code is both valid and missing, or the keys of several answers do not go together.
  func checkCodes(at entry: YAMLNode.Entry) throws {
    if (entry.node["kind"] == nil) != (separator == nil) {
      throw SurveyError(
        .data, at: entry.keyPlace,
        "`kind: multiple` and `separator:` go together, and '\(name)' has one of them",
        remedy: "Write `kind: multiple, separator: \";\"`, with what stands between the answers.")
    }
    if hasSeveralAnswers, range != nil || role != nil {
      throw SurveyError(
        .data, at: entry.keyPlace,
        "'\(name)' holds several answers in a cell, which have neither a range nor a role",
        remedy: "List the answers under `codes:`.")
    }
    let place = (entry.node["missing"] ?? entry.node).place
    for category in categories where missingCode(apartFromCodes: category.code) != nil {
      throw SurveyError(
        .data, at: place, "code '\(category.code)' of '\(name)' is both valid and missing",
        remedy: "Keep it under `codes:` or under `missing:`.")
    }
    guard let range else { return }
    for code in missing where code.overlaps(range) {
      throw SurveyError(
        .data, at: place,
        "the missing code '\(code.text)' of '\(name)' lies inside its range of valid numbers",
        remedy: "Narrow `range:`, or take the code out of `missing:`.")
    }
  }
}

extension YAMLNode {
  /// The word of a program for how a variable of a type is shown.
  fileprivate func format(of type: ValueType?) throws -> String {
    let text = try text("format")
    guard text.hasPrefix("%") || FormatWord(text) != nil else {
      throw fault(
        "'\(text)' is no format of SPSS, Stata or SAS",
        remedy: "Write it as the program does, such as F8.2, DATE11, %9.2f, %tm or DATE9.")
    }
    guard let type, let format = DisplayFormat(text) else { return text }
    let fits: Bool =
      switch type {
      case .text: false
      case .integer, .decimal: format.notation == .number
      case .date: format.notation == .date
      case .datetime: format.notation == .datetime
      }
    guard fits else { throw fault("the format '\(text)' shows no value of type \(type.rawValue)") }
    return text
  }
}

extension Universe {
  /// Words, or `{where: CONDITION, nb: …}`.
  init(_ node: YAMLNode, in scope: CodebookScope) throws {
    guard case .mapping(let entries) = node.value else {
      self.init(condition: nil, label: try node.localized("universe", in: scope.language))
      return
    }
    self.init(
      condition: try node["where"]?.text("where"),
      label: try YAMLNode.localized(entries.filter { $0.key != "where" }, "universe"))
  }
}

extension Study {
  static let keys: [CodebookKey<Study>] = [
    CodebookKey("id") { study, node, _ in study.id = try node.text("id") },
    .text("title", \.title),
    CodebookKey("source") { study, node, _ in
      study.source = try node.entries("source").map {
        SourceFact(key: $0.key, value: try $0.node.text($0.key))
      }
    },
    .text("population", \.population),
    CodebookKey("licence") { study, node, _ in study.licence = try node.text("licence") },
    CodebookKey("citation") { study, node, _ in study.citation = try node.text("citation") },
    .text("note", \.note),
  ]
}

extension FileStatement {
  /// The names of the formats that are read.
  static let formats = ["csv", "sav", "zsav", "por", "dta", "sas7bdat", "xpt"]

  static let keys: [CodebookKey<FileStatement>] = [
    CodebookKey("path") { file, node, _ in file.path = try node.text("path") },
    CodebookKey("format") { file, node, _ in
      file.format = try node.word("format", of: formats)
    },
    CodebookKey("delimiter") { file, node, _ in file.delimiter = try node.character("delimiter") },
    CodebookKey("decimal") { file, node, _ in file.decimal = try node.character("decimal") },
    CodebookKey("thousands") { file, node, _ in file.thousands = try node.character("thousands") },
    CodebookKey("encoding") { file, node, _ in file.encoding = try node.text("encoding") },
    CodebookKey("catalog") { file, node, _ in file.catalog = try node.text("catalog") },
    CodebookKey("quote") { file, node, _ in
      file.quote =
        try node.text("quote") == "none" ? Quote.none : .character(try node.character("quote"))
    },
    CodebookKey("header") { file, node, _ in file.header = try node.word("header") },
    CodebookKey("skip") { file, node, _ in file.skip = try node.count("skip") },
    CodebookKey("missing") { file, node, _ in file.missing = try node.texts("missing") },
    CodebookKey("partial") { file, node, _ in file.isPartial = try node.flag("partial") },
    CodebookKey("rows") { file, node, _ in file.rows = try node.count("rows") },
    CodebookKey("sha256") { file, node, _ in
      let hash = try node.text("sha256").lowercased()
      guard hash.count == 64, hash.allSatisfy(\.isHexDigit) else {
        throw node.fault("'sha256' must be 64 hexadecimal digits, but is '\(hash)'")
      }
      file.sha256 = hash
    },
  ]
}

extension OutputDefaults {
  static let keys: [CodebookKey<OutputDefaults>] = [
    CodebookKey("language") { output, node, _ in
      output.language = try CodebookReader.language(node)
    },
    CodebookKey("reliability") { output, node, _ in
      output.reliability = try node.word("reliability", of: ["nchs", "none"])
    },
    CodebookKey("disclosure") { output, node, _ in
      try node.refuseKeys(besides: ["profile"], of: "disclosure")
      let profiles = DisclosurePolicy.allCases.map(\.rawValue)
      output.disclosure = try node["profile"]?.word("profile", of: profiles)
    },
  ]
}
