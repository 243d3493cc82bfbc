import SurveyData
import Testing

@Suite struct NumberTests {
  @Test(arguments: [
    ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("-2 ^ 2", -4), ("2 ^ -1", 0.5), ("2 ^ 3 ^ 2", 512),
    ("10 - 4 - 3", 3), ("12 / 4 / 3", 1), ("1.5e2", 150), (".5", 0.5), ("abs(-3)", 3),
    ("sqrt(16)", 4), ("exp(0)", 1), ("log(1)", 0), ("min(3, 1, 2)", 1), ("max(3, 1, 2)", 3),
    ("round(2.5)", 3), ("floor(-0.5)", -1), ("if(1 < 2, 10, 20)", 10), ("true + true", 2),
  ]) func `arithmetic follows the usual order`(source: String, expected: Double) throws {
    let column = try Expression(source).number(on: SmallSurvey.dataset)
    #expect(column.values == Array(repeating: expected, count: 8))
  }

  @Test func `a missing input makes the result missing for the same reason`() throws {
    let column = try Expression("age + trust + sex").number(on: SmallSurvey.dataset)
    #expect(Array(column.values.prefix(5)) == [18, 30, 36, 54, 64])
    let reasons = column.values.map { column.missingCode(of: $0)?.reason }
    #expect(reasons == [nil, nil, nil, nil, nil, .system, .system, .refused])
  }

  @Test func `what has no answer is system-missing`() throws {
    let column = try Expression("1 / income").number(on: SmallSurvey.dataset)
    #expect(column.missingCode(of: column.values[2])?.reason == .system)
    let logarithm = try Expression("log(income)").number(on: SmallSurvey.dataset)
    #expect(logarithm.missingCode(of: logarithm.values[2])?.reason == .system)
    #expect(logarithm.missingCode(of: logarithm.values[4])?.reason == .system)
  }

  @Test func `a text comes from names and branches`() throws {
    let column = try Expression("if(sex == 1, region, 'other')").text(on: SmallSurvey.dataset)
    #expect(column.values == ["03", "other", "03", "other", "11", "other", "", ""])
  }

  @Test(arguments: [
    ("sex == 1", Expression.Kind.condition), ("age + 1", .number), ("age", .number),
    ("region", .text), ("'a'", .text), ("if(member, 1, 2)", .number),
    ("if(member, age > 1, false)", .condition), ("missing(age)", .condition),
  ]) func `the kind is known before a row is read`(source: String, kind: Expression.Kind) throws {
    #expect(try Expression(source).check(against: SmallSurvey.dataset) == kind)
  }
}
