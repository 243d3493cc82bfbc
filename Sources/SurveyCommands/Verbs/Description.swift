import SurveyData
import SurveyReports
import SurveyRequests
import SurveyStatistics

/// The analyses behind one table of variables of any kind: those of `tabulate`, `summarize` and
/// `compare`, asked of one variable after the other.
struct Description {
  let context: ResultContext
  let groups: [String]
  let tests: TableOneTests
  let figures: Summarize.Figures
  /// The variables that are numbers.
  let numbers: Set<String>
  /// The answers that count, by variable.
  let counted: [String: CountedAnswer]
  /// What must be known of the variables.
  private(set) var notes: [Note] = []

  init(
    context: ResultContext, groups: [String], tests: TableOneTests, figures: Summarize.Figures,
    numbers: Set<String>, counted: [String: CountedAnswer]
  ) {
    self.context = context
    self.groups = groups
    self.tests = tests
    self.figures = figures
    self.numbers = numbers
    self.counted = counted
  }

  private var survey: Survey { context.survey }
  private var hasTests: Bool { tests.areWanted && !groups.isEmpty }

  /// Everybody, and everybody in every group.
  func people() throws -> (all: Summary, groups: Summary?) {
    func people(_ groups: [String]) throws -> Summary {
      try survey.summarize(nil, by: groups, statistics: [.total], options: context.options)
    }
    return (try people([]), groups.isEmpty ? nil : try people(groups))
  }

  /// What is said of one variable.
  mutating func entry(_ name: String, label: String? = nil) throws -> TableOne.Entry {
    numbers.contains(name) ? try number(name, label: label) : try answers(name, label: label)
  }

  /// What is said of the variables of a group of the codebook.
  mutating func block(_ group: VariableGroup, _ mentions: Mentions?) throws -> TableOne.Block {
    let label = group.label.text(in: context.language)
    let heading = label.isEmpty ? group.name : label
    guard let mentions else {
      let variables = try group.members.map { try survey.dataset.variable($0) }
      let labels = variables.rowLabels(in: context.language)
      return TableOne.Block(
        heading,
        try zip(variables, labels).map { variable, label in
          try entry(variable.name, label: label)
        })
    }
    let isItem = mentions.base == .item
    let entries = try mentions.answers.map { answer -> TableOne.Entry in
      let chosen = CountedAnswer([isItem ? answer.category : Category("1")], isChosen: true)
      return try answers(
        isItem ? answer.variable.name : answer.indicator, counting: chosen, label: answer.label,
        standingFor: isItem ? nil : answer)
    }
    let base = entries.map { $0.base }.max() ?? 0
    return TableOne.Block(
      heading, entries,
      sentences: isItem
        ? [.eachItem]
        : [.mentions(mentions.base.rawValue, n: base, items: mentions.group.members.count)],
      exclusive: Set(mentions.answers.filter(\.isExclusive).map(\.label)))
  }

  private mutating func answers(_ name: String, label: String?) throws -> TableOne.Entry {
    let variable = try survey.dataset.variable(name)
    let asked = counted[name]
    let answer =
      asked == nil || variable.hasSeveralAnswers
      ? asked
      : try variable.countedAnswer(among: survey.dataset.categorical(name).categories)
    return try answers(
      name, counting: answer,
      label: label.map { own in
        answer.map { "\(own): \($0.category.name(in: context.language))" } ?? own
      })
  }

  /// The answers of a variable.
  ///
  /// - Parameter answer: Whose answer the variable says, if another's.
  private mutating func answers(
    _ name: String, counting counted: CountedAnswer?, label: String?,
    standingFor answer: Mentions.Answer? = nil
  ) throws -> TableOne.Entry {
    func table(_ groups: [String], _ counted: CountedAnswer?) throws -> Tabulation {
      try survey.tabulate(name, by: groups, counting: counted, options: context.options)
    }
    func standing(_ table: Tabulation) -> Tabulation {
      answer.map { table.standing(for: $0.category, to: $0.variable) } ?? table
    }
    let all = try table([], counted)
    let parts = groups.isEmpty ? nil : try table(groups, counted)
    var test: TestResult?
    if hasTests, let parts, !all.variable.hasSeveralAnswers {
      let whole = try counted.map { try table(groups, $0.againstRest) } ?? parts
      let found = try tested(name) { try whole.independenceTest(tests.shares) }
      notes += found.notes
      test = found.test
      if let answer {
        test = test.map { $0.named(answer.variable.name, term: answer.category.code) }
      }
    }
    return TableOne.Entry(
      answer?.variable.name ?? name, label: label ?? all.title(in: context.language),
      .shares(all: standing(all), groups: parts.map(standing)), test: test)
  }

  private mutating func number(_ name: String, label: String?) throws -> TableOne.Entry {
    let variable = try survey.dataset.variable(name)
    let figures = figures.own.first { $0.name == name }?.figures ?? figures.usual
    func summary(_ groups: [String]) throws -> Summary {
      try survey.summarize(
        name, by: groups, statistics: figures.flatMap(\.statistics), options: context.options)
    }
    let all = try summary([])
    let parts = groups.isEmpty ? nil : try summary(groups)
    notes += (parts ?? all).notes
    let found = try tested(name) {
      hasTests ? try numberTest(name, figures, groups: parts?.rows.filter { $0.count > 0 }) : nil
    }
    notes += found.notes
    let title = label ?? variable.title(in: context.language)
    let unit = variable.unit.text(in: context.language)
    return TableOne.Entry(
      name, label: unit.isEmpty ? title : "\(title), \(unit)",
      .numbers(all: all, groups: parts, figures),
      test: found.test)
  }

  /// The test that the groups have the same mean, or the same ranks.
  ///
  /// - Parameter rows: The estimates of the groups in which somebody is.
  private func numberTest(
    _ name: String, _ figures: [TableOneFigure], groups rows: [EstimateRow]?
  ) throws -> TestResult? {
    let areTwo = Set((rows ?? []).map(\.groups)).count == 2
    let usual: TableOneTests.OfNumbers =
      figures.contains(.mean) ? .means : .ranks(areTwo ? .wilcoxon : .kruskalWallis)
    switch tests.numbers ?? usual {
    case .means:
      // Of two groups R's t-test stands last.
      return try survey.compare(.mean(of: name), across: groups, options: context.options).tests
        .last
    case .ranks(let test):
      guard groups.count == 1 else {
        throw SurveyError(
          .usage, at: name,
          "a test of ranks takes one group variable, and \(groups.count) are named",
          remedy: "Write --test mean or --test none, or name one group.")
      }
      return try survey.rankTest(test, of: name, across: groups[0], options: context.options).test
    }
  }

  /// A test; nil where there is none, which a note says.
  private func tested(
    _ name: String, _ test: () throws -> TestResult?
  ) throws -> (test: TestResult?, notes: [Note]) {
    do {
      return (try test(), [])
    } catch let error as SurveyError where error.kind == .noAnswer {
      let note = Note(
        .warning, id: "summarize.no-test",
        "has no test: there are fewer than two groups or answers, or too few sampling units",
        at: name)
      return (nil, [note])
    }
  }
}

extension TestResult {
  /// The same of another variable, or of one answer to it.
  fileprivate func named(_ variable: String, term: String) -> TestResult {
    TestResult(
      test: test, variable: variable, by: by, term: term, statistic: statistic, df1: df1, df2: df2,
      pValue: pValue)
  }
}

extension TableOne.Entry {
  /// The respondents who answered.
  fileprivate var base: Int {
    if case .shares(let all, _) = figures { all.rows.first?.base ?? 0 } else { 0 }
  }
}
