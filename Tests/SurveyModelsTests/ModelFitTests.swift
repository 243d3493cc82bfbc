import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

@Suite struct ModelFitTests {
  // One of four says yes in group a, three of four in group b: the slope is ln 3 − ln(1∕3) = 2 ln 3.
  // In each group z = (y − p) ∕ (4·p·(1 − p)) is ±1 once and ∓1∕3 three times, so that the log odds
  // have V = 8∕7 · 4∕3 = 32∕21, and their difference 64∕21.
  @Test func `eight respondents by hand`() throws {
    let survey = try Answers.survey([
      ("group", Answers.codes(["a", "a", "a", "a", "b", "b", "b", "b"], ["a", "b"])),
      ("yes", Answers.numbers([1, 0, 0, 0, 1, 1, 1, 0])),
    ])
    let fit = try survey.fit("yes ~ factor(group)")
    #expect(fit.family == .logistic)
    #expect(fit.event == "1")
    #expect(fit.rows.map(\.term) == ["(Intercept)", "group=b"])
    expectClose(fit.rows[0].estimate, -1.098_612_288_668_109_8, tolerance: 1e-14, "constant")
    expectClose(fit.rows[1].estimate, 2.197_224_577_336_219_6, tolerance: 1e-14, "slope")
    expectClose(
      fit.rows[0].standardError, (32.0 / 21).squareRoot(), tolerance: 1e-12, "constant's error")
    expectClose(
      fit.rows[1].standardError, (64.0 / 21).squareRoot(), tolerance: 1e-12, "slope's error")
    #expect(fit.rows[1].degreesOfFreedom == 6)
    let test = try #require(fit.tests.first)
    #expect(test.term == "group")
    expectClose(
      test.statistic, fit.rows[1].statistic * fit.rows[1].statistic, tolerance: 1e-12, "F")
    expectClose(test.pValue, fit.rows[1].pValue, tolerance: 1e-12, "p")
  }

  @Test func `the codebook decides what is a factor and its reference`() throws {
    let codes = ["a", "b", "c", "unused"]
    let columns = [
      ("group", Answers.codes(["a", "b", "c", "a", "b", "c", "a", "b", "c"], codes)),
      ("sex", Answers.codes(["m", "f", "m", "f", "m", "f", "f", "m", "m"], ["m", "f"])),
      ("x", Answers.numbers([1, 2, 4, 3, 5, 1, 2, 2, 6])),
    ]
    let codebook = Answers.codebook([("group", codes), ("sex", ["m", "f"])], reference: "b")
    let survey = try Answers.survey(columns, codebook: codebook)
    let fit = try survey.fit("x ~ group * sex")
    #expect(
      fit.rows.map(\.term) == [
        "(Intercept)", "group=a", "group=c", "sex=f", "group=a:sex=f", "group=c:sex=f",
      ])
    #expect(fit.rows[4].variable == "group:sex")
    #expect(fit.rows[4].category == "a:f")
    #expect(fit.tests.map(\.term) == ["group", "sex", "group:sex"])
  }

  @Test func `a column that follows from others is left out and named`() throws {
    let survey = try Answers.survey([
      ("y", Answers.numbers([1, 2, 4, 3, 5, 1])),
      ("age", Answers.numbers([20, 30, 44, 60, 35, 51])),
      ("born", Answers.numbers([2003, 1993, 1979, 1963, 1988, 1972])),
    ])
    let fit = try survey.fit("y ~ age + born")
    #expect(fit.rows.map(\.term) == ["(Intercept)", "age"])
    #expect(
      fit.notes.map(\.description) == [
        "born: 'born' follows from the terms before it, so it has no coefficient"
      ])
  }

  @Test func `missing answers are counted by variable`() throws {
    let survey = try Answers.survey([
      ("y", Answers.numbers([1, 2, nil, 3, 5, 1, 4])),
      ("x", Answers.numbers([2, nil, nil, 6, 3, 5, 4])),
      ("g", Answers.codes(["a", "b", "a", nil, "b", "a", "b"], ["a", "b"])),
    ])
    let accounting = try survey.fit("y ~ x + factor(g)").accounting
    #expect(accounting.used == 4)
    #expect(accounting.missing.map(\.variable) == ["y", "x", "g"])
    #expect(accounting.missing.map(\.count) == [1, 1, 1])
  }

  @Test func `two values make a logistic model of the one that counts`() throws {
    let survey = try Answers.survey(
      [
        ("met", Answers.codes(["no", "yes", "no", "yes", "yes", "no"], ["no", "yes"])),
        ("sex", Answers.numbers([1, 2, 1, 1, 2, 2])), ("x", Answers.numbers([1, 2, 3, 1, 5, 2])),
      ], codebook: Answers.codebook([("met", ["no", "yes"])]))
    let fit = try survey.fit("met ~ x")
    #expect(fit.family == .logistic)
    #expect(fit.event == "yes")
    #expect(
      fit.notes.map(\.description) == [
        "met: models the chance that 'met' is yes and not no"
      ])
    #expect(
      throws: SurveyError(
        .usage, at: "sex", "which answer counts is not said: 1, 2",
        remedy: "Write --answer 2, or `answer: 2` in the codebook; or choose --family linear.")
    ) { try survey.fit("sex ~ x") }
    #expect(try survey.fit("sex == 2 ~ x").event == "true")
    #expect(try survey.fit("sex ~ x", family: .linear).event == nil)
    #expect(try survey.fit("met == 'yes' ~ x").rows[1].estimate == fit.rows[1].estimate)
  }
}
