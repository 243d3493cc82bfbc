import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

@Suite("Functions of a formula")
struct FormulaFunctionTests {
  @Test(arguments: [
    ("y ~ poly(x, 2) * a", "poly(x, 2), a, poly(x, 2):a", ""),
    (
      "y ~ poly(x, degree = 2) + spline(log(x), df = 4)",
      "poly(x, degree = 2), spline(log(x), df = 4)", ""
    ),
    ("y ~ relevel(a, 'b, c') + relevel(a, 2)", "a, a", ""),
    ("y ~ x + offset(log(time + 1)) + offset(z)", "x", "offset(log(time + 1)), offset(z)"),
    ("y ~ offset(z) - 1", "", "offset(z)"),
    ("I(y <= 2) ~ offset", "offset", ""),
  ]) func `have their terms and offsets`(source: String, terms: String, offsets: String) throws {
    let formula = try Formula(source)
    let names = formula.terms.map { term in
      term.map { formula.atoms[$0].name }.joined(separator: ":")
    }
    #expect(names.joined(separator: ", ") == terms)
    #expect(formula.offsets.map(\.name).joined(separator: ", ") == offsets)
  }

  @Test func `the left side needs no I() but may have it`() throws {
    #expect(try Formula("I(y <= 2) ~ x").outcome.name == "y <= 2")
    #expect(try Formula("factor(y) ~ x").outcome.isFactor)
    #expect(try Formula("factor(y) ~ x").outcome.name == "y")
  }

  @Test(arguments: [
    ("z ~ poly(x)", "'poly' takes a number and a degree, as in `poly(x, 2)`", 4),
    (
      "z ~ poly(x, 1.5)", "the degree of a polynomial is a whole number from 1 to 20, not '1.5'", 12
    ),
    (
      "z ~ spline(x, 2)",
      "the number of columns of a cubic spline is a whole number from 3 to 20, not '2'", 14
    ),
    ("z ~ relevel(x + 1, 'a')", "'relevel' takes a variable, not an expression", 12),
    ("z ~ x * offset(w)", "an offset is a term of its own", 8),
    ("z ~ x - offset(w)", "an offset is added, not taken away", 8),
    ("z ~ poly(lgo(x), 2)", "there is no function 'lgo'", 9),
  ]) func `what does not parse has a caret under the fault`(
    source: String, problem: String, column: Int
  ) {
    let message = message { _ = try Formula(source) }
    let caret = String(repeating: " ", count: 6 + column) + "^"
    #expect(message.hasPrefix(problem), "\(message)")
    #expect(message.contains("\n      \(source)\n\(caret)"), "\(message)")
  }

  @Test func `functions are checked against the codebook before a row is read`() throws {
    let dataset = Dataset(
      MemorySource([
        ("g", Answers.codes(["a", "b"], ["a", "b"])), ("y", Answers.numbers([1, 2])),
      ]), codebook: Answers.codebook([("g", ["a", "b"])]))
    #expect(
      message { try Formula("y ~ relevel(g, 'c')").check(against: dataset) } == """
        'g' has no code 'c'; it has a, b
              y ~ relevel(g, 'c')
                          ^
              Did you mean 'a'?
        """)
    #expect(
      message { try Formula("y ~ poly(g, 2)").check(against: dataset) }.hasPrefix(
        "'poly(g, 2)' needs a number, which 'g' is not"))
  }

  // Over −1, 0, 1 (twice each) the polynomials are x ∕ 2 and (x² − 2∕3) ∕ √(4∕3), which is half of
  // (1, −2, 1) ∕ √3.
  @Test func `a polynomial's columns are orthogonal and of length one`() throws {
    let survey = try Answers.survey([
      ("y", Answers.numbers([1, 1, 2, 2, 6, 6])),
      ("x", Answers.numbers([-1, -1, 0, 0, 1, 1])),
    ])
    let rows = try survey.fit("y ~ poly(x, 2)").rows
    #expect(rows.map(\.term) == ["(Intercept)", "poly(x, 2)1", "poly(x, 2)2"])
    #expect(rows[1].variable == "poly(x, 2)")
    expectClose(rows[0].estimate, 3, tolerance: 1e-12, "mean")
    expectClose(rows[1].estimate, 5, tolerance: 1e-12, "linear")
    expectClose(rows[2].estimate, 3.0.squareRoot(), tolerance: 1e-12, "quadratic")
  }

  @Test func `a polynomial and its powers say the same`() throws {
    let survey = try Answers.survey(
      Answers.sample(), weight: "w", strata: "stratum", psu: ["psu"])
    let orthogonal = try survey.fit("score ~ poly(x, 3)")
    let powers = try survey.fit("score ~ x + I(x^2) + I(x^3)")
    expectClose(orthogonal.deviance, powers.deviance, tolerance: 1e-10, "deviance")
    expectClose(
      orthogonal.rows[3].statistic, powers.rows[3].statistic, tolerance: 1e-8, "cubic's t")
  }

  @Test func `too few values for a polynomial or spline are said`() throws {
    let survey = try Answers.survey([
      ("y", Answers.numbers([1, 4, 2, 3])), ("x", Answers.numbers([1, 2, 1, 2])),
    ])
    #expect(
      message { _ = try survey.fit("y ~ poly(x, 2)") } == """
        poly(x, 2): needs 3 different values, and there are 2
              Lower the number, or take the variable itself.
        """)
    #expect(
      message { _ = try survey.fit("y ~ spline(x, 4)") }.hasPrefix(
        "spline(x, 4): needs 3 different values, and there are 2"))
  }

  @Test func `an offset moves the linear predictor by itself`() throws {
    let survey = try Answers.survey(
      Answers.sample(), weight: "w", strata: "stratum", psu: ["psu"])
    let plain = try survey.fit("score ~ x")
    let moved = try survey.fit("score ~ x + offset(2 * x)")
    expectClose(moved.rows[1].estimate + 2, plain.rows[1].estimate, tolerance: 1e-12, "slope")
    expectClose(
      moved.rows[1].standardError, plain.rows[1].standardError, tolerance: 1e-10, "error")
    expectClose(moved.deviance, plain.deviance, tolerance: 1e-10, "deviance")
  }
}
