import Foundation
import SurveyCommands
import Testing
import VektTestSupport

/// A small survey and its codebook in a folder of their own.
struct SmallSurvey {
  let folder: URL
  var data: String { folder.appending(path: "small.csv").path }

  init(
    _ csv: String = """
    id,region,trust,age,w
    1,n,1,20,1.5
    2,n,2,35,0.5
    3,s,1,50,1
    4,s,8,64,1
    5,s,2,,2
    6,n,1,41,1

    """,
    codebook: String? = """
    vekt: 1
    language: en
    variables:
      id: {type: integer, role: id}
      region: {label: Region, codes: {n: North, s: South}, type: text}
      trust:
        label: Trust in others
        question: Can most people be trusted?
        type: integer
        codes: {1: "Yes", 2: "No"}
        missing: {8: dont_know}
      age: {label: Age, type: integer, measure: ratio, unit: years, range: [15, 120]}
    weights:
      w: {var: w, default: true}
    design: none

    """
  ) throws {
    folder = try Places.temporaryFolder()
    try csv.write(to: folder.appending(path: "small.csv"), atomically: true, encoding: .utf8)
    try codebook?.write(
      to: folder.appending(path: "small.codebook.yaml"), atomically: true, encoding: .utf8)
  }

  /// Runs a command; `DATA` stands for the file.
  func run(_ words: String...) -> Result { result(words) }

  /// What a command gives: standard output, standard error, exit status.
  typealias Result = (output: String, remarks: String, status: Int32)

  /// Runs a command; `DATA` stands for the file.
  func result(_ words: [String]) -> Result {
    let response = CommandRunner().run(words.map { $0 == "DATA" ? data : $0 })
    let remarks = response.remarks.joined(separator: "\n")
      .replacingOccurrences(of: folder.path + "/", with: "")
    return (String(decoding: response.output, as: UTF8.self), remarks, response.status)
  }
}

@Suite("The command line")
struct CommandTests {
  @Test func `a table has its weights, its n and its account`() throws {
    let result = try SmallSurvey().run("tabulate", "DATA", "trust")
    #expect(result.status == 0)
    #expect(
      result.output == """
        Trust in others   weighted %, 95 % interval
        ───────────────────────────────────────────
              weighted %   n
        Yes   58ᵃ (6–97)   3
        No    42ᵃ (3–94)   2
        ───────────────────────────────────────────
        All                5

        ᵃ wide interval or few answers: read with caution
        Question: “Can most people be trusted?”
        Percentages of all who answered.
        Rows read 6: 5 counted, 1 don't know.
        Design: element sample; weight 'w'; logit intervals; df 4.

        Standard errors assume simple random sampling, as the codebook states.

        """)
  }

  @Test func `the columns are those of the contract`() throws {
    let survey = try SmallSurvey()
    let header = { (output: String) in output.split(separator: "\n").first.map(String.init) }
    #expect(
      header(survey.run("tabulate", "DATA", "trust", "--by", "region", "--format", "csv").output)
        == "variable,category,label,region,region_label,n,weighted_n,estimate,std_error,conf_low,conf_high,df,deff,cv,flag"
    )
    #expect(
      header(survey.run("summarize", "DATA", "age", "--by", "region", "--format", "csv").output)
        == "variable,statistic,region,region_label,n,weighted_n,estimate,std_error,conf_low,conf_high,df,deff,cv,flag"
    )
    #expect(
      header(survey.run("compare", "DATA", "age", "--by", "region", "--format", "csv").output)
        == "variable,category,region,region_label,group,reference,estimate_group,estimate_reference,estimate,"
        + "std_error,statistic,df,p_value,p_adjusted,conf_low,conf_high,n")
    #expect(
      header(survey.run("model", "DATA", "age ~ region", "--format", "csv").output)
        == "term,variable,category,estimate,std_error,statistic,df,p_value,conf_low,conf_high")
  }

  @Test func `the JSON object has its members and accounts for every row`() throws {
    let output = try SmallSurvey().run(
      "tabulate", "DATA", "trust", "--where", "age < 60", "--format", "json"
    ).output
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    let members = ["command", "vekt", "data", "design", "rows", "tests", "accounting", "notes"]
    #expect(Set(members).isSubset(of: object.keys))
    let command = try #require(object["command"] as? String)
    #expect(command.hasSuffix("small.csv trust --where 'age < 60' --format json"))
    let data = try #require(object["data"] as? [String: Any])
    #expect(data["rows_read"] as? Int == 6)
    #expect((data["sha256"] as? String)?.count == 64)
    let account = try #require(object["accounting"] as? [String: Any])
    #expect(account["used"] as? Int == 4)
    #expect(account["outside_subpopulation"] as? Int == 2)
    #expect(account["outside_because_missing"] as? Int == 1)
    #expect(account["missing"] as? Int == 0)
  }

  @Test(arguments: [
    (["tabulate", "DATA", "trusst"], 64, "no variable 'trusst'\n      Did you mean 'trust'?"),
    (["tabulate", "DATA"], 64, "no variable to tabulate"),
    (["tabulate", "DATA", "trust", "--test"], 64, "Add --by GROUP."),
    (["tabulate", "DATA", "trust", "--where", "age > 200"], 1, "nobody is in the subpopulation"),
    (["tabulate", "DATA", "trust", "--weights", "ww"], 64, "no weight 'ww'"),
    (["tabulate", "DATA", "trust", "--level", "95"], 64, "--level is 95.0"),
    (["tabulate", "DATA", "trust", "--strata", "id"], 1, "have one respondent"),
    (["tabulate", "nowhere.csv", "trust"], 66, "nowhere.csv: cannot be opened"),
    (["summarize", "DATA", "region"], 64, "region"),
    (["summarize", "DATA", "age", "--statistic", "meen"], 64, "Did you mean 'mean'?"),
    (["compare", "DATA", "age", "--by", "region", "--reference", "x"], 64, "has no group 'x'"),
    (["model", "DATA", "age ~ regoin"], 64, "'region'"),
    (["model", "DATA", "age ~ "], 64, "^"),
    (["tabulate", "DATA", "trust", "--output", "/nowhere/x.csv"], 73, "cannot be written"),
    (["tabulate", "DATA", "trust", "--output", "x.doc"], 64, "does not say which format"),
    (["tabulat", "DATA"], 64, ""),
  ])
  func `faults are said with their exit status`(
    _ words: [String], _ status: Int32, _ part: String
  ) throws {
    let survey = try SmallSurvey()
    let response = CommandRunner().run(words.map { $0 == "DATA" ? survey.data : $0 })
    #expect(response.status == status, "\(response.remarks)")
    #expect(response.output.isEmpty)
    #expect(
      response.remarks.joined(separator: "\n").contains(part) || part.isEmpty, "\(response.remarks)"
    )
  }

  @Test func `an unknown code names its line and the codes`() throws {
    let survey = try SmallSurvey("id,region,trust,age,w\n1,n,1,20,1\n2,n,3,30,1\n")
    let result = survey.run("tabulate", "DATA", "trust")
    #expect(result.status == 65)
    #expect(
      result.remarks.hasPrefix("vekt: small.csv:3: 'trust' is 3, but the codebook knows 1 (Yes)"))
  }

  @Test func `a weight that is missing or negative is an error`() throws {
    let missing = try SmallSurvey("id,region,trust,age,w\n1,n,1,20,1\n2,n,2,30,\n")
    let found = missing.run("tabulate", "DATA", "trust")
    #expect(found.status == 65)
    #expect(found.remarks.contains("the weight 'w' is missing"))
    let negative = try SmallSurvey("id,region,trust,age,w\n1,n,1,20,1\n2,n,2,30,-1\n")
    #expect(negative.run("tabulate", "DATA", "trust").remarks.contains("the weight 'w' is -1"))
  }

  @Test func `an output file is whole and in the format of its ending`() throws {
    let survey = try SmallSurvey()
    let path = survey.folder.appending(path: "table.html").path
    let response = CommandRunner().run(["tabulate", survey.data, "trust", "--output", path])
    #expect(response.status == 0)
    #expect(response.output.isEmpty)
    #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("<!doctype html>"))
  }

  @Test func `Norwegian words and signs`() throws {
    let output = try SmallSurvey().run("tabulate", "DATA", "trust", "--language", "nb").output
    #expect(output.contains("vektet %, 95 % KI"))
    #expect(output.contains("Leste rader 6: 5 talt med, 1 vet ikke."))
  }

  @Test func `the same input gives the same bytes`() throws {
    let survey = try SmallSurvey()
    for format in ["text", "csv", "json", "html", "markdown", "latex"] {
      let (a, b) = (
        survey.run("tabulate", "DATA", "trust", "--by", "region", "--format", format),
        survey.run("tabulate", "DATA", "trust", "--by", "region", "--format", format)
      )
      #expect(a.output == b.output)
      #expect(a.status == 0)
    }
  }
}
