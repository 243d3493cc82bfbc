internal import SurveyData
package import SurveyStatistics
package import SurveyTables

/// The printed table of shares: groups as rows and answers as columns, or answers as rows when
/// there are no groups.
package struct ShareTable {
  private let tabulation: Tabulation
  private let test: TestResult?
  private let fits: [GoodnessOfFit]
  private let letters: SignificanceLetters?
  private let marks: CellMarks?
  private let context: ResultContext
  private let legend: FlagLegend

  package init(
    _ tabulation: Tabulation, test: TestResult?, fits: [GoodnessOfFit] = [],
    letters: SignificanceLetters? = nil, marks: CellMarks? = nil, context: ResultContext
  ) {
    self.marks = marks
    self.tabulation = tabulation
    self.test = test
    self.fits = fits
    self.letters = letters
    self.context = context
    var seen = Set<String>()
    categories = tabulation.rows.compactMap(\.category).filter { seen.insert($0.code).inserted }
    legend = FlagLegend(tabulation.rows + tabulation.totals, language: context.language)
  }

  private var language: String { context.language }

  /// The table.
  package var table: Table {
    let isGrouped = !tabulation.groupVariables.isEmpty
    var notes = context.tableNotes(
      for: tabulation.variable, account: tabulation.accounting, extra: extraNotes,
      interval: (context.options.interval ?? .logit).rawValue,
      degreesOfFreedom: tabulation.degreesOfFreedom)
    if isGrouped, tabulation.percentages != .column, tabulation.totals.isEmpty { notes.append("") }
    var table = Table(
      title: tabulation.title(in: language),
      unit: Phrase.unit(
        context.survey.weights.name == nil ? .percent : .weightedPercent,
        level: context.intervalLevel
      ).text(in: language),
      stub: isGrouped
        ? tabulation.groupVariables.map { $0.title(in: language) }.joined(separator: ", ") : "",
      columns: isGrouped ? answerColumns : [heading(.share), heading(.n)],
      rows: isGrouped ? groupRows : answerRows,
      legend: legend.marks + (marks?.legend ?? []),
      notes: notes.filter { !$0.isEmpty },
      essentials: context.essentials(
        for: tabulation.variable, account: tabulation.accounting,
        rows: isGrouped ? tabulation.groupVariables.last : tabulation.variable))
    table.subject = Table.Subject(tabulation.variable.name)
    return table
  }

  private var extraNotes: [Phrase] {
    var phrases = [tabulation.base(in: context)]
    if tabulation.variable.hasSeveralAnswers { phrases.append(.severalAnswers) }
    if let test {
      phrases.append(
        .testResult(
          .test(test.test), statistic: test.statistic, df1: test.df1,
          df2: test.df2.isNaN ? nil : test.df2, p: test.pValue))
    }
    phrases += fits.map { fit in
      fit.sentence
    }
    if let letters {
      phrases.append(
        .significanceLetters(level: letters.level, adjustment: letters.adjustment.rawValue))
    }
    phrases += context.missingInformation(tabulation.rows.map(\.missingInformation))
    return phrases
  }

  private enum Heading { case share, n }

  private func heading(_ heading: Heading) -> Table.Column {
    switch heading {
    case .share:
      Table.Column(
        context.survey.weights.name == nil ? "%" : Phrase.weightedPercent.text(in: language))
    case .n: Table.Column(Phrase.n.text(in: language), isRepeated: true)
    }
  }

  /// The categories that stand as columns: those with a code in the table, in order.
  private let categories: [Category]

  private var answerColumns: [Table.Column] {
    categories.map { Table.Column($0.name(in: language)) } + [heading(.n)]
  }

  private var answerRows: [Table.Row] {
    tabulation.rows.map { row in
      Table.Row(
        row.category?.name(in: language) ?? "", cells: [cell(row), .count(row.count)])
    } + [
      Table.Row(
        Phrase.all.text(in: language),
        cells: [.empty, .count(tabulation.respondents(tabulation.rows))], kind: .total)
    ]
  }

  private var groupRows: [Table.Row] {
    var rows: [Table.Row] = []
    var index = 0
    var outer: [Category] = []
    let all = tabulation.rows
    while index < all.count {
      let groups = all[index].groups
      var end = index
      while end < all.count, all[end].groups == groups { end += 1 }
      let headings = Array(groups.dropLast())
      if !headings.isEmpty, headings != outer {
        rows.append(Table.Row(headings: headings.map { $0.name(in: language) }))
        outer = headings
      }
      rows.append(
        row(
          lettered(groups.last?.name(in: language) ?? "", groups), Array(all[index..<end]),
          indent: headings.isEmpty ? 0 : 1))
      index = end
    }
    if !tabulation.totals.isEmpty {
      rows.append(row(Phrase.all.text(in: language), tabulation.totals, kind: .total))
    }
    return rows
  }

  /// A group's name behind its letter, where the table has letters.
  private func lettered(_ name: String, _ groups: [Category]) -> String {
    let letter = letters?.letter(of: groups) ?? ""
    return letter.isEmpty ? name : "(\(letter)) \(name)"
  }

  private func row(
    _ label: String, _ shares: [EstimateRow], indent: Int = 0, kind: Table.Row.Kind = .body
  ) -> Table.Row {
    let cells = categories.map { category in
      shares.first { $0.category?.code == category.code }.map(cell) ?? .empty
    }
    return Table.Row(
      label, indent: indent,
      cells: cells + [.count(tabulation.respondents(shares))], kind: kind)
  }

  /// How a printed figure agrees with a share, as a sign.
  private func published(_ row: EstimateRow) -> String {
    let groups = row.groups.isEmpty ? [] : tabulation.groupVariables.map(\.name)
    return marks?.mark(of: ResultCell(share: row, by: groups)) ?? ""
  }

  private func cell(_ row: EstimateRow) -> Table.Cell {
    .estimate(
      Table.Quantity(row.estimate, as: .percent(digits: context.digits ?? 0)),
      low: row.interval.low.isNaN ? nil : row.interval.low,
      high: row.interval.high.isNaN ? nil : row.interval.high,
      mark: legend.mark(of: row) + (letters?.exceeded(by: row) ?? "") + published(row))
  }
}

/// The letters beside flagged estimates and what they mean.
struct FlagLegend {
  /// What each letter means.
  let marks: [Table.Mark]
  private let letters: [ReliabilityFlag: String]

  /// Gives letters to the flags that occur, in the order of their weight.
  init(_ rows: [EstimateRow], language: String) {
    let used = ReliabilityFlag.allCases.filter { flag in rows.contains { $0.flags.contains(flag) } }
    let pairs = zip(used, ["a", "b", "c"])
    letters = Dictionary(uniqueKeysWithValues: pairs.map { ($0, $1) })
    marks = pairs.map {
      Table.Mark($1, Phrase.reliability($0.rawValue).text(in: language))
    }
  }

  /// The letter of a row's first flag; empty when it has none.
  func mark(of row: EstimateRow) -> String { row.flags.first.flatMap { letters[$0] } ?? "" }
}
