import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Standardisation on the command line") struct StandardCommandTests {
  private static let golden = Places.reference.appending(path: "golden.csv").path
  private let design = ["--weights", "w", "--strata", "stratum", "--psu", "psu"]

  private func run(_ words: [String]) -> (status: Int32, output: String, remarks: String) {
    let found = CommandRunner().run(words)
    return (
      found.status,
      String(decoding: found.output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        .joined(separator: " "), "\(found.remarks)"
    )
  }

  private static func expectClose(_ found: [Double], _ expected: [Double], tolerance: Double) {
    #expect(found.count == expected.count)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) <= tolerance * abs(b), "\(a) \(b)") }
  }

  private func file(_ text: String) throws -> String {
    let path = try Places.temporaryFolder().appending(path: "standard.csv")
    try text.write(to: path, atomically: true, encoding: .utf8)
    return path.path
  }

  private func estimates(_ words: [String]) throws -> [Double] {
    let found = CommandRunner().run(words + ["--format", "json"])
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(found.output)) as? [String: Any],
      "\(found.remarks)")
    return try #require(document["rows"] as? [[String: Any]]).compactMap {
      $0["estimate"] as? Double
    }
  }

  @Test func `a list, a file of shares, of counts, and of totals as weight takes them`() throws {
    let words = ["summarize", Self.golden, "x", "--by", "g", "--standardize", "o", "--shares"]
    let files = try [
      file("category,share\n1,0.2\n2,0.5\n3,0.3\n"),
      file("category,share\n1,200\n2,500\n3,300\n"),
      file("o,total\n3,300\n1,200\n2,500\n"),
      file("variable,category,total\nsex,1,7\no,1,200\no,2,500\no,3,300\n"),
    ]
    let list = try estimates(words + ["1=0.2,2=0.5,3=0.3"] + design)
    Self.expectClose(
      list, [-0.0869692032644726, 0.0828681360293396, -0.0613675838808412], tolerance: 1e-9)
    for file in files {
      Self.expectClose(try estimates(words + [file] + design), list, tolerance: 1e-12)
    }
  }

  @Test func `crossed variables have columns of their own, or codes with commas`() throws {
    let wide = try file(
      "sex,o,share\n0,1,0.1\n1,1,0.2\n0,2,0.15\n1,2,0.25\n0,3,0.1\n1,3,0.2\n")
    let long = try file(
      "category,share\n\"0,1\",0.1\n\"1,1\",0.2\n\"0,2\",0.15\n\"1,2\",0.25\n\"0,3\",0.1\n\"1,3\",0.2\n"
    )
    for path in [wide, long] {
      let found = try estimates(
        ["summarize", Self.golden, "x", "--standardize", "sex,o", "--shares", path] + design)
      Self.expectClose(found, [-0.112517080875513], tolerance: 1e-9)
    }
  }

  @Test func `the note says to what, in both languages, and JSON has it`() throws {
    let words =
      ["tabulate", Self.golden, "y", "--by", "g", "--standardize", "o", "--shares"]
      + ["1=0.2,2=0.5,3=0.3"] + design
    #expect(run(words).output.contains("Standardised to o: 1 20.0 %, 2 50.0 %, 3 30.0 %"))
    #expect(
      run(words + ["--language", "nb"]).output.contains("Standardisert etter o: 1 20,0 %"))
    #expect(run(words + ["--format", "html"]).output.contains("Standardised to o"))
    let json = run(words + ["--format", "json"]).output
    #expect(json.contains("\"standard\": {"))
  }

  @Test func `imputed data sets are each standardised`() throws {
    let text = try String(contentsOfFile: Self.golden, encoding: .utf8)
    let folder = try Places.temporaryFolder()
    for number in 1...2 {
      // Another value for the first person's.
      try text.replacing("0,-0.2739,-0.2739", with: "0,\(number),\(number)").write(
        to: folder.appending(path: "imp_\(number).csv"), atomically: true, encoding: .utf8)
    }
    let words =
      ["summarize", "x", "--imputations", folder.appending(path: "imp_*.csv").path] + design
    let found = try estimates(words + ["--standardize", "o", "--shares", "1=0.2,2=0.5,3=0.3"])
    #expect(found.count == 1)
    #expect(found != (try estimates(words)))
  }

  @Test(arguments: [
    (["summarize", "x", "--standardize", "o"], "needs the composition"),
    (["summarize", "x", "--shares", "1=1"], "none is asked for"),
    (["tabulate", "y", "--shares", "nothing.csv"], "which is no list of shares"),
    (["tabulate", "y", "--by", "o", "--standardize", "o", "--shares", "1=1"], "is a group"),
    (
      ["compare", "x", "--by", "g", "--standardize", "o,sex", "--shares", "1=1"],
      "is of one variable"
    ),
    (["summarize", "x", "--standardize", "o", "--shares", "1=0.5,2=0.4,3=0.3"], "add up to 1.2"),
    (["summarize", "x", "--standardize", "o", "--shares", "1=0.5,2=0.4,7=0.1"], "no category '7'"),
    (["summarize", "x", "--standardize", "o", "--shares", "1=0.5,2=0.5"], "somebody is '3'"),
    (
      [
        "compare", "x", "--by", "g", "--standardize", "o", "--shares", "1=0.2,2=0.5,3=0.3",
        "--where", "not (g == 2 and o == 3)",
      ], "nobody in the group '2' is '3'"
    ),
    (
      ["summarize", "--statistic", "total", "--standardize", "o", "--shares", "1=0.2,2=0.5,3=0.3"],
      "a number of people cannot be standardised"
    ),
    (
      ["summarize", "x", "--table1", "--standardize", "o", "--shares", "1=0.2,2=0.5,3=0.3"],
      "--table1 describes groups as they are"
    ),
  ])
  func `every fault is said`(_ words: [String], _ problem: String) {
    let found = CommandRunner().run([words[0], Self.golden] + words[1...] + design)
    #expect(found.status != 0)
    #expect(found.remarks.joined().contains(problem), "\(found.remarks)")
  }
}

@Suite(
  "R standardises as Vekt does",
  .enabled(if: EmittedProgram.hasR, "Rscript with the package survey is not installed"))
struct StandardProgramTests {
  @Test func `shares, numbers and comparisons of standardised groups`() throws {
    let options =
      " --standardize o --shares 1=0.2,2=0.5,3=0.3 --weights w --strata stratum --psu psu"
    try EmittedProgram.expectSame(
      [
        "tabulate DATA y --by g", "tabulate DATA y --by g --test --ci wald",
        "tabulate DATA y --where 'sex == 1'", "tabulate DATA y --by g --letters",
        "summarize DATA xm --by g --statistic mean,total,sd,median",
        "summarize DATA x --where 'sex == 1'", "summarize DATA --ratio z/sex --by g",
        "compare DATA x --by g --reference 2", "compare DATA y --by g --against all-pairs",
        "compare DATA x --by g --trend", "compare DATA x --to 0.1 --by g",
        "compare DATA x --by g --against rest", "compare DATA x --by g --statistic median",
      ].map { $0 + options }, data: EmittedProgram.golden)
  }

  @Test func `strata of which a group has one unit`() throws {
    let options = " --weights w --strata stratum --psu psu --lonely-domain --lonely-psu "
    try EmittedProgram.expectSame(
      [
        "summarize DATA x --where 'psu != 8' --statistic mean" + options + "adjust",
        "summarize DATA x --where 'psu != 8' --statistic mean,total" + options + "average",
        "tabulate DATA z --where 'psu != 8' --ci wald" + options + "average",
        "model DATA 'z ~ x' --where 'psu != 8'" + options + "average",
      ], data: EmittedProgram.golden)
  }
}
