import Foundation
import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

extension Survey {
  func ratioEstimates(_ a: String, over b: String, by groups: [String]) throws -> Estimates {
    // What is read: one pass over the file, and all that merged people know.
    let inputs =
      groups.map { (name: $0, view: ColumnView.codes) } + [a, b].map { ($0, .numbers) }
    // In every imputed data set; a survey as it is has one.
    let found = try findings { survey in
      let survey = try survey.merged(over: inputs)
      try survey.dataset.load(inputs)
      let (x, y) = (try survey.dataset.numeric(a), try survey.dataset.numeric(b))
      // Who counts, in which group; the others are accounted for.
      let cases = try Cases([(a, x), (b, y)], by: groups, in: survey)
      // The value of every group.
      let sums = cases.sums(width: 2) { row, _, f in (f[0], f[1]) = (x.values[row], y.values[row]) }
      let ratios = cases.groups.indices.map { sums[2 * $0] / sums[2 * $0 + 1] }
      // The influence of one unit of weight, summed over sampling units.
      let totals = try cases.totals(width: 1) { row, group, u in
        u[0] = (x.values[row] - ratios[group] * y.values[row]) / sums[2 * group + 1]
      }
      return Estimates(
        labels: cases.groups.indices.map {
          Estimates.Label(variable: "\(a)/\(b)", groups: cases.categories($0).map(\.code))
        }, values: ratios, counts: cases.bases.map(\.count),
        weightedCounts: cases.bases.map(\.weight), totals: totals)
    }
    return try found.estimates { $0 }
  }
}

@Suite("The page that shows how an estimator is added") struct AddingAnEstimatorTests {
  @Test func `its example is the estimator of the house`() throws {
    let survey = try Survey(
      Golden.dataset(), weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
    let found = try survey.ratioEstimates("xm", over: "y", by: ["g"])
    let rows = try survey.ratio("xm", over: "y", by: ["g"]).rows
    #expect(found.values == rows.map(\.estimate))
    #expect(found.standardErrors == rows.map(\.standardError))
    let copies = try Survey(imputations: [survey, survey])
    #expect(try copies.ratioEstimates("xm", over: "y", by: ["g"]).values == found.values)
  }

  @Test func `the page prints what runs here, on fewer than sixty lines`() throws {
    let page = try String(
      contentsOf: Places.root.appending(
        path: "Sources/Vekt/Documentation.docc/AddingAnEstimator.md"), encoding: .utf8)
    let code = try #require(
      page.components(separatedBy: "```swift\n").last?.components(separatedBy: "```").first)
    let tests = try String(contentsOfFile: #filePath, encoding: .utf8)
    #expect(tests.contains(code) && page.split(separator: "\n").count < 60)
  }
}
