internal import SurveyData
package import SurveyStatistics
package import SurveyTables

/// The machine-readable rows of comparisons, trends and tests of ranks.
package struct ComparisonRecords {
  /// The names of the group variables.
  package let groups: [String]
  /// The variable in whose categories the groups are compared; nil when there is none.
  package let within: String?
  package let language: String

  package init(groups: [String], within: String?, language: String) {
    self.groups = groups
    self.within = within
    self.language = language
  }

  private var stratum: [String] { [within].compactMap { $0 } }

  private static let figures = Array(Difference.figures.prefix(5))

  private static func figures(_ difference: Difference) -> [Records.Value] {
    Array(difference.records.prefix(5))
  }

  private static func interval(_ difference: Difference) -> [Records.Value] {
    Array(difference.records.suffix(2))
  }

  /// One row a comparison.
  package func rows(_ comparisons: [Comparison]) -> Records {
    let last =
      ["group", "reference", "estimate_group", "estimate_reference"] + Self.figures
      + ["p_adjusted", "conf_low", "conf_high", "n"]
    // A group variable has a column of its own, unless its name is one of the fixed ones.
    let own = (stratum + groups).enumerated()
      .filter { !(["variable", "category"] + last).contains($0.element) }
    let all = comparisons.flatMap { comparison in comparison.rows.map { (comparison, $0) } }
    let isImputed = all.contains { $1.difference.missingInformation != nil }
    var records = Records(
      "rows",
      columns: ["variable", "category"] + own.map(\.element) + last
        + (isImputed ? EstimateRecords.imputationFigures : []),
      rows: all.map { comparison, row in
        let codes = [row.stratum].compactMap { $0?.code } + row.groups.map(\.code)
        let names: [Records.Value] =
          [.text(comparison.variable.name), row.category.map { .text($0.code) } ?? .empty]
          + own.map { $0.offset < codes.count ? .text(codes[$0.offset]) : .empty }
        return names + [
          .text(row.group.code), .text(row.reference.code), .number(row.groupEstimate),
          .number(row.referenceEstimate),
        ] + Self.figures(row.difference) + [.number(row.adjustedP)]
          + Self.interval(row.difference) + [.integer(row.count)]
          + (isImputed ? EstimateRecords.values(row.difference.missingInformation) : [])
      })
    records.details = all.map { _, row in
      .labels(
        zip(stratum + groups, [row.stratum].compactMap(\.self) + row.groups)
          .map { ($0, $1.label.text(in: language)) })
    }
    return records
  }

  /// One row a contrast over ordered groups.
  package func trends(_ trends: [(trend: Trend, comparison: Comparison)]) -> Records {
    Records(
      "trends",
      columns: ["variable", "category"] + stratum + ["contrast"] + Self.figures
        + ["conf_low", "conf_high", "n"],
      rows: trends.flatMap { trend, comparison in
        trend.rows.map { row in
          let names: [Records.Value] =
            [.text(comparison.variable.name), row.category.map { .text($0.code) } ?? .empty]
            + stratum.map { _ in .text(row.stratum?.code ?? "") }
          return names + [.text(row.contrast.rawValue)] + Self.figures(row.difference)
            + Self.interval(row.difference) + [.integer(row.count)]
        }
      })
  }

  /// One row a group with its mean score.
  package func ranks(
    _ ranks: [(variable: String, test: RankTest, result: RankTestResult)]
  ) -> Records {
    var records = Records(
      "ranks", columns: ["variable", "test"] + stratum + groups + ["n", "estimate", "std_error"],
      rows: ranks.flatMap { variable, test, result in
        result.groups.indices.map { group in
          let names: [Records.Value] =
            [.text(variable), .text(test.rawValue)]
            + stratum.map { _ in .text(result.stratum?.code ?? "") }
          return names + [
            .text(result.groups[group].code), .integer(result.scores.counts[group]),
            .number(result.scores.values[group]), .number(result.scores.standardErrors[group]),
          ]
        }
      })
    records.details = ranks.flatMap { _, _, result in
      result.groups.map { group in
        .labels(
          zip(stratum + groups, [result.stratum].compactMap(\.self) + [group])
            .map { ($0, $1.label.text(in: language)) })
      }
    }
    return records
  }
}
