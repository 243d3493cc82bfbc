import SurveyData
import SurveyPublications
import SurveyReports
import SurveyStatistics
import SurveyTables

extension Tabulate {
  /// The shares of one variable with what is asked of them, under its title.
  func estimates(
    of name: String, counting counted: CountedAnswer?, keeping kept: Set<MissingReason>,
    by groups: [String], in context: ResultContext
  ) throws -> BatteryTable.Item {
    let variable = try context.survey.dataset.variable(name)
    let table = try tabulation(of: name, keeping: kept, counting: counted, by: groups, in: context)
    var item = BatteryTable.Item(variable.title(in: context.language), of: variable, table)
    if bounds { item.bounds = try AnswerBounds(of: table, answers: try base.named(), in: context) }
    // Of everybody beside a banner's groups nothing is compared.
    guard banner.banner == nil || !groups.isEmpty else { return item }
    if test || statistic != nil {
      let whole = try counted.map {
        try tabulation(
          of: name, keeping: kept, counting: $0.againstRest, by: groups, in: context)
      }
      item.test = try (whole ?? table).independenceTest(statistic ?? .f)
    }
    item.letters = try letters.letters(of: table)
    return item
  }

  /// The printed figures beside the estimates; nil when none are named.
  func ledger(
    keeping kept: Set<MissingReason>, in context: ResultContext
  ) throws -> Ledger? {
    try published.figures?.shares(
      of: names(in: context.survey.dataset), in: context.survey, percentages: percentages,
      keeping: kept, options: context.options)
  }

  /// Adds the table of one variable.
  func add(
    _ name: String, keeping kept: Set<MissingReason>, _ marks: CellMarks?,
    in context: ResultContext, to report: inout ShareReport
  ) throws {
    let counted = try counted(name, keeping: kept, in: context.survey.dataset)
    let found = try estimates(
      of: name, counting: counted, keeping: kept, by: estimation.groups, in: context)
    let table = found.table
    let fits = try fits(of: name, in: context)
    report.rows += table.rows
    report.letters += table.rows.map { _ in found.letters }
    report.tests += (found.test.map { [$0] } ?? []) + fits.map(\.test)
    var printed = ShareTable(
      table, test: found.test, fits: fits, letters: found.letters, marks: marks, context: context
    ).table
    if counted == nil, !answers.isAll, !table.variable.hasSeveralAnswers {
      printed.drawn = try drawn(table, keeping: kept, in: context)
    }
    report.tables.append(printed)
    addBounds(of: found, in: context, to: &report)
    report.accounts.append((name, table.accounting))
  }

  private func fits(of name: String, in context: ResultContext) throws -> [GoodnessOfFit] {
    try shares.map { stated in
      try context.survey.goodnessOfFit(of: name, toShares: stated.shares, by: estimation.groups)
    } ?? []
  }

  private func addBounds(
    of item: BatteryTable.Item, in context: ResultContext, to report: inout ShareReport
  ) {
    guard let bounds = item.bounds else { return }
    report.bounds.append(bounds)
    report.tables.append(bounds.table(context))
  }

  /// Adds the table of a group of the codebook as one question.
  func add(
    _ group: VariableGroup, _ mentions: Mentions?, keeping kept: Set<MissingReason>,
    _ marks: CellMarks?, in context: ResultContext, to report: inout ShareReport
  ) throws {
    let found =
      try mentions.map { try mentionedItems($0, by: estimation.groups, in: context) }
      ?? batteryItems(of: group, keeping: kept, by: estimation.groups, in: context)
    var sentences =
      try mentions.map { try self.sentences(of: $0, found, in: context) }
      ?? [kept.isEmpty ? Phrase.eachItem : found[0].table.base(in: context)]
    for item in found {
      report.rows += item.table.rows
      report.letters += item.table.rows.map { _ in item.letters }
      report.tests += item.test.map { [$0] } ?? []
      report.accounts.append((item.variable.name, item.table.accounting))
    }
    if mentions == nil {
      for item in found {
        for fit in try fits(of: item.variable.name, in: context) {
          report.tests.append(fit.test)
          sentences.append(
            .joined([Phrase(verbatim: item.label), fit.sentence], separator: ": "))
        }
      }
    }
    let exclusive = Set(mentions?.answers.filter(\.isExclusive).map(\.label) ?? [])
    if let sort = output.drawing.sort, [.answer, .answerUpwards].contains(sort),
      found[0].table.counted == nil
    {
      throw SurveyError(
        .usage, at: group.name, "--sort \(sort.rawValue) does not say by which answer",
        remedy: "Add --answer CODE, or choose n, label or codebook.")
    }
    let sorted = (output.drawing.sort ?? .codebook).sorted(
      found, last: exclusive, language: context.language)
    let counts =
      groups.count
      ? try mentions.map { try self.counts($0, by: estimation.groups, in: context) } ?? [] : []
    report.counted += counts.flatMap(\.rows).filter { $0.groups.count == estimation.groups.count }
    if let base = counts.first?.rows.last?.base { sentences.append(.countBase(n: base)) }
    report.tables.append(
      BatteryTable(
        group, sorted, counts: counts,
        letters: try groups.lettersRows ? rowLetters(sorted, mentions, in: context) : nil,
        marks: marks, sentences: sentences, context: context
      ).table)
    if mentions == nil {
      for item in found { addBounds(of: item, in: context, to: &report) }
    }
  }

  /// The items of a battery, whose answers must be the same.
  func batteryItems(
    of group: VariableGroup, keeping kept: Set<MissingReason>, by groups: [String],
    in context: ResultContext
  ) throws -> [BatteryTable.Item] {
    let variables = try group.members.map { try context.survey.dataset.variable($0) }
    try group.requireEqualAnswers(variables)
    return try zip(variables, variables.rowLabels(in: context.language)).map { variable, label in
      let counted = try counted(variable.name, keeping: kept, in: context.survey.dataset)
      var item = try estimates(
        of: variable.name, counting: counted, keeping: kept, by: groups, in: context)
      item.label = label
      if counted?.isNet == true, groups.isEmpty, banner.banner == nil {
        item.answers = try tabulation(
          of: variable.name, keeping: kept, counting: nil, in: context)
      }
      return item
    }
  }

  /// The answers to a question of which somebody could give several.
  func mentionedItems(
    _ mentions: Mentions, by groups: [String], in context: ResultContext
  ) throws -> [BatteryTable.Item] {
    let chosen = CountedAnswer([Category("1")], isChosen: true)
    var items = try mentions.answers.map { answer -> BatteryTable.Item in
      let isItem = mentions.base == .item
      let found = try estimates(
        of: isItem ? answer.variable.name : answer.indicator,
        counting: isItem ? CountedAnswer([answer.category], isChosen: true) : chosen,
        keeping: [], by: groups, in: context)
      var item = BatteryTable.Item(
        answer.label, of: answer.variable,
        isItem ? found.table : found.table.standing(for: answer.category, to: answer.variable))
      item.letters = found.letters
      item.test = found.test.map { test in
        TestResult(
          test: test.test, variable: answer.variable.name, by: test.by,
          term: mentions.group.kind == .choices ? answer.category.code : test.term,
          statistic: test.statistic, df1: test.df1, df2: test.df2, pValue: test.pValue)
      }
      return item
    }
    guard self.groups.unit == .answers else { return items }
    let tables = items.map(\.table)
    let given = (
      tables[0].rows.indices.map { row in tables.reduce(0) { $0 + $1.rows[row].count } },
      tables.reduce(0) { $0 + ($1.totals.first?.count ?? 0) }
    )
    for (place, answer) in mentions.answers.enumerated() {
      func ratio(by groups: [String]) throws -> Summary {
        try context.survey.ratio(
          answer.indicator, over: mentions.countOnBase, by: groups, options: context.options)
      }
      let isGrouped = !groups.isEmpty
      let table = tables[place].ofMentions(
        try ratio(by: groups), all: isGrouped ? try ratio(by: []) : nil, given: given,
        options: context.options)
      items[place] = BatteryTable.Item(answer.label, of: answer.variable, table)
    }
    return items
  }

  /// Whom the shares of several answers are of, and who gave answers that exclude each other.
  func sentences(
    of mentions: Mentions, _ items: [BatteryTable.Item], in context: ResultContext
  ) throws -> [Phrase] {
    let everybody = { (table: Tabulation) in table.totals.isEmpty ? table.rows : table.totals }
    let base = items.flatMap { everybody($0.table).prefix(1) }.map(\.base).max() ?? 0
    var sentences: [Phrase] = []
    if groups.unit == .answers {
      sentences.append(.mentions("answers", n: base, items: items.count))
    } else if mentions.base == .item {
      sentences.append(.eachItem)
    } else {
      sentences.append(
        .mentions(mentions.base.rawValue, n: base, items: mentions.group.members.count))
    }
    if let conflict = mentions.conflict {
      let chosen = CountedAnswer([Category("1")], isChosen: true)
      let rows = try context.survey.tabulate(conflict, counting: chosen).rows
      let labels = mentions.answers.filter(\.isExclusive).map(\.label).joined(separator: ", ")
      if let count = rows.first?.count, count > 0 {
        sentences.append(.exclusiveConflict(count, labels))
      }
    }
    return sentences
  }

  /// Any, none and the mean number of several answers, in the groups and in all.
  func counts(
    _ mentions: Mentions, by groups: [String], in context: ResultContext
  ) throws -> [BatteryTable.Count] {
    func share(_ code: String, _ statistic: String) throws -> [EstimateRow] {
      let table = try context.survey.tabulate(
        mentions.any, by: groups,
        counting: CountedAnswer([Category(code)], isChosen: true), options: context.options)
      return (table.rows + table.totals).map {
        $0.of(nil, to: mentions.group.name, as: statistic)
      }
    }
    func mean(by groups: [String]) throws -> [EstimateRow] {
      try context.survey.summarize(mentions.count, by: groups, options: context.options).rows
        .map { $0.of(nil, to: mentions.group.name) }
    }
    return [
      BatteryTable.Count(.anyAnswer, try share("1", "any")),
      BatteryTable.Count(.noAnswer, try share("0", "none")),
      BatteryTable.Count(
        .meanNumber(of: mentions.answers.count),
        try mean(by: groups) + (groups.isEmpty ? [] : mean(by: [])), isNumber: true),
    ]
  }

  /// The letters of items that exceed others, among those who answered both.
  private func rowLetters(
    _ items: [BatteryTable.Item], _ mentions: Mentions?, in context: ResultContext
  ) throws -> RowLetters {
    guard estimation.groups.isEmpty, let counted = items[0].table.counted else {
      throw SurveyError(
        .usage, "--letters rows compares the share of one answer between items",
        remedy: estimation.groups.isEmpty
          ? "Add --answer CODE." : "Leave out --by, or write --letters.")
    }
    guard items.count <= 26 else {
      throw SurveyError(
        .usage, "letters are for at most 26 items, and there are \(items.count)",
        remedy: "Use `vekt compare` with the group.")
    }
    let isItem = mentions == nil || mentions?.base == .item
    let names = items.map { item in
      isItem
        ? item.variable.name
        : mentions?.answers.first { $0.label == item.label }?.indicator ?? item.variable.name
    }
    let one = isItem ? counted : CountedAnswer([Category("1")], isChosen: true)
    var question = Variable(names.joined(separator: ","))
    question.categories = []
    let comparison = try context.survey.compare(
      .share(of: names[0], is: one), among: names, as: question,
      adjustment: letters.lettersAdjust, options: context.options)
    return RowLetters(names, comparison, level: letters.lettersLevel)
  }
}
