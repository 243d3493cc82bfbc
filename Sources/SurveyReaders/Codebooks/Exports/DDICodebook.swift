package import SurveyData

/// A codebook as DDI-Codebook 2.5, in all its languages.
package struct DDICodebook {
  private let codebook: Codebook

  package init(_ codebook: Codebook) { self.codebook = codebook }

  /// The XML, and what it cannot hold.
  package var exported: ExportedCodebook {
    let root = XMLElement(
      "codeBook",
      [
        ("xmlns", "ddi:codebook:2_5"), ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        (
          "xsi:schemaLocation",
          "ddi:codebook:2_5 "
            + "http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd"
        ), ("version", "2.5"), ("xml:lang", codebook.language),
      ], [study, file, data])
    var losses = CodebookLosses()
    for variable in codebook.variables where variable.unknown != .fail {
      losses.add("what to do with unknown codes has no place in DDI", of: variable.name)
    }
    return ExportedCodebook(text: root.document, losses: losses)
  }

  private func texts(_ name: String, _ text: LocalizedText) -> [XMLElement] {
    text.texts.filter { !$0.text.isEmpty }.map {
      XMLElement(name, [("xml:lang", $0.language)], text: $0.text)
    }
  }

  private func element(_ name: String, _ text: String?) -> [XMLElement] {
    text.map { $0.isEmpty ? [] : [XMLElement(name, text: $0)] } ?? []
  }

  /// An element with children; nothing without any.
  private func element(_ name: String, _ children: [XMLElement]) -> [XMLElement] {
    children.isEmpty ? [] : [XMLElement(name, children)]
  }

  // MARK: The study

  private func source(_ key: String) -> String? {
    codebook.study.source.first { $0.key == key }?.value
  }

  private var study: XMLElement {
    let study = codebook.study
    let title = study.title.texts.first
    let name = title?.text ?? (study.id.isEmpty ? codebook.file.path ?? "codebook" : study.id)
    let titles =
      [XMLElement("titl", [("xml:lang", title?.language)], text: name)]
      + study.title.texts.dropFirst().map {
        XMLElement("parTitl", [("xml:lang", $0.language)], text: $0.text)
      }
    let known = ["producer", "edition", "collected", "mode", "doi"]
    let facts = study.source.filter { !known.contains($0.key) }
    let collected = source("collected").map { [XMLElement("collDate", [("date", $0)], text: $0)] }
    let citation: [[XMLElement]] = [
      [XMLElement("titlStmt", titles + element("IDNo", source("doi") ?? study.id))],
      element("prodStmt", element("producer", source("producer"))),
      element("verStmt", element("version", source("edition"))),
      element("biblCit", study.citation),
    ]
    let summary = (collected ?? []) + texts("universe", study.population)
    let method: [[XMLElement]] = [
      element("sampProc", designText), element("collMode", source("mode")),
      element("weight", weightText),
    ]
    let parts: [[XMLElement]] = [
      element("citation", Array(citation.joined())),
      element("stdyInfo", element("sumDscr", summary)),
      element("method", element("dataColl", Array(method.joined()))),
      element("dataAccs", element("useStmt", element("conditions", study.licence))),
      facts.map { XMLElement("notes", [("subject", $0.key)], text: $0.value) },
      texts("notes", study.note),
    ]
    return XMLElement("stdyDscr", Array(parts.joined()))
  }

  private var designText: String? {
    switch codebook.design {
    case .unstated: nil
    case .simpleRandom: "Simple random sampling."
    case .declared(let design):
      [
        design.strata.map { "strata: \($0)" },
        design.psu.isEmpty ? nil : "sampling units: \(design.psu.joined(separator: ", "))",
        design.fpc.isEmpty ? nil : "population sizes: \(design.fpc.joined(separator: ", "))",
        "strata with one sampling unit: \(design.lonelyPSU.rawValue)"
          + (design.lonelyInDomains ? ", also in a subpopulation" : ""),
      ].compactMap { $0 }.joined(separator: "; ")
    }
  }

  private var weightText: String? {
    let lines = codebook.weights.map { weight in
      let source =
        switch weight.source {
        case .variable(let name): name
        case .expression(let text): text
        }
      let label = weight.label.text(in: codebook.language)
      return "\(weight.name) = \(source)" + (label.isEmpty ? "" : " (\(label))")
        + (weight.isDefault && codebook.weights.count > 1 ? ", the default" : "")
        + weight.adjustments.map { ", adjusted: \($0.summary)" }.joined()
    }
    return lines.isEmpty ? nil : lines.joined(separator: "; ")
  }

  private var file: XMLElement {
    let file = codebook.file
    return XMLElement(
      "fileDscr", [("ID", "F1")],
      [
        XMLElement(
          "fileTxt",
          element("fileName", file.path)
            + [
              XMLElement(
                "dimensns",
                element("caseQnty", file.rows.map(String.init))
                  + [XMLElement("varQnty", text: String(codebook.variables.count))])
            ] + element("fileType", file.format))
      ] + element("notes", file.sha256.map { "SHA-256 \($0)" }))
  }

  // MARK: Variables

  private var data: XMLElement {
    XMLElement(
      "dataDscr",
      codebook.groups.enumerated().map { group($1, number: $0 + 1) }
        + codebook.variables.map { variable($0) }
        + codebook.derived.map { variable($0.variable, derived: $0) })
  }

  private func id(_ name: String) -> String? {
    codebook.variableNames.firstIndex(of: name).map { "V\($0 + 1)" }
  }

  private func ids(_ names: [String]) -> String? {
    let all = names.compactMap(id)
    return all.isEmpty ? nil : all.joined(separator: " ")
  }

  private func group(_ group: VariableGroup, number: Int) -> XMLElement {
    XMLElement(
      "varGrp",
      [
        ("ID", "VG\(number)"), ("name", group.name),
        ("type", group.kind == .battery ? "grid" : "multipleResp"), ("var", ids(group.members)),
      ], texts("labl", group.label))
  }

  private func variable(_ variable: Variable, derived: DerivedVariable? = nil) -> XMLElement {
    let weight = codebook.defaultWeight.flatMap { weight -> String? in
      if case .variable(let name) = weight.source { name } else { nil }
    }
    let isWeight = variable.role == .weight || variable.name == weight
    let isText = variable.type == .text || variable.type == .date || variable.type == .datetime
    let isExclusive = codebook.groups.contains { $0.exclusive.contains(variable.name) }
    return XMLElement(
      "var",
      [
        ("ID", id(variable.name)), ("name", variable.name),
        ("wgt", isWeight ? "wgt" : nil),
        ("wgt-var", isWeight || variable.role != nil ? nil : weight.flatMap(id)),
        ("files", derived == nil ? "F1" : nil), ("dcml", variable.type == .integer ? "0" : nil),
        ("intrvl", variable.isCategorical || variable.type == .text ? "discrete" : "contin"),
        ("measUnit", variable.unit.isEmpty ? nil : variable.unit.text(in: codebook.language)),
        ("nature", variable.measure?.rawValue),
      ],
      described(variable, derived, isText: isText, isExclusive: isExclusive))
  }

  /// What a variable's element holds, in the order of the standard.
  private func described(
    _ variable: Variable, _ derived: DerivedVariable?, isText: Bool, isExclusive: Bool
  ) -> [XMLElement] {
    let categories = variable.categories.map { category in
      XMLElement(
        "catgry", [("excls", isExclusive ? "true" : nil)],
        [XMLElement("catValu", text: category.code)] + texts("labl", category.label))
    }
    let kind: String? =
      switch variable.type {
      case .date: "date"
      case .datetime: "time"
      default: nil
      }
    let parts: [[XMLElement]] = [
      texts("labl", variable.label),
      element("qstn", texts("qstnLit", variable.question)),
      element("valrng", variable.range.map { [range($0.lowerBound, $0.upperBound)] } ?? []),
      element("invalrng", variable.missing.compactMap(invalid)),
      texts("universe", variable.universe?.label ?? .none),
      categories, variable.missing.compactMap(missing), derivation(derived),
      [XMLElement("varFormat", [("type", isText ? "character" : "numeric"), ("category", kind)])],
      element("notes", variable.universe?.condition.map { "universe: \($0)" }),
      texts("notes", variable.note),
    ]
    return Array(parts.joined())
  }

  private func derivation(_ derived: DerivedVariable?) -> [XMLElement] {
    guard let derived else { return [] }
    return [
      XMLElement(
        "derivation", [("var", ids(derived.inputNames))],
        [XMLElement("drvcmd", [("syntax", "Vekt")], text: derived.ruleText)])
    ]
  }

  private func range(_ low: Double, _ high: Double) -> XMLElement {
    XMLElement(
      "range",
      [
        ("min", low.isFinite ? canonicalCode(low) : nil),
        ("max", high.isFinite ? canonicalCode(high) : nil),
      ])
  }

  private func invalid(_ code: MissingCode) -> XMLElement? {
    switch code.values {
    case .code(let text): XMLElement("item", [("VALUE", text)])
    case .range(let low, let high): range(low, high)
    case .empty: nil
    }
  }

  private func missing(_ code: MissingCode) -> XMLElement? {
    guard case .code(let text) = code.values else { return nil }
    return XMLElement(
      "catgry", [("missing", "Y"), ("missType", code.reason.rawValue)],
      [XMLElement("catValu", text: text)]
        + texts("labl", code.label.isEmpty ? code.reason.label : code.label))
  }
}
