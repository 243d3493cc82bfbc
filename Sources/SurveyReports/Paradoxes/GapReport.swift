package import IntegrationParadox
import SurveyData
import SurveyStatistics
package import SurveyTables

/// Gaps as records, as tables and as a sentence.
package struct GapReport {
  private let gap: Gap
  private let judgements: (first: String, second: String)
  private let group: String?
  private let context: ResultContext

  package init(
    _ gap: Gap, judgements: (first: String, second: String), group: String?,
    context: ResultContext
  ) {
    self.gap = context.groups(of: group, besides: gap.rows.map(\.group)).map(gap.with) ?? gap
    self.judgements = judgements
    self.group = group
    self.context = context
  }

  private var language: String { context.language }

  /// A row a group, and one for `all`.
  package var records: Records {
    var records = Records(
      "rows",
      columns: Records.columns(
        of: [group ?? "group"],
        before: ["n", "estimate_a", "estimate_b"] + Difference.figures
          + ["std_error_a", "std_error_b", "correlation"]),
      rows: gap.rows.map { row in
        [
          .text(row.group?.code ?? "all"), .integer(row.count), .number(row.first),
          .number(row.second),
        ] + row.difference.records
          + [.number(row.firstError), .number(row.secondError), .number(row.correlation)]
      })
    records.details = gap.rows.map { row in
      let label = row.group?.label.text(in: language) ?? ""
      return [Tree.Member("label", .text(label))]
        + .labels([(group == nil ? nil : records.columns[0], label)])
    }
    let shares = Self.differenceFigures.union(
      ["estimate_a", "estimate_b", "std_error_a", "std_error_b"])
    if isShare { records.shares = gap.rows.map { _ in shares } }
    return EstimateRecords.adding(gap.rows.map(\.difference.missingInformation), to: records)
  }

  /// Each group's gap against the reference's.
  package var differences: Records {
    groupRecords("differences", gap.differences)
  }

  /// The same with controls held constant; nothing without controls.
  package var adjusted: [Records] {
    guard !gap.adjusted.isEmpty else { return [] }
    return [groupRecords("adjusted", gap.adjusted)]
  }

  private func groupRecords(_ name: String, _ rows: [Gap.GroupDifference]) -> Records {
    var records = context.differences(
      name, rows.map { ($0.group, $0.reference, $0.difference, $0.count) })
    if isShare { records.shares = rows.map { _ in Self.differenceFigures } }
    return records
  }

  /// What is a difference of shares where the judgements are shares.
  private static let differenceFigures: Set = ["estimate", "std_error", "conf_low", "conf_high"]

  /// The odds ratio of the judgements in each group, and its ratio to the reference's.
  package var oddsRatios: [Records] {
    let rows = gap.rows.compactMap { row in row.oddsRatio.map { (row, $0) } }
    guard !rows.isEmpty else { return [] }
    return [
      Records(
        "odds_ratios", columns: ["group", "reference"] + Difference.figures + ["n"],
        rows: rows.map { row, ratio in
          [.text(row.group?.code ?? "all"), .empty] + ratio.records + [.integer(row.count)]
        }
          + gap.oddsRatios.map { row in
            [.text(row.group.code), .text(row.reference.code)] + row.difference.records
              + [.integer(row.count)]
          })
    ]
  }

  /// The same as a table.
  package var oddsTable: Table? {
    guard !oddsRatios.isEmpty else { return nil }
    let format = Table.Format.fixed(digits: context.digits ?? 2)
    func row(_ label: String, _ ratio: Difference, _ count: Int, kind: Table.Row.Kind) -> Table.Row
    {
      Table.Row(
        label, cells: [ratio.cell(as: format), .probability(ratio.pValue), .count(count)],
        kind: kind)
    }
    let reference = gap.oddsRatios.first?.reference.name(in: language) ?? ""
    return Table(
      title: Phrase.oddsOfJudgements(heading(judgements.first), over: heading(judgements.second))
        .text(
          in: language),
      unit: Phrase.unit(.oddsRatio, level: context.options.level).text(in: language),
      stub: group.map(context.title) ?? "",
      columns: [
        Table.Column(Phrase.oddsRatio.text(in: language)),
        Table.Column(Phrase.p.text(in: language)),
        Table.Column(Phrase.n.text(in: language), isRepeated: true),
      ],
      rows: gap.rows.compactMap { own in
        own.oddsRatio.map {
          row(
            own.group?.name(in: language) ?? Phrase.all.text(in: language), $0, own.count,
            kind: own.group == nil && group != nil ? .total : .body)
        }
      }
        + (gap.oddsRatios.isEmpty
          ? []
          : [Table.Row(Phrase.ratioOfOddsRatios(to: reference).text(in: language), kind: .heading)]
            + gap.oddsRatios.map {
              var made = row($0.group.name(in: language), $0.difference, $0.count, kind: .body)
              made.indent = 1
              return made
            }),
      notes: oddsSentences.map { $0.text(in: language) })
  }

  private var oddsSentences: [Phrase] {
    let ratios = gap.oddsRatios.map { row in
      (
        row,
        row.difference.finding(
          as: .fixed(digits: context.digits ?? 2), level: context.options.level, nothing: 1)
      )
    }
    return ratios.map { row, finding in
      .oddsRatioInWords(
        row.group.name(in: language), reference: row.reference.name(in: language), finding)
    } + [.stackedLogit]
  }

  /// Whether the judgements are shares: then gaps are percentage points.
  private var isShare: Bool { gap.isOfShares }

  /// The gaps, then their differences.
  package var tables: [Table] {
    let title = "\(heading(judgements.first)) − \(heading(judgements.second))"
    var tables = [
      Table(
        title: title, unit: unit,
        stub: group.map { context.title(of: $0) } ?? "",
        columns: [
          Table.Column(name(judgements.first)), Table.Column(name(judgements.second)),
          Table.Column(Phrase.gap.text(in: language)), Table.Column(Phrase.p.text(in: language)),
          Table.Column(Phrase.n.text(in: language), isRepeated: true),
        ],
        rows: gap.rows.map { row in
          Table.Row(
            row.group?.name(in: language) ?? Phrase.all.text(in: language),
            cells: [
              .number(Table.Quantity(row.first, as: format(isDifference: false))),
              .number(Table.Quantity(row.second, as: format(isDifference: false))),
              row.difference.cell(as: format(isDifference: true)),
              .probability(row.difference.pValue), .count(row.count),
            ], kind: row.group == nil && group != nil ? .total : .body)
        },
        notes: sentences
          + (isShare ? [Phrase.bothPercentages.text(in: language)] : [])
          + context.definitions(of: [judgements.first, judgements.second])
          + context.tableNotes(
            for: nil, account: gap.accounting, interval: nil,
            degreesOfFreedom: gap.rows.last?.difference.degreesOfFreedom),
        essentials: context.essentials(for: nil, account: gap.accounting))
    ]
    if let group {
      for (rows, title, test) in [
        (gap.differences, Phrase.gapDifferences, gap.equality),
        (gap.adjusted, .adjustedGapDifferences, gap.adjustedEquality),
      ] where !rows.isEmpty {
        tables.append(comparison(rows, title: title, by: group, test: test))
      }
    }
    return tables
  }

  private func comparison(
    _ rows: [Gap.GroupDifference], title: Phrase, by group: String, test: TestResult?
  ) -> Table {
    let reference = rows.first?.reference.name(in: language) ?? ""
    return Table(
      title: title.text(in: language), unit: unit, stub: context.title(of: group),
      columns: [
        Table.Column(Phrase.difference.text(in: language)),
        Table.Column(Phrase.p.text(in: language)),
        Table.Column(Phrase.n.text(in: language), isRepeated: true),
      ],
      rows: rows.map { row in
        Table.Row(
          row.group.name(in: language),
          cells: [
            row.difference.cell(as: format(isDifference: true)),
            .probability(row.difference.pValue), .count(row.count),
          ])
      },
      notes: context.compared(
        .gapOf(name(judgements.first), name(judgements.second)),
        rows.map { ($0.group, $0.reference, $0.difference) }, as: format(isDifference: true)
      ).map { $0.text(in: language) }
        + [Phrase.comparedWith(reference, adjustment: "none").text(in: language)]
        + [test].compactMap { $0 }.filter { $0.df1 > 0 }.map { test in
          Phrase.testResult(
            .equalGaps, statistic: test.statistic, df1: test.df1, df2: test.df2, p: test.pValue
          ).text(in: language)
        })
  }

  /// The widest gap that is clear, in plain words; that there is none.
  private var sentences: [String] {
    let known = gap.rows.filter { !$0.difference.interval.low.isNaN }
    func finding(_ row: Gap.Row) -> Phrase.Finding {
      row.difference.finding(as: format(isDifference: true), level: context.options.level)
    }
    let clear = known.filter { finding($0).isClear && ($0.group != nil || group == nil) }
    let widest = (clear.isEmpty ? known : clear).max {
      abs($0.difference.estimate) < abs($1.difference.estimate)
    }
    guard let widest else { return [] }
    let isOfAll = clear.isEmpty ? known.last : widest
    return [isOfAll].compactMap { $0 }.map { row in
      Phrase.judgementsCompared(
        group: row.group?.name(in: language)
          ?? (group == nil ? nil : Phrase.all.text(in: language)),
        first: name(judgements.first), second: name(judgements.second), finding(row)
      ).text(in: language)
    }
  }

  private func format(isDifference: Bool) -> Table.Format {
    guard isShare else {
      let errors = gap.rows.map(\.difference.standardError)
      return .fixed(digits: context.digits ?? decimals(toShow: errors))
    }
    let digits = context.digits ?? 0
    return isDifference ? .points(digits: digits) : .percent(digits: digits)
  }

  private var unit: String {
    Phrase.unit(isShare ? .percentagePoints : .difference, level: context.options.level)
      .text(in: language)
  }

  /// A judgement in a title, with the answer that counts.
  private func heading(_ judgement: String) -> String {
    context.judgementHeading(judgement, beside: [judgements.first, judgements.second])
  }

  /// A judgement in words.
  private func name(_ judgement: String) -> String {
    context.judgementTitle(judgement, beside: [judgements.first, judgements.second])
  }
}

extension Gap {
  /// Whether the judgements are shares, so that gaps are percentage points.
  var isOfShares: Bool {
    rows.filter { $0.count > 0 }.allSatisfy {
      (0...1).contains($0.first) && (0...1).contains($0.second)
    }
  }
}
