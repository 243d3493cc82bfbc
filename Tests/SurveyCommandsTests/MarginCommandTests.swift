import Foundation
import SurveyCommands
import Testing

@Suite("What model is asked after the fit")
struct MarginCommandTests {
  private static let figures = "estimate,std_error,statistic,df,p_value,conf_low,conf_high"

  private func run(_ words: [String]) throws -> SmallSurvey.Result {
    try SmallSurvey().result(["model", "DATA", "age ~ region"] + words)
  }

  private func lines(_ words: String...) throws -> [String] {
    try run(words + ["--format", "csv"]).output.split(separator: "\n").map(String.init)
  }

  @Test func `what was asked for is what CSV holds`() throws {
    func expect(_ line: String, _ start: String, _ estimate: Double) throws {
      #expect(line.hasPrefix(start + ","), "\(line)")
      let field = try #require(line.dropFirst(start.count + 1).split(separator: ",").first)
      #expect(abs(try #require(Double(field)) - estimate) < 1e-12 * 100)
    }
    let margins = try lines("--margins", "region")
    #expect(margins[0] == "term,variable,category,contrast,\(Self.figures),n")
    try expect(margins[1], "region=s,region,s,s - n", 27.5)
    #expect(margins.count == 2)

    let predictions = try lines("--predict", "region=n,s")
    #expect(predictions[0] == "region,estimate,std_error,df,conf_low,conf_high,n")
    try expect(predictions[1], "n", 29.5)
    try expect(predictions[2], "s", 57)

    let contrasts = try lines("--contrast", "region=s / 2", "--contrast", "(Intercept) + region=s")
    #expect(contrasts[0] == "contrast,\(Self.figures)")
    try expect(contrasts[1], "region=s / 2", 13.75)
    try expect(contrasts[2], "(Intercept) + region=s", 57)

    let over = try lines("--margins", "region", "--over", "trust")
    #expect(over[0] == "term,variable,category,contrast,trust,trust_label,\(Self.figures),n")
    try expect(over[1], "region=s,region,s,s - n,1,Yes", 27.5)
  }

  @Test func `JSON holds everything under its name`() throws {
    let result = try run([
      "--margins", "region", "--over", "trust", "--predict", "region=all", "--contrast", "region=s",
      "--format", "json",
    ])
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    func rows(_ name: String) -> [[String: Any]] { object?[name] as? [[String: Any]] ?? [] }
    #expect(rows("margins").count == 2)
    #expect(rows("second_differences").map { $0["group"] as? String } == ["2"])
    #expect(rows("predictions").count == 4)
    #expect(rows("contrasts").count == 1)
    #expect(rows("rows").map { $0["term"] as? String } == ["(Intercept)", "region=s"])
    #expect(rows("tests").contains { $0["test"] as? String == "second-differences" })
    let labels = rows("margins").first?["labels"] as? [String: String]
    #expect(labels == ["region": "South", "trust": "Yes"])
  }

  @Test func `tables say what they hold, in both languages`() throws {
    let english = try run(["--margins", "region", "--predict", "region=s"]).output
    #expect(english.contains("Average marginal effect of Region (South − North)"))
    #expect(english.contains("Adjusted predictions: Age"))
    #expect(english.contains("covariates count as given"))
    let norwegian = try run(["--margins", "region", "--language", "nb", "--unconditional"]).output
    #expect(norwegian.contains("Gjennomsnittlig marginaleffekt av Region (South − North)"))
    #expect(norwegian.contains("Kovariatene regnes som trukket"))
  }

  @Test(arguments: [
    (["--over", "trust"], "--over and --at belong to"),
    (["--at", "region=s"], "--over and --at belong to"),
    (["--effects", "pairwise"], "--effects belongs to --margins"),
    (["--predict", "region=s", "--effects", "pairwise"], "--effects belongs to --margins"),
    (["--unconditional"], "belong to --margins or --predict"),
    (["--margins", "region", "--unconditional", "--se", "fixed"], "--unconditional means"),
    (["--margins", "regoin"], "Did you mean 'region'?"),
    (["--margins", "trust"], "trust: is not among the model's predictors: region"),
    (["--predict", "region=w"], "region: has no code 'w' among n, s"),
    (["--contrast", "region=w"], "there is no coefficient 'region=w'"),
  ])
  func `what does not fit is refused`(words: [String], problem: String) throws {
    let result = try run(words)
    #expect(result.status == 64)
    #expect(result.remarks.contains(problem), "\(result.remarks)")
  }
}
