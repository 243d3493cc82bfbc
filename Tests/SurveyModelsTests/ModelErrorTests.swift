import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

@Suite("Models without an answer say why")
struct ModelErrorTests {
  private func survey(_ y: [Double?]) throws -> Survey {
    try Answers.survey([
      ("y", Answers.numbers(y)),
      ("g", Answers.codes(["a", "a", "a", "b", "b", "b", "c", "c"], ["a", "b", "c"])),
      ("sex", Answers.codes(["m", "f", "m", "f", "m", "f", "m", "f"], ["m", "f"])),
      ("x", Answers.numbers([1, 2, 3, 4, 5, 6, 7, 8])),
      ("v", Answers.numbers([9, 5, 7, 5, 6, 3, 4, 1])),
    ])
  }

  @Test(
    arguments: [
      (
        [1, 0, 1, 0, 1, 0, 1, 1], "y ~ factor(g)",
        "'y' is always 1 where 'g' is c (2 respondents); a logit has no finite estimate there"
      ),
      (
        [0, 0, 0, 0, 1, 0, 0, 1], "y ~ factor(g) + factor(sex)",
        "'y' is always 0 where 'g' is a (3 respondents); a logit has no finite estimate there"
      ),
      (
        [1, 0, 1, 1, 0, 0, 1, 0], "y ~ factor(g) * factor(sex)",
        "'y' is always 1 where 'g' is a and 'sex' is m (2 respondents); a logit has no finite "
          + "estimate there"
      ),
      (
        [0, 0, 0, 0, 1, 1, 1, 1], "y ~ x",
        "'y' is always 0 where 'x' is at most 4, and 1 where it is at least 5; a logit has no "
          + "finite estimate there"
      ),
      (
        [1, 1, 1, 0, 0, 0, 0, 0], "y == 1 ~ I(if(x > 4, 5, x))",
        "'y == 1' is always true where 'I(if(x > 4, 5, x))' is at most 3, and false where it is at "
          + "least 4; a logit has no finite estimate there"
      ),
      (
        [0, 0, 0, 0, 1, 0, 0, 1], "y == 1 ~ I(if(x > 4, 5, x))",
        "'y == 1' is always false where 'I(if(x > 4, 5, x))' is below 5; a logit has no finite "
          + "estimate there"
      ),
      (
        [1, 0, 1, 0, 1, 0, 1, 0], "y ~ x + v",
        "the terms 'x', 'v' together tell for certain what 'y' is; a logit has no finite estimate "
          + "there"
      ),
    ] as [([Double], String, String)])
  func `separation is named`(y: [Double], formula: String, expected: String) throws {
    let survey = try survey(y)
    let message = message { _ = try survey.fit(formula) }
    #expect(message.split(separator: "\n").first.map(String.init) == expected, "\(message)")
  }

  @Test func `an outcome of three values is not logistic`() throws {
    let survey = try survey([1, 2, 3, 1, 2, 3, 1, 2])
    #expect(
      message { _ = try survey.fit("y ~ x", family: .logistic) } == """
        y: a logistic model needs an outcome of two values; it has 1, 2, 3
              Write a condition, as in `y == 1 ~ …`, or choose --family linear.
        """)
  }

  @Test func `an outcome of one value explains nothing`() throws {
    let survey = try survey([1, 1, 1, 1, 1, nil, 1, 1])
    #expect(
      message { _ = try survey.fit("y ~ x") } == """
        y: is 1 for all 7 respondents of the model, so there is nothing to explain
              Look at the outcome and at --where.
        """)
  }

  @Test func `categories are no numbers`() throws {
    let survey = try Answers.survey(
      [
        ("g", Answers.codes(["a", "b", "c", "a"], ["a", "b", "c"])),
        ("x", Answers.numbers([1, 2, 3, 5])),
      ], codebook: Answers.codebook([("g", ["a", "b", "c"])]))
    #expect(
      message { _ = try survey.fit("g ~ x") } == """
        g: has 3 categories (a, b, c), which are neither two nor numbers
              Write a condition, as in `g == 'a' ~ …`.
        """)
  }

  @Test func `nobody with all answers`() throws {
    let survey = try survey([nil, nil, nil, nil, nil, nil, nil, nil])
    #expect(
      message { _ = try survey.fit("y ~ x") }.hasPrefix(
        "y: is missing for everybody, so that no model with it can be fitted"))
    let halves = try Answers.survey([
      ("y", Answers.numbers([1, 2, nil, nil])), ("x", Answers.numbers([nil, nil, 1, 2])),
    ])
    #expect(
      message { _ = try halves.fit("y ~ x") }.hasPrefix(
        "y: nobody has answered all the model's variables"))
  }
}

@Suite("A model of too many coefficients is refused before it fills the memory")
struct ModelSizeTests {
  @Test(arguments: ["y ~ factor(a)", "y ~ factor(b):factor(c)", "y ~ factor(b) * factor(c)"])
  func `it says how many there are`(_ formula: String) throws {
    let rows = 0..<5_000
    let dataset = Dataset(
      MemorySource(
        [
          ("y", rows.map { $0 % 2 }), ("a", rows.map { $0 }), ("b", rows.map { $0 % 401 }),
          ("c", rows.map { $0 % 399 }),
        ].map { name, values in
          (name, .numbers(NumericColumn(values: values.map(Double.init), missing: [.system])))
        }))
    let survey = try Survey(dataset)
    let error = #expect(throws: SurveyError.self) { _ = try survey.fit(Formula(formula)) }
    #expect(error?.kind == .usage)
    #expect(error?.problem.contains("at most 1000 are fitted") == true)
  }
}
