import SurveyData
import SurveyReports
import SurveyStatistics
import SurveyTables

extension Tabulate {
  /// Refuses what does not go with backgrounds side by side, or with tables without them.
  func checkBanner() throws {
    guard banner.banner != nil else { return }
    if !estimation.groups.isEmpty {
      throw SurveyError(
        .usage, "--by crosses groups, and --banner has each background by itself",
        remedy: "Leave one of them out, or write --banner 'a*b' for a crossed part.")
    }
    let others = [
      ("--shares", shares != nil), ("--percentages", percentages != .row),
      ("--letters rows", groups.lettersRows), ("several bases", base.base.bases.count > 1),
    ]
    if let option = others.first(where: \.1)?.0 {
      throw SurveyError(
        .usage, "\(option) and --banner do not go together", remedy: "Leave one of them out.")
    }
  }

  /// The document of backgrounds side by side.
  ///
  /// Questions with one answer each stand below each other in one table, others in a table each.
  func bannered(_ mentioned: Mentioned, in context: ResultContext) throws -> Document {
    let dataset = context.survey.dataset
    let parts = try banner.parts(in: dataset).map { names in
      BannerTable.Part(
        names,
        title: try names.map { try dataset.variable($0).title(in: context.language) }
          .joined(separator: " × "))
    }
    let kept = try base.kept()
    let ledger = try ledger(keeping: kept, in: context)
    let blocks = try questions(in: dataset).map { question -> BannerTable.Block in
      func items(by groups: [String]) throws -> [BatteryTable.Item] {
        try self.items(of: question, mentioned, keeping: kept, by: groups, in: context)
      }
      let all = try items(by: [])
      let inside = try parts.map { try items(by: $0.names) }
      var entries = all.indices.map { place in
        BannerTable.Entry(all: all[place], parts: inside.map { $0[place] })
      }
      guard case .group(let group) = question else { return BannerTable.Block("", entries) }
      let label = group.label.text(in: context.language)
      let mentions = mentioned[group.name]
      if let sort = output.drawing.sort {
        let exclusive = Set(mentions?.answers.filter(\.isExclusive).map(\.label) ?? [])
        let order = sort.sorted(all, last: exclusive, language: context.language).map(\.label)
        entries = order.compactMap { label in entries.first { $0.all.label == label } }
      }
      var sentences = try mentions.map { try self.sentences(of: $0, all, in: context) } ?? []
      let counted = groups.count ? mentions : nil
      let counts = try ([[]] + parts.map(\.names)).map { names in
        try counted.map { try self.counts($0, by: names, in: context) } ?? []
      }
      if let base = counts[0].first?.rows.first?.base { sentences.append(.countBase(n: base)) }
      return BannerTable.Block(
        label.isEmpty ? group.name : label, named: group.name, entries, counts: counts,
        sentences: sentences)
    }
    let entries = blocks.flatMap(\.entries)
    let isOfOneAnswer = entries.allSatisfy { $0.all.table.counted != nil }
    let tables = (isOfOneAnswer ? [blocks] : blocks.map { [$0] }).flatMap { blocks in
      let table = BannerTable(
        blocks, parts: parts, marks: ledger?.marks(in: context.language),
        showsIntervals: output.drawing.show?.parts.contains(.intervals) ?? false,
        context: context)
      return [table.table] + (bounds ? [table.bounds] : [])
    }
    let notes = entries.flatMap(\.parts).compactMap(\.letters).flatMap(\.notes)
    let counts = BannerTable.counts(blocks, parts: parts, in: context)
    return Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(
        entries.map { ($0.all.variable.name, $0.all.table.accounting) }),
      records: [
        AnswerBounds.adding(
          entries.flatMap { [$0.all] + $0.parts }.compactMap(\.bounds),
          to: BannerTable.records(entries, parts: parts, in: context)),
        EstimateRecords.tests(entries.flatMap(\.parts).compactMap(\.test)),
      ] + (counts.rows.isEmpty ? [] : [counts]), tables: tables,
      notes: context.notes + context.words(of: notes)
    ).with(
      ledger, cells: BannerTable.cells(entries, parts: parts), isAlone: published.ledger,
      context: context)
  }

  /// The items of a question; of a variable itself.
  private func items(
    of question: Question, _ mentioned: Mentioned, keeping kept: Set<MissingReason>,
    by groups: [String], in context: ResultContext
  ) throws -> [BatteryTable.Item] {
    switch question {
    case .group(let group):
      return try mentioned[group.name].map { try mentionedItems($0, by: groups, in: context) }
        ?? batteryItems(of: group, keeping: kept, by: groups, in: context)
    case .variable(let name):
      let counted = try counted(name, keeping: kept, in: context.survey.dataset)
      return [
        try estimates(of: name, counting: counted, keeping: kept, by: groups, in: context)
      ]
    }
  }
}
