import SurveyData
import SurveyRequests
import SurveyStatistics
import SurveyTables

/// The printed table of the comparisons of one variable: under each answer the groups.
struct ComparisonTable {
  private let comparison: Comparison
  private let fits: [GoodnessOfFit]
  private let asked: ComparisonOptions
  private let context: ResultContext
  private let names: ComparisonNames
  private let marks: CellMarks?

  init(
    _ comparison: Comparison, fits: [GoodnessOfFit], asked: ComparisonOptions,
    marks: CellMarks?, context: ResultContext
  ) {
    self.marks = marks
    self.comparison = comparison
    self.fits = fits
    self.asked = asked
    self.context = context
    names = ComparisonNames(comparison, language: context.language, survey: context.survey)
  }

  private var language: String { context.language }
  private var isShare: Bool { comparison.estimand.statistic == .share }
  /// The only answer that is compared, as the title names it.
  private var counted: CountedAnswer? {
    guard let counted = comparison.estimand.counted else { return nil }
    let own = comparison.rows.first?.category
    return own.map { CountedAnswer([$0], isChosen: true) } ?? counted
  }

  /// What the rows are compared with.
  private enum Kind { case groups, items, value }

  private var kind: Kind {
    switch comparison.rows.first?.reference {
    case .item: .items
    case .value: .value
    default: .groups
    }
  }

  /// Whether the reference is another for every row, so that it is named beside the group.
  private var namesReference: Bool { kind == .groups && asked.against == .previous }

  /// The items where more than two are compared; empty otherwise.
  private var items: [String] {
    guard !comparison.accounts.isEmpty else { return [] }
    return comparison.rows.flatMap { [$0.group.code, $0.reference.code] }
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// What the items are called among each other.
  private var itemLabels: [String: String] {
    let variables = items.compactMap { try? context.survey.dataset.variable($0) }
    return Dictionary(
      zip(variables.map(\.name), variables.rowLabels(in: language)),
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether rows stand under the group that they are compared with.
  private var isUnderReference: Bool { kind == .groups && asked.against == .allPairs }

  /// Whether any p-value changed by being one of several.
  private var isAdjusted: Bool {
    comparison.rows.contains { $0.adjustedP > $0.difference.pValue }
  }

  /// The table.
  var table: Table {
    var table = Table(
      title: title,
      unit: Phrase.unit(unit, level: context.options.level).text(in: language),
      stub: comparison.groupVariables.map { $0.title(in: language) }.joined(separator: ", "),
      columns: [
        Table.Column(groupHeading), Table.Column(referenceHeading),
        Table.Column(measureHeading.text(in: language)),
        Table.Column(
          (isAdjusted ? Phrase.adjustedP : .p).text(in: language)),
        Table.Column(Phrase.n.text(in: language), isRepeated: true),
      ], rows: rows, legend: marks?.legend ?? [],
      notes: !items.isEmpty
        ? context.groupNotes(
          sentences, rowsRead: comparison.accounting.read, interval: nil,
          degreesOfFreedom: nil)
        : context.tableNotes(
          for: kind == .items ? nil : comparison.variable, account: comparison.accounting,
          extra: sentences, interval: nil,
          degreesOfFreedom: compared.map(\.difference.degreesOfFreedom).max()),
      essentials: context.essentials(
        for: kind == .items ? nil : comparison.variable, account: comparison.accounting))
    table.reference = comparison.measure == .difference ? 0 : 1
    table.essentials.added = [comparedWithBaseline.text(in: language)]
    // The two estimates of a row say nothing of how sure their difference is.
    table.chartKind = .dots
    return table
  }

  /// The comparisons of groups in which somebody is.
  private var compared: [Comparison.Row] { comparison.rows.filter { $0.count > 0 } }

  // MARK: Headings

  private var title: String {
    guard kind == .items, items.isEmpty, let row = comparison.rows.first else {
      return comparison.variable.title(counting: counted, in: language)
    }
    let items = Phrase.items(
      names.name(of: row.group, baseline: false), names.name(of: row.reference, baseline: false)
    ).text(in: language)
    return counted.map { "\(items): \($0.category.name(in: language))" } ?? items
  }

  private var unit: Phrase {
    switch comparison.measure {
    case .difference:
      if isShare { return .percentagePoints }
      return .joined([.statistic(comparison.estimand.statistic.rawValue), .difference])
    case .ratio: return .ratio
    case .oddsRatio: return .oddsRatio
    }
  }

  private var measureHeading: Phrase {
    switch comparison.measure {
    case .difference: .difference
    case .ratio: .ratio
    case .oddsRatio: .oddsRatio
    }
  }

  private var groupHeading: String {
    if kind == .items, items.isEmpty, let row = comparison.rows.first {
      return names.name(of: row.group, baseline: false)
    }
    return Phrase.estimate.text(in: language)
  }

  private var referenceHeading: String {
    switch comparison.rows.first?.reference {
    case .item(let name)? where items.isEmpty: names.name(of: .item(name), baseline: true)
    case .value?:
      (isShare ? Phrase.statedShare : .statedValue).text(in: language)
    case .rest?: names.name(of: .rest, baseline: true)
    case .total?: names.name(of: .total, baseline: true)
    default: Phrase.referenceHeading.text(in: language)
    }
  }

  // MARK: Rows

  private var rows: [Table.Row] {
    var rows: [Table.Row] = []
    var heading = ""
    // Without groups the answers themselves are the rows.
    let answersAreRows = comparison.groupVariables.isEmpty && isShare && items.isEmpty
    let labels = itemLabels
    let formats = (estimate: estimateFormat, difference: differenceFormat)
    // Pairs of items stand under the answer that is compared.
    let ordered =
      items.isEmpty || counted != nil
      ? comparison.rows
      : comparison.rows.map(\.category).reduce(into: [Category?]()) { all, category in
        if !all.contains(category) { all.append(category) }
      }.flatMap { category in comparison.rows.filter { $0.category == category } }
    for row in ordered {
      let parts = [
        row.stratum?.name(in: language),
        answersAreRows || counted != nil ? nil : row.category?.name(in: language),
        isUnderReference
          ? Phrase.against(names.name(of: row.reference, baseline: true)).text(in: language) : nil,
      ].compactMap { $0 }
      let found = parts.joined(separator: ": ")
      if found != heading {
        rows.append(Table.Row(found, kind: .heading))
        heading = found
      }
      let label =
        answersAreRows
        ? row.category?.name(in: language) ?? ""
        : !items.isEmpty
          ? Phrase.versus(
            labels[row.group.code] ?? row.group.code,
            labels[row.reference.code] ?? row.reference.code
          ).text(in: language)
          : namesReference
            ? Phrase.versus(
              names.name(of: row.group, baseline: false),
              names.name(of: row.reference, baseline: true)
            ).text(in: language) : names.groups(of: row)
      rows.append(Table.Row(label, indent: heading.isEmpty ? 0 : 1, cells: cells(row, formats)))
    }
    return rows
  }

  private func cells(
    _ row: Comparison.Row, _ formats: (estimate: Table.Format, difference: Table.Format)
  ) -> [Table.Cell] {
    let interval = row.difference.interval
    return [
      .number(Table.Quantity(row.groupEstimate, as: formats.estimate)),
      .number(Table.Quantity(row.referenceEstimate, as: formats.estimate)),
      .estimate(
        Table.Quantity(row.difference.estimate, as: formats.difference),
        low: interval.low.isNaN ? nil : interval.low,
        high: interval.high.isNaN ? nil : interval.high,
        mark: marks?.mark(of: ResultCell(row, of: comparison.variable.name)) ?? ""),
      .probability(row.adjustedP), .count(row.count),
    ]
  }

  private var estimateFormat: Table.Format {
    if isShare { return .percent(digits: context.digits ?? 0) }
    let errors = comparison.rows.map { row in
      comparison.measure.isRatio
        ? row.difference.standardError * abs(row.referenceEstimate) : row.difference.standardError
    }
    return .fixed(digits: context.digits ?? decimals(toShow: errors))
  }

  private var differenceFormat: Table.Format {
    if comparison.measure.isRatio { return .fixed(digits: context.digits ?? 2) }
    return isShare ? .points(digits: context.digits ?? 0) : estimateFormat
  }

  // MARK: Sentences

  private var sentences: [Phrase] {
    var sentences = isShare ? [base] : []
    sentences.append(comparedWithBaseline)
    if isShare, comparison.rows.contains(where: \.hasIntervalOfShares) {
      sentences.append(.intervalsOfShares)
    }
    if comparison.measure.isRatio { sentences.append(.testedOnLogScale) }
    if comparison.estimand.statistic == .median { sentences.append(.linearizedMedians) }
    return sentences + tests
  }

  private var comparedWithBaseline: Phrase {
    .compared(
      baseline, adjustment: isAdjusted ? asked.adjust.rawValue : "none",
      isByAnswer: isShare && (!comparison.groupVariables.isEmpty || !items.isEmpty),
      within: comparison.withinVariable?.title(in: language))
  }

  /// Whom the shares are of.
  private var base: Phrase {
    let kept = comparison.estimand.kept
    let isGrouped = !comparison.groupVariables.isEmpty
    guard !kept.isEmpty else {
      if kind == .items { return .bothPercentages }
      return isGrouped ? .rowPercentages : .totalPercentages
    }
    return .percentages(
      "row", isGrouped: isGrouped, of: PercentageBase(keeping: kept)?.rawValue ?? "",
      reasons: MissingReason.allCases.filter(kept.contains).map(\.label))
  }

  private var baseline: Phrase {
    switch kind {
    case .items: return .comparedAgainst("items")
    case .value: return .comparedAgainst("value")
    case .groups:
      guard asked.against == .reference, let row = comparison.rows.first else {
        return .comparedAgainst(asked.against.rawValue)
      }
      return .comparedWithGroup(names.name(of: row.reference, baseline: true))
    }
  }

  /// The tests of everything together; those of single answers stand in the records.
  private var tests: [Phrase] {
    if !fits.isEmpty {
      return fits.map { fit in
        fit.sentence
      }
    }
    // With two groups of a number the test says what the row says.
    guard compared.count > 1, items.isEmpty else { return [] }
    let strata = comparison.rows.compactMap(\.stratum)
    let whole = comparison.tests.filter { test in
      test.test == "wald" && !test.term.contains("\(comparison.variable.name)=")
    }
    return whole.filter { $0.df1 > 0 }.map { test in
      let stratum = strata.first {
        test.term == "\(comparison.withinVariable?.name ?? "")=\($0.code)"
      }
      return .testResult(
        kind == .items ? .equalItems : .equalGroups(stratum?.name(in: language)),
        statistic: test.statistic, df1: test.df1, df2: test.df2, p: test.pValue)
    }
  }
}
