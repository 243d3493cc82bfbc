import SurveyCommands
import Testing

@Suite("A text column is a factor though nobody has said that it is text")
struct UndeclaredTextTests {
  private func survey(_ rows: String) throws -> SmallSurvey {
    try SmallSurvey(rows + "\n", codebook: nil)
  }

  private let sexes = "sex,y\nMann,1\nKvinne,0\nMann,0\nKvinne,1\nMann,1\nKvinne,1"

  /// Two of three men and two of three women: the ratio of odds is 1.
  @Test func `on the right of a formula`() throws {
    let result = try survey(sexes).result(["model", "DATA", "y ~ sex", "--format", "csv"])
    #expect(result.status == 0, "\(result.remarks)")
    #expect(result.output.contains("\nsex=Mann,sex,Mann,"))
  }

  @Test func `on the left it is an outcome with categories`() throws {
    let survey = try survey(sexes)
    let unsaid = survey.result(["model", "DATA", "sex ~ y"])
    #expect(unsaid.remarks.contains("which answer counts is not said: Kvinne, Mann"))
    let said = survey.result(["model", "DATA", "sex ~ y", "--answer", "Mann", "--format", "csv"])
    #expect(said.status == 0, "\(said.remarks)")
  }

  @Test func `ages in bands are text, numbers as people write them are not`() throws {
    let bands = try survey("a,y\n18-29,1\n30-44,0\n45+,1\n18-29,0\n30-44,1\n45+,1\n45+,0")
    let fit = bands.result(["model", "DATA", "y ~ a", "--format", "csv"])
    #expect(fit.output.contains("30-44") && fit.output.contains("45+"))
    for written in ["45 %", "kr 12", ">65", "1 234 567,5.1"] {
      let odd = try survey("a,y\n\(written),1\n1\(written),0\n2\(written),1\n3,0\n4,1")
      #expect(odd.result(["model", "DATA", "y ~ a"]).status == 65, "\(written)")
    }
  }

  @Test func `one slip in a number is still a slip`() throws {
    let slip = try survey("a,y\n1,1\n2,0\n3,1\nx,0\n4,1")
    let result = slip.result(["model", "DATA", "y ~ a"])
    #expect(result.status == 65 && result.remarks.contains("'a' is 'x', which is not a number"))
  }

  @Test func `in the formula of a calibration, and in its variance`() throws {
    let survey = try survey(sexes)
    let totals = survey.folder.path + "/t.csv"
    try "variable,category,total\nsex,Mann,60\nsex,Kvinne,40\n".write(
      toFile: totals, atomically: true, encoding: .utf8)
    let file = survey.folder.path + "/o.csv"
    let result = survey.result(
      ["weight", "DATA", "--calibrate", "sex", "--totals", totals, "--output", file])
    #expect(result.status == 0, "\(result.remarks)")
    let rows = try CommandRun.rows(["tabulate", file, "sex"])
    #expect(rows.map { $0["std_error"] as? Double } == [0, 0])
    #expect(survey.result(["weight", "DATA", "--calibrate", "sexx"]).remarks.contains("'sex'"))
  }

  @Test(arguments: [
    "models DATA y --key x --block b=k --controls g", "models DATA y --key g --block b=k",
    "gradient DATA y --over g", "gradient DATA y --over h --controls g",
    "gap DATA y e --by h --controls g", "discordance DATA y e --by h --controls g",
  ])
  func `in the analyses of the paradox, as if somebody had said so`(command: String) throws {
    let rows = (0..<150).map { i in
      let (y, e) = ((i * 7 + i / 5) % 11 > 4 ? 1 : 0, (i * 3 + i / 7) % 5 > 2 ? 1 : 0)
      let (x, k) = ((i * 13 + i / 4) % 17, (i * 5 + i / 9) % 7)
      return "\(["a", "b", "c"][i % 3]),\(i / 2 % 2 + 1),\(x),\(k),\(y),\(e)"
    }
    let csv = (["g,h,x,k,y,e"] + rows).joined(separator: "\n")
    let said = try SmallSurvey(csv + "\n", codebook: "vekt: 1\nvariables:\n  g: {type: text}\n")
    let words = ["paradox"] + command.split(separator: " ").map(String.init) + ["--format", "csv"]
    let (known, unsaid) = (said.result(words), try survey(csv).result(words))
    #expect(known.status == 0 && !known.output.isEmpty, "\(known.remarks)")
    #expect(unsaid.output == known.output, "\(unsaid.remarks)")
  }

  @Test func `means say that it has none, and comparisons take its shares`() throws {
    let survey = try survey(sexes)
    #expect(survey.result(["summarize", "DATA", "sex"]).remarks.contains("holds text"))
    #expect(survey.result(["compare", "DATA", "sex", "--by", "y"]).status == 0)
  }
}
