package import IntegrationParadox
package import SurveyData
import SurveyStatistics
package import SurveyTables

/// Pooled estimates as records, as a table and as sentences.
package struct PoolReport {
  private let pool: Pool
  private let input: PoolingInput
  private let options: PoolingOptions
  private let language: String
  private let digits: Int
  private let isShare: Bool

  /// - Parameter isShare: Whether the estimates are shares or their differences, to be printed as
  ///   percentage points.
  package init(
    _ pool: Pool, input: PoolingInput, options: PoolingOptions, language: String, digits: Int?,
    isShare: Bool = false
  ) {
    self.isShare = isShare
    self.pool = pool
    self.input = input
    self.options = options
    self.language = language
    let errors =
      pool.studies.map(\.difference.standardError) + pool.terms.map(\.difference.standardError)
    self.digits = digits ?? (isShare ? 1 : max(decimals(toShow: errors), 1))
  }

  private var format: Table.Format { isShare ? .points(digits: digits) : .fixed(digits: digits) }

  /// Where the rows of the file went.
  package var accounting: Tree {
    .object([
      Tree.Member("rows_read", .integer(input.read)),
      Tree.Member("used", .integer(input.estimates.count)),
      Tree.Member("outside", .integer(input.outside)),
      Tree.Member("missing", .integer(input.missing)),
    ])
  }

  /// What must be said whatever the format: rows that could not be pooled.
  package var notes: [String] {
    input.missing > 0 ? [Phrase.estimatesMissing(input.missing).text(in: language)] : []
  }

  private static let figures = [
    "estimate", "std_error", "weight", "statistic", "df", "p_value", "conf_low", "conf_high",
  ]

  private static func values(_ difference: Difference, weight: Double?) -> [Records.Value] {
    [
      .number(difference.estimate), .number(difference.standardError),
      weight.map { .number($0) } ?? .empty, .number(difference.statistic),
      .number(difference.degreesOfFreedom), .number(difference.pValue),
      .number(difference.interval.low), .number(difference.interval.high),
    ]
  }

  /// A row an estimate, then the pooled ones.
  package var rows: Records {
    let studies = pool.studies.map { study -> [Records.Value] in
      [.text(study.source.name)] + Self.values(study.difference, weight: study.weight)
        + [.text("study")]
    }
    func terms(_ terms: [Pool.Term], suffix: String, kind: String) -> [[Records.Value]] {
      terms.map {
        [.text($0.name + suffix)] + Self.values($0.difference, weight: nil) + [.text(kind)]
      }
    }
    let kind = options.moderators.isEmpty ? "pooled" : "coefficient"
    return Records(
      "rows", columns: ["study"] + Self.figures + ["kind"],
      rows: studies + terms(pool.terms, suffix: "", kind: kind)
        + terms(pool.robustTerms, suffix: "_robust", kind: "\(kind)-robust"))
  }

  /// One row: how much the estimates differ.
  package var heterogeneity: Records {
    let found = pool.heterogeneity
    func optional(_ value: Double?) -> Records.Value { value.map { .number($0) } ?? .empty }
    var columns = [
      "tau2", "i2", "h2", "q", "df", "p_value", "tau2_low", "tau2_high", "pred_low", "pred_high",
      "r2", "k", "method",
    ]
    var values: [Records.Value] = [
      .number(found.tau2), .number(found.i2), .number(found.h2), .number(found.q),
      .number(found.degreesOfFreedom), .number(found.pValue), .number(found.tau2Interval.low),
      .number(found.tau2Interval.high), optional(pool.prediction?.low),
      optional(pool.prediction?.high), optional(found.r2), .integer(pool.studies.count),
      .text(options.method.rawValue),
    ]
    if let clusters = pool.clusterCount {
      columns += ["tau2_between", "tau2_within", "log_lik", "clusters"]
      values += [
        optional(found.between), optional(found.within), optional(found.logLikelihood),
        .integer(clusters),
      ]
    }
    return Records("heterogeneity", columns: columns, rows: [values])
  }

  /// The table of all estimates with the pooled ones below.
  package var tables: [Table] {
    let weight = Phrase.weightShare.text(in: language)
    var rows = pool.studies.map { study in
      Table.Row(
        study.source.name,
        cells: [
          cell(study.difference), .number(Table.Quantity(study.weight, as: .percent(digits: 1))),
          .empty,
        ])
    }
    let isMean = options.moderators.isEmpty
    if !isMean {
      rows.append(Table.Row(Phrase.metaRegression.text(in: language), kind: .heading))
    }
    for (terms, isRobust) in [(pool.terms, false), (pool.robustTerms, true)] {
      rows += terms.map { term in
        Table.Row(
          label(term.name, isRobust: isRobust), indent: isMean ? 0 : 1,
          cells: [cell(term.difference), .empty, .probability(term.difference.pValue)],
          kind: isMean ? .total : .body)
      }
    }
    if let prediction = pool.prediction, let mean = pool.terms.first {
      rows.append(
        Table.Row(
          Phrase.newStudy.text(in: language),
          cells: [
            .estimate(
              Table.Quantity(mean.difference.estimate, as: format),
              low: prediction.low, high: prediction.high, mark: ""), .empty, .empty,
          ]))
    }
    var table =
      Table(
        title: Phrase.pooledEstimates.text(in: language),
        unit: Phrase.unit(isShare ? .percentagePoints : .estimate, level: options.level).text(
          in: language),
        columns: [
          Table.Column(Phrase.estimate.text(in: language)), Table.Column(weight),
          Table.Column(Phrase.p.text(in: language)),
        ], rows: rows, notes: sentences.map { $0.text(in: language) })
    table.chartKind = .forest
    table.reference = 0
    return [table]
  }

  private func label(_ name: String, isRobust: Bool) -> String {
    let plain =
      name == "pooled"
      ? Phrase.pooled.text(in: language)
      : name == "(Intercept)" ? Phrase.intercept.text(in: language) : name
    return isRobust ? Phrase.clusterRobust(plain).text(in: language) : plain
  }

  private func cell(_ difference: Difference) -> Table.Cell {
    .estimate(
      Table.Quantity(difference.estimate, as: format),
      low: difference.interval.low, high: difference.interval.high, mark: "")
  }

  private var sentences: [Phrase] {
    let found = pool.heterogeneity
    var phrases: [Phrase] = []
    if options.moderators.isEmpty, let mean = pool.terms.first?.difference {
      phrases.append(
        .pooledSentence(
          studies: pool.studies.count, mean.finding(as: format, level: options.level),
          prediction: pool.prediction.map { ($0.low, $0.high) }))
    }
    if !options.moderators.isEmpty {
      let slopes = (pool.robustTerms.isEmpty ? pool.terms : pool.robustTerms)
        .filter { $0.name != "(Intercept)" }
      phrases += slopes.map { term in
        .moderatorInWords(
          term.name, term.difference.finding(as: .fixed(digits: digits), level: options.level))
      }
    }
    phrases.append(
      .heterogeneity(
        tau2: found.tau2, low: found.tau2Interval.low, high: found.tau2Interval.high,
        i2: found.i2, q: found.q, df: found.degreesOfFreedom, p: found.pValue))
    if let between = found.between, let within = found.within {
      phrases.append(.nestedVariances(between: between, within: within))
    }
    if let r2 = found.r2 { phrases.append(.explainedHeterogeneity(r2)) }
    phrases += pool.tests.map(test)
    phrases.append(
      .poolingMethod(
        options.method.rawValue, error: "\(options.error)", clusters: pool.clusterCount))
    phrases.append(
      .estimatesRead(
        input.read, pooled: input.estimates.count, outside: input.outside, missing: input.missing))
    return phrases
  }

  private func test(_ test: TestResult) -> Phrase {
    if test.test == "egger" { return .eggerTest(test.statistic, df: test.df2, p: test.pValue) }
    return .joined(
      [
        .testResult(
          test.df2.isNaN ? .moderatorsChi : .moderatorsF, statistic: test.statistic,
          df1: test.df1, df2: test.df2.isNaN ? nil : test.df2, p: test.pValue),
        Phrase(verbatim: "."),
      ], separator: "")
  }
}
