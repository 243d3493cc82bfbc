import SurveyData
import Testing

@Suite struct ExpressionErrorTests {
  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch {
      return String(describing: error)
    }
  }

  @Test(arguments: [
    ("", "an expression is empty", 0),
    ("sex = 1", "'=' has no meaning here", 4),
    ("sex == ", "the end stands where a name or a value should", 7),
    ("sex == 1 2", "'2' stands where an operator or the end should", 9),
    ("(sex == 1", "the end stands where ')' should", 9),
    ("accepted == 'yes", "the text that begins here is never closed", 12),
    ("`sex == 1", "the name that begins here is never closed", 0),
    ("2x > 1", "'2x' is neither a number nor a name", 0),
    (
      "lgo(age) > 1",
      "there is no function 'lgo'; there are abs, exp, floor, log, max, min, "
        + "missing, round, sqrt, if", 0
    ),
    ("if(sex == 1, 2)", "'if' takes 3 arguments, but has 2", 0),
    ("age in 3", "'in' needs a list in parentheses or a range", 7),
    ("sex ¤ 1", "'¤' has no meaning here", 4),
    ("1e999 > age", "'1e999' is not a number", 0),
  ]) func `what does not parse has a caret under the fault`(
    source: String, problem: String, column: Int
  ) throws {
    let caret = String(repeating: " ", count: 6 + column) + "^"
    let message = message { _ = try Expression(source) }
    #expect(message.hasPrefix("\(problem)\n      \(source)\n\(caret)"))
  }

  @Test(arguments: [
    (
      "sexx == 1",
      """
      no variable 'sexx'
            sexx == 1
            ^
            Did you mean 'sex'?
      """
    ),
    (
      "sex == 3",
      """
      'sex' has no code '3'; it has 1 (male), 2 (female)
            sex == 3
                   ^
            Did you mean '1'?
      """
    ),
    (
      "age > 20 and accepted == 'yess'",
      """
      'accepted' has no code 'yess'; it has yes, partly, no
            age > 20 and accepted == 'yess'
                                     ^
            Did you mean 'yes'?
      """
    ),
    (
      "accepted >= 'partly'",
      """
      'partly' is a code of 'accepted', and text codes have no order
            accepted >= 'partly'
                        ^
            Name the codes: `accepted in ('partly', …)`.
      """
    ),
    (
      "sex == 'female'",
      """
      'sex' has no code 'female'; it has 1 (male), 2 (female)
            sex == 'female'
                   ^
            Did you mean '2'?
      """
    ),
    (
      "sex == 8",
      """
      code '8' of 'sex' stands for a missing answer (dont_know), which compares with nothing
            sex == 8
                   ^
            Write `missing(sex, 'dont_know')`.
      """
    ),
    (
      "age == 999",
      """
      code '999' of 'age' stands for a missing answer (refused), which compares with nothing
            age == 999
                   ^
            Write `missing(age, 'refused')`.
      """
    ),
    (
      "sex and age > 3",
      """
      'sex' alone is not a condition, since its codes are not 0 and 1
            sex and age > 3
            ^
            Compare it with a code, as in `sex == 1`.
      """
    ),
    (
      "age + 1 and sex == 1",
      """
      'age + 1' is not a condition
            age + 1 and sex == 1
            ^
            Compare it with something, as in `age >= 18`.
      """
    ),
    (
      "region + 1 > 2",
      """
      'region' holds text codes, not numbers
            region + 1 > 2
            ^
      """
    ),
  ]) func `what does not fit the codebook says what would`(
    source: String, expected: String
  ) throws {
    let message = message { try Expression(source).check(against: SmallSurvey.dataset) }
    #expect(message == expected)
  }

  @Test func `deep nesting and great length are errors, not crashes`() {
    let nested = String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)
    #expect(message { _ = try Expression(nested) }.contains("nested deeper than"))
    let signs = String(repeating: "- ", count: 3000) + "1"
    #expect(message { _ = try Expression(signs) }.contains("nested deeper than"))
    let chain = Array(repeating: "1", count: 3000).joined(separator: "+")
    #expect(message { _ = try Expression(chain) }.contains("more than 1000 operators"))
    let long = Array(repeating: "1", count: 20_000).joined(separator: "+")
    #expect(message { _ = try Expression(long) }.contains("too long"))
  }
}
