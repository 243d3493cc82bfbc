package import IntegrationParadox
import SurveyData
import SurveyStatistics
package import SurveyTables

/// Tipping points as records, as tables and as sentences.
package struct TippingReport {
  private let tipping: Tipping
  private let outcome: String
  private let status: String
  private let context: ResultContext

  package init(_ tipping: Tipping, outcome: String, status: String, context: ResultContext) {
    self.tipping = tipping
    self.outcome = outcome
    self.status = status
    self.context = context
  }

  private var language: String { context.language }

  /// The curve, the points, the levels.
  package var records: [Records] {
    let curve = tipping.ways.flatMap { way in
      way.curve.map {
        [.text(way.kind.rawValue), .number($0.parameter)] + $0.gradient.records
      }
    }
    let points = tipping.ways.map { way -> [Records.Value] in
      [
        .text(way.kind.rawValue),
        .number(way.point?.estimate ?? .nan), .number(way.point?.standardError ?? .nan),
        .number(way.point?.degreesOfFreedom ?? .nan), .number(way.point?.interval.low ?? .nan),
        .number(way.point?.interval.high ?? .nan), way.includesZero.map { .number($0) } ?? .empty,
        .number(way.limit),
      ]
    }
    let levels = tipping.levels.enumerated().map { place, level -> [Records.Value] in
      [
        .text(level.category.code), .integer(level.count), .number(level.observed.estimate),
        .number(level.observed.standardError), .number(level.observed.degreesOfFreedom),
        .number(level.observed.interval.low), .number(level.observed.interval.high),
      ]
        + tipping.ways.map { way in
          way.correctedLevels.isEmpty ? .empty : .number(way.correctedLevels[place])
        }
    }
    return [
      EstimateRecords.adding(
        tipping.ways.flatMap(\.curve).map(\.gradient.missingInformation),
        to: Records("rows", columns: ["way", "parameter"] + Difference.figures, rows: curve)),
      Records(
        "points",
        columns: [
          "way", "estimate", "std_error", "df", "conf_low", "conf_high", "interval_includes_zero",
          "limit",
        ], rows: points),
      Records(
        "levels",
        columns: [
          status, "n", "estimate", "std_error", "df", "conf_low", "conf_high",
          "corrected_over_reporting", "corrected_under_reporting",
        ], rows: levels),
    ]
  }

  /// The levels, then the two curves side by side.
  package var tables: [Table] {
    let unit = Phrase.unit(.percent, level: context.options.level).text(in: language)
    var levelRows = tipping.levels.enumerated().map { place, level in
      Table.Row(
        level.category.name(in: language),
        cells: [percent(level.observed)]
          + tipping.ways.map { way in
            way.correctedLevels.isEmpty
              ? .empty : .number(Table.Quantity(way.correctedLevels[place], as: percentFormat))
          } + [.count(level.count)])
    }
    levelRows.append(
      Table.Row(
        Phrase.gradientRow.text(in: language),
        cells: [points(tipping.gradient), .empty, .empty, .empty], kind: .total))
    let corrected = Phrase.prevalenceAtPoint.text(in: language)
    let first = Table(
      title: context.outcomeTitle(outcome), unit: unit, stub: name(status),
      columns: [Table.Column(Phrase.observed.text(in: language))]
        + tipping.ways.map {
          Table.Column(
            Phrase.misreportingHeading($0.kind.rawValue).text(in: language), group: corrected)
        } + [Table.Column(Phrase.n.text(in: language), isRepeated: true)],
      rows: levelRows,
      notes: (sentences + [.rowPercentages]).map { $0.text(in: language) }
        + context.tableNotes(
          for: nil, account: tipping.accounting, interval: nil,
          degreesOfFreedom: tipping.gradient.degreesOfFreedom),
      essentials: context.essentials(for: nil, account: tipping.accounting))
    return [first] + tipping.ways.map(curve)
  }

  private func curve(_ way: Tipping.Way) -> Table {
    Table(
      title: Phrase.correctedGradient(way.kind.rawValue).text(in: language),
      unit: Phrase.unit(.percentagePoints, level: context.options.level).text(in: language),
      stub: Phrase.misreportingParameter(way.kind.rawValue).text(in: language),
      columns: [
        Table.Column(Phrase.correctedGradientHeading.text(in: language)),
        Table.Column(Phrase.p.text(in: language)),
      ],
      rows: way.curve.map { step in
        Table.Row(
          NumberFormat(language: language).percentSign(
            step.parameter, digits: parameterDigits(way)),
          cells: [points(step.gradient), .probability(step.gradient.pValue)])
      },
      notes: [
        Phrase.zeroGradient(
          at: way.point.map { ($0.estimate, $0.interval.low, $0.interval.high) },
          limit: way.limit, level: context.options.level
        ).text(in: language)
      ])
  }

  /// One decimal where steps are finer than a per cent.
  private func parameterDigits(_ way: Tipping.Way) -> Int {
    guard way.curve.count > 1 else { return 0 }
    return way.curve[1].parameter < 0.0099 ? 1 : 0
  }

  private var sentences: [Phrase] {
    let (low, high) = (tipping.levels.first?.category, tipping.levels.last?.category)
    let isRising = tipping.gradient.estimate >= 0
    let level = context.options.level
    return [
      .observedGradient(
        from: low?.name(in: language) ?? "", to: high?.name(in: language) ?? "",
        tipping.gradient.finding(
          as: .points(digits: context.digits ?? 0), level: level))
    ]
      + tipping.ways.map { way in
        let isHigh = (way.kind == .overReporting) == isRising
        return .tippingPoint(
          way.kind.rawValue, end: (isHigh ? high : low)?.name(in: language) ?? "",
          point: way.point.map { ($0.estimate, $0.interval.low, $0.interval.high) },
          includesZero: way.includesZero, limit: way.limit, level: level)
      } + [.tippingCaution]
  }

  private var percentFormat: Table.Format { .percent(digits: context.digits ?? 0) }

  private func percent(_ difference: Difference) -> Table.Cell {
    difference.cell(as: percentFormat)
  }

  private func points(_ difference: Difference) -> Table.Cell {
    difference.cell(as: .points(digits: context.digits ?? 0))
  }

  private func name(_ text: String) -> String { context.title(of: text) }
}
