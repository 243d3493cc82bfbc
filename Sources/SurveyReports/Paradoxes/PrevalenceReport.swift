internal import IntegrationParadox
internal import SurveyData
internal import SurveyStatistics
internal import SurveyTables

/// Who says what, group by group: the first table of a paper.
struct PrevalenceReport {
  let prevalences: [Prevalence]
  let group: String
  let context: ResultContext

  init(prevalences: [Prevalence], group: String, context: ResultContext) {
    self.prevalences = prevalences.map { prevalence in
      context.groups(of: group, besides: prevalence.rows.map(\.group)).map(prevalence.with)
        ?? prevalence
    }
    self.group = group
    self.context = context
  }

  private var language: String { context.language }

  /// A row an item and a group.
  var records: Records {
    let figures = ["n", "estimate", "std_error", "df", "conf_low", "conf_high"]
    let records = Records(
      "prevalence",
      columns: ["item"] + Records.columns(of: [group], beside: ["item"] + figures) + figures,
      rows: prevalences.flatMap { prevalence in
        prevalence.rows.map { row in
          [
            .text(prevalence.item), .text(row.group?.code ?? "all"), .integer(row.count),
            .number(row.share.estimate), .number(row.share.standardError),
            .number(row.share.degreesOfFreedom), .number(row.interval.low),
            .number(row.interval.high),
          ]
        }
      })
    return EstimateRecords.adding(
      prevalences.flatMap(\.rows).map(\.share.missingInformation), to: records)
  }

  /// A row a group, a column an item, each with its respondents.
  var table: Table {
    let groups = prevalences.reduce(into: [Category?]()) { groups, prevalence in
      for row in prevalence.rows where row.group != nil && !groups.contains(row.group) {
        groups.append(row.group)
      }
    }
    return Table(
      title: Phrase.whoSaysWhat.text(in: language),
      unit: Phrase.unit(.weightedPercent, level: context.options.level).text(in: language),
      stub: context.title(of: group),
      columns: prevalences.flatMap { prevalence in
        let title = context.outcomeTitle(prevalence.item)
        return [
          Table.Column("%", group: title), Table.Column(Phrase.n.text(in: language), group: title),
        ]
      },
      rows: (groups + [nil]).map { category in
        Table.Row(
          category?.name(in: language) ?? Phrase.all.text(in: language),
          cells: prevalences.flatMap { prevalence -> [Table.Cell] in
            guard let row = prevalence.rows.first(where: { $0.group == category }) else {
              return [.empty, .empty]
            }
            return [
              row.interval.cell(
                row.share.estimate, as: .percent(digits: context.digits ?? 0)),
              .count(row.count),
            ]
          }, kind: category == nil ? .total : .body)
      }, notes: (prevalences.compactMap(sentence) + [.rowPercentages]).map { $0.text(in: language) }
    )
  }

  /// From the lowest group to the highest, in plain words.
  private func sentence(_ prevalence: Prevalence) -> Phrase? {
    let groups = prevalence.rows.filter { $0.group != nil && $0.count > 1 }
    // Of equal shares the first is the lowest, the last the highest.
    guard let low = groups.min(by: { $0.share.estimate < $1.share.estimate }),
      let high = groups.reversed().max(by: { $0.share.estimate < $1.share.estimate }),
      low.group != high.group, let test = prevalence.equality
    else { return nil }
    return .lowestToHighest(
      context.outcomeTitle(prevalence.item), low: low.share.estimate,
      lowGroup: low.group?.name(in: language) ?? "", high: high.share.estimate,
      highGroup: high.group?.name(in: language) ?? "", p: test.pValue,
      level: context.options.level)
  }
}
