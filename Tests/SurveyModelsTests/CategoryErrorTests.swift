import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

@Suite("Models of several answers without an answer say why")
struct CategoryErrorTests {
  private func survey(_ y: [Double?]) throws -> Survey {
    try Answers.survey([
      ("y", Answers.numbers(y)),
      ("g", Answers.codes(["a", "a", "a", "b", "b", "b", "c", "c", "c"], ["a", "b", "c"])),
      ("x", Answers.numbers([1, 2, 3, 4, 5, 6, 7, 8, 9])),
    ])
  }

  @Test(
    arguments: [
      (
        [1, 2, 3, 1, 2, 3, 1, 2, 2], "y ~ factor(g)", .multinomial,
        "'y' is never 3 where 'g' is c (3 respondents); a multinomial model has no finite estimate "
          + "there"
      ),
      (
        [1, 2, 3, 1, 2, 3, 3, 3, 3], "y ~ factor(g)", .ordinal,
        "'y' is always 3 where 'g' is c (3 respondents); an ordinal model has no finite estimate "
          + "there"
      ),
      (
        [1, 1, 1, 2, 2, 2, 3, 3, 3], "y ~ x", .ordinal,
        "'x' tells answers of 'y' for certain; an ordinal model has no finite estimate there"
      ),
      (
        [1, 1, 1, 2, 2, 2, 3, 3, 3], "y ~ x", .multinomial,
        "'x' tells answers of 'y' for certain; a multinomial model has no finite estimate there"
      ),
    ] as [([Double], String, CategoryFamily, String)])
  func `separation is named`(
    y: [Double], formula: String, family: CategoryFamily, expected: String
  ) throws {
    let survey = try survey(y)
    let message = message { _ = try survey.fit(formula, categories: family) }
    #expect(message.split(separator: "\n").first.map(String.init) == expected, "\(message)")
  }

  @Test(arguments: CategoryFamily.allCases)
  func `one answer explains nothing`(family: CategoryFamily) throws {
    let survey = try survey([2, 2, 2, nil, 2, 2, 2, 2, 2])
    #expect(
      message { _ = try survey.fit("y ~ x", categories: family) } == """
        y: is 2 for all 8 respondents of the model, so there is nothing to explain
              Look at the outcome and at --where.
        """)
  }

  @Test func `a measurement is no answer`() throws {
    let survey = try Answers.survey([
      ("y", Answers.numbers((0..<60).map(Double.init))),
      ("x", Answers.numbers((0..<60).map { Double($0 % 7) })),
    ])
    #expect(
      message { _ = try survey.fit("y ~ x", categories: .ordinal) } == """
        y: takes more than 50 values, too many for an ordinal model
              Cut it into a few categories with --derive, or choose --family linear.
        """)
  }

  @Test func `cut points take the place of a constant`() throws {
    let survey = try survey([1, 2, 3, 1, 2, 3, 1, 2, 3])
    #expect(
      message { _ = try survey.fit("y ~ x - 1", categories: .ordinal) } == """
        y ~ x - 1: an ordinal model has cut points in place of a constant
              Leave out '- 1' and '+ 0'.
        """)
  }
}
