import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Lists of variables on the command line")
struct ListCommandTests {
  let survey: SmallSurvey

  init() throws {
    survey = try SmallSurvey(
      """
      id,q1,q2,q3,age,sex,w
      1,1,2,1,20,f,1
      2,2,2,3,35,m,2
      3,3,1,2,50,f,1
      4,1,3,1,64,m,1
      5,2,1,3,41,f,2
      6,3,2,2,33,m,1

      """,
      codebook: """
        vekt: 1
        codelists: {scale: {1: Low, 2: Middle, 3: High}}
        variables:
          id: {type: integer, role: id}
          q1: {codes: scale, type: integer, measure: ordinal}
          q2: {codes: scale, type: integer, measure: ordinal}
          q3: {codes: scale, type: integer, measure: ordinal}
          age: {type: integer, measure: ratio, range: [15, 120]}
          sex: {codes: {f: Female, m: Male}}
        groups:
          trust: {label: Trust, of: 'q*'}
          first: {of: [q1-q2]}
        derived:
          index: {mean: [q1-q3], min_valid: 2}
          score: {expr: "mean(q*, min: 2)"}
          age2: {expr: "cut(age, 15, 40, 'Young', 'Old')"}
        weights: {w: {var: w, default: true}}
        design: none

        """)
  }

  @Test func `stages and their sizes are lists as well, whatever is taken out of others`() {
    let golden = Places.reference.appending(path: "golden.csv").path
    func table(_ words: String...) -> [UInt8] {
      CommandRunner().run(
        ["summarize", golden, "x", "--weights", "w", "--strata", "stratum"] + words
          + ["--format", "csv"]
      ).output
    }
    let plain = table("--psu", "psu,ssu", "--fpc", "fpc1,fpc2")
    #expect(!plain.isEmpty && table("--psu", "psu-ssu", "--fpc", "fpc?") == plain)
    #expect(table("y", "--psu", "?s?", "--fpc", "fpc1-fpc2", "--except", "y") == plain)
    #expect(table("--psu", "psu", "--fpc", "fpc1") != plain)
  }

  @Test func `what means several has no place where one is meant`() {
    let found = survey.result(["compare", "DATA", "q1", "--by", "sex", "--within", "q*"])
    #expect(found.status == 64)
    #expect(found.remarks.contains("--within takes one variable, and 'q*' means 3: q1, q2, q3"))
    let nothing = survey.result(["summarize", "DATA", "age", "--psu", "zz*"])
    #expect(nothing.status == 64 && nothing.remarks.contains("no variable matches 'zz*'"))
  }

  @Test(arguments: [
    (["tabulate", "DATA", "q*"], ["tabulate", "DATA", "q1", "q2", "q3"]),
    (["tabulate", "DATA", "q1-q3"], ["tabulate", "DATA", "q1", "q2", "q3"]),
    (["tabulate", "DATA", "trust"], ["tabulate", "DATA", "q1", "q2", "q3"]),
    (["tabulate", "DATA", "q3,first"], ["tabulate", "DATA", "q3", "q1", "q2"]),
    (["tabulate", "DATA", "q*", "--except", "q2"], ["tabulate", "DATA", "q1", "q3"]),
    (
      ["tabulate", "DATA", "q1", "--by", "s?x,age2"],
      ["tabulate", "DATA", "q1", "--by", "sex,age2"]
    ),
    (["summarize", "DATA", "q?"], ["summarize", "DATA", "q1", "q2", "q3"]),
    (["summarize", "DATA", "--scale", "trust"], ["summarize", "DATA", "--scale", "q1,q2,q3"]),
    (["compare", "DATA", "q1-q2", "--by", "se*"], ["compare", "DATA", "q1", "q2", "--by", "sex"]),
    (["inspect", "DATA", "q*"], ["inspect", "DATA", "q1", "q2", "q3"]),
    (
      ["model", "DATA", "age ~ sex", "--family", "linear", "--psu", "i*"],
      ["model", "DATA", "age ~ sex", "--family", "linear", "--psu", "id"]
    ),
    (
      ["summarize", "DATA", "--ratio", "q1-q3/age", "--except", "q2"],
      ["summarize", "DATA", "--ratio", "q1/age", "--ratio", "q3/age"]
    ),
    (
      ["summarize", "DATA", "--ratio", "first / age"],
      ["summarize", "DATA", "--ratio", "q1/age", "--ratio", "q2/age"]
    ),
    (
      ["compare", "DATA", "q1", "--by", "sex", "--within", "ag?2"],
      ["compare", "DATA", "q1", "--by", "sex", "--within", "age2"]
    ),
    (
      ["summarize", "DATA", "--scale", "first,q3", "--reverse", "q?", "--except", "q3"],
      ["summarize", "DATA", "--scale", "q1,q2", "--reverse", "q1,q2"]
    ),
    (
      ["tabulate", "DATA", "q*", "--by", "sex", "--answer", "3", "--format", "svg"],
      ["tabulate", "DATA", "q1,q2", "q3", "--by", "sex", "--answer", "3", "--format", "svg"]
    ),
    (["summarize", "DATA", "index"], ["summarize", "DATA", "score"]),
  ])
  func `a list gives what its names give`(_ list: [String], _ names: [String]) {
    let format = list.contains("--format") ? [] : ["--format", "csv"]
    let found = survey.result(list + format)
    let wanted = survey.result(names + format)
    #expect(wanted.status == 0, "\(wanted.remarks)")
    #expect(
      found.output.replacingOccurrences(of: "index", with: "score") == wanted.output,
      "\(found.remarks)")
  }

  @Test(arguments: [
    (["tabulate", "DATA", "Q*"], "no variable matches 'Q*'\n      Did you mean 'q1', 'q2', 'q3'?"),
    (
      ["tabulate", "DATA", "q*,age"],
      "1 of 4 is a number: age\n      Use `summarize` for it, or `--except`."
    ),
    (
      ["tabulate", "DATA", "q1-sex,id"],
      "2 of 6 are numbers: age, id\n      Use `summarize` for them, or `--except`."
    ),
    (
      ["summarize", "DATA", "q3-sex"],
      "1 of 3 is a text: sex\n      Use `tabulate` for it, or `--except`."
    ),
    (["tabulate", "DATA", "q1", "--except", "q1"], "--except leaves nothing of q1"),
    (["tabulate", "DATA", "q1", "--except", "q2"], "--except takes out 'q2', which is not among"),
    (["tabulate", "DATA", "q1", "--by", "z*"], "no variable matches 'z*'"),
    (["tabulate", "DATA", "q1-q7"], "no variable 'q7', where 'q1-q7' ends"),
  ])
  func `what is no list of a table is said`(_ words: [String], _ problem: String) {
    let result = survey.result(words)
    #expect(result.status == 64)
    #expect(result.remarks.contains(problem), "\(result.remarks)")
  }

  @Test func `converting keeps and drops, and says what goes with the columns`() throws {
    let out = survey.folder.appending(path: "part.csv")
    let result = survey.run("convert", "DATA", out.path, "--keep", "id,q*,age2", "--drop", "q2")
    #expect(result.status == 0, "\(result.remarks)")
    #expect(
      result.remarks.contains("left out, since not all their columns are kept: the weight 'w'"),
      "\(result.remarks)")
    let lines = try String(contentsOf: out, encoding: .utf8).split(separator: "\n")
    #expect(lines[0...1] == ["id,q1,q3,age2", "1,1,1,1"])
    let again = survey.run("tabulate", out.path, "trust", "--format", "csv")
    #expect(again.output.contains("q3,3,High,2,"), "\(again)")
    #expect(survey.run("codebook", "check", out.path).status == 0)
    for ending in ["sav", "dta"] {
      let file = survey.folder.appending(path: "whole.\(ending)").path
      #expect(survey.run("convert", "DATA", file, "--keep", "q1-q2,w").status == 0)
      let names = survey.run("inspect", file, "--format", "csv").output.split(separator: "\n")
        .dropFirst().map { $0.prefix { $0 != "," } }
      #expect(names == ["q1", "q2", "w"])
    }
    #expect(
      survey.run("convert", "DATA", out.path, "--drop", "z").remarks.contains(
        "--drop takes out 'z'"))
  }

  @Test func `a list of the codebook that matches nothing is found where it stands`() throws {
    let bad = try SmallSurvey(
      "q1\n1\n", codebook: "vekt: 1\nvariables: {q1: {}}\ngroups: {g: {of: ['x*']}}\n")
    let result = bad.run("tabulate", "DATA", "q1")
    #expect(result.status == 65)
    #expect(
      result.remarks.contains("small.codebook.yaml:3:19: no variable matches 'x*'"),
      "\(result.remarks)")
  }
}
