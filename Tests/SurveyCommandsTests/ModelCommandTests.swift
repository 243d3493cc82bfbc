import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("The verb model")
struct ModelCommandTests {
  /// Runs `model` on the sample data.
  private func run(_ words: String...) -> (output: String, remarks: String, status: Int32) {
    let data = Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path
    let response = CommandRunner().run(["model", data] + words)
    return (
      String(decoding: response.output, as: UTF8.self), response.remarks.joined(separator: "\n"),
      response.status
    )
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "no object")
  }

  @Test func `several formulas have their number first and rest on the same respondents`() throws {
    let formulas = ("general_trust ~ origin", "general_trust ~ origin + education")
    let csv = run(formulas.0, formulas.1, "--format", "csv").output
    #expect(
      csv.hasPrefix(
        "model,term,variable,category,estimate,std_error,statistic,df,p_value,conf_low,conf_high\n1,"
      ))
    #expect(csv.contains("\n2,education="))
    let json = try object(run(formulas.0, formulas.1, "--format", "json").output)
    let fit = try #require(json["fit"] as? [[String: Any]])
    #expect(fit.count == 2)
    #expect(fit[0]["n"] as? Int == fit[1]["n"] as? Int)
    let differences = try #require(json["differences"] as? [[String: Any]])
    #expect(differences.count == 1)
    #expect(differences[0]["term"] as? String == "education")
    #expect(differences[0]["model"] as? Int == 2 && differences[0]["than"] as? Int == 1)
  }

  @Test func `one formula has its fit in one row`() throws {
    let json = try object(run("general_trust ~ age", "--format", "json").output)
    let fit = try #require((json["fit"] as? [[String: Any]])?.first)
    for name in ["aic", "bic", "r2_nagelkerke", "roc_area", "archer_lemeshow_p", "dispersion"] {
      #expect(fit[name] is Double, "no \(name)")
    }
    #expect(fit["r2"] is NSNull)
    let rows = try #require(json["rows"] as? [[String: Any]])
    #expect(rows[0]["model"] == nil)
  }

  @Test func `stars and other tests come when asked for`() {
    let formula = "general_trust ~ origin + age"
    let plain = run(formula, "--language", "en").output
    #expect(!plain.contains("*"))
    #expect(plain.contains("Fit: AIC"))
    let starred = run(formula, "--language", "en", "--stars", "--term-tests", "lrt").output
    #expect(starred.contains("0.24***"))
    #expect(starred.contains("Rao–Scott likelihood ratio(4,"))
    let norwegian = run(formula, "--language", "nb").output
    #expect(norwegian.contains("Tilpasning: AIC"))
  }

  @Test func `side by side in both languages`() {
    let words = ["general_trust ~ origin", "general_trust ~ origin + age"]
    let english = run(words[0], words[1], "--language", "en").output
    #expect(english.contains("(1)") && english.contains("(2)"))
    #expect(english.contains("Origin (reference: Immigrants, country group 1"))
    #expect(english.contains("(2) against (1), age: Wald F(1,"))
    #expect(run(words[0], words[1], "--language", "nb").output.contains("(2) mot (1), age:"))
  }

  @Test(arguments: [
    (["general_trust ~ age", "--ci", "wilson"], "--ci wilson is for proportions"),
    (["general_trust ~ age", "--family", "gamma"], "has 2 categories (careful, most)"),
    (["general_trust ~ age", "--by", "sex"], "a model is of everybody"),
    (["general_trust ~ poly(age, 0)"], "the degree of a polynomial is a whole number"),
    (["age ~ sex", "--family", "gamma", "--ci", "likelihood"], "no likelihood intervals"),
  ]) func `what cannot be is said`(words: [String], part: String) {
    let data = Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path
    let response = CommandRunner().run(["model", data] + words)
    #expect(response.status == 64)
    #expect(response.remarks.joined().contains(part), "\(response.remarks)")
  }
}
