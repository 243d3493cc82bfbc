internal import SurveyData

extension CodebookWriter {
  func fields(of variable: Variable) -> [YAMLTree.Entry] {
    var fields = localized([
      ("label", variable.label), ("short", variable.short), ("question", variable.question),
    ])
    fields += Self.texts([
      ("type", variable.type?.rawValue), ("measure", variable.measure?.rawValue),
    ])
    fields += localized([("unit", variable.unit)])
    fields += Self.texts([("format", variable.format), ("write_format", variable.writeFormat)])
    if let separator = variable.separator {
      let text = ["\t": "tab", " ": "space"][separator] ?? separator
      fields += Self.texts([("kind", VariableGroup.Kind.multiple.rawValue), ("separator", text)])
    }
    if !variable.categories.isEmpty {
      let name = codeLists[variable.categories]
      fields.append(
        .init(key: "codes", value: name.map(YAMLTree.scalar) ?? codes(variable.categories)))
    }
    if let range = variable.range {
      fields.append(.init(key: "range", value: Self.range(range)))
    }
    if !variable.missing.isEmpty {
      let name = missingSets[variable.missing]
      fields.append(
        .init(key: "missing", value: name.map(YAMLTree.scalar) ?? missing(variable.missing)))
    } else if !codebook.defaultMissing.codes(for: variable).isEmpty {
      fields += Self.texts([("missing", "none")])
    }
    if variable.unknown != .fail {
      fields += Self.texts([("unknown", variable.unknown.rawValue)])
    }
    if let universe = variable.universe {
      fields.append(.init(key: "universe", value: self.universe(universe)))
    }
    fields += Self.texts([("role", variable.role?.rawValue), ("reference", variable.reference)])
    if variable.answer.count == 1 {
      fields += Self.texts([("answer", variable.answer[0])])
    } else if !variable.answer.isEmpty {
      fields.append(.init(key: "answer", value: .list(variable.answer.map(YAMLTree.scalar))))
    }
    fields += localized([("answer_label", variable.answerLabel)])
    return fields + localized([("note", variable.note)])
  }

  /// Codes with labels as a mapping, without any as a list.
  func codes(_ categories: [Category]) -> YAMLTree {
    let mayBeNames = categories.contains { category in
      codeLists.values.contains(category.code)
        || nearestName(to: category.code, among: codeLists.values) != nil
    }
    if categories.allSatisfy(\.label.texts.isEmpty), !mayBeNames {
      return .list(categories.map { .scalar($0.code) })
    }
    return .mapping(categories.map { .init(key: $0.code, value: localized($0.label)) })
  }

  func missing(_ codes: [MissingCode]) -> YAMLTree {
    .mapping(
      codes.filter { $0 != .system }.map { code in
        let key =
          switch code.values {
          case .code(let text): text
          case .range(let low, let high): NumberRange(low: low, high: high).text
          case .empty: ""
          }
        let reason = YAMLTree.scalar(code.reason.rawValue)
        let labelled = YAMLTree.mapping(
          [.init(key: "reason", value: reason)] + languages(code.label))
        return .init(key: key, value: code.label.texts.isEmpty ? reason : labelled)
      })
  }

  private static func range(_ range: ClosedRange<Double>) -> YAMLTree {
    guard range.lowerBound.isFinite, range.upperBound.isFinite else {
      return .scalar(NumberRange(low: range.lowerBound, high: range.upperBound).text)
    }
    return .list([range.lowerBound, range.upperBound].map { .scalar(canonicalCode($0)) })
  }

  private func universe(_ universe: Universe) -> YAMLTree {
    guard let condition = universe.condition else { return localized(universe.label) }
    return .mapping([.init(key: "where", value: .scalar(condition))] + languages(universe.label))
  }

  func fields(of group: VariableGroup) -> [YAMLTree.Entry] {
    var fields = localized([("label", group.label)])
    fields += Self.texts([("kind", group.kind.rawValue)])
    fields.append(.init(key: "of", value: .list(group.members.map(YAMLTree.scalar))))
    fields += Self.texts([("counted", group.counted)])
    if !group.exclusive.isEmpty {
      fields.append(.init(key: "exclusive", value: .list(group.exclusive.map(YAMLTree.scalar))))
    }
    return fields
  }

  func fields(of weight: WeightDeclaration) -> [YAMLTree.Entry] {
    var fields: [YAMLTree.Entry] =
      switch weight.source {
      case .variable(let name): Self.texts([("var", name)])
      case .expression(let source): Self.texts([("expr", source)])
      }
    if weight.isDefault { fields += Self.texts([("default", "true")]) }
    if weight.dropsMissing { fields += Self.texts([("missing", "drop")]) }
    fields += localized([("label", weight.label)])
    if !weight.adjustments.isEmpty {
      fields.append(
        .init(
          key: "adjusted", value: .list(weight.adjustments.map { .mapping(self.fields(of: $0)) })))
    }
    return fields
  }

  /// The keys of a derived variable's rule.
  func rule(of derived: DerivedVariable) -> [YAMLTree.Entry] {
    func list(_ key: String, _ items: [String]) -> YAMLTree.Entry {
      .init(key: key, value: .list(items.map(YAMLTree.scalar)))
    }
    switch derived.rule {
    case .recode(let source, let map, let otherwise):
      let lines = map.map { line in
        YAMLTree.Entry(
          key: line.from.joined(separator: ", "), value: .scalar(line.to ?? "missing"))
      }
      let rest: String? =
        switch otherwise {
        case .fail: nil
        case .missing: "missing"
        case .copy: "copy"
        case .code(let code): code
        }
      return Self.texts([("recode", source)]) + [.init(key: "map", value: .mapping(lines))]
        + Self.texts([("else", rest)])
    case .cut(let source, let bounds):
      return Self.texts([("cut", source)]) + [list("at", bounds.map(canonicalCode))]
    case .mean(let items, let minimum, let reversed):
      return [list("mean", items)] + Self.texts([("min_valid", String(minimum))])
        + (reversed.isEmpty ? [] : [list("reverse", reversed)])
    case .anyOf(let items, let code, let missing):
      return [list("any_of", items)]
        + Self.texts([("equals", code), ("missing", missing.rawValue)])
    case .chosen: return []  // The variable's separator says it.
    case .expression(let source): return Self.texts([("expr", source)])
    }
  }

  var studyFields: [YAMLTree.Entry] {
    let study = codebook.study
    func given(_ text: String) -> String? { text.isEmpty ? nil : text }
    var fields = Self.texts([("id", given(study.id))]) + localized([("title", study.title)])
    if !study.source.isEmpty {
      fields.append(
        .init(key: "source", value: .mapping(Self.texts(study.source.map { ($0.key, $0.value) }))))
    }
    fields += localized([("population", study.population)])
    fields += Self.texts([("licence", given(study.licence)), ("citation", given(study.citation))])
    return fields + localized([("note", study.note)])
  }

  var fileFields: [YAMLTree.Entry] {
    let file = codebook.file
    func sign(_ character: Character?) -> String? {
      character.map { $0 == "\t" ? "tab" : $0 == " " ? "space" : String($0) }
    }
    let quote: String? =
      switch file.quote {
      case .character(let character)?: sign(character)
      case FileStatement.Quote.none?: "none"
      case nil: nil
      }
    var fields = Self.texts([
      ("path", file.path), ("format", file.format), ("delimiter", sign(file.delimiter)),
      ("decimal", sign(file.decimal)), ("thousands", sign(file.thousands)),
      ("encoding", file.encoding), ("catalog", file.catalog), ("quote", quote),
      ("header", file.header?.rawValue), ("skip", file.skip.map(String.init)),
    ])
    if !file.missing.isEmpty {
      fields.append(.init(key: "missing", value: .list(file.missing.map(YAMLTree.scalar))))
    }
    if file.isPartial { fields += Self.texts([("partial", "true")]) }
    return fields + Self.texts([("rows", file.rows.map(String.init)), ("sha256", file.sha256)])
  }
}
