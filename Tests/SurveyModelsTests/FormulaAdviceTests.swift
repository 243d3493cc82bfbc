import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

@Suite("Formulas that are written as elsewhere")
struct FormulaAdviceTests {
  private func survey() throws -> Survey {
    try Answers.survey([
      ("y", Answers.numbers([1, 0, 1, 0, 1, 0])), ("x", Answers.numbers([3, 1, 2, 4, 6, 5])),
      ("hello-there", Answers.numbers([1, 2, 3, 3, 2, 1])),
    ])
  }

  @Test(
    arguments: [
      ("y ~ hello-there", "between backquotes: `hello-there`."),
      ("y ~ x + hello-there", "between backquotes: `hello-there`."),
      ("hello-there ~ x", "between backquotes: `hello-there`."),
      ("y ~ I(hello-there)", "between backquotes: `hello-there`."),
      ("y = x", "Write '~' in place of '=': `outcome ~ term + term`."),
      ("y ~ x = 1", "with == to compare"),
      ("y = 1 ~ x", "Write == to compare."),
      ("y == “1” ~ x", "Write straight quotation marks, '…' or \"…\"."),
      ("y ~ relevel(x, “1”)", "Write straight quotation marks, '…' or \"…\"."),
      ("y ~ x – 1", "Write a plain minus sign, -."),
    ])
  func `have advice that mends them`(_ formula: String, _ expected: String) throws {
    let survey = try survey()
    let said = message { _ = try survey.fit(formula) }
    #expect(said.contains(expected), "\(said)")
  }

  @Test func `backquotes work everywhere`() throws {
    let fit = try survey().fit("`hello-there` ~ x + I(`hello-there` * x)", family: .linear)
    #expect(fit.formula.outcome.name == "hello-there")
    let other = try survey().fit("x ~ `hello-there`", family: .linear)
    #expect(other.rows[1].term == "hello-there")
    #expect(try other.predictions(at: "`hello-there`=2").rows[0].estimate.isFinite)
    #expect(try other.contrasts(["`hello-there` * 2"]).rows[0].difference.estimate.isFinite)
    #expect(try other.margins(of: "hello-there").rows[0].difference.estimate.isFinite)
  }
}
