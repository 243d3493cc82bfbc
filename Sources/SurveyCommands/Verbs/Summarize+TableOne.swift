import SurveyData
import SurveyReaders
import SurveyReports
import SurveyRequests
import SurveySessions
import SurveyStatistics
import SurveyTables

extension Summarize {
  /// One table of variables of any kind.
  func describe(in workspace: Workspace) throws -> Outcome {
    try checkDescription()
    var tests = try tableOne.tests()
    let figures = try figures()
    var mentioned = Mentioned()
    // What kind a variable is of is the same in all imputed data sets.
    var known: Set<String>?
    func numbers(in dataset: Dataset) throws -> Set<String> {
      let found = try known ?? self.numbers(figures, in: dataset)
      known = found
      return found
    }
    func counted(in dataset: Dataset) throws -> [String: CountedAnswer] {
      let numbers = try numbers(in: dataset)
      return try tableOne.counted(
        of: answerable(in: dataset).filter { !numbers.contains($0) }, in: dataset)
    }
    let survey = try estimation.survey(
      data, needingErrors: tableOne.test != nil && tests.areWanted,
      columns: { dataset in
        let numbers = try numbers(in: dataset)
        return try names(in: dataset).map { ($0, numbers.contains($0) ? .numbers : .codes) }
      },
      counting: { try counted(in: $0) },
      preparing: { dataset in
        for case .group(let group) in try questions(in: dataset) where group.kind != .battery {
          mentioned[group.name] = try Mentions(
            group, base: nil, language: output.language ?? dataset.codebook.printedLanguage,
            in: dataset)
        }
        return try mentioned.added(to: dataset)
      }, in: workspace)
    tests.areWanted = tests.areWanted && survey.hasErrors
    let isMoved = mentioned.all.contains { $0.base != .item }
    try emission.refuse([
      ("--table1 of imputed data sets", survey.isImputed), ("a base of several items", isMoved),
    ])
    let context = try ResultContext(
      survey, arguments: estimation, output: try emission.layout(output),
      quantileRule: quantileRule)
    var description = Description(
      context: context, groups: estimation.groups, tests: tests, figures: figures,
      numbers: try numbers(in: survey.dataset), counted: try counted(in: survey.dataset))
    let blocks = try questions(in: survey.dataset).map { question in
      switch question {
      case .variable(let name): TableOne.Block("", [try description.entry(name)])
      case .group(let group): try description.block(group, mentioned[group.name])
      }
    }
    let entries = blocks.flatMap(\.entries)
    let command = "summarize \(data) \(variables.joined(separator: " "))"
    if let program = try emission.outcome(
      of: survey, estimation, command,
      { try analysis(of: entries, testing: tests, in: $0) })
    {
      return program
    }
    let table = TableOne(
      blocks, people: try description.people(),
      hasTests: tests.areWanted && !estimation.groups.isEmpty,
      order: output.drawing.sort ?? .codebook, context: context)
    return Outcome(
      .document(
        Document(
          data: try context.data(), design: context.design,
          accounting: context.accounting(entries.map { ($0.name, $0.accounting) }),
          records: [table.records, EstimateRecords.tests(entries.compactMap(\.test))],
          tables: [table.table], notes: context.notes + context.words(of: description.notes)),
        language: context.language))
  }

  // MARK: What is asked

  /// What is said of numbers, and of single variables; no figure means that its answers are shown.
  struct Figures {
    var usual: [TableOneFigure] = []
    var own: [(name: String, figures: [TableOneFigure])] = []
  }

  private func figures() throws -> Figures {
    var found = Figures()
    func figure(_ text: String) throws -> TableOneFigure {
      guard let figure = TableOneFigure(rawValue: text) else {
        throw SurveyError(
          .usage, "--table1 says mean or median of a number, and --statistic asks for '\(text)'",
          remedy: suggestion(for: text, among: TableOneFigure.allCases.map(\.rawValue))
            ?? "Leave it out, or --table1.")
      }
      return figure
    }
    for text in statistic?.names ?? [] {
      guard let sign = text.firstIndex(of: "=") else {
        found.usual.append(try figure(text))
        continue
      }
      let (name, value) = (String(text[..<sign]), String(text[text.index(after: sign)...]))
      let figures = value == "share" ? [] : [try figure(value)]
      if let place = found.own.firstIndex(where: { $0.name == name }) {
        // Of one name after a list that has it too the one that stands last holds.
        let isOther = figures.isEmpty != found.own[place].figures.isEmpty
        found.own[place].figures = isOther ? figures : found.own[place].figures + figures
      } else {
        found.own.append((name, figures))
      }
    }
    if found.usual.isEmpty { found.usual = [.mean] }
    return found
  }

  private func questions(in dataset: Dataset) throws -> [Question] {
    try dataset.questions(variables, except: estimation.lists.except?.names ?? [])
  }

  private func names(in dataset: Dataset) throws -> [String] {
    try questions(in: dataset).flatMap { question in
      switch question {
      case .variable(let name):
        let chosen = try dataset.variable(name).chosenVariables
        return chosen.isEmpty ? [name] : chosen.map(\.derived.variable.name)
      case .group(let group): return group.members
      }
    }
  }

  /// The variables of which an answer can be chosen.
  private func answerable(in dataset: Dataset) throws -> [String] {
    try questions(in: dataset).flatMap { question in
      switch question {
      case .variable(let name): [name]
      case .group(let group): group.kind == .battery ? group.members : []
      }
    }
  }

  /// The variables that are described as numbers: what is said to be one, and what the codebook calls
  /// one; of what nobody has described those with many numbers, for which the file is read once.
  private func numbers(_ figures: Figures, in dataset: Dataset) throws -> Set<String> {
    try checkNames(figures, in: dataset)
    let probe = dataset.withoutColumns()
    let named = try NamedVariables(of: probe, except: [])
    let variables = try answerable(in: dataset).map { try dataset.variable($0) }
    let unknown = variables.filter(named.isUndescribed).map { ($0.name, ColumnView.codes) }
    if !unknown.isEmpty, !probe.givesCells { try? probe.load(unknown) }
    return Set(
      variables.filter { variable in
        figures.own.first { $0.name == variable.name }.map { !$0.figures.isEmpty }
          ?? named.isNumber(variable)
      }.map(\.name))
  }

  // MARK: What cannot be

  private func checkDescription() throws {
    func refuse(_ problem: String, _ remedy: String) throws -> Never {
      throw SurveyError(.usage, problem, remedy: remedy)
    }
    guard !variables.isEmpty else {
      try refuse(
        "no variable to describe", "Name some: vekt summarize \(data) VAR… --table1 --by GROUP")
    }
    let others = [
      ("--ratio", !ratio.isEmpty), ("--quantiles", quantiles != nil),
      ("--scale", !scaling.scale.isEmpty), ("--reverse", scaling.reverse != nil),
      ("--correlations", scaling.correlations),
      ("--published", published.published != nil || published.ledger),
    ]
    if let option = others.first(where: \.1)?.0 {
      try refuse("\(option) and --table1 do not go together", "Leave one of them out.")
    }
    if estimation.groups.isEmpty, let test = tableOne.test, test.names != ["none"] {
      try refuse(
        "--test asks whether groups differ, and there are none", "Add --by GROUP.")
    }
    if let both = variables.first(where: estimation.groups.contains) {
      try refuse("'\(both)' is both described and a group", "Describe another variable.")
    }
  }

  private func checkNames(_ figures: Figures, in dataset: Dataset) throws {
    let names =
      try questions(in: dataset).flatMap { question in
        if case .group(let group) = question { group.members } else { [String]() }
      } + variables
    if let stranger = figures.own.first(where: { !names.contains($0.name) })?.name {
      throw SurveyError(
        .usage, "--statistic speaks of '\(stranger)', which is not among those described",
        remedy: suggestion(for: stranger, among: names))
    }
    for (name, figures) in figures.own where !figures.isEmpty {
      try dataset.described(name).requireNumbers()
    }
  }
}
