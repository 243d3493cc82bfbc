internal import SurveyData

extension WaveJoin {
  func finish(_ design: WaveDesign) -> (Dataset, [Note]) {
    var join = self
    let all = columns + design.columns
    let known = Set(all.map(\.variable.name))
    let main = labels == .last ? files[files.count - 1] : files[0]
    var codebook = Codebook(language: main.codebook.language, variables: all.map(\.variable))
    for index in codebook.variables.indices {
      codebook.variables[index].dropCondition(unless: known.contains)
    }
    codebook.derived = codebook.variables.flatMap { $0.chosenVariables.map(\.derived) }
    codebook.study = join.study(main)
    codebook.groups = join.groups(known)
    codebook.weights = design.weights
    codebook.design = design.design
    codebook.output = main.codebook.output
    let strictest = files.map(\.codebook.disclosurePolicy).max() ?? .none
    if strictest > codebook.disclosurePolicy { codebook.output.disclosure = strictest.rawValue }
    if files.allSatisfy({ $0.codebook.paradox == main.codebook.paradox }), join.apart.isEmpty {
      codebook.paradox = main.codebook.paradox
    } else if files.contains(where: { $0.codebook.paradox != nil }) {
      join.tell("paradox", "the roles in the integration paradox are left out: state them anew")
    }
    let derived = files.flatMap { $0.codebook.derived.filter { !$0.isChosenAnswer } }
      .map(\.variable.name)
    if !derived.isEmpty {
      let list = Export.list(Set(derived).sorted())
      join.tell(
        "derivations", "the values of \(list) are kept, but not how they are derived",
        naming: [list])
    }
    let source = MemorySource(all.map { ($0.variable.name, $0.column) }, name: "the joined waves")
    return (Dataset(source, codebook: codebook), join.notes + design.notes)
  }

  /// What the waves say of where they come from: once where they say the same.
  private mutating func study(_ main: WaveFile) -> Study {
    var study = main.codebook.study
    let studies = files.map(\.codebook.study)
    func each(_ text: (Study) -> LocalizedText) -> LocalizedText {
      let told = zip(files, studies).map { (code: $0.code, text: text($1)) }
        .filter { !$0.text.isEmpty }
      guard Set(told.map(\.text)).count > 1 else { return told.first?.text ?? .none }
      var languages: [String] = []
      for language in told.flatMap({ $0.text.texts.map(\.language) })
      where !languages.contains(language) { languages.append(language) }
      return LocalizedText(
        languages.map { language in
          let texts = told.map { "\($0.code): \($0.text.text(in: language))" }
          return (language, texts.joined(separator: "\n"))
        })
    }
    func differs<Value: Hashable>(_ value: (Study) -> Value) -> Bool {
      Set(studies.map(value)).count > 1
    }
    if differs(\.note) {
      study.note = each(\.note)
      tell("notes", "the notes of the files differ: each stands in the joined one after its wave")
    }
    var lost: [String] = []
    if differs(\.title) { lost.append("title") }
    if differs(\.id) { lost.append("id") }
    if differs(\.population) { lost.append("population") }
    if differs(\.source) { lost.append("source") }
    if differs(\.licence) { lost.append("licence") }
    if differs(\.citation) { lost.append("citation") }
    if !lost.isEmpty {
      tell(
        "study", "\(lost.joined(separator: ", ")) of the study: kept as in \(main.code)",
        naming: [main.code] + lost)
    }
    return study
  }

  /// The groups of all waves, such as SPSS's multiple-response sets, where they can be joined.
  private mutating func groups(_ known: Set<String>) -> [VariableGroup] {
    let order = labels == .last ? files.reversed() : files
    var groups: [VariableGroup] = []
    for file in order {
      for group in file.codebook.groups {
        guard let place = groups.firstIndex(where: { $0.name == group.name }) else {
          groups.append(group)
          continue
        }
        let other = groups[place]
        guard other.kind == group.kind, other.counted == group.counted else {
          warn(
            "groups",
            "group '\(group.name)' is not the same kind of question in all waves: \(file.code)'s is "
              + "left out", naming: ["kind", group.name, file.code])
          continue
        }
        groups[place].label = other.label.filled(by: group.label)
        let added = group.members.filter { !other.members.contains($0) }
        let gone = other.members.filter { !group.members.contains($0) }
        groups[place].members += added
        groups[place].exclusive += group.exclusive.filter { !other.exclusive.contains($0) }
        if !added.isEmpty || !gone.isEmpty {
          let list = Export.list(added + gone)
          tell(
            "groups",
            "group '\(group.name)' has other members in the waves: \(list) are not in all",
            naming: ["members", group.name, list])
        }
      }
    }
    for index in groups.indices {
      let missing = groups[index].members.filter { !known.contains($0) }
      groups[index].members.removeAll { !known.contains($0) }
      groups[index].exclusive.removeAll { !known.contains($0) }
      guard !missing.isEmpty else { continue }
      warn(
        "groups",
        "group '\(groups[index].name)' cannot hold \(Export.list(missing)), kept apart by wave",
        naming: ["apart", groups[index].name, Export.list(missing)])
    }
    return groups.filter { !$0.members.isEmpty }
  }
}
