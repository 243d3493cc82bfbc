import Foundation
import SurveyCommands
import Testing

@Suite("Which answer counts is seen and is right")
struct AnswerTests {
  /// Coded as SPSS does: 1 is yes.
  ///
  /// `yes01` is the same as 1 and 0, `kind` has a net in the codebook.
  let survey: SmallSurvey

  static let rows = [
    "n,1,1,4,2,1.5", "n,2,0,5,1,0.5", "s,1,1,1,3,1", "s,2,0,2,1,2", "s,1,1,4,2,2", "n,2,0,3,3,1",
    "n,1,1,5,1,0.7", "s,2,0,4,2,1.1", "n,2,0,1,2,0.9", "s,1,1,3,1,1.2", "n,2,0,2,3,0.6",
    "s,1,1,5,2,1.4",
  ]

  init() throws {
    survey = try SmallSurvey(
      (["region,voted,yes01,kind,choice,w"] + Self.rows).joined(separator: "\n") + "\n",
      codebook: """
        vekt: 1
        variables:
          region: {label: Region, codes: {n: North, s: South}, type: text}
          voted: {label: Voted, type: integer, codes: {1: {en: "Yes", nb: Ja}, 2: {en: "No", nb: Nei}}}
          yes01: {type: integer, codes: [0, 1]}
          kind:
            label: Trust
            type: integer
            codes:
              1: Very low trust
              2: Fairly low trust
              3: Neither high nor low trust
              4: Fairly high trust
              5: Very high trust
            answer: [4, Very high trust]
            answer_label: {en: High trust, nb: Høy tillit}
          choice: {label: Choice, codes: {1: Red, 2: Blue, 3: Red}, type: integer, measure: nominal}
        weights: {w: {var: w, default: true}}
        design: none

        """)
  }

  func rows(_ words: String...) throws -> [[String: Any]] {
    let result = survey.result(words + ["--format", "json"])
    #expect(result.status == 0, "\(result.remarks)")
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    return json?["rows"] as? [[String: Any]] ?? []
  }

  @Test func `a label and its code give the same bytes`() {
    for verb in [
      ["tabulate", "DATA", "voted", "--by", "region"],
      ["compare", "DATA", "voted", "--by", "region"],
    ] {
      let code = survey.result(verb + ["--answer", "1", "--format", "csv"])
      #expect(code.status == 0)
      for label in ["Yes", "yes", "Ja", "voted=1", "voted=ja", "chosen"] {
        #expect(survey.result(verb + ["--answer", label, "--format", "csv"]).output == code.output)
      }
    }
  }

  @Test func `a net is one minus the rest, with the same error, and says its base`() throws {
    let net = try rows("tabulate", "DATA", "kind", "--answer", "4,5")
    let rest = try rows("tabulate", "DATA", "kind", "--answer", "1,2,3")
    #expect(net.count == 1 && rest.count == 1)
    #expect(net[0]["category"] as? String == "4|5")
    #expect(net[0]["label"] as? String == "High trust")
    #expect(rest[0]["label"] as? String == "Very low, Fairly low or Neither high nor low trust")
    func number(_ row: [String: Any], _ name: String) -> Double { row[name] as? Double ?? .nan }
    #expect(abs(number(net[0], "estimate") + number(rest[0], "estimate") - 1) < 1e-15)
    #expect(abs(number(net[0], "std_error") - number(rest[0], "std_error")) < 1e-15)
    // By hand: the weights of codes 4 and 5 over all.
    #expect(abs(number(net[0], "estimate") - 7.2 / 13.9) < 1e-12)
    let text = survey.run("tabulate", "DATA", "kind", "--by", "region", "--answer", "4,5").output
    #expect(text.contains("Trust: High trust"))
    let all = text.split(separator: "\n").first { $0.hasPrefix("All") }
    #expect(all?.hasSuffix("12") == true)
  }

  @Test func `pairs speak of one variable each, and the rest shows all`() throws {
    let found = try rows(
      "tabulate", "DATA", "voted", "kind", "choice", "--answer", "kind=4,5,voted=no")
    #expect(
      found.map { $0["category"] as? String } == ["2", "4|5", "1", "2", "3"])
  }

  @Test(arguments: [
    (
      ["tabulate", "DATA", "voted", "--answer", "maybe"],
      "has no answer 'maybe'; it has 1 (Yes), 2 (No)"
    ),
    (["tabulate", "DATA", "voted", "--answer", "yess"], "Did you mean '1', which is 'Yes'?"),
    (["tabulate", "DATA", "choice", "--answer", "Red"], "has no answer 'Red'"),
    (["tabulate", "DATA", "choice", "--answer", "chosen"], "which answer counts is not said"),
    (["tabulate", "DATA", "voted", "--answer", "kind=4"], "speaks of 'kind'"),
    (["model", "DATA", "voted == 1 ~ region", "--answer", "1"], "is a condition"),
    (["model", "DATA", "voted ~ region", "--answer", "1", "--family", "linear"], "something else"),
    (["tabulate", "DATA", "voted", "--answer", "1", "--shares", "1=0.5,2=0.5"], "--shares"),
  ])
  func `an answer that is none is an error with what there is`(_ words: [String], _ problem: String)
  {
    let result = survey.result(words)
    #expect(result.status == 64)
    #expect(result.remarks.contains(problem), "\(result.remarks)")
  }

  @Test func `titles, charts and their alternative text name the answer`() {
    let chart = survey.run("tabulate", "DATA", "voted", "--by", "region", "--format", "svg").output
    // 1 = Yes, 2 = No: Yes is drawn, whichever is listed second.
    #expect(chart.contains("<title id=\"chart-1-title\">Voted: Yes</title>"))
    #expect(chart.contains("South: 64"))
    let norwegian = survey.run("tabulate", "DATA", "voted", "--language", "nb", "--format", "svg")
      .output
    #expect(norwegian.contains("Voted: Ja"))
    let net = survey.run("tabulate", "DATA", "kind", "--by", "region", "--format", "svg").output
    #expect(net.contains("Trust: High trust"))
    let all = survey.run("tabulate", "DATA", "choice", "--by", "region", "--format", "svg").output
    #expect(all.contains("Red (1)") && all.contains("Red (3)") && all.contains("Blue"))
    #expect(
      survey.run("tabulate", "DATA", "voted").output.contains("No"), "tables show all answers")
  }

  @Test func `a comparison is of the answer that counts, or of all on demand`() throws {
    #expect(
      try rows("compare", "DATA", "voted", "--by", "region").map { $0["category"] as? String } == [
        "1"
      ])
    #expect(
      try rows("compare", "DATA", "kind", "--by", "region").map { $0["category"] as? String } == [
        "4|5"
      ])
    #expect(try rows("compare", "DATA", "voted", "--by", "region", "--answer", "all").count == 2)
    #expect(try rows("compare", "DATA", "voted", "--to", "0.5")[0]["category"] as? String == "1")
    #expect(survey.run("compare", "DATA", "voted", "--by", "region").output.hasPrefix("Voted: Yes"))
  }

  @Test func `models and the verbs of the paradox count yes, coded 1 and 2 or 1 and 0`() throws {
    func estimates(_ words: [String]) -> String {
      let result = survey.result(words + ["--format", "csv"])
      #expect(result.status == 0, "\(words): \(result.remarks)")
      return result.output.replacingOccurrences(of: "yes01", with: "voted")
    }
    let commands: [[String]] = [
      ["model", "DATA", "OUTCOME ~ region"],
      ["model", "DATA", "OUTCOME ~ region", "--predict", "region=n,s"],
      ["paradox", "gradient", "DATA", "OUTCOME", "--over", "choice"],
      ["paradox", "tipping", "DATA", "OUTCOME", "--over", "kind", "--levels", "1,2"],
      ["paradox", "models", "DATA", "OUTCOME", "--key", "region", "--block", "m=w"],
      ["paradox", "decompose", "DATA", "OUTCOME", "--by", "region", "--covariates", "w"],
      ["paradox", "gap", "DATA", "OUTCOME", "kind == 4"],
      ["paradox", "discordance", "DATA", "OUTCOME", "kind == 4"],
    ]
    for words in commands {
      func with(_ name: String) -> [String] {
        words.map { $0.replacingOccurrences(of: "OUTCOME", with: name) }
      }
      #expect(estimates(with("voted")) == estimates(with("yes01")), "\(words)")
    }
    let model = survey.run("model", "DATA", "voted ~ region", "--predict", "region=n,s")
    #expect(model.output.hasPrefix("Voted: Yes – logistic regression"))
    #expect(model.output.contains("Adjusted predictions: Voted: Yes"))
    let no = survey.run("model", "DATA", "voted ~ region", "--answer", "No")
    #expect(no.output.hasPrefix("Voted: No – logistic regression"))
    let net = survey.run("model", "DATA", "kind ~ region")
    #expect(net.output.hasPrefix("Trust: High trust – logistic regression"))
    let condition = survey.run("model", "DATA", "kind >= 4 ~ region", "--format", "csv")
    #expect(
      survey.run("model", "DATA", "kind ~ region", "--format", "csv").output.replacingOccurrences(
        of: "kind", with: "")
        == condition.output.replacingOccurrences(of: "kind >= 4", with: ""))
  }

  @Test func `where nothing says which answer counts, a model stops and lists them`() throws {
    let bare = try SmallSurvey("g,y\n1,1\n2,2\n1,2\n2,1\n1,1\n", codebook: nil)
    let result = bare.run("model", "DATA", "y ~ g")
    #expect(result.status == 64)
    #expect(result.remarks.contains("y: which answer counts is not said: 1, 2"))
    #expect(bare.run("model", "DATA", "y ~ g", "--answer", "2").status == 0)
    #expect(bare.run("model", "DATA", "y ~ g", "--family", "linear").status == 0)
    let texts = try SmallSurvey(
      "g,y\n1,a\n2,b\n1,b\n2,a\n1,a\n", codebook: "vekt: 1\nvariables: {y: {type: text}}\n")
    #expect(texts.run("paradox", "gap", "DATA", "y", "g == 1").remarks.contains("a, b"))
  }

  @Test func `the test of one answer is of it against all others`() throws {
    let result = survey.run(
      "tabulate", "DATA", "kind", "--by", "region", "--answer", "4,5", "--test", "--format", "json")
    let alone = survey.run(
      "tabulate", "DATA", "high", "--by", "region", "--test", "--format", "json", "--derive",
      "high = kind >= 4")
    func statistic(_ text: String) throws -> Double? {
      let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return (json?["tests"] as? [[String: Any]])?.first?["statistic"] as? Double
    }
    let (a, b) = (
      try #require(try statistic(result.output)), try #require(try statistic(alone.output))
    )
    #expect(abs(a - b) < 1e-10)
  }

  @Test func `the codebook's answer is shown, compared, written and kept in other files`() throws {
    #expect(
      survey.run("codebook", "show", "DATA", "kind").output
        .contains("The answer that counts: High trust (4|5)"))
    let folder = survey.folder
    let other = folder.appending(path: "other.codebook.yaml").path
    let own = folder.appending(path: "small.codebook.yaml").path
    let text = try String(contentsOfFile: own, encoding: .utf8)
    try text.replacing("answer: [4, Very high trust]", with: "answer: 5")
      .write(toFile: other, atomically: true, encoding: .utf8)
    let difference = survey.run("codebook", "diff", own, other, "--format", "csv").output
    #expect(difference.contains("kind,answer,,\"4, 5\",5"))
    for ending in ["sav", "dta"] {
      let out = folder.appending(path: "again.\(ending)").path
      #expect(survey.run("convert", "DATA", out).status == 0)
      let again = survey.run("tabulate", out, "kind", "--answer", "chosen", "--format", "csv")
      #expect(again.output.contains("kind,4|5,High trust"), "\(again)")
      let draft = survey.run("codebook", "new", out).output
      #expect(draft.contains("answer: [4, 5]") && draft.contains("answer_label: High trust"))
    }
    let bad = try SmallSurvey(
      "y\n1\n", codebook: "vekt: 1\nvariables: {y: {codes: {1: A, 2: B}, answer: C}}\n")
    #expect(
      bad.run("tabulate", "DATA", "y").remarks.contains(
        "'C' is no code of 'y'; it has 1 (A), 2 (B)"))
  }

  @Test func `of a scale with a range any number may count`() throws {
    let scale = try SmallSurvey(
      "s\n0\n7\n8\n10\n10\n3\n",
      codebook:
        "vekt: 1\nvariables: {s: {type: integer, codes: {0: None, 10: Full}, range: [0, 10]}}\n")
    let table = scale.run("tabulate", "DATA", "s", "--answer", "8,9,Full", "--format", "csv")
    #expect(table.output.contains("s,8|9|10,\"8, 9 or Full\",3,3,0.5"), "\(table)")
  }

  @Test func `titles of gaps and of types name both answers`() {
    let gap = survey.run("paradox", "gap", "DATA", "kind", "voted", "--by", "region").output
    #expect(gap.hasPrefix("Trust: High trust − Voted: Yes"), "\(gap)")
    let types = survey.run(
      "paradox", "discordance", "DATA", "kind", "voted", "--answer", "kind=5,voted=no")
    #expect(types.output.hasPrefix("Trust: Very high trust × Voted: No"), "\(types)")
    let chart = survey.run("paradox", "gap", "DATA", "kind", "voted", "--format", "svg").output
    #expect(chart.contains("<title id=\"chart-1-title\">Trust: High trust − Voted: Yes</title>"))
  }

  @Test func `answer_label is said in every language of the codebook, and in none of them twice`()
    throws
  {
    let book = try SmallSurvey(
      "y\n1\n2\n2\n",
      codebook: """
        vekt: 1
        language: nn
        variables:
          y: {codes: {1: Låg, 2: Høg}, answer: Høg, answer_label: {nn: Høg tillit, nb: Høy tillit, en: High trust}}
        derived:
          z: {recode: y, map: {1: {to: 0, en: Low}, 2: {to: 1, en: High}}, answer: Low}

        """)
    for (language, label) in [("nb", "Høy tillit"), ("en", "High trust")] {
      let table = book.run("tabulate", "DATA", "y", "--answer", "chosen", "--language", language)
      #expect(table.output.hasPrefix("y: \(label)"), "\(table)")
    }
    let derived = book.run("tabulate", "DATA", "z", "--answer", "chosen", "--format", "csv")
    #expect(derived.output.contains("z,0,Low,1,"), "\(derived)")
  }

  @Test(arguments: [
    ("range: [0, 10], answer: 12", "'12' is no answer of 'y', whose numbers go from 0 to 10"),
    ("answer: [1, 1]", "the answer 1 stands twice"),
    ("codes: {1: A, 2: B}, answer: C", "'C' is no code of 'y'; it has 1 (A), 2 (B)"),
  ])
  func `an answer of the codebook that cannot be is found where it stands`(
    _ keys: String, _ problem: String
  ) throws {
    let book = try SmallSurvey("y\n1\n2\n", codebook: "vekt: 1\nvariables: {y: {\(keys)}}\n")
    let result = book.run("codebook", "check", "DATA")
    #expect(result.status == 65)
    #expect(result.remarks.contains("small.codebook.yaml:2:"), "\(result.remarks)")
    #expect(result.remarks.contains(problem), "\(result.remarks)")
  }

  @Test func `an answer that nobody has given is a finding`() throws {
    let book = try SmallSurvey(
      "y,x\n1,1\n2,2\n", codebook: "vekt: 1\nvariables: {y: {answer: 7}, x: {answer: 2}}\n")
    let result = book.run("codebook", "check", "DATA", "--format", "csv")
    #expect(result.output.contains("warning,answer-not-given,y,"), "\(result)")
    #expect(!result.output.contains("answer-not-given,x"))
  }
}
