internal import SurveyData
package import SurveyStatistics
package import SurveyTables

/// The machine-readable rows of estimates: the same columns for every verb that estimates.
package struct EstimateRecords {
  /// The names of the group variables.
  package let groups: [String]
  package let language: String

  package init(groups: [String], language: String) {
    self.groups = groups
    self.language = language
  }

  /// The columns after those that say what is estimated.
  package static let figures = [
    "n", "weighted_n", "estimate", "std_error", "conf_low", "conf_high", "df", "deff", "cv", "flag",
  ]

  /// The values of those columns.
  package static func values(_ row: EstimateRow) -> [Records.Value] {
    var flags = row.flags.map(\.rawValue)
    if row.isExact { flags.append("exact") }
    return [
      .integer(row.count), .number(row.weightedCount), .number(row.estimate),
      .number(row.standardError), .number(row.interval.low), .number(row.interval.high),
      .number(row.degreesOfFreedom), .number(row.designEffect),
      .number(row.coefficientOfVariation),
      flags.isEmpty ? .empty : .text(flags.joined(separator: " ")),
    ]
  }

  /// The columns that an option adds; a group does not take their names, so that its own does not
  /// depend on the options.
  private static let others =
    imputationFigures + [
      "letter", "exceeds", "bound_low", "bound_high", "base", "with", "p_value", "published",
      "published_status",
    ]

  /// The columns that combined imputations have besides.
  package static let imputationFigures = ["fmi", "relative_efficiency"]

  /// The values of those columns.
  package static func values(_ information: MissingInformation?) -> [Records.Value] {
    guard let information else { return [.empty, .empty] }
    return [.number(information.fraction), .number(information.relativeEfficiency)]
  }

  /// Records of shares, `variable, category, label, <groups>, n, …`.
  package func shares(_ rows: [EstimateRow]) -> Records {
    var records = records(rows, head: ["variable", "category", "label"]) { row in
      [
        .text(row.variable), .text(row.category?.code ?? ""),
        .text(row.category?.label.text(in: language) ?? ""),
      ]
    }
    records.shares = rows.map { _ in ["estimate", "std_error", "conf_low", "conf_high"] }
    return records
  }

  /// Records of means, totals and the like, `variable, statistic, <groups>, n, …`.
  package func summaries(_ rows: [EstimateRow]) -> Records {
    records(rows, head: ["variable", "statistic"]) { row in
      [.text(row.variable), .text(row.statistic)]
    }
  }

  private func records(
    _ rows: [EstimateRow], head: [String], values: (EstimateRow) -> [Records.Value]
  ) -> Records {
    let isImputed = rows.contains { $0.missingInformation != nil }
    let own = Records.columns(of: groups, beside: head + Self.figures + Self.others)
    var records = Records(
      "rows",
      columns: head + own + Self.figures + (isImputed ? Self.imputationFigures : []),
      rows: rows.map {
        values($0) + $0.groups.map { .text($0.code) } + Self.values($0)
          + (isImputed ? Self.values($0.missingInformation) : [])
      })
    guard !groups.isEmpty else { return records }
    records.details = rows.map { row in
      let labels = zip(own, row.groups).map { name, category in
        Tree.Member(name, .text(category.label.text(in: language)))
      }
      return [Tree.Member("labels", .object(labels))]
    }
    return records
  }

  /// Records with the columns of combined imputations, where there are any.
  ///
  /// - Parameter information: What each row misses.
  package static func adding(_ information: [MissingInformation?], to records: Records) -> Records {
    guard information.contains(where: { $0 != nil }) else { return records }
    var result = Records(
      records.name, columns: records.columns + imputationFigures,
      rows: zip(records.rows, information).map { $0 + values($1) })
    result.details = records.details
    result.shares = records.shares
    return result
  }

  /// Records of tests, `test, variable, by, term, statistic, df1, df2, p_value`.
  package static func tests(_ tests: [TestResult]) -> Records {
    Records(
      "tests",
      columns: ["test", "variable", "by", "term", "statistic", "df1", "df2", "p_value"],
      rows: tests.map { test in
        [
          .text(test.test), .text(test.variable), .text(test.by), .text(test.term),
          .number(test.statistic), .number(test.df1), .number(test.df2), .number(test.pValue),
        ]
      })
  }
}
