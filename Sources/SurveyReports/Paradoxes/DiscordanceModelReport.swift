internal import Glibc
package import IntegrationParadox
internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics
package import SurveyTables

/// The model of who lacks the second judgement, as records, as a table and as a sentence.
package struct DiscordanceModelReport {
  let model: DiscordanceModel
  let judgements: (first: String, second: String)
  let group: String?
  let context: ResultContext

  /// Says it of a result in its context.
  package init(
    model: DiscordanceModel, judgements: (first: String, second: String), group: String?,
    context: ResultContext
  ) {
    self.model = model
    self.judgements = judgements
    self.group = group
    self.context = context
  }

  private var language: String { context.language }

  /// `model`: the coefficients; `effects`: the average marginal effects.
  package var records: [Records] {
    var coefficients = model.fit.records(exponentiate: false)
    coefficients.name = "model"
    let effects = Records(
      "effects", columns: ["variable", "category", "reference"] + Difference.figures,
      rows: model.effects.rows.map { row in
        [
          .text(row.variable), row.category.map { .text($0.code) } ?? .empty,
          row.reference.map { .text($0.code) } ?? .empty,
        ] + row.difference.records
      })
    return [coefficients, effects]
  }

  /// A row a term: its odds ratio and its average marginal effect.
  package var table: Table {
    let both = [judgements.first, judgements.second]
    let (first, second) = (
      context.judgementTitle(judgements.first, beside: both),
      context.judgementTitle(judgements.second, beside: both)
    )
    let digits = context.digits
    var rows: [Table.Row] = []
    var heading = ""
    for row in model.fit.rows where !row.column.parts.isEmpty {
      let isFactor = row.column.parts.contains { $0.category != nil }
      if isFactor, row.variable != heading {
        rows.append(Table.Row(context.title(of: row.variable), kind: .heading))
      }
      heading = isFactor ? row.variable : ""
      let effect = model.effects.rows.first {
        $0.variable == row.variable && (!isFactor || $0.category?.code == row.column.category)
      }
      rows.append(
        Table.Row(
          context.label(of: row.column), indent: isFactor ? 1 : 0,
          cells: [
            ConfidenceInterval(low: exp(row.interval.low), high: exp(row.interval.high)).cell(
              exp(row.estimate), as: .fixed(digits: digits ?? 2)),
            effect?.difference.cell(as: .points(digits: digits ?? 1)) ?? .empty,
            .probability(row.pValue),
          ]))
    }
    return Table(
      title: Phrase.modelled(Phrase.withoutInWords(second, among: first).text(in: language))
        .text(in: language),
      unit: Phrase.interval(level: context.options.level).text(in: language),
      columns: [
        Table.Column(Phrase.oddsRatio.text(in: language)),
        Table.Column(Phrase.percentagePoints.text(in: language)),
        Table.Column(Phrase.p.text(in: language)),
      ], rows: rows,
      notes: sentences(first, second).map { $0.text(in: language) }
        + context.tableNotes(
          for: nil, account: model.fit.accounting, interval: nil,
          degreesOfFreedom: model.fit.rows.first?.degreesOfFreedom),
      essentials: context.essentials(for: nil, account: model.fit.accounting))
  }

  /// The groups with the controls held constant, in words.
  private func sentences(_ first: String, _ second: String) -> [Phrase] {
    let groups = model.effects.rows.compactMap {
      row -> (group: Category, reference: Category, difference: Difference)? in
      guard row.variable == group, let category = row.category, let reference = row.reference else {
        return nil
      }
      return (category, reference, row.difference)
    }
    return context.compared(
      .shareWithout(second, among: first), groups,
      as: .points(digits: context.digits ?? 1)) + [.averageEffects]
  }
}
