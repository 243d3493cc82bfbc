import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Imputed data on the command line")
struct ImputationCommandTests {
  let folder: URL
  private let stacked: String

  /// Three imputed data sets of twelve people in files of their own, and in one with the original.
  init() throws {
    folder = try Places.temporaryFolder()
    var all = "m,id,sex,trust,age\n"
    for person in 1...12 { all += "0,\(person),\(person % 2),,\(20 + person)\n" }
    for imputation in 1...3 {
      var lines = "id,sex,trust,age\n"
      for person in 1...12 {
        let trust = person % 4 == 0 ? (person + imputation) % 2 : person % 3 % 2
        let age = person == 5 ? 20 + 3 * imputation : 20 + person
        let line = "\(person),\(person % 2),\(trust),\(age)\n"
        lines += line
        all += "\(imputation),\(line)"
      }
      try lines.write(
        to: folder.appending(path: "imp_\(imputation).csv"), atomically: true, encoding: .utf8)
    }
    stacked = folder.appending(path: "stacked.csv").path
    try all.write(toFile: stacked, atomically: true, encoding: .utf8)
  }

  private var pattern: String { folder.appending(path: "imp_*.csv").path }
  private func file(_ name: String) -> String { folder.appending(path: name).path }

  private func run(_ words: [String]) -> (output: String, remarks: String, status: Int32) {
    let response = CommandRunner().run(words)
    return (
      String(decoding: response.output, as: UTF8.self), response.remarks.joined(separator: "\n"),
      response.status
    )
  }

  @Test(arguments: [
    ["tabulate", "trust", "--by", "sex", "--test"], ["summarize", "age", "--by", "sex"],
    ["model", "age ~ trust + sex"], ["summarize", "--scale", "age,trust"],
    ["summarize", "age", "trust", "--correlations"], ["compare", "age", "--by", "sex"],
    ["paradox", "gap", "trust", "age > 25", "--by", "sex"],
  ])
  func `files, the first file, a list and a stacked file give the same`(_ words: [String]) throws {
    let verb = Array(words.prefix(words[0] == "paradox" ? 2 : 1))
    let rest = Array(words.dropFirst(verb.count)) + ["--format", "csv"]
    let left = run(verb + rest + ["--imputations", pattern])
    #expect(left.status == 0, "\(left.remarks)")
    #expect(
      left.output.split(separator: "\n")[0].hasSuffix(",fmi,relative_efficiency")
        || left.output.split(separator: "\n")[0].hasSuffix(",fmi,relative_efficiency,p_value"))
    #expect(left.remarks.contains("Multiple imputation: 3 data sets of 12 rows"))
    let list = (1...3).map { file("imp_\($0).csv") }.joined(separator: ",")
    for other in [
      verb + [file("imp_1.csv")] + rest + ["--imputations", pattern],
      verb + ["--imputations=\(list)"] + rest,
      verb + [stacked] + rest + ["--imputation", "m"],
    ] {
      let found = run(other)
      #expect(found.output == left.output, "\(other) \(found.remarks)")
    }
  }

  @Test func `JSON says which data sets were read`() throws {
    let files = run(["tabulate", "trust", "--imputations", pattern, "--format", "json"]).output
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(files.utf8)) as? [String: Any])
    let data = try #require(object["data"] as? [String: Any])
    let imputations = try #require(data["imputations"] as? [String: Any])
    #expect(imputations["count"] as? Int == 3 && imputations["rows_read_each"] as? Int == 12)
    #expect((imputations["files"] as? [[String: Any]])?.count == 3)
    let stack = run(["tabulate", stacked, "trust", "--imputation", "m", "--format", "json"]).output
    let other = try #require(
      JSONSerialization.jsonObject(with: Data(stack.utf8)) as? [String: Any])
    let stackData = try #require(other["data"] as? [String: Any])
    #expect(stackData["rows_read"] as? Int == 48)
    #expect(
      (stackData["imputations"] as? [String: Any])?["rows_of_original"] as? Int == 12)
    #expect(
      (other["notes"] as? [String])?.contains { $0.contains("12 rows of the original data") }
        == true)
  }

  @Test func `what cannot be combined says why and what to do`() {
    let result = run(
      ["model", "trust ~ age", "--ci", "likelihood", "--imputations", pattern])
    #expect(result.status == 64, "\(result.output)")
    #expect(result.remarks.contains("a likelihood each and none together"), "\(result.remarks)")
    #expect(result.remarks.contains("Leave out --ci likelihood"))
  }

  @Test func `bounds of imputed answers lie around their shares`() throws {
    let result = run(
      ["tabulate", "trust", "--bounds", "--imputations", pattern, "--format", "csv"])
    #expect(result.status == 0, "\(result.remarks)")
    let lines = result.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let place = try #require(lines[0].firstIndex(of: "bound_low"))
    let estimate = try #require(lines[0].firstIndex(of: "estimate"))
    for line in lines.dropFirst() { #expect(line[place] == line[estimate]) }
  }

  @Test func `printed figures stand beside combined estimates`() throws {
    let combined = run(["tabulate", "trust", "--imputations", pattern, "--format", "csv"])
    let cells = combined.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let place = try #require(cells[0].firstIndex(of: "estimate"))
    let share = try #require(Double(cells[2][place]))
    let figures = file("figures.csv")
    try "variable,codes,percent\ntrust,1,\(Int((share * 100).rounded()))\n".write(
      toFile: figures, atomically: true, encoding: .utf8)
    let result = run(
      [
        "tabulate", "trust", "--imputations", pattern, "--published", figures, "--format", "csv",
      ])
    #expect(result.status == 0, "\(result.remarks)")
    #expect(result.output.contains("match"), "\(result.output)")
  }

  @Test(arguments: [
    ["compare", "age", "--by", "sex", "--rank", "wilcoxon", "--rank", "median"],
    ["compare", "trust", "--shares", "0=0.5,1=0.5"],
    ["tabulate", "trust", "--shares", "0=0.5,1=0.5"],
    ["tabulate", "trust", "--by", "sex", "--statistic", "Chisq"],
    ["model", "age ~ factor(trust) + sex", "--term-tests", "lrt"],
    ["paradox", "gap", "trust", "age > 25", "--by", "sex", "--odds"],
    ["paradox", "discordance", "trust", "age > 25", "--by", "sex"],
    ["paradox", "gradient", "age > 26", "--over", "trust", "--by", "sex"],
    ["paradox", "decompose", "age", "--by", "sex", "--covariates", "trust", "--method", "oaxaca"],
    ["paradox", "tipping", "age > 26", "--over", "trust"],
    ["paradox", "models", "age", "--key", "sex", "--block", "a=trust", "--family", "linear"],
  ])
  func `these are combined, in both languages and as JSON`(_ words: [String]) throws {
    for format in [["--format", "json"], ["--language", "nb"]] {
      let result = run(words + ["--imputations", pattern] + format)
      #expect(result.status == 0, "\(words) \(result.remarks)")
      #expect(
        result.output.contains(format[1] == "nb" ? "Multippel imputering" : "\"fmi\""),
        "\(words) \(result.output)")
    }
  }

  @Test func `models side by side are each combined`() {
    let words = ["--imputations", pattern, "--format", "csv"]
    let both = run(["model", "age ~ trust", "age ~ trust + sex"] + words)
    let second = run(["model", "age ~ trust + sex"] + words)
    #expect(both.status == 0, "\(both.remarks)")
    for line in second.output.split(separator: "\n").dropFirst() {
      #expect(both.output.contains("2,\(line)"))
    }
  }

  @Test(arguments: [
    [], ["--margins", "sex"], ["--predict", "sex=0,1"],
  ])
  func `models of several answers and what is asked of them are combined`(_ asked: [String]) {
    for family in ["ordinal", "multinomial", "logistic"] {
      let result = run(
        ["model", "trust ~ age + sex", "--family", family, "--imputations", pattern]
          + ["--format", "csv"] + asked)
      #expect(result.status == 0, "\(result.remarks)")
      #expect(
        result.output.split(separator: "\n").first?.hasSuffix(",fmi,relative_efficiency") == true)
    }
  }

  @Test func `words for people are in both languages`() {
    let text = run(["tabulate", "trust", "--imputations", pattern, "--language", "nb"]).output
    #expect(text.contains("Multippel imputering: 3 datasett med 12 rader"))
  }

  @Test func `faults name the file and what to do`() throws {
    try "id,sex,trust,age\n1,0,1,20\n".write(
      toFile: file("imp_4.csv"), atomically: true, encoding: .utf8)
    let rows = run(["tabulate", "trust", "--imputations", pattern])
    #expect(rows.status == 65)
    #expect(rows.remarks.contains("imp_4.csv: has 1 rows, but"), "\(rows.remarks)")
    let single = run(["tabulate", "trust", "--imputations", file("imp_1.csv")])
    #expect(single.status == 64)
    #expect(single.remarks.contains("there is one imputation"), "\(single.remarks)")
    let none = run(["tabulate", "trust", "--imputations", file("nothing_*.csv")])
    #expect(none.status == 66)
    let both = run(["tabulate", stacked, "trust", "--imputations", pattern, "--imputation", "m"])
    #expect(both.status == 64)
  }

  @Test(arguments: [
    ("1,1\n1,2\n2,1\n", "imputation 2 has 1 rows, but imputation 1 has 2"),
    ("1,1\n1,2\n3,1\n3,2\n", "goes up to 3, but no row is of imputation 2"),
    ("1,1\n1,2\n,1\n", "row 3: the imputation 'm' is missing"),
    ("1,1\n1.5,2\n", "the imputation 'm' is 1.5"),
    ("0,1\n1,2\n", "numbers one imputation"),
    ("0,1\n0,2\n", "numbers no imputation above 0"),
  ])
  func `a stacked file with odd numbers is refused`(_ rows: String, _ part: String) throws {
    let path = file("odd.csv")
    try "m,x\n\(rows)".write(toFile: path, atomically: true, encoding: .utf8)
    let result = run(["summarize", path, "x", "--imputation", "m"])
    #expect(result.status == 65)
    #expect(result.remarks.contains(part), "\(result.remarks)")
  }
}
