import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Models of several answers on the command line")
struct CategoryCommandTests {
  private let formula = "majority_friends ~ age + education"

  /// Runs `model` on the sample data.
  private func run(_ words: [String]) -> (output: String, remarks: String, status: Int32) {
    let data = Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path
    let response = CommandRunner().run(["model", data] + words)
    return (
      String(decoding: response.output, as: UTF8.self), response.remarks.joined(separator: "\n"),
      response.status
    )
  }

  private func rows(_ name: String, _ words: [String]) throws -> [[String: Any]] {
    let result = run(words + ["--format", "json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any],
      "\(result.remarks)")
    return object[name] as? [[String: Any]] ?? []
  }

  @Test(arguments: ["ordinal", "multinomial"])
  func `margins and predictions have a row an answer`(family: String) throws {
    let csv = run([formula, "--family", family, "--margins", "education", "--format", "csv"]).output
    #expect(
      csv.hasPrefix(
        "term,variable,category,contrast,outcome,outcome_label,estimate,std_error,statistic,df,p_value,"
          + "conf_low,conf_high,n\neducation=2,education,2,2 - 1,1,Nesten ingen,"))
    let words = [formula, "--family", family, "--margins", "education", "--over", "sex"]
    let margins = try rows("margins", words)
    #expect(margins.count == 3 * 2 * 4)
    #expect(margins[0]["outcome"] as? String == "1")
    let labels = try #require(margins[0]["labels"] as? [String: String])
    #expect(labels["outcome"] == "Nesten ingen")
    for start in stride(from: 0, to: margins.count, by: 4) {
      let sum = margins[start..<start + 4].reduce(0) { $0 + ($1["estimate"] as? Double ?? .nan) }
      #expect(abs(sum) < 1e-12)
    }
    #expect(try rows("second_differences", words).count == 3 * 4)
    let tests = try rows("tests", words).filter { $0["test"] as? String == "second-differences" }
    #expect(
      tests.map { $0["variable"] as? String }
        == [family == "ordinal" ? "majority_friends=1" : "majority_friends"])
    #expect(tests.map { $0["df1"] as? Double } == [family == "ordinal" ? 3 : 9])
    let predictions = try rows(
      "predictions", [formula, "--family", family, "--predict", "education=1,4"])
    #expect(predictions.count == 2 * 4)
    let total = predictions.prefix(4).reduce(0) { $0 + ($1["estimate"] as? Double ?? .nan) }
    #expect(abs(total - 1) < 1e-12)
  }

  @Test(arguments: ["ordinal", "multinomial"])
  func `several formulas, stars, tests and ratios are there`(family: String) throws {
    let words = ["majority_friends ~ age", formula, "--family", family]
    let differences = try rows("differences", words + ["--term-tests", "lrt"])
    #expect(differences.map { $0["test"] as? String } == ["lrt"])
    #expect(differences.map { $0["term"] as? String } == ["education"])
    let fit = try rows("fit", words)
    #expect(fit.count == 2 && fit[0]["n"] as? Int == fit[1]["n"] as? Int)
    #expect(fit.allSatisfy { $0["aic"] is Double && $0["r2_mcfadden"] is Double })
    let ratios = try rows("rows", [formula, "--family", family, "--exponentiate"])
    #expect(ratios.allSatisfy { $0["exp_estimate"] is Double })
    let text = run(words + ["--stars", "--language", "en"]).output
    #expect(text.contains("***") && text.contains("All models rest on the same respondents."))
    #expect(text.contains(family == "ordinal" ? "Cut points" : "Compared with the answer"))
    let likelihood = try rows(
      "rows", ["majority_friends ~ age", "--family", family, "--ci", "likelihood"])
    for row in likelihood {
      let low = try #require(row["conf_low"] as? Double)
      let high = try #require(row["conf_high"] as? Double)
      let estimate = try #require(row["estimate"] as? Double)
      #expect(low < estimate && estimate < high && high - estimate != estimate - low)
    }
  }

  @Test func `tables say what they hold, in both languages`() {
    let words = [formula, "--family", "ordinal", "--margins", "education"]
    let english = run(words + ["--language", "en"]).output
    #expect(
      english.contains("All effects of Highest completed education on the answer “Almost none”"))
    let norwegian = run(words + ["--language", "nb"]).output
    #expect(norwegian.contains("på svaret «Nesten ingen»"))
  }

  @Test(arguments: [
    (["--family", "multinomial", "--contrast", "age"], "there is no coefficient 'age'"),
    (["--family", "ordinal", "--margins", "sex"], "is not among the model's predictors"),
    (["--family", "ordinal", "--ci", "beta"], "is for proportions"),
  ])
  func `what does not fit is refused`(words: [String], problem: String) {
    let result = run([formula] + words)
    #expect(result.status == 64)
    #expect(result.remarks.contains(problem), "\(result.remarks)")
  }
}
