import Foundation
import SurveyCommands
import Testing

@Suite("The verb compare, and letters in tables")
struct ComparisonCommandTests {
  let survey: SmallSurvey

  init() throws {
    survey = try SmallSurvey(
      """
      id,region,trust,police,age,wave,w
      1,n,1,1,20,2019,1.5
      2,n,2,2,35,2021,0.5
      3,s,1,2,50,2024,1
      4,s,1,1,64,2019,1
      5,s,2,2,33,2021,2
      6,n,1,1,41,2024,1
      7,n,2,1,28,2019,1
      8,s,2,2,71,2021,1
      9,n,1,2,45,2024,1
      10,s,8,1,39,2019,2

      """,
      codebook: """
        vekt: 1
        language: en
        variables:
          id: {type: integer, role: id}
          region: {label: {en: Region, nb: Landsdel}, codes: {n: North, s: South}, type: text}
          trust: {label: Trust in others, type: integer, codes: {1: "Yes", 2: "No"}, missing: {8: dont_know}}
          police: {label: Trust in the police, type: integer, codes: {1: "Yes", 2: "No"}}
          age: {label: Age, type: integer, measure: ratio, unit: years, range: [15, 120]}
          wave: {label: Wave, type: integer, codes: [2019, 2021, 2024], measure: ordinal}
        weights:
          w: {var: w, default: true}
        design: none

        """)
  }

  func json(_ words: String...) throws -> [String: Any] {
    let response = CommandRunner().run(
      ["compare", survey.data] + words + ["--format", "json"])
    #expect(response.status == 0, "\(response.remarks)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(response.output)) as? [String: Any])
  }

  func rows(_ result: [String: Any], _ name: String = "rows") -> [[String: Any]] {
    result[name] as? [[String: Any]] ?? []
  }

  func header(_ words: String...) -> String? {
    let response = CommandRunner().run(
      ["compare", survey.data] + words + ["--format", "csv"])
    return String(decoding: response.output, as: UTF8.self).split(separator: "\n").first.map(
      String.init)
  }

  static let figures =
    "group,reference,estimate_group,estimate_reference,estimate,std_error,statistic,df,p_value,"
    + "p_adjusted,conf_low,conf_high,n"

  @Test func `the columns are the contract's, with one for every group variable`() {
    #expect(
      header("age", "--by", "region") == "variable,category,region,region_label,\(Self.figures)")
    #expect(
      header("age", "--by", "region,wave", "--reference", "n,2019")
        == "variable,category,region,region_label,wave,\(Self.figures)")
    #expect(
      header("age", "--by", "region", "--within", "wave")
        == "variable,category,wave,region,region_label,\(Self.figures)")
    #expect(header("age", "--to", "40") == "variable,category,\(Self.figures)")
  }

  @Test func `several variables stand below each other`() throws {
    let found = rows(try json("trust", "age", "--by", "region"))
    #expect(found.map { $0["variable"] as? String } == ["trust", "age"])
    let all = rows(try json("trust", "age", "--by", "region", "--answer", "all"))
    #expect(all.map { $0["variable"] as? String } == ["trust", "trust", "age"])
    #expect(found[0]["group_label"] as? String == "South")
    #expect(found[0]["label"] as? String == "Yes")
  }

  @Test func `two variables without groups are two answers of the same people`() throws {
    let result = try json("trust", "police")
    #expect(rows(result).map { $0["group"] as? String } == ["trust"])
    #expect(rows(result).map { $0["reference"] as? String } == ["police"])
    #expect(rows(result).map { $0["n"] as? Int } == [9])
    #expect(rows(try json("trust", "police", "--answer", "all")).count == 2)
    let grouped = rows(try json("trust", "police", "--paired", "--by", "region", "--answer", "1"))
    #expect(grouped.map { $0["region"] as? String } == ["n", "s"])
  }

  @Test func `waves are compared with the one before and followed by their years`() throws {
    let result = try json("age", "--by", "wave", "--against", "previous", "--trend")
    #expect(rows(result).map { $0["reference"] as? String } == ["2019", "2021"])
    let trends = rows(result, "trends")
    #expect(trends.map { $0["contrast"] as? String } == ["slope", "linear", "quadratic"])
    // 2019 to 2024 are five years, so that the slope is a change a year: means 38.27…, 50, 45.3….
    let slope = try #require(trends[0]["estimate"] as? Double)
    #expect(abs(slope) < 5)
    #expect(
      rows(result, "tests").map { $0["test"] as? String } == [
        "wald", "linear-trend", "departure-from-linearity",
      ])
  }

  @Test func `ranks have a test and mean scores`() throws {
    let result = try json("age", "--by", "region", "--rank", "wilcoxon", "--rank", "median")
    #expect(
      rows(result, "tests").map { $0["test"] as? String } == ["wald", "t", "wilcoxon", "median"])
    #expect(rows(result, "ranks").map { $0["region"] as? String } == ["n", "s", "n", "s"])
  }

  @Test func `stated shares are tested, in tabulate too`() throws {
    let fit = rows(try json("police", "--shares", "1=0.5,2=0.5"), "tests")
    #expect(fit.map { $0["test"] as? String } == ["goodness-of-fit"])
    #expect(fit[0]["scale"] is Double)
    let table = survey.run("tabulate", "DATA", "police", "--shares", "1=0.5,2=0.5")
    #expect(table.output.contains("Goodness of fit, Rao–Scott: χ²(1) = "))
  }

  /// Of those who are left in the South everybody has the one answer.
  @Test func `what is not known of a share of 0 is said`() {
    let words = ["police", "--by", "region", "--answer", "1", "--where", "id != 4 and id != 10"]
    let found = survey.result(["compare", "DATA"] + words)
    #expect(found.status == 0, "\(found.remarks)")
    #expect(found.output.contains("shares' own (Newcombe)"))
    #expect((found.output + found.remarks).contains("nothing is known of the variance"))
    #expect(!found.output.contains("0.001"))
  }

  @Test func `letters stand beside shares, in the records and in a note`() throws {
    let text = survey.run("tabulate", "DATA", "trust", "--by", "region", "--letters").output
    #expect(text.contains("(A) North"))
    #expect(text.contains("Letters beside a share name the groups"))
    let csv = survey.run(
      "tabulate", "DATA", "trust", "--by", "region", "--letters", "--letters-level", "0.99",
      "--format", "csv"
    ).output.split(separator: "\n").map(String.init)
    #expect(csv[0].hasSuffix(",flag,letter,exceeds"))
    #expect(csv[1].hasSuffix(",A,B"))
    #expect(csv[3].hasSuffix(",B,"))
  }

  @Test func `printed tables speak both languages`() {
    let english = survey.run("compare", "DATA", "age", "--by", "region", "--against", "rest").output
    #expect(english.contains("Each group compared with all the others together"))
    let norwegian = survey.run(
      "compare", "DATA", "trust", "--by", "region", "--measure", "odds-ratio", "--language", "nb"
    ).output
    #expect(norwegian.contains("oddsratio"))
    #expect(norwegian.contains("Sammenlignet med North"))
    #expect(norwegian.contains("logskala"))
  }

  @Test(arguments: [
    (["age"], "compare needs groups, and none are named"),
    ([], "no variable to compare"),
    (
      ["age", "--by", "region", "--against", "rest", "--reference", "n"],
      "--reference names a group"
    ),
    (["age", "trust", "police"], "compare needs groups"),
    (["age", "--to", "3", "--shares", "1=1"], "--to and --shares do not go together"),
    (["age", "--to", "3", "--trend"], "--trend compares groups, and here a value is compared"),
    (
      ["age", "--by", "region,wave", "--trend"], "--trend takes one group variable, and 2 are named"
    ),
    (["age", "--by", "region", "--within", "region"], "'region' stands under --by and --within"),
    (["age", "--by", "age"], "'age' is both compared and a group"),
    (
      ["age", "--by", "region", "--answer", "1", "--statistic", "mean"], "--answer asks for a share"
    ),
    (["region", "--to", "0.5"], "has several answers, and one share is compared with a value"),
    (["region", "--by", "wave", "--statistic", "mean"], "so it has no mean"),
    (["region", "--by", "wave", "--rank", "wilcoxon"], "its answers have no order"),
    (["trust", "age", "--paired", "--statistic", "share"], "have no answer in common"),
    (["trust", "trust"], "is compared with itself"),
  ])
  func `what does not go together is said`(_ words: [String], _ problem: String) {
    let response = CommandRunner().run(["compare", survey.data] + words)
    #expect(response.status == 64)
    #expect(response.remarks.joined().contains(problem), "\(response.remarks)")
  }
}
