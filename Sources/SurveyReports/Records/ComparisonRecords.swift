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
    let own = Records.columns(
      of: stratum + groups,
      beside: ["variable", "category"] + last + EstimateRecords.imputationFigures
        + ["published", "published_status"])
    let all = comparisons.flatMap { comparison in comparison.rows.map { (comparison, $0) } }
    let isImputed = all.contains { $1.difference.missingInformation != nil }
    var records = Records(
      "rows",
      columns: ["variable", "category"] + own + last
        + (isImputed ? EstimateRecords.imputationFigures : []),
      rows: all.map { comparison, row in
        let codes = [row.stratum].compactMap { $0?.code } + row.groups.map(\.code)
        let names: [Records.Value] =
          [.text(comparison.variable.name), row.category.map { .text($0.code) } ?? .empty]
          + own.indices.map { $0 < codes.count ? .text(codes[$0]) : .empty }
        return names + [
          .text(row.group.code), .text(row.reference.code), .number(row.groupEstimate),
          .number(row.referenceEstimate),
        ] + Self.figures(row.difference) + [.number(row.adjustedP)]
          + Self.interval(row.difference) + [.integer(row.count)]
          + (isImputed ? EstimateRecords.values(row.difference.missingInformation) : [])
      })
    records.details = all.map { _, row in
      .labels(
        zip(own, [row.stratum].compactMap(\.self) + row.groups)
          .map { ($0, $1.label.text(in: language)) })
    }
    records.shares = all.map { comparison, row in
      guard row.category != nil else { return [] }
      let sides: Set = ["estimate_group", "estimate_reference"]
      return comparison.measure == .difference ? sides.union(Self.differences) : sides
    }
    return records
  }

  /// What is a difference of shares where shares are compared.
  private static let differences: Set = ["estimate", "std_error", "conf_low", "conf_high"]

  /// One row a contrast over ordered groups.
  package func trends(_ trends: [(trend: Trend, comparison: Comparison)]) -> Records {
    let head = ["variable", "category"]
    let last = ["contrast"] + Self.figures + ["conf_low", "conf_high", "n"]
    var records = Records(
      "trends", columns: head + Records.columns(of: stratum, beside: head + last) + last,
      rows: trends.flatMap { trend, comparison in
        trend.rows.map { row in
          let names: [Records.Value] =
            [.text(comparison.variable.name), row.category.map { .text($0.code) } ?? .empty]
            + stratum.map { _ in .text(row.stratum?.code ?? "") }
          return names + [.text(row.contrast.rawValue)] + Self.figures(row.difference)
            + Self.interval(row.difference) + [.integer(row.count)]
        }
      })
    records.shares = trends.flatMap { trend, _ in
      trend.rows.map { $0.category == nil ? [] : Self.differences }
    }
    return records
  }

  /// One row a group with its mean score.
  package func ranks(
    _ ranks: [(variable: String, test: RankTest, result: RankTestResult)]
  ) -> Records {
    let (head, last) = (["variable", "test"], ["n", "estimate", "std_error"])
    let own = Records.columns(of: stratum + groups, beside: head + last)
    var records = Records(
      "ranks", columns: head + own + last,
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
          zip(own, [result.stratum].compactMap(\.self) + [group])
            .map { ($0, $1.label.text(in: language)) })
      }
    }
    return records
  }
}
