import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("vekt size") struct SizeCommandTests {
  private func run(_ words: String...) -> CommandRunner.Response {
    CommandRunner().run(["size"] + words)
  }

  private func text(_ response: CommandRunner.Response) -> String {
    String(decoding: response.output, as: UTF8.self)
  }

  @Test func `a row a size, with those who are invited`() {
    let csv = text(
      run(
        "proportion", "--share", "0.5", "--margin", "0.05,0.03", "--design-effect", "1.5",
        "--response", "0.4", "--format", "csv", "--digits", "4"))
    let lines = csv.split(separator: "\n").map(String.init)
    #expect(lines[0] == "kind,n,n_first,n_second,invited,n_effective,margin,power")
    #expect(lines[1].hasPrefix("proportion,577,,,1443,384.6667,"))
    #expect(lines[2].hasPrefix("proportion,1601,,,4003,"))
  }

  @Test func `both groups of a difference, and the power of a size`() {
    let lines = text(
      run(
        "difference", "--share", "0.5,0.6", "--power", "0.8", "--n", "400", "--format", "csv")
    )
    .split(separator: "\n")
    #expect(lines[1].hasPrefix("difference,776,388,388,776,"))
    #expect(lines[2].hasPrefix("difference,800,400,400,800,"))
    #expect(lines[2].contains(",0.8125155779"))
  }

  @Test(arguments: ["text", "html", "markdown", "latex", "json"])
  func `every format, in both languages`(format: String) {
    for (language, title) in [
      ("en", "Sample size for a gap"), ("nb", "Utvalgsstørrelse for et gap"),
    ] {
      let response = run(
        "gap", "--share", "0.7,0.6", "--correlation", "0.4", "--n", "500,1000", "--population",
        "20000", "--format", format, "--language", language)
      #expect(response.status == 0)
      if format != "json" { #expect(text(response).contains(title), "\(text(response))") }
    }
    #expect(
      text(run("mean", "--sd", "2", "--margin", "0.1", "--language", "nb")).contains(
        "Forventet: standardavvik 2"))
  }

  /// Shares, correlation and design effect are those that other verbs give.
  @Test func `an existing survey says what is not given`() throws {
    let columns = ["--weights", "w", "--strata", "stratum", "--psu", "psu"]
    func json(_ words: [String]) throws -> [String: Any] {
      let response = CommandRunner().run(words + columns + ["--format", "json"])
      #expect(response.status == 0, "\(response.remarks)")
      return try #require(
        try JSONSerialization.jsonObject(with: Data(response.output)) as? [String: Any])
    }
    func design(_ words: [String]) throws -> [String: Any] {
      try #require(try json(["size"] + words)["design"] as? [String: Any])
    }
    let file = EmittedProgram.golden
    let share = try design(["proportion", file, "y >= 3", "--margin", "0.05"])
    let rows = try #require(
      try json(["summarize", file, "a", "--derive", "a = 0 + (y >= 3)"])["rows"] as? [[String: Any]]
    )
    #expect((share["shares"] as? [Double])?[0] == rows[0]["estimate"] as? Double)
    #expect(share["deff"] as? Double == rows[0]["deff"] as? Double)

    let gap = try design(["gap", file, "y >= 3", "o >= 2", "--power", "0.8"])
    let found = try #require(
      try json(["paradox", "gap", file, "y >= 3", "o >= 2"])["rows"] as? [[String: Any]])
    let shares = try #require(gap["shares"] as? [Double])
    let (a, b) = (shares[0], shares[1])
    #expect(abs(a - (found[0]["estimate_a"] as? Double ?? 0)) < 1e-12)
    #expect(abs(b - (found[0]["estimate_b"] as? Double ?? 0)) < 1e-12)
    let (x, y) = (a * (1 - a), b * (1 - b))
    let (r, deff) = (gap["correlation"] as? Double ?? 0, gap["deff"] as? Double ?? 0)
    let simple = (x + y - 2 * r * (x * y).squareRoot()) / 307
    let error = found[0]["std_error"] as? Double ?? 0
    #expect(abs(deff * simple - error * error) < 1e-12)

    let difference = try design(["difference", file, "y >= 3", "--by", "sex", "--power", "0.8"])
    #expect((difference["shares"] as? [Double])?.count == 2)
    #expect((difference["deff"] as? Double ?? 0) > 0)
    let mean = try design(["mean", file, "x", "--margin", "0.1", "--design-effect", "1"])
    #expect(mean["deff"] as? Double == 1 && (mean["sd"] as? Double ?? 0) > 0)
  }

  @Test(arguments: [
    ("proportion --share 0.5", "Nothing is wanted"),
    ("proportion --margin 0.03", "needs --share"),
    ("proportion --share 0.5,0.6 --margin 0.03", "takes 1"),
    ("proportion --share 5 --margin 0.03", "a share is 5"),
    ("proportion --share 0.5 --power 0.8", "--power says nothing"),
    ("mean --margin 1", "needs --sd"), ("gap --share 0.5,0.6 --n 100", "needs --correlation"),
    ("difference --share 0.5,0.5 --power 0.8", "both shares are the same"),
    ("proportion --share 0.5 --margin 0.03 --response 40", "--response is 40"),
    ("proportion --share 0.5 --margin 0.03 --design-effect 0", "--design-effect is 0"),
    ("proportion --share 0.5 --n 300 --population 200", "--n is 300"),
    ("gap --share 0.9,0.2 --correlation 0.8 --n 100", "cannot correlate"),
    ("share --share 0.5 --margin 0.03", "proportion"),
    ("gap DATA y>=3 --n 100", "takes 2"), ("difference DATA y>=3 --n 100", "Name them with --by"),
    ("difference DATA y>=3 --n 100 --by g", "two are compared"),
    ("proportion DATA x --n 100", "is not yes or no"),
  ])
  func `what cannot be planned is said`(words: String, sentence: String) {
    let response = CommandRunner().run(
      ["size"]
        + words.split(separator: " ").map { $0 == "DATA" ? EmittedProgram.golden : String($0) })
    #expect(response.status == 64, "\(response.remarks)")
    #expect(response.remarks.contains { $0.contains(sentence) }, "\(response.remarks)")
  }

  @Test func `where the formulas promise too much it is said`() {
    let response = run("difference", "--share", "0.1,0.9", "--power", "0.8", "--format", "csv")
    #expect(response.remarks.contains { $0.contains("fewer than 30 people") })
  }
}
