internal import SurveyData
internal import SurveyStatistics
package import SurveyTables

/// The printed table of a banner: all, then each background by itself, side by side; questions or their
/// answers as rows.
package struct BannerTable {
  /// A background: its variables, crossed where there are several.
  package struct Part {
    package let names: [String]
    package let title: String

    package init(_ names: [String], title: String) { (self.names, self.title) = (names, title) }
  }

  /// One question, or one item of several.
  package struct Entry {
    /// The shares of everybody.
    package let all: BatteryTable.Item
    /// The same in each background.
    package let parts: [BatteryTable.Item]

    package init(all: BatteryTable.Item, parts: [BatteryTable.Item]) {
      (self.all, self.parts) = (all, parts)
    }
  }

  /// Questions that stand under one heading.
  package struct Block {
    /// The heading; empty for a question alone.
    package let heading: String
    /// The name of the group of the codebook; nil for a question alone.
    package let name: String?
    package let entries: [Entry]
    /// Any, none and the mean number: of everybody, then in each background.
    package let counts: [[BatteryTable.Count]]
    /// Whom its percentages are of, where it is not the usual.
    package let sentences: [Phrase]

    package init(
      _ heading: String, named name: String? = nil, _ entries: [Entry],
      counts: [[BatteryTable.Count]] = [],
      sentences: [Phrase] = []
    ) {
      (self.heading, self.entries, self.sentences) = (heading, entries, sentences)
      self.name = name
      self.counts = counts
    }
  }

  let blocks: [Block]
  private let parts: [Part]
  private let marks: CellMarks?
  private let showsIntervals: Bool
  let context: ResultContext
  private let legend: FlagLegend

  /// - Parameter blocks: At least one, each with an entry.
  package init(
    _ blocks: [Block], parts: [Part], marks: CellMarks? = nil, showsIntervals: Bool,
    context: ResultContext
  ) {
    self.blocks = blocks
    self.parts = parts
    self.marks = marks
    self.showsIntervals = showsIntervals
    self.context = context
    let items = blocks.flatMap(\.entries).flatMap { [$0.all] + $0.parts }
    legend = FlagLegend(items.flatMap(\.table.rows), language: context.language)
  }

  private var language: String { context.language }
  private var entries: [Entry] { blocks.flatMap(\.entries) }
  private var first: Entry { entries[0] }
  /// Whether every question has one answer, so that questions are rows.
  private var isOfOneAnswer: Bool { entries.allSatisfy { $0.all.table.counted != nil } }

  /// The table.
  package var table: Table {
    var table = Table(
      title: title,
      unit: Phrase.unit(
        context.survey.weights.name == nil ? .percent : .weightedPercent,
        level: showsIntervals ? context.options.level : nil
      ).text(in: language),
      columns: columns, rows: rows, legend: legend.marks + (marks?.legend ?? []), notes: notes)
    table.stacksIntervals = true
    table.isOrdered = true
    table.essentials = context.essentials(
      for: entries.count == 1 ? first.all.table.variable : nil, account: first.all.table.accounting)
    table.subject = Table.Subject(
      blocks.count == 1 ? blocks[0].name ?? first.all.variable.name : "",
      of: entries.map(\.all.variable.name) + blocks.compactMap(\.name))
    table.backgrounds = parts.map(\.title).joined(separator: ", ")
    return table
  }

  var title: String {
    guard blocks.count == 1 else { return Phrase.chosenAnswer.text(in: language) }
    guard !blocks[0].heading.isEmpty else { return first.all.table.title(in: language) }
    let counted = Set(entries.map { $0.all.table.counted?.category.name(in: language) })
    guard counted.count == 1, let answer = counted.first ?? nil else { return blocks[0].heading }
    return "\(blocks[0].heading): \(answer)"
  }

  // MARK: Columns

  /// The groups of each background, in order.
  var groups: [[[Category]]] {
    first.parts.map { part in
      part.table.rows.map(\.groups).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }
  }

  private var columns: [Table.Column] {
    [Table.Column(Phrase.all.text(in: language))]
      + parts.indices.flatMap { place in
        groups[place].map { group in
          let letter = first.parts[place].letters?.letter(of: group) ?? ""
          let name = group.map { $0.name(in: language) }.joined(separator: " · ")
          return Table.Column(
            letter.isEmpty ? name : "(\(letter)) \(name)", group: heading(of: place))
        }
      }
  }

  /// A background's title, with its name where its neighbour has the same title.
  private func heading(of place: Int) -> String {
    let isShared = parts.filter { $0.title == parts[place].title }.count > 1
    return isShared
      ? "\(parts[place].title) (\(Banner.text(parts[place].names)))" : parts[place].title
  }

  // MARK: Rows

  private var rows: [Table.Row] {
    let hasHeadings = blocks.count > 1
    let rows = blocks.flatMap { block -> [Table.Row] in
      let isHeaded = hasHeadings && !block.heading.isEmpty
      return (isHeaded ? [Table.Row(block.heading, kind: .heading)] : [])
        + block.entries.flatMap { self.rows(of: $0, in: block, indent: isHeaded ? 1 : 0) }
        + countRows(of: block, indent: isHeaded ? 1 : 0)
    }
    return rows + [sizes]
      + (isOfOneAnswer ? [] : blocks[0].entries.count == 1 ? tests(first, 0) : [])
  }

  private func rows(of entry: Entry, in block: Block, indent: Int) -> [Table.Row] {
    let isItem = !block.heading.isEmpty
    return answerRows(of: entry, in: block, indent: indent) { cells(entry, answer: $0) }
      + (isOfOneAnswer || isItem ? tests(entry, indent + 1) : [])
  }

  /// The rows of a question: of the answer that counts, or of all below its label.
  func answerRows(
    of entry: Entry, in block: Block, indent: Int, cells: (_ answer: Int) -> [Table.Cell]
  ) -> [Table.Row] {
    let isItem = !block.heading.isEmpty
    guard !isOfOneAnswer else {
      let label = isItem ? entry.all.label : entry.all.table.title(in: language)
      return [Table.Row(label, indent: indent, cells: cells(0))]
    }
    let answers = entry.all.table.rows.indices.map { answer in
      Table.Row(
        entry.all.table.rows[answer].category?.name(in: language) ?? "",
        indent: isItem ? indent + 1 : indent, cells: cells(answer))
    }
    return (isItem ? [Table.Row(entry.all.label, indent: indent, kind: .heading)] : []) + answers
  }

  private func cells(_ entry: Entry, answer: Int) -> [Table.Cell] {
    let all = entry.all.table.rows[answer]
    return [cell(all, by: [])]
      + entry.parts.enumerated().flatMap { place, part in
        groups[place].map { group -> Table.Cell in
          let row = part.table.rows.first {
            $0.groups == group && $0.category?.code == all.category?.code
          }
          return row.map {
            cell($0, by: parts[place].names, more: part.letters?.exceeded(by: $0) ?? "")
          } ?? .empty
        }
      }
  }

  private func cell(
    _ row: EstimateRow, by names: [String], isNumber: Bool = false, more: String = ""
  ) -> Table.Cell {
    let sign = marks?.mark(of: ResultCell(share: row, by: names)) ?? ""
    return .estimate(
      Table.Quantity(
        row.estimate,
        as: isNumber ? .fixed(digits: context.digits ?? 2) : .percent(digits: context.digits ?? 0)),
      low: row.interval.low.isNaN || !showsIntervals ? nil : row.interval.low,
      high: row.interval.high.isNaN || !showsIntervals ? nil : row.interval.high,
      mark: legend.mark(of: row) + sign + more)
  }

  /// Any, none and the mean number of the answers of a block.
  private func countRows(of block: Block, indent: Int) -> [Table.Row] {
    (block.counts.first ?? []).indices.map { place in
      let inside = block.counts.map { $0[place] }
      var row = Table.Row(
        inside[0].label.text(in: language), indent: indent,
        cells: inside[0].rows.prefix(1).map { cell($0, by: [], isNumber: inside[0].isNumber) }
          + parts.indices.flatMap { part in
            groups[part].map { group in
              inside[part + 1].rows.first { $0.groups == group }.map {
                cell($0, by: parts[part].names, isNumber: inside[0].isNumber)
              } ?? .empty
            }
          }, kind: blocks.count > 1 ? .body : .total)
      row.isDrawn = false
      return row
    }
  }

  /// A row with the p-value of every background; none where no tests are asked for.
  private func tests(_ entry: Entry, _ indent: Int) -> [Table.Row] {
    guard entry.parts.contains(where: { $0.test != nil }) else { return [] }
    var row = Table.Row(
      Phrase.p.text(in: language), indent: indent,
      cells: [.empty]
        + entry.parts.enumerated().flatMap { place, part in
          groups[place].indices.map { column in
            column == 0 ? part.test.map { .probability($0.pValue) } ?? .empty : .empty
          }
        }, kind: isOfOneAnswer || indent > 0 ? .body : .total)
    row.isDrawn = false
    return [row]
  }

  /// The respondents of every column, of the question that most answered.
  private var sizes: Table.Row {
    func base(_ table: Tabulation, _ group: [Category]) -> Int {
      table.rows.first { $0.groups == group }?.base ?? 0
    }
    let bases = entries.map { entry in
      [base(entry.all.table, [])]
        + entry.parts.enumerated().flatMap { place, part in
          groups[place].map { base(part.table, $0) }
        }
    }
    return Table.Row(
      (Set(bases).count == 1 ? Phrase.n : .largestBase).text(in: language),
      cells: bases[0].indices.map { column in .count(bases.map { $0[column] }.max() ?? 0) },
      kind: .total)
  }

  // MARK: Notes

  /// For every background how many of those in All it does not know, of the question with the most.
  private var unknown: (counts: [(title: String, count: Int)], isLargest: Bool) {
    var isLargest = false
    let counts = parts.indices.map { place -> (title: String, count: Int) in
      let missing = entries.map { entry in
        let table = entry.parts[place].table
        let inside = groups[place].reduce(0) { sum, group in
          sum + (table.rows.first { $0.groups == group }?.base ?? 0)
        }
        return (entry.all.table.rows.first?.base ?? 0) - inside
      }
      if Set(missing).count > 1 { isLargest = true }
      return (parts[place].title, missing.max() ?? 0)
    }
    return (counts.filter { $0.count > 0 }, isLargest)
  }

  private var notes: [String] {
    let table = first.all.table
    var phrases = table.kept.isEmpty ? [Phrase.bannerBase] : [table.base(in: context)]
    phrases += blocks.flatMap(\.sentences)
    if entries.contains(where: { $0.all.table.variable.hasSeveralAnswers }) {
      phrases.append(.severalAnswers)
    }
    if !unknown.counts.isEmpty {
      phrases.append(.withoutBackground(unknown.counts, isLargest: unknown.isLargest))
    }
    let items = entries.flatMap(\.parts)
    if let letters = items.compactMap(\.letters).first {
      phrases.append(
        .significanceLetters(level: letters.level, adjustment: letters.adjustment.rawValue))
    }
    if let test = items.compactMap(\.test).first { phrases.append(.bannerTest(.test(test.test))) }
    phrases += context.missingInformation(items.flatMap { $0.table.rows.map(\.missingInformation) })
    let interval = (context.options.interval ?? .logit).rawValue
    guard entries.count == 1 else {
      return context.groupNotes(
        phrases, rowsRead: table.accounting.read, interval: showsIntervals ? interval : nil,
        degreesOfFreedom: nil)
    }
    return context.tableNotes(
      for: table.variable, account: table.accounting, extra: phrases,
      interval: showsIntervals ? interval : nil, degreesOfFreedom: table.degreesOfFreedom)
  }
}
