package import SurveyData
package import SurveyStatistics
package import SurveyTables

/// The printed table of a group of questions: its items as rows.
///
/// Beside each other stand the answers, with what counts of them last; or the groups, of the answer
/// that counts. All answers in groups are a block an item.
package struct BatteryTable {
  /// One item of the group.
  package struct Item {
    package var label: String
    package let variable: Variable
    /// The shares of the answer that counts, or of all.
    package let table: Tabulation
    /// The shares of all answers, where those of several together count; nil otherwise.
    package var answers: Tabulation?
    package var test: TestResult?
    package var letters: SignificanceLetters?
    /// What missing answers could do to the shares of ``table``, where that is asked for.
    package var bounds: AnswerBounds?

    package init(_ label: String, of variable: Variable, _ table: Tabulation) {
      (self.label, self.variable, self.table) = (label, variable, table)
    }
  }

  /// What stands below the items: any, none and the mean number.
  package struct Count {
    package let label: Phrase
    package let rows: [EstimateRow]
    /// Whether it is a number and not a share.
    package let isNumber: Bool

    package init(_ label: Phrase, _ rows: [EstimateRow], isNumber: Bool = false) {
      (self.label, self.rows, self.isNumber) = (label, rows, isNumber)
    }
  }

  private let group: VariableGroup
  private let items: [Item]
  private let counts: [Count]
  private let rowLetters: RowLetters?
  private let marks: CellMarks?
  private let sentences: [Phrase]
  private let context: ResultContext
  private let legend: FlagLegend
  private let categories: [Category]

  /// - Parameters:
  ///   - items: At least one, in the order in which they stand.
  ///   - counts: What stands below them.
  ///   - sentences: Whom the percentages are of, and what else is to be said.
  package init(
    _ group: VariableGroup, _ items: [Item], counts: [Count] = [], letters: RowLetters? = nil,
    marks: CellMarks? = nil, sentences: [Phrase], context: ResultContext
  ) {
    self.group = group
    self.items = items
    self.counts = counts
    rowLetters = letters
    self.marks = marks
    self.sentences = sentences
    self.context = context
    var seen = Set<String>()
    categories = items.flatMap { ($0.answers ?? $0.table).rows }.compactMap(\.category)
      .filter { seen.insert($0.code).inserted }
    legend = FlagLegend(
      items.flatMap { $0.table.rows + $0.table.totals + ($0.answers?.rows ?? []) },
      language: context.language)
  }

  private var language: String { context.language }
  private var first: Tabulation { items[0].table }
  private var isGrouped: Bool { !first.groupVariables.isEmpty }
  /// The answer that counts, of a battery the same in all.
  private var counted: CountedAnswer? { first.counted }
  private var isMultiple: Bool { group.kind != .battery }

  /// The table.
  package var table: Table {
    var table = Table(
      title: title, unit: unit,
      stub: isGrouped && counted == nil
        ? first.groupVariables.map { $0.title(in: language) }.joined(separator: ", ") : "",
      columns: columns, rows: rows, legend: legend.marks + (marks?.legend ?? []), notes: notes)
    table.isOrdered = true
    table.subject = Table.Subject(group.name, of: items.map(\.variable.name) + [group.name])
    table.essentials = context.essentials(for: nil, account: first.accounting)
    if items.contains(where: { $0.answers != nil }) {
      // All answers of a row are drawn; those that count are among them.
      var drawn = table
      drawn.columns.remove(at: categories.count)
      for place in drawn.rows.indices { drawn.rows[place].cells.remove(at: categories.count) }
      table.drawn = drawn
    }
    return table
  }

  private var title: String {
    let label = group.label.text(in: language)
    let title = label.isEmpty ? group.name : label
    guard let counted, isGrouped, !isMultiple else { return title }
    return "\(title): \(counted.category.name(in: language))"
  }

  private var unit: String {
    let unit = Phrase.unit(
      context.survey.weights.name == nil ? .percent : .weightedPercent,
      level: context.intervalLevel)
    return (isMultiple ? Phrase.joined([unit, .severalAnswersUnit], separator: "; ") : unit)
      .text(in: language)
  }

  // MARK: Columns

  private var n: Table.Column { Table.Column(Phrase.n.text(in: language), isRepeated: true) }

  private var columns: [Table.Column] {
    guard counted == nil || !isGrouped else { return groupColumns }
    let answers = (first.counted == nil || first.counted?.isNet == true) && !isMultiple
    var columns = answers ? categories.map { Table.Column($0.name(in: language)) } : []
    if let counted {
      let percent = context.survey.weights.name == nil ? Phrase.percent : .weightedPercent
      columns.append(
        Table.Column(
          isMultiple ? percent.text(in: language) : counted.category.name(in: language)))
    }
    return columns + [n]
  }

  private var groups: [[Category]] {
    first.rows.map(\.groups).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  private var groupColumns: [Table.Column] {
    groups.map { group in
      let letter = items[0].letters?.letter(of: group) ?? ""
      let name = group.last?.name(in: language) ?? ""
      return Table.Column(
        letter.isEmpty ? name : "(\(letter)) \(name)",
        group: group.dropLast().map { $0.name(in: language) }.joined(separator: ", "))
    } + (first.totals.isEmpty ? [] : [Table.Column(Phrase.all.text(in: language))])
      + (items.contains { $0.test != nil } ? [Table.Column(Phrase.p.text(in: language))] : [])
  }

  // MARK: Rows

  private var rows: [Table.Row] {
    if isGrouped {
      return counted == nil ? blocks : items.indices.map(groupRow) + countRows + [sizes]
    }
    return items.indices.map(answerRow) + countRows
  }

  private func label(_ place: Int) -> String {
    let letter = rowLetters?.letters[place] ?? ""
    return letter.isEmpty ? items[place].label : "(\(letter)) \(items[place].label)"
  }

  private func answerRow(_ place: Int) -> Table.Row {
    let item = items[place]
    var cells: [Table.Cell] = []
    if let answers = item.answers {
      cells = categories.map { category in
        answers.rows.first { $0.category?.code == category.code }
          .map { cell($0, hasInterval: false) } ?? .empty
      }
    } else if item.table.counted == nil {
      cells = categories.map { category in
        item.table.rows.first { $0.category?.code == category.code }.map { cell($0) } ?? .empty
      }
    }
    if item.table.counted != nil {
      cells.append(
        item.table.rows.first.map { cell($0, more: rowLetters?.exceeded[place] ?? "") } ?? .empty)
    }
    return Table.Row(
      label(place), cells: cells + [.count(item.table.respondents(item.table.rows))])
  }

  private func groupRow(_ place: Int) -> Table.Row {
    let item = items[place]
    let cells = (item.table.rows + item.table.totals.prefix(1)).map { row in
      cell(row, more: item.letters?.exceeded(by: row) ?? "")
    }
    return Table.Row(
      label(place),
      cells: cells
        + (items.contains { $0.test != nil }
          ? [item.test.map { .probability($0.pValue) } ?? .empty] : []))
  }

  /// The respondents of every column, of the item that most answered.
  private var sizes: Table.Row {
    let bases = items.map { ($0.table.rows + $0.table.totals.prefix(1)).map(\.base) }
    let isOne = Set(bases).count == 1
    return Table.Row(
      (isOne ? Phrase.n : .largestBase).text(in: language),
      cells: (bases.first ?? []).indices.map { column in
        .count(bases.map { $0[column] }.max() ?? 0)
      }, kind: .total)
  }

  private var countRows: [Table.Row] {
    counts.map { count in
      var row = Table.Row(
        count.label.text(in: language),
        cells: count.rows.map { row in
          .estimate(
            Table.Quantity(
              row.estimate,
              as: count.isNumber
                ? .fixed(digits: 2) : .percent(digits: context.digits ?? 0)),
            low: row.interval.low.isNaN ? nil : row.interval.low,
            high: row.interval.high.isNaN ? nil : row.interval.high, mark: "")
        } + (isGrouped ? [] : [.count(count.rows.first?.base ?? 0)]), kind: .total)
      row.isDrawn = false
      return row
    }
  }

  /// Each item with its own groups.
  private var blocks: [Table.Row] {
    items.flatMap { item in
      [Table.Row(item.label, kind: .heading)]
        + ShareTable(
          item.table, test: nil, letters: item.letters, marks: marks, context: context
        ).table.rows.map { row in
          var row = row
          row.indent += 1
          // A rule before every total would cut the table into pieces.
          if row.kind == .total { row.kind = .body }
          return row
        }
    }
  }

  private func cell(_ row: EstimateRow, hasInterval: Bool = true, more: String = "") -> Table.Cell {
    let sign = marks?.mark(of: ResultCell(share: row, by: first.groupVariables.map(\.name))) ?? ""
    return .estimate(
      Table.Quantity(row.estimate, as: .percent(digits: context.digits ?? 0)),
      low: row.interval.low.isNaN || !hasInterval ? nil : row.interval.low,
      high: row.interval.high.isNaN || !hasInterval ? nil : row.interval.high,
      mark: legend.mark(of: row) + more + sign)
  }

  // MARK: Notes

  private var notes: [String] {
    var phrases = sentences
    if let letters = items.compactMap(\.letters).first {
      phrases.append(
        .significanceLetters(level: letters.level, adjustment: letters.adjustment.rawValue))
    }
    if let rowLetters {
      phrases.append(
        .letterRows(level: rowLetters.level, adjustment: rowLetters.adjustment.rawValue))
    }
    if isGrouped, counted == nil {
      phrases += items.compactMap { item in
        item.test.map { test in
          Phrase.joined(
            [
              Phrase(verbatim: item.label),
              .testResult(
                .test(test.test), statistic: test.statistic, df1: test.df1,
                df2: test.df2.isNaN ? nil : test.df2, p: test.pValue),
            ], separator: ": ")
        }
      }
    }
    phrases += items.compactMap { item in
      let note = item.variable.note
      return note.isEmpty
        ? nil : Phrase(verbatim: "\(item.label): \(note.text(in: language).withinSentence)")
    }
    phrases += context.missingInformation(items.flatMap { $0.table.rows.map(\.missingInformation) })
    let degrees = Set(items.compactMap(\.table.degreesOfFreedom))
    return context.groupNotes(
      phrases, rowsRead: first.accounting.read,
      interval: (context.options.interval ?? .logit).rawValue,
      degreesOfFreedom: degrees.count == 1 ? degrees.first : nil)
  }
}

/// Letters that say which items of a group an item exceeds.
package struct RowLetters {
  package let letters: [String]
  package let exceeded: [String]
  package let level: Double
  package let adjustment: Adjustment

  /// Gives letters to items by their differences.
  ///
  /// - Parameters:
  ///   - items: The names of the items, in the order of the rows, at most 26.
  ///   - comparison: All pairs of them.
  package init(_ items: [String], _ comparison: Comparison, level: Double) {
    letters = items.indices.map { String(UnicodeScalar(UInt8(ascii: "A") + UInt8($0))) }
    self.level = level
    adjustment = comparison.adjustment
    var places = items.map { _ in [Int]() }
    for row in comparison.rows where row.adjustedP < level {
      guard case .item(let a) = row.group, case .item(let b) = row.reference,
        let more = items.firstIndex(of: row.difference.estimate > 0 ? a : b),
        let less = items.firstIndex(of: row.difference.estimate > 0 ? b : a)
      else { continue }
      places[more].append(less)
    }
    let letters = letters
    exceeded = places.map { $0.sorted().map { letters[$0] }.joined() }
  }
}

extension Table.Order {
  /// Items in this order, of groups by the first; exclusive ones, by their labels, stay last.
  package func sorted(
    _ items: [BatteryTable.Item], last exclusive: Set<String> = [], language: String
  ) -> [BatteryTable.Item] {
    [false, true].flatMap { isExclusive in
      sorted(items.filter { exclusive.contains($0.label) == isExclusive }, in: language) { item in
        let row = item.table.rows.first
        return Key(label: item.label, count: row?.base ?? 0, value: row?.estimate)
      }
    }
  }
}
