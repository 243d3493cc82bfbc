internal import SurveyData
package import SurveyRequests
package import SurveyStatistics
package import SurveyTables

/// Variables of any kind described in one table: of all and of every group answers by their number and
/// share, numbers by mean or median, and those who are missing; a test a variable.
package struct TableOne {
  /// What is estimated of a variable.
  package enum Figures {
    case shares(all: Tabulation, groups: Tabulation?)
    case numbers(all: Summary, groups: Summary?, [TableOneFigure])
  }

  /// One variable, or one answer of several.
  package struct Entry {
    /// The variable's name.
    package let name: String
    /// What stands before its rows.
    package let label: String
    package let figures: Figures
    package let test: TestResult?

    package init(_ name: String, label: String, _ figures: Figures, test: TestResult?) {
      (self.name, self.label, self.figures, self.test) = (name, label, figures, test)
    }
  }

  /// Variables that stand under one heading.
  package struct Block {
    /// The heading; empty for a variable alone.
    package let heading: String
    package let entries: [Entry]
    /// Whom its percentages are of, where it is not the usual.
    package let sentences: [Phrase]
    /// The labels of answers that exclude the others, and so stand last.
    package let exclusive: Set<String>

    package init(
      _ heading: String, _ entries: [Entry], sentences: [Phrase] = [], exclusive: Set<String> = []
    ) {
      (self.heading, self.entries, self.sentences) = (heading, entries, sentences)
      self.exclusive = exclusive
    }
  }

  let blocks: [Block]
  /// Everybody, and everybody in every group, as totals.
  let people: (all: Summary, groups: Summary?)
  let context: ResultContext
  private let hasTests: Bool
  private let order: Table.Order
  private let legend: FlagLegend

  /// - Parameters:
  ///   - blocks: At least one, each with an entry.
  ///   - people: Everybody, and everybody in every group.
  ///   - hasTests: Whether rows have tests.
  ///   - order: How the answers of each variable stand, by those of all; those of several too.
  package init(
    _ blocks: [Block], people: (all: Summary, groups: Summary?), hasTests: Bool,
    order: Table.Order = .codebook, context: ResultContext
  ) {
    self.blocks = blocks
    self.people = people
    self.hasTests = hasTests
    self.order = order
    self.context = context
    let rows = blocks.flatMap(\.entries).flatMap { entry -> [EstimateRow] in
      guard case .shares(let all, let groups) = entry.figures else { return [] }
      return all.rows + (groups?.rows ?? [])
    }
    legend = FlagLegend(rows, language: context.language)
  }

  var language: String { context.language }
  var entries: [Entry] { blocks.flatMap(\.entries) }
  var groupVariables: [Variable] { people.groups?.groupVariables ?? [] }

  /// The groups, each a category a group variable; first all, which have none.
  var groups: [[Category]] { [[]] + (people.groups?.rows.map(\.groups) ?? []) }

  /// How many people there are in a group.
  func size(of group: [Category]) -> Int {
    (group.isEmpty ? people.all : people.groups ?? people.all).rows
      .first { $0.groups == group }?.count ?? 0
  }

  // MARK: The table

  /// The table.
  package var table: Table {
    let title = Phrase.characteristics(
      by: groupVariables.map { $0.title(in: language).withinSentence }.joined(separator: " × "))
    var table = Table(
      title: title.text(in: language), unit: unit.text(in: language), columns: columns,
      rows: [sizes] + blocks.flatMap(rows), legend: legend.marks, notes: notes)
    table.essentials = context.essentials(for: nil, account: people.all.accounting)
    table.backgrounds = groupVariables.map { $0.title(in: language) }.joined(separator: ", ")
    table.isOrdered = true
    table.isDrawn = false
    return table
  }

  /// The figures that numbers have, each once.
  var figures: [TableOneFigure] {
    let used = entries.flatMap { entry -> [TableOneFigure] in
      if case .numbers(_, _, let figures) = entry.figures { figures } else { [] }
    }
    return TableOneFigure.allCases.filter(used.contains)
  }

  private var hasShares: Bool {
    entries.contains { if case .shares = $0.figures { true } else { false } }
  }

  private var percent: Phrase {
    context.survey.weights.name == nil ? .percent : .weightedPercent
  }

  private var unit: Phrase {
    .joined((hasShares ? [percent] : []) + figures.map(\.phrase), separator: "; ")
  }

  /// The groups that have columns: those in which somebody is.
  private var shown: [[Category]] { groups.filter { $0.isEmpty || size(of: $0) > 0 } }

  /// Two columns a group: how many, and what is said of them.
  private var columns: [Table.Column] {
    // What a number is stands in its row.
    let heading = figures.isEmpty ? Phrase.percent : .estimate
    return shown.flatMap { group in
      let name =
        group.isEmpty
        ? Phrase.all.text(in: language)
        : group.map { $0.name(in: language) }.joined(separator: " · ")
      return [
        Table.Column(Phrase.n.text(in: language), group: name),
        Table.Column(heading.text(in: language), group: name),
      ]
    } + (hasTests ? [Table.Column(Phrase.p.text(in: language), isRepeated: true)] : [])
  }

  private var sizes: Table.Row {
    Table.Row(
      Phrase.peopleInAll.text(in: language),
      cells: shown.flatMap { [.count(size(of: $0)), .empty] })
  }

  private func rows(of block: Block) -> [Table.Row] {
    let isHeaded = !block.heading.isEmpty
    return (isHeaded ? [Table.Row(block.heading, kind: .heading)] : [])
      + sorted(block).flatMap { rows(of: $0, indent: isHeaded ? 1 : 0) }
  }

  /// The variables of a block: those that are an answer each in the order that is asked for.
  private func sorted(_ block: Block) -> [Entry] {
    guard block.entries.allSatisfy({ $0.answer != nil }) else { return block.entries }
    return [false, true].flatMap { isExclusive in
      order.sorted(
        block.entries.filter { block.exclusive.contains($0.label) == isExclusive }, in: language
      ) { Self.key($0.label, $0.answer) }
    }
  }

  private static func key(_ label: String, _ row: EstimateRow?) -> Table.Order.Key {
    Table.Order.Key(label: label, count: row?.count, value: row?.estimate)
  }

  private func rows(of entry: Entry, indent: Int) -> [Table.Row] {
    let p: [Table.Cell] = hasTests ? [entry.test.map { .probability($0.pValue) } ?? .empty] : []
    let nothing = shown.flatMap { _ in [Table.Cell.empty, .empty] }
    var rows: [Table.Row]
    let lines = lines(of: entry)
    if lines.count == 1 {
      rows = [Table.Row(lines[0].label, indent: indent, cells: lines[0].cells + p)]
    } else {
      rows = [Table.Row(entry.label, indent: indent, cells: nothing + p)]
      rows += lines.map { Table.Row($0.label, indent: indent + 1, cells: $0.cells) }
    }
    let missing = shown.map { self.missing(entry, in: $0) }
    if missing.contains(where: { $0 > 0 }) {
      rows.append(
        Table.Row(
          Phrase.missingAnswers.text(in: language), indent: indent + 1,
          cells: missing.flatMap { [.count($0), .empty] }))
    }
    return rows
  }

  /// The lines of a variable: its answers, or what is said of a number; one line stands for itself.
  private func lines(of entry: Entry) -> [(label: String, cells: [Table.Cell])] {
    switch entry.figures {
    case .shares(let all, _):
      let answers = order.sorted(all.rows, in: language) {
        Self.key($0.category?.name(in: language) ?? "", $0)
      }
      return answers.map { answer in
        let label = answer.category?.name(in: language) ?? ""
        return (
          all.counted == nil && all.rows.count > 1 ? label : entry.label,
          shown.flatMap { group -> [Table.Cell] in
            let row = entry.estimates(of: group).first {
              $0.category?.code == answer.category?.code
            }
            return row.map(cells) ?? [.count(0), .empty]
          }
        )
      }
    case .numbers(let all, let parts, let figures):
      let digits =
        context.digits
        ?? decimals(toShow: (all.rows + (parts?.rows ?? [])).map(\.standardError))
      return figures.map { figure in
        let name = figure.phrase.text(in: language)
        return (
          figures.count == 1 ? "\(entry.label): \(name)" : name,
          shown.flatMap { cells(figure, entry.estimates(of: $0), digits: digits) }
        )
      }
    }
  }

  private func cells(_ row: EstimateRow) -> [Table.Cell] {
    [
      .count(row.count),
      .estimate(
        Table.Quantity(row.estimate, as: .percent(digits: context.digits ?? 0)), low: nil,
        high: nil, mark: legend.mark(of: row)),
    ]
  }

  private func cells(
    _ figure: TableOneFigure, _ rows: [EstimateRow], digits: Int
  ) -> [Table.Cell] {
    let quantities = figure.statistics.compactMap { statistic in
      rows.first { $0.statistic == statistic.name }.map {
        Table.Quantity($0.estimate, as: .fixed(digits: digits))
      }
    }
    guard let first = quantities.first, !first.value.isNaN else {
      return [.count(rows.first?.count ?? 0), .empty]
    }
    return [
      .count(rows.first?.count ?? 0), .parenthesized(first, Array(quantities.dropFirst())),
    ]
  }

  /// How many people of a group have no valid answer.
  func missing(_ entry: Entry, in group: [Category]) -> Int {
    max(0, size(of: group) - entry.base(of: group))
  }
}

extension TableOne.Entry {
  /// The share of all that it is, where it is of one answer.
  fileprivate var answer: EstimateRow? {
    guard case .shares(let all, _) = figures, all.rows.count == 1 else { return nil }
    return all.rows[0]
  }

  /// The estimates of a group.
  func estimates(of group: [Category]) -> [EstimateRow] {
    let rows =
      switch figures {
      case .shares(let all, let groups): (group.isEmpty ? all : groups)?.rows ?? []
      case .numbers(let all, let groups, _): (group.isEmpty ? all : groups)?.rows ?? []
      }
    return rows.filter { $0.groups == group }
  }

  /// How many people of a group have a valid answer.
  func base(of group: [Category]) -> Int {
    let first = estimates(of: group).first
    if case .shares = figures { return first?.base ?? 0 }
    return first?.count ?? 0
  }

  /// Where the rows went.
  package var accounting: Accounting {
    switch figures {
    case .shares(let all, _): all.accounting
    case .numbers(let all, _, _): all.accounting
    }
  }
}

extension TableOneFigure {
  /// What it is called.
  var phrase: Phrase {
    switch self {
    case .mean: .meanAndDeviation
    case .median: .medianAndQuartiles
    }
  }
}
