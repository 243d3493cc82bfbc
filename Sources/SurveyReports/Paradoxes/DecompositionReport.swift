package import IntegrationParadox
import SurveyData
import SurveyStatistics
package import SurveyTables

/// A decomposition as records, as a table and as a sentence.
package struct DecompositionReport {
  private let found: Decomposition
  private let outcome: String
  private let group: String
  private let options: DecompositionOptions
  private let context: ResultContext

  package init(
    _ found: Decomposition, outcome: String, group: String, options: DecompositionOptions,
    context: ResultContext
  ) {
    self.found = found
    self.outcome = outcome
    self.group = group
    self.options = options
    self.context = context
  }

  private var language: String { context.language }

  /// The parts, then the groups' means.
  package var records: [Records] {
    let parts = found.rows.map { row -> [Records.Value] in
      [
        .text(row.component.rawValue), .text(row.variable), .number(row.difference.estimate),
        .number(row.difference.standardError), .number(row.share),
        .number(row.difference.statistic), .number(row.difference.degreesOfFreedom),
        .number(row.difference.pValue), .number(row.difference.interval.low),
        .number(row.difference.interval.high),
      ]
    }
    let means = found.means.map { mean -> [Records.Value] in
      [
        .text(mean.group.code), .integer(mean.count), .number(mean.difference.estimate),
        .number(mean.difference.standardError), .number(mean.difference.degreesOfFreedom),
        .number(mean.difference.interval.low), .number(mean.difference.interval.high),
      ]
    }
    return [
      EstimateRecords.adding(
        found.rows.map(\.difference.missingInformation),
        to: Records(
          "rows",
          columns: [
            "component", "variable", "estimate", "std_error", "share", "statistic", "df", "p_value",
            "conf_low", "conf_high",
          ], rows: parts)),
      Records(
        "means",
        columns: Records.columns(
          of: [group], before: ["n", "estimate", "std_error", "df", "conf_low", "conf_high"]),
        rows: means),
    ]
  }

  /// Whose coefficients and which groups.
  package var choices: String {
    Phrase.decompositionChoices(
      options.method.rawValue, coefficients: options.coefficients.rawValue,
      isThreefold: options.isThreefold,
      reference: found.reference.name(in: language), group: found.group.name(in: language)
    ).text(in: language)
  }

  /// Whether the outcome is a share: then parts are percentage points.
  private var isShare: Bool {
    found.means.allSatisfy { (0...1).contains($0.difference.estimate) }
  }

  /// The means, the gap and its parts.
  package var table: Table {
    var rows = found.means.map { mean in
      Table.Row(
        mean.group.name(in: language),
        cells: [cell(mean.difference, isDifference: false), .empty, .empty, .count(mean.count)])
    }
    for row in found.rows {
      let isWhole = row.variable.isEmpty
      rows.append(
        Table.Row(
          isWhole
            ? Phrase.component(row.component.rawValue).text(in: language) : name(row.variable),
          indent: isWhole ? 0 : 1,
          cells: [
            cell(row.difference, isDifference: true),
            .number(Table.Quantity(row.share, as: .percent(digits: 0))),
            .probability(row.difference.pValue),
          ], kind: row.component == .gap ? .total : .body))
    }
    return Table(
      title: Phrase.decomposition(of: context.title(of: outcome, counting: found.event))
        .text(in: language),
      unit: Phrase.unit(
        isShare ? .percentagePoints : .difference, level: context.options.level
      ).text(in: language), stub: name(group),
      columns: [
        Table.Column(Phrase.estimate.text(in: language)),
        Table.Column(Phrase.shareOfGap.text(in: language)),
        Table.Column(Phrase.p.text(in: language)), Table.Column(Phrase.n.text(in: language)),
      ], rows: rows,
      notes: [sentence.text(in: language)]
        + context.tableNotes(
          for: nil, account: found.accounting, interval: nil,
          degreesOfFreedom: found.rows.first?.difference.degreesOfFreedom),
      essentials: context.essentials(for: nil, account: found.accounting))
  }

  private var sentence: Phrase {
    func whole(_ component: Decomposition.Component) -> Decomposition.Row? {
      found.rows.first { $0.component == component && $0.variable.isEmpty }
    }
    let format: Table.Format =
      isShare ? .points(digits: context.digits ?? 1) : numberFormat
    func finding(_ component: Decomposition.Component) -> Phrase.Finding {
      whole(component)?.difference.finding(as: format, level: context.options.level)
        ?? Phrase.Finding(.nan, low: .nan, high: .nan, level: context.options.level, as: format)
    }
    let (group, reference) = (found.group.name(in: language), found.reference.name(in: language))
    if whole(.endowments) != nil {
      return .threefoldSentence(
        group: group, reference: reference, gap: finding(.gap), endowments: finding(.endowments),
        coefficients: finding(.coefficients), interaction: finding(.interaction))
    }
    return .decompositionSentence(
      group: group, reference: reference, gap: finding(.gap), explained: finding(.explained),
      unexplained: finding(.unexplained), share: whole(.explained)?.share ?? .nan)
  }

  private var numberFormat: Table.Format {
    .fixed(
      digits: context.digits ?? decimals(toShow: found.means.map(\.difference.standardError))
    )
  }

  private func cell(_ difference: Difference, isDifference: Bool) -> Table.Cell {
    let digits = context.digits
    let format: Table.Format =
      isShare
      ? (isDifference ? .points(digits: digits ?? 1) : .percent(digits: digits ?? 0))
      : numberFormat
    return difference.cell(as: format)
  }

  private func name(_ text: String) -> String {
    if text == "(Intercept)" { return Phrase.intercept.text(in: language) }
    return context.title(of: text)
  }
}
