internal import SurveyData

extension SPSSDictionary {
  /// The dictionary as a codebook; its labels are in the language `und`, since SPSS does not say.
  func codebook(format: String) -> Codebook {
    var study = Study()
    if !fileLabel.isEmpty { study.title = LocalizedText(fileLabel, in: Self.language) }
    if !documents.isEmpty { study.note = LocalizedText(documents, in: Self.language) }
    var statement = FileStatement()
    statement.format = format
    var codebook = Codebook(
      language: Self.language, study: study, file: statement,
      variables: variables.map { $0.variable(isWeight: $0.name == weight) })
    codebook.groups = responseSets.map { set in
      var group = VariableGroup(set.name)
      group.kind = set.counted == nil ? .choices : .multiple
      group.label = set.label.isEmpty ? .none : LocalizedText(set.label, in: Self.language)
      group.counted = set.counted
      group.members = names(of: set.members)
      return group
    }
    codebook.groups += batteries.map { name, members in
      var group = VariableGroup(name)
      group.members = names(of: members)
      return group
    }
    codebook.groups.removeAll { $0.members.isEmpty }
    if let weight {
      codebook.weights = [WeightDeclaration(weight, source: .variable(weight), isDefault: true)]
    }
    for attribute in attributes {
      EmbeddedAttributes.apply(attribute.name, attribute.values, to: &codebook)
    }
    return codebook
  }

  private static var language: String { embeddedLanguage }
}

/// The language of labels of which nobody has said the language.
let embeddedLanguage = "und"

extension SPSSVariable {
  /// What the file says of the variable, in the codebook's words.
  ///
  /// Labels of a file need not be complete, so that values without a label are valid
  /// (`unknown: warn`).
  func variable(isWeight: Bool) -> Variable {
    var variable = Variable(name)
    variable.label = localized(label)
    variable.type = type
    variable.measure =
      switch measure {
      case 1: .nominal
      case 2: .ordinal
      case 3: .interval
      default: nil
      }
    variable.format = statedFormat
    if written != format {
      variable.writeFormat = isText ? written.text(ofTextOf: width) : written.text
      if variable.writeFormat == variable.format { variable.writeFormat = nil }
    }
    if !isText {
      if format.isTime { variable.unit = localized("s") }
    }
    if isWeight { variable.role = .weight }
    let labels = labelsByCode
    var seen: Set<MissingCode.Values> = []
    variable.missing = missingCodes(labels).filter { seen.insert($0.values).inserted }
    let missing = CodeScheme(variable)
    variable.categories = labels.filter { label in
      isText ? missing.position(ofCode: label.code) == nil : !isMissing(label)
    }.map { Category($0.code, label: localized($0.label)) }
    variable.unknown = .warn
    variable.isFromFile = true
    for attribute in attributes {
      EmbeddedAttributes.apply(attribute.name, attribute.values, to: &variable)
    }
    // Somebody may have given the variable another format since another program's word was kept.
    if let kept = variable.format, !isText {
      let shown = DisplayFormat(kept)?.spss?.format
      let isUsual = format.isUsual(isWhole: format.isWhole)
      if shown != format && !(shown == nil && isUsual) { variable.format = statedFormat }
    }
    return variable
  }

  private var statedFormat: String? {
    if isText { return format.text(ofTextOf: width) }
    return format.isUsual(isWhole: format.isWhole) ? nil : format.text
  }

  private func localized(_ text: String) -> LocalizedText {
    text.isEmpty ? .none : LocalizedText(text, in: embeddedLanguage)
  }

  private var type: ValueType {
    if isText { return .text }
    switch format.notation {
    case .date: return .date
    case .datetime: return .datetime
    case .number: return format.isWhole ? .integer : .decimal
    }
  }

  private var labelsByCode: [(code: String, number: Double, label: String)] {
    if isText { return textLabels.map { ($0.value, .nan, $0.label) } }
    return numberLabels.filter { $0.value != SPSSNumbers.systemMissing && !$0.value.isNaN }
      .sorted { $0.value < $1.value }
      .map { (code($0.value), $0.value, $0.label) }
  }

  /// A number of the file as code.
  private func code(_ number: Double) -> String { format.notation.text(format.stored(number)) }

  private func isMissing(_ label: (code: String, number: Double, label: String)) -> Bool {
    guard case .numbers(let singles, let range) = missing else { return false }
    return singles.contains(label.number)
      || range.map { $0.low <= label.number && label.number <= $0.high } ?? false
  }

  /// Single codes first, so that those with a label keep it when they stand in a range.
  private func missingCodes(_ labels: [(code: String, number: Double, label: String)])
    -> [MissingCode]
  {
    func single(_ code: String) -> MissingCode {
      let label = labels.first { $0.code == code }?.label ?? ""
      return MissingCode(
        .code(code), reason: MissingReason(label: label) ?? .noAnswer, label: localized(label))
    }
    switch missing {
    case .none: return []
    case .texts(let texts): return texts.filter { !$0.isEmpty }.map(single)
    case .numbers(let numbers, let range):
      var codes = numbers.map { single(code($0)) }
      guard let range else { return codes }
      codes += labels.filter { range.low <= $0.number && $0.number <= range.high }
        .map { single($0.code) }.filter { !codes.contains($0) }
      codes.append(
        MissingCode(
          .range(format.stored(range.low), format.stored(range.high)), reason: .noAnswer))
      return codes
    }
  }
}

extension SPSSFormat {
  /// A number of the file as the decoders hold it: dates count from 1970.
  func stored(_ number: Double) -> Double {
    switch notation {
    case .number: number
    case .date: ((number - Self.epoch) / 86_400)
    case .datetime: number - Self.epoch
    }
  }

  /// The way back.
  func inFile(_ number: Double) -> Double {
    switch notation {
    case .number: number
    case .date: number * 86_400 + Self.epoch
    case .datetime: number + Self.epoch
    }
  }
}
