package import SurveyData
package import SurveyStatistics
package import SurveyTables

/// What the missing answers to a question could do to its shares.
///
/// With the base of all who were asked, a share lies between `p`, when none of those without a valid
/// answer had given it, and `p + m`, when all of their share m had.
package struct AnswerBounds {
  private let tabulation: Tabulation
  /// The bounds of every row of the table.
  let bounds: [(low: Double, high: Double)]

  /// Reasons that leave an answer open; an empty field may be one.
  package static let open = PercentageBase.asked.reasons.union([.system])

  /// - Parameter answers: Reasons for a missing answer that count as answers.
  /// - Throws: ``SurveyError`` unless percentages are of rows.
  package init(
    of tabulation: Tabulation, answers: Set<MissingReason>, in context: ResultContext
  ) throws {
    guard tabulation.percentages == .row else {
      throw SurveyError(
        .usage, "--bounds asks what missing answers do to shares within groups",
        remedy: "Leave out --percentages, or choose row.")
    }
    self.tabulation = tabulation
    let asked = try context.survey.tabulate(
      tabulation.variable.name, by: tabulation.groupVariables.map(\.name),
      keeping: answers.union(Self.open))
    let valid = Set(
      try context.survey.dataset.categorical(tabulation.variable.name).keeping(answers).categories
        .map(\.code))
    bounds = tabulation.rows.map { row in
      guard let code = row.category?.code else { return (.nan, .nan) }
      let codes = tabulation.counted?.codes ?? [code]
      guard valid.isSuperset(of: codes) else { return (.nan, .nan) }
      let group = asked.rows.filter { $0.groups == row.groups }
      let low = group.filter { codes.contains($0.category?.code ?? "") }
        .reduce(0) { $0 + $1.estimate }
      let missing = group.filter { !valid.contains($0.category?.code ?? "") }
        .reduce(0) { $0 + $1.estimate }
      return (low, low + missing)
    }
  }

  /// Rows of shares with `bound_low` and `bound_high`; as they are when no bounds are asked for.
  package static func adding(_ all: [AnswerBounds], to records: Records) -> Records {
    guard !all.isEmpty else { return records }
    var result = Records(
      records.name, columns: records.columns + ["bound_low", "bound_high"],
      rows: zip(records.rows, all.flatMap(\.bounds)).map {
        $0 + [.number($1.low), .number($1.high)]
      })
    result.details = records.details
    result.shares = records.shares
    return result.addingShares(["bound_low", "bound_high"])
  }

  /// The bounds as a table.
  package func table(_ context: ResultContext) -> Table {
    let language = context.language
    var groups: [[Category]] = []
    var categories: [Category] = []
    for (row, bound) in zip(tabulation.rows, bounds) where !bound.low.isNaN {
      if !groups.contains(row.groups) { groups.append(row.groups) }
      if let category = row.category, !categories.contains(category) { categories.append(category) }
    }
    func cell(_ group: [Category], _ category: Category) -> Table.Cell {
      let place = tabulation.rows.firstIndex { $0.groups == group && $0.category == category }
      return place.map { self.cell($0, context) } ?? .empty
    }
    let title = tabulation.title(in: language)
    let isGrouped = !tabulation.groupVariables.isEmpty
    return Table(
      ofBounds: title, in: language,
      stub: tabulation.groupVariables.map { $0.title(in: language) }.joined(separator: ", "),
      columns: isGrouped
        ? categories.map { Table.Column($0.name(in: language), isText: true) }
        : [Table.Column(Phrase.bounds.text(in: language), isText: true)],
      rows: isGrouped
        ? groups.map { group in
          Table.Row(
            group.map { $0.name(in: language) }.joined(separator: ", "),
            cells: categories.map { cell(group, $0) })
        }
        : categories.map { Table.Row($0.name(in: language), cells: [cell([], $0)]) },
      subject: Table.Subject(tabulation.variable.name))
  }

  /// The bounds of one row as a cell; empty where it has none.
  func cell(_ row: Int, _ context: ResultContext) -> Table.Cell {
    guard bounds.indices.contains(row), !bounds[row].low.isNaN else { return .empty }
    return .text(
      NumberFormat(language: context.language).interval(
        bounds[row].low, bounds[row].high, as: .percent(digits: context.digits ?? 0)))
  }
}

extension Table {
  /// A table of bounds of shares.
  init(
    ofBounds title: String, in language: String, stub: String, columns: [Column], rows: [Row],
    subject: Subject?
  ) {
    self.init(
      title: Phrase.answerBounds(of: title).text(in: language),
      unit: Phrase.percent.text(in: language), stub: stub, columns: columns, rows: rows,
      notes: [Phrase.answerBoundsKey.text(in: language)])
    self.subject = subject
  }
}
