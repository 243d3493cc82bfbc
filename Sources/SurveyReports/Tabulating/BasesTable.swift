internal import SurveyData
package import SurveyStatistics
package import SurveyTables

/// The shares of one variable on several bases, side by side.
package struct BasesTable {
  private let tables: [(base: PercentageBase, table: Tabulation)]
  private let context: ResultContext
  private let legend: FlagLegend

  package init(_ tables: [(base: PercentageBase, table: Tabulation)], context: ResultContext) {
    self.tables = tables
    self.context = context
    let shown = Set(Self.categories(of: tables).map(\.code))
    legend = FlagLegend(
      tables.flatMap { $0.table.rows + $0.table.totals }
        .filter { shown.contains($0.category?.code ?? "") }, language: context.language)
  }

  private var categories: [Category] { Self.categories(of: tables) }
  private var language: String { context.language }
  private var digits: Int { context.digits ?? 0 }

  private func heading(_ base: PercentageBase) -> String {
    Phrase.reproductionBase(base.rawValue).text(in: language)
  }

  /// The answers of all bases, those of the widest in its order; reasons that nobody had are left out.
  private static func categories(
    of tables: [(base: PercentageBase, table: Tabulation)]
  ) -> [Category] {
    let valid = Set(tables.first?.table.variable.categories.map(\.code) ?? [])
    return tables.flatMap { $0.table.rows }.reduce(into: []) { all, row in
      guard let category = row.category, row.count > 0 || valid.contains(category.code) else {
        return
      }
      if !all.contains(where: { $0.code == category.code }) { all.append(category) }
    }
  }

  /// The records, each row with its base.
  package static func records(
    _ tables: [(base: PercentageBase, table: Tabulation)], _ records: EstimateRecords
  ) -> Records {
    var joined = Records("rows", columns: [])
    for (base, table) in tables {
      let part = records.shares(table.rows)
      joined.columns = part.columns + ["base"]
      joined.rows += part.rows.map { $0 + [.text(base.rawValue)] }
      joined.details += part.details
      joined.shares += part.shares
    }
    return joined
  }

  /// Answers as rows, or groups as rows and answers as columns, under each of them the bases.
  package var table: Table {
    guard let first = tables.first?.table else { return Table(title: "", columns: [], rows: []) }
    let isGrouped = !first.groupVariables.isEmpty
    var table = Table(
      title: first.title(in: language),
      unit: Phrase.unit(
        context.survey.weights.name == nil ? .percent : .weightedPercent,
        level: context.intervalLevel
      ).text(in: language),
      stub: first.groupVariables.map { $0.title(in: language) }.joined(separator: ", "),
      columns: isGrouped ? groupedColumns : plainColumns,
      rows: isGrouped ? groupRows : answerRows, legend: legend.marks,
      notes: tables.flatMap(notes),
      essentials: context.essentials(for: first.variable, account: first.accounting))
    table.subject = Table.Subject(first.variable.name)
    return table
  }

  private var plainColumns: [Table.Column] {
    tables.flatMap { base, _ in
      [
        Table.Column("%", group: heading(base)),
        Table.Column(Phrase.n.text(in: language), group: heading(base)),
      ]
    }
  }

  private var answerRows: [Table.Row] {
    categories.map { category in
      Table.Row(
        category.name(in: language),
        cells: tables.flatMap { _, table -> [Table.Cell] in
          guard let row = table.rows.first(where: { $0.category?.code == category.code }) else {
            return [.empty, .empty]
          }
          return [cell(row), .count(row.count)]
        })
    } + [
      Table.Row(
        Phrase.all.text(in: language),
        cells: tables.flatMap { _, table in
          [.empty, .count(table.respondents(table.rows))]
        }, kind: .total)
    ]
  }

  private var groupedColumns: [Table.Column] {
    categories.flatMap { category in
      tables.map { Table.Column(heading($0.base), group: category.name(in: language)) }
    } + tables.map { Table.Column(heading($0.base), group: Phrase.n.text(in: language)) }
  }

  private var groupRows: [Table.Row] {
    let groups = tables.map { $0.table.rows.map(\.groups) }.reduce(into: [[Category]]()) {
      all, own in
      for group in own where !all.contains(group) { all.append(group) }
    }
    func row(_ label: String, kind: Table.Row.Kind, _ rows: (Tabulation) -> [EstimateRow])
      -> Table.Row
    {
      let found = tables.map { ($0.table, rows: rows($0.table)) }
      return Table.Row(
        label,
        cells: categories.flatMap { category in
          found.map { $0.rows.first { $0.category?.code == category.code }.map(cell) ?? .empty }
        } + found.map { .count($0.0.respondents($0.rows)) }, kind: kind)
    }
    return groups.map { group in
      row(group.map { $0.name(in: language) }.joined(separator: ", "), kind: .body) {
        $0.rows.filter { $0.groups == group }
      }
    } + [row(Phrase.all.text(in: language), kind: .total) { $0.totals }]
  }

  private func cell(_ row: EstimateRow) -> Table.Cell {
    .estimate(
      Table.Quantity(row.estimate, as: .percent(digits: digits)),
      low: row.interval.low.isNaN ? nil : row.interval.low,
      high: row.interval.high.isNaN ? nil : row.interval.high, mark: legend.mark(of: row))
  }

  /// Whom a base's percentages are of, and where the rows went.
  private func notes(_ base: PercentageBase, _ table: Tabulation) -> [String] {
    let isFirst = tables.first?.base == base
    let whom = table.base(in: context)
    let all = context.tableNotes(
      for: table.variable, account: table.accounting, extra: [whom],
      interval: (context.options.interval ?? .logit).rawValue,
      degreesOfFreedom: table.degreesOfFreedom)
    guard !isFirst else { return all }
    // Question, subpopulation, design and source are those of the first.
    let start = all.firstIndex(of: whom.text(in: language)) ?? 0
    return Array(all[start..<min(start + 2, all.count)])
  }
}

extension Tabulation {
  /// The variable's label, and the answer where only one is shown.
  package func title(in language: String) -> String {
    variable.title(counting: counted, in: language)
  }

  /// The degrees of freedom of everybody in the table, or of the first group with somebody.
  var degreesOfFreedom: Double? {
    (totals + rows).first { $0.base > 0 }?.degreesOfFreedom
  }

  /// Those whose answers some shares of one group are of.
  func respondents(_ shares: [EstimateRow]) -> Int {
    counted == nil && !variable.hasSeveralAnswers || percentages != .row
      ? shares.reduce(0) { $0 + $1.count } : shares.first?.base ?? 0
  }

  /// Whom the percentages are of, in words.
  package func base(in context: ResultContext) -> Phrase {
    guard kept.isEmpty else {
      return .percentages(
        percentages.rawValue, isGrouped: !groupVariables.isEmpty,
        of: PercentageBase(keeping: kept)?.rawValue ?? "",
        reasons: MissingReason.allCases.filter(kept.contains).map(\.label))
    }
    return switch percentages {
    case .row: groupVariables.isEmpty ? .totalPercentages : .rowPercentages
    case .column: .columnPercentages
    case .total: .totalPercentages
    }
  }
}
