package import IntegrationParadox
internal import SurveyData
internal import SurveyStatistics
package import SurveyTables

/// Who gives one judgement and not the other, as records, as tables and as a sentence.
package struct DiscordanceReport {
  let discordance: Discordance
  let judgements: (first: String, second: String)
  let group: String?
  let context: ResultContext

  /// Says it of a result in its context.
  package init(
    discordance: Discordance, judgements: (first: String, second: String), group: String?,
    context: ResultContext
  ) {
    self.discordance =
      context.groups(of: group, besides: discordance.rows.map(\.group)).map(discordance.with)
      ?? discordance
    self.judgements = judgements
    self.group = group
    self.context = context
  }

  private var language: String { context.language }
  private static let types = ["p11", "p10", "p01", "p00"]
  private static let others = ["share_among_a", "log_ratio", "kappa"]

  /// A row a group, and one for `all`.
  package var records: Records {
    var records = Records(
      "rows",
      columns: Records.columns(
        of: [group ?? "group"],
        before: ["n"] + Self.types + Self.types.map { "std_error_\($0)" }
          + Self.others.flatMap { [$0, "std_error_\($0)"] } + ["df"]),
      rows: discordance.rows.map { row in
        let others = [row.shareAmongFirst, row.logRatio, row.kappa]
        return [.text(row.group?.code ?? "all"), .integer(row.count)]
          + row.cells.map { .number($0.estimate) } + row.cells.map { .number($0.standardError) }
          + others.flatMap { [.number($0.estimate), .number($0.standardError)] }
          + [.number(row.shareAmongFirst.degreesOfFreedom)]
      })
    records.details = discordance.rows.map { row in
      let label = row.group?.label.text(in: language) ?? ""
      return [
        Tree.Member("label", .text(label)),
        Tree.Member(
          "unweighted",
          .object([
            Tree.Member("only_a", .integer(row.onlyFirst)),
            Tree.Member("only_b", .integer(row.onlySecond)),
            Tree.Member("mcnemar", .value(.number(row.unweightedMcNemar.statistic))),
          ])),
      ] + .labels([(group == nil ? nil : records.columns[0], label)])
    }
    return EstimateRecords.adding(
      discordance.rows.map(\.shareAmongFirst.missingInformation), to: records)
  }

  /// Each group's share of not-B among A against the reference's.
  package var differences: Records {
    context.differences(
      "differences",
      discordance.differences.map { ($0.group, $0.reference, $0.difference, $0.count) })
  }

  private var digits: Int { context.digits ?? 0 }
  private var both: [String] { [judgements.first, judgements.second] }
  private var first: String { context.judgementTitle(judgements.first, beside: both) }
  private var second: String { context.judgementTitle(judgements.second, beside: both) }

  /// The types, then the differences between groups.
  package var tables: [Table] {
    [typology] + (discordance.differences.isEmpty ? [] : [groupDifferences])
  }

  private var typology: Table {
    let headings = [
      Phrase.both, .only("A"), .only("B"), .neither, .without("B", among: "A"),
    ].map { $0.text(in: language) }
    return Table(
      title: both.map { context.judgementHeading($0, beside: both) }.joined(separator: " × "),
      unit: Phrase.unit(.weightedPercent, level: context.options.level).text(in: language),
      stub: group.map(context.title) ?? "",
      columns: headings.map { Table.Column($0) } + [
        Table.Column(Phrase.p.text(in: language)),
        Table.Column(Phrase.n.text(in: language), isRepeated: true),
      ],
      rows: discordance.rows.map { row in
        let share = row.shareAmongFirst
        return Table.Row(
          row.group?.name(in: language) ?? Phrase.all.text(in: language),
          cells: row.cells.map {
            .number(Table.Quantity($0.estimate, as: .percent(digits: digits)))
          } + [
            interval(of: row).cell(share.estimate, as: .percent(digits: digits)),
            .probability(wald(of: row)?.pValue ?? .nan), .count(row.count),
          ], kind: row.group == nil && group != nil ? .total : .body)
      },
      notes: [Phrase.letters(first, second).text(in: language)] + sentences
        + [Phrase.bothPercentages.text(in: language)] + context.definitions(of: both)
        + context.tableNotes(
          for: nil, account: discordance.accounting, interval: nil,
          degreesOfFreedom: discordance.rows.last?.shareAmongFirst.degreesOfFreedom),
      essentials: context.essentials(for: nil, account: discordance.accounting))
  }

  private func wald(of row: Discordance.Row) -> TestResult? {
    discordance.tests.first { $0.test == "wald" && $0.term == row.group?.code ?? "all" }
  }

  private func interval(of row: Discordance.Row) -> ConfidenceInterval {
    context.interval(ofShare: row.shareAmongFirst, base: row.count)
  }

  /// The largest share in plain words, the tests, and the test that most people know.
  private var sentences: [String] {
    var phrases: [Phrase] = []
    let known = discordance.rows.filter { !interval(of: $0).low.isNaN }
    if let most = known.max(by: { $0.shareAmongFirst.estimate < $1.shareAmongFirst.estimate }) {
      phrases.append(
        .discordantShare(
          group: most.group?.name(in: language), first: first, second: second,
          share: most.shareAmongFirst.estimate, low: interval(of: most).low,
          high: interval(of: most).high, level: context.options.level))
    }
    phrases.append(.equalDiscordance)
    if let all = discordance.rows.last {
      phrases.append(
        .unweightedMcNemar(
          all.onlyFirst, all.onlySecond, statistic: all.unweightedMcNemar.statistic,
          p: all.unweightedMcNemar.pValue))
    }
    return phrases.map { $0.text(in: language) }
  }

  private var groupDifferences: Table {
    let reference = discordance.differences.first?.reference.name(in: language) ?? ""
    return Table(
      title: Phrase.withoutInWords(second, among: first).text(in: language),
      unit: Phrase.unit(.percentagePoints, level: context.options.level).text(in: language),
      stub: group.map(context.title) ?? "",
      columns: [
        Table.Column(Phrase.difference.text(in: language)),
        Table.Column(Phrase.p.text(in: language)),
        Table.Column(Phrase.n.text(in: language), isRepeated: true),
      ],
      rows: discordance.differences.map { row in
        Table.Row(
          row.group.name(in: language),
          cells: [
            row.difference.cell(as: .points(digits: digits)), .probability(row.difference.pValue),
            .count(row.count),
          ])
      },
      notes: context.compared(
        .shareWithout(second, among: first),
        discordance.differences.map { ($0.group, $0.reference, $0.difference) },
        as: .points(digits: digits)
      ).map { $0.text(in: language) }
        + [Phrase.comparedWith(reference, adjustment: "none").text(in: language)]
        + discordance.tests.filter {
          ["equal-shares", "typology", "d2-typology"].contains($0.test) && !($0.df1 <= 0)
        }.map { test in
          Phrase.testResult(
            .paradoxTest(test.test), statistic: test.statistic, df1: test.df1, df2: test.df2,
            p: test.pValue
          ).text(in: language)
        })
  }
}
