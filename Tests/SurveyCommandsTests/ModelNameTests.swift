import Foundation
import SurveyCommands
import SurveyModels
import Testing
import VektTestSupport

@Suite("Names of models")
struct ModelNameTests {
  private let data = Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path
  private static let crude = "general_trust ~ age"
  private static let adjusted = "general_trust ~ age + education"

  private func run(_ words: [String]) -> (output: String, remarks: String, status: Int32) {
    let response = CommandRunner().run(words)
    return (
      String(decoding: response.output, as: UTF8.self), response.remarks.joined(separator: "\n"),
      response.status
    )
  }

  private func model(_ words: String...) -> (output: String, remarks: String, status: Int32) {
    run(["model", data] + words)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "no object")
  }

  @Test(arguments: [
    ("A: y ~ x", "A", "y ~ x"), ("A:y ~ x", "A", "y ~ x"),
    ("Model  1 : y ~ a:b", "Model 1", "y ~ a:b"),
    ("Women's: y == 'a:b' ~ x", "Women's", "y == 'a:b' ~ x"),
    ("y ~ a:b", nil, "y ~ a:b"), ("y == 'a:b' ~ x", nil, "y == 'a:b' ~ x"),
    ("y == \"a:b\" ~ x", nil, "y == \"a:b\" ~ x"), ("Justert: y ~ x", "Justert", "y ~ x"),
  ]) func `what stands before the first colon of the left side is the name`(
    text: String, name: String?, source: String
  ) throws {
    let formula = try Formula(named: text)
    #expect(formula.name == name && formula.source == source)
  }

  @Test func `a name heads its column, and a model without one has its number`() {
    let table = model("Crude: \(Self.crude)", Self.adjusted, "--language", "en").output
    let heading = table.split(separator: "\n").first { $0.contains("Crude") }
    #expect(heading?.split(separator: " ") == ["Crude", "(2)"])
    #expect(table.contains("\nCrude: general_trust ~ age\n(2) general_trust ~ age + education\n"))
    #expect(table.contains("(2) against Crude, education: Wald F(3,"))
    #expect(
      model("Crude: \(Self.crude)", "Adjusted: \(Self.adjusted)", "--language", "nb").output
        .contains("Adjusted mot Crude, education:"))
    // One model has its p-values beside it, and its name over them.
    let one = model("Crude: \(Self.crude)", "--language", "en").output
    #expect(one.contains("\n             Crude\n"), "\(one)")
    #expect(!one.contains("(1)"))
  }

  @Test func `--models says the same, and one model then has a column of its own`() {
    let words = ["Crude: \(Self.crude)", "Adjusted: \(Self.adjusted)", "--format", "csv"]
    let plain = run(["model", data] + words).output
    #expect(run(["model", data, "--models"] + words).output == plain)
    #expect(run(["model", data] + words + ["--models"]).output == plain)
    let one = model("--models", "Crude: \(Self.crude)", "--language", "en").output
    #expect(one.contains("\nn        ") && one.contains("\nCrude: general_trust ~ age\n"), "\(one)")
  }

  @Test func `names stand in records beside the numbers, and change none of them`() throws {
    let named = ["A: \(Self.crude)", "B: \(Self.adjusted)", "--format", "json"]
    let json = try object(run(["model", data] + named).output)
    let plain = try object(
      run(["model", data, Self.crude, Self.adjusted, "--format", "json"]).output)
    for table in ["rows", "tests", "fit", "differences", "formulas"] {
      let found = try #require(json[table] as? [[String: Any]])
      let wanted = try #require(plain[table] as? [[String: Any]])
      #expect(!found.isEmpty)
      #expect(
        found.map { $0["model_name"] as? String }
          == found.map { ["A", "B"][($0["model"] as? Int ?? 0) - 1] })
      let rest = found.map { $0.filter { !["model_name", "than_name"].contains($0.key) } }
      #expect(rest as NSArray == wanted as NSArray)
    }
    let difference = try #require((json["differences"] as? [[String: Any]])?.first)
    #expect(difference["than_name"] as? String == "A")
    let one = try object(model("A: \(Self.crude)", "--format", "json").output)
    let row = try #require((one["rows"] as? [[String: Any]])?.first)
    #expect(row["model_name"] as? String == "A" && row["model"] == nil)
  }

  @Test func `names stand in programs as comments`() {
    let words = ["Crude /* x: \(Self.crude)", "Adjusted: \(Self.adjusted)"]
    let r = run(["model", data] + words + ["--emit", "r"]).output
    #expect(r.contains("\n# Adjusted: general_trust ~ age + education\nfit2 <- "), "\(r)")
    let stata = run(["model", data] + words + ["--emit", "stata"]).output
    #expect(stata.contains("\n* Adjusted: general_trust ~ age + education\n"))
    #expect(stata.contains("\n* Crude -* x: general_trust ~ age\n"))
    #expect(!stata.contains("/*"))
    let several = run(
      [
        "model", data, "A: feels_accepted ~ age", "B: feels_accepted ~ age + sex", "--family",
        "ordinal", "--emit", "stata",
      ]).output
    #expect(several.contains("\n* A: feels_accepted ~ age\n"))
  }

  @Test(arguments: [
    (["A: y ~ x", "A:y ~ z"], "two models are called 'A'"),
    (["(2): y ~ x", "y ~ z"], "two models are called '(2)'"),
    ([": y ~ x"], "there is no name before ':' in the model ': y ~ x'"),
    ([" : y ~ x"], "Write 'Adjusted: y ~ x', or leave out the colon."),
    (["A: B: y ~ x"], "':'"),
    (["A: y + x"], "a formula needs '~' between the outcome and the terms"),
  ]) func `names that tell nothing apart are refused`(formulas: [String], part: String) {
    let response = run(["model", data] + formulas)
    #expect(response.status == 64)
    #expect(response.remarks.contains(part), "\(response.remarks)")
  }

  @Test(arguments: [
    "paradox decompose DATA NAMED --by sex --covariates age",
    "paradox gradient DATA NAMED --over education",
    "paradox models DATA NAMED --key education --block m=age",
  ]) func `an outcome of another verb has no name`(line: String) {
    let words = line.split(separator: " ").map(String.init)
    let response = run(words.map { $0 == "DATA" ? data : $0 == "NAMED" ? "A: discriminated" : $0 })
    #expect(response.status == 64 && response.remarks.contains("':' has no meaning here"))
  }

  @Test func `imputed models and several answers have names too`() throws {
    let folder = try Places.temporaryFolder()
    for imputation in 1...3 {
      let lines = (1...40).map { person in
        "\(person % 2),\((person * 7 + imputation * (person % 5)) % 3 % 2),\(20 + person)"
      }
      try (["sex,trust,age"] + lines).joined(separator: "\n").write(
        to: folder.appending(path: "imp_\(imputation).csv"), atomically: true, encoding: .utf8)
    }
    let found = run([
      "model", "--models", "A: age ~ sex", "B: age ~ sex + trust", "--imputations",
      folder.appending(path: "imp_*.csv").path, "--parentheses", "se", "--language", "en",
    ])
    #expect(found.status == 0, "\(found.remarks)")
    #expect(found.output.contains("B against A, trust:") && !found.output.contains("\ndf  "))
    let several = model(
      "A: region ~ age", "B: region ~ age + sex", "--family", "multinomial", "--format", "csv")
    #expect(several.output.hasPrefix("model,model_name,outcome,term,"))
    let one = model("A: region ~ age", "--family", "multinomial", "--language", "en").output
    #expect(one.hasPrefix("Region: multinomial regression – A "))
  }
}
