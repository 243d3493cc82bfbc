internal import SurveyData

extension StataDictionary {
  /// The dictionary as a codebook; its labels are in the language `und`, since Stata does not say.
  func codebook() -> Codebook {
    var study = Study()
    if !fileLabel.isEmpty { study.title = LocalizedText(fileLabel, in: embeddedLanguage) }
    study.note = notes(in: characteristics)
    var statement = FileStatement()
    statement.format = "dta"
    var codebook = Codebook(
      language: embeddedLanguage, study: study, file: statement,
      variables: variables.map(variable))
    if let weight = declared("_svy_wvar", in: codebook) ?? declared("_svy_pweight", in: codebook) {
      codebook.weights = [WeightDeclaration(weight, source: .variable(weight), isDefault: true)]
      for index in codebook.variables.indices where codebook.variables[index].name == weight {
        codebook.variables[index].role = .weight
      }
    }
    if let design = design(in: codebook) { codebook.design = .declared(design) }
    for (name, value) in characteristics.sorted(by: { $0.key < $1.key }) {
      EmbeddedAttributes.apply(name, Self.lines(value), to: &codebook)
    }
    return codebook
  }

  /// Notes are numbered characteristics; `note0` counts them.
  private func notes(in characteristics: [String: String]) -> LocalizedText {
    let numbered = characteristics.compactMap { name, text -> (Int, String)? in
      guard name.hasPrefix("note"), let number = Int(name.dropFirst(4)), number > 0 else {
        return nil
      }
      return (number, text)
    }
    let text = numbered.sorted { $0.0 < $1.0 }.map(\.1).joined(separator: "\n")
    return text.isEmpty ? .none : LocalizedText(text, in: embeddedLanguage)
  }

  // MARK: Design

  /// A column that `svyset` named.
  private func declared(_ name: String, in codebook: Codebook) -> String? {
    characteristics[name].flatMap { codebook.variable(named: $0)?.name }
  }

  private func design(in codebook: Codebook) -> DesignDeclaration? {
    var design = DesignDeclaration(strata: declared("_svy_strata1", in: codebook))
    for stage in 1...9 {
      if let unit = declared("_svy_su\(stage)", in: codebook) { design.psu.append(unit) }
      if let size = declared("_svy_fpc\(stage)", in: codebook) { design.fpc.append(size) }
    }
    design.lonelyPSU =
      switch characteristics["_svy_singleunit"] {
      case "certainty": .certainty
      case "scaled": .average
      case "centered": .adjust
      default: .fail
      }
    return design == DesignDeclaration(lonelyPSU: design.lonelyPSU) ? nil : design
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  // MARK: Variables

  /// Labels of a file need not be complete, so that values without a label are valid
  /// (`unknown: warn`).
  private func variable(_ stata: StataVariable) -> Variable {
    var variable = Variable(stata.name)
    if !stata.label.isEmpty { variable.label = LocalizedText(stata.label, in: embeddedLanguage) }
    variable.note = notes(in: stata.characteristics)
    variable.type =
      switch stata.notation {
      case .date: .date
      case .datetime: .datetime
      case .number: stata.type.isText ? .text : stata.type.isWhole ? .integer : .decimal
      }
    variable.format = stata.statedFormat
    variable.unknown = .warn
    variable.isFromFile = true
    var seen: Set<String> = []
    for label in (labelSets[stata.labelSet] ?? []) {
      let text = LocalizedText(label.text, in: embeddedLanguage)
      if label.value.isNaN {
        let tag = NumericColumn.missingIndex(label.value)
        guard tag > 0, seen.insert(StataTag.text(tag)).inserted else { continue }
        let reason = MissingReason(label: label.text) ?? StataTag.reason(tag)
        variable.missing.append(MissingCode(.code(StataTag.text(tag)), reason: reason, label: text))
      } else {
        let value = stata.calendar?.stored(label.value) ?? label.value
        let code = stata.notation.text(value)
        if seen.insert(code).inserted { variable.categories.append(Category(code, label: text)) }
      }
    }
    variable.categories.sort { ($0.number ?? .infinity) < ($1.number ?? .infinity) }
    variable.missing.sort { $0.text < $1.text }
    for (name, value) in stata.characteristics.sorted(by: { $0.key < $1.key }) {
      EmbeddedAttributes.apply(name, Self.lines(value), to: &variable)
    }
    // Somebody may have given the variable another format since another program's word was kept.
    let shown = variable.format.flatMap { DisplayFormat($0)?.stata?.format }
    if (shown ?? StataFormats.usual(stata.type, stata.notation)) != stata.format {
      variable.format = stata.statedFormat
    }
    return variable
  }
}
