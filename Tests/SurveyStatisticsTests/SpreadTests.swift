import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

/// Merged people whose sampling units are too many to add up beside their answers.
@Suite("Merged people in many sampling units") struct SpreadTests {
  /// Everybody is a sampling unit, so that units × answers are more than are added up.
  private func survey(groups: Int, rows: Int = 24_000) throws -> Survey {
    func numbers(_ value: (Int) -> Double) -> Column {
      .numbers(NumericColumn(values: (0..<rows).map(value), missing: [.system]))
    }
    let group = CategoricalColumn(
      positions: Positions((0..<rows).map { $0 * 7 % groups }, valueCount: groups + 1),
      categories: (0..<groups).map { Category("\($0)") }, missing: [.system])
    return try Survey(
      Dataset(
        MemorySource([
          ("g", .codes(group)), ("score", numbers { Double($0 % 11) }),
          ("w", numbers { 1 + Double($0 % 5) / 4 }), ("stratum", numbers { Double($0 % 3) }),
          ("id", numbers { Double($0) }),
        ])), weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "stratum", psu: ["id"]))
  }

  /// The command merges so many people by itself; a rule between two values must not see it.
  @Test(arguments: QuantileRule.allCases)
  func `medians that are compared are those of the people`(rule: QuantileRule) throws {
    let survey = try survey(groups: 4)
    var options = EstimationOptions()
    options.quantileRule = rule
    let found = try survey.compare(.median(of: "score"), across: ["g"], options: options).rows
    let rows = try survey.summarize(
      "score", by: ["g"], statistics: [.quantile(0.5)], options: options
    ).rows
    #expect(found.map(\.groupEstimate) == rows.dropFirst().map(\.estimate))
  }

  /// Of 900 groups most units have nobody in most.
  @Test(arguments: [4, 900]) func `their means are those of the people`(groups: Int) throws {
    let survey = try survey(groups: groups)
    let inputs: [(name: String, view: ColumnView)] = [("g", .codes), ("score", .numbers)]
    let merged = try survey.merged(over: inputs, .always)
    #expect(merged.weights.values.count == groups * 11)
    // Cells by unit are the people themselves here.
    let people = try survey.merged(over: inputs, .byUnit).summarize("score", by: ["g"]).rows
    let rows = try merged.summarize("score", by: ["g"]).rows
    #expect(rows.count == groups && people.count == groups)
    for (a, b) in zip(rows, people) {
      #expect(a.count == b.count && a.degreesOfFreedom == b.degreesOfFreedom)
      expectClose([a.estimate, a.standardError], [b.estimate, b.standardError], tolerance: 1e-11)
    }
  }
}
