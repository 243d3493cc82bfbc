import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("The paradox verbs on the sample survey")
struct ParadoxCommandTests {
  private let data = Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path

  private func run(_ words: String...) -> (output: String, remarks: String, status: Int32) {
    let response = CommandRunner().run(words.map { $0 == "DATA" ? data : $0 })
    return (
      String(decoding: response.output, as: UTF8.self), response.remarks.joined(separator: "\n"),
      response.status
    )
  }

  /// The rows of a command's CSV, by column.
  private func rows(_ output: String) -> [[String: String]] {
    let lines = output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  private func specification(_ text: String) throws -> String {
    let file = try Places.temporaryFolder().appending(path: "paradox.yaml")
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  private static let whole = """
    judgements: [integrated, accepted]
    outcome: discriminated
    group: generation
    status: education
    exposure: [contact_majority, majority_workplace]
    awareness: [news, political_interest]
    controls: [sex, age]
    pool: country_group_three_way

    """

  @Test func `Norwegian-born feel integrated far more often than accepted`() throws {
    let result = run(
      "paradox", "gap", "DATA", "integrated", "accepted", "--by", "generation", "--format", "csv")
    let row = try #require(rows(result.output).first { $0["generation"] == "norwegian-born" })
    let gap = try #require(row["estimate"].flatMap(Double.init))
    #expect(abs(gap - 0.20) < 0.02)
    let words = run(
      "paradox", "gap", "DATA", "integrated", "accepted", "--by", "generation", "--language", "en")
    let text = words.output.replacingOccurrences(of: "\n  ", with: " ")
    #expect(text.contains("points below “Feels fully or fairly integrated” (95 %"))
  }

  @Test func `discordance has the columns of the contract`() throws {
    let result = run(
      "paradox", "discordance", "DATA", "feels_integrated >= 4", "feels_accepted >= 4", "--by",
      "generation", "--format", "csv")
    #expect(
      result.output.hasPrefix(
        "generation,n,p11,p10,p01,p00,std_error_p11,std_error_p10,std_error_p01,std_error_p00,"
          + "share_among_a,std_error_share_among_a,log_ratio,std_error_log_ratio"))
    #expect(rows(result.output).last?["generation"] == "all")
    let words = run(
      "paradox", "discordance", "DATA", "feels_integrated >= 4", "feels_accepted >= 4",
      "--language", "nb")
    #expect(words.output.contains("«Føler seg integrert» teller feels_integrated >= 4."))
  }

  @Test func `models have a row for each quantity, and the nested fits`() throws {
    let command = [
      "paradox", "models", data, "discriminated", "--key", "higher_education", "--block",
      "exposure=contact_majority,majority_workplace", "--block",
      "awareness=news,political_interest", "--controls", "sex,age", "--format",
    ]
    let csv = CommandRunner().run(command + ["csv"])
    let found = rows(String(decoding: csv.output, as: UTF8.self))
    func value(_ quantity: String, _ mediator: String) -> Double? {
      found.first { $0["quantity"] == quantity && $0["mediator"] == mediator }?["estimate"]
        .flatMap(Double.init)
    }
    let (exposure, awareness) = (value("difference", "exposure"), value("difference", "awareness"))
    let whole = try #require(value("difference", ""))
    #expect(abs((exposure ?? 0) + (awareness ?? 0) - whole) < 1e-12)
    // As the report reads the evidence: awareness carries more of it than exposure.
    #expect((awareness ?? 0) > (exposure ?? 0))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(CommandRunner().run(command + ["json"]).output))
        as? [String: Any])
    let models = try #require(json["models"] as? [[String: Any]])
    #expect(Set(models.compactMap { $0["model"] as? String }) == ["M0", "M1", "M2"])
    #expect((json["tests"] as? [[String: Any]])?.count == 4)
  }

  @Test func `the gradient of discrimination is steeper for the Norwegian-born`() throws {
    let result = run(
      "paradox", "gradient", "DATA", "discriminated", "--over", "education", "--by", "generation",
      "--where", "generation != 'none'", "--format", "csv")
    let second = rows(result.output).filter { $0["quantity"] == "second_difference" }
    #expect(second.count == 3)
    #expect(second.allSatisfy { ($0["estimate"].flatMap(Double.init) ?? 0) > 0 })
    #expect(rows(result.output).contains { $0["term"] == "linear" && $0["generation"] == "all" })
  }

  @Test func `all tables in one call`() throws {
    let spec = try specification(Self.whole)
    let condition = "generation != 'none'"
    let text = run(
      "paradox", "all", "DATA", "--spec", spec, "--where", condition, "--language", "en")
    #expect(text.status == 0)
    for table in ["T1. ", "T2. ", "T3. ", "T4. ", "T5. ", "T7. "] {
      #expect(text.output.contains("\n\(table)") || text.output.hasPrefix(table), "\(table)")
    }
    let csv = run(
      "paradox", "all", "DATA", "--spec", spec, "--where", condition, "--format", "csv")
    #expect(csv.output.hasPrefix("table,generation,item,quantity,detail,n,estimate,std_error"))
    let html = run(
      "paradox", "all", "DATA", "--spec", spec, "--where", condition, "--format", "html")
    #expect(html.status == 0 && html.output.contains("T4. "))
  }

  @Test(arguments: [
    ("judgement: [a, b]", "paradox.yaml:1:1: 'judgement' is no part of the paradox"),
    ("judgements: [integrated]", "'judgements' must be two"),
    ("judgements: [integrated, accepted]", "the part 'outcome' is missing"),
    (
      Self.whole.replacingOccurrences(of: "[news,", with: "[newss,"),
      "paradox.yaml: awareness: no variable 'newss'"
    ),
  ])
  func `a faulty specification is said with its place`(_ text: String, _ message: String) throws {
    let result = run("paradox", "all", "DATA", "--spec", try specification(text))
    #expect(result.status != 0)
    #expect(result.remarks.contains(message), "\(result.remarks)")
  }
}
