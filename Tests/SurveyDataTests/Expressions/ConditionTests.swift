import SurveyData
import Testing

@Suite struct ConditionTests {
  @Test(arguments: [
    ("sex == 1", "tftftf??"),
    ("1 == sex", "tftftf??"),
    ("sex == '1'", "tftftf??"),
    ("sex != 1", "ftftft??"),
    ("sex < 2", "tftftf??"),
    ("age >= 18", "ftttt?t?"),
    ("18 <= age < 60", "ftttf?f?"),
    ("accepted == 'yes'", "tfft??ft"),
    ("accepted in ('yes', \"partly\")", "tftt??ft"),
    ("accepted not in ('yes', 'partly')", "ftff??tf"),
    ("region == '03'", "tftffft?"),
    ("trust in 7..10", "ftftf?tf"),
    ("trust in (0, 2, 7..10)", "ttftf?tt"),
    ("age in 18..30", "fttff?f?"),
    ("age not in (17, 71)", "ftttt?f?"),
    ("born >= '1999-01-01'", "ftf?fttf"),
    ("member", "fttf?tft"),
    ("not member", "tfft?ftf"),
    ("member and sex == 2", "ftffftf?"),
    ("member or sex == 2", "fttt?t?t"),
    ("sex == 1 & !(age < 18)", "fftftf??"),
    ("false and sex == 1", "ffffffff"),
    ("true or sex == 1", "tttttttt"),
    ("missing(sex)", "fffffftt"),
    ("missing(sex, 'dont_know')", "ffffffft"),
    ("missing(age, 'refused', 'system')", "ffffftft"),
    ("missing(age + trust)", "ffffftft"),
    ("missing(sex == 1)", "fffffftt"),
    ("not missing(age) and not missing(sex)", "tttttfff"),
    ("income / 10 == 2", "ftffff?f"),
    ("1 / income > 0", "tt?tft?t"),
    ("sex == member", "fftf?f??"),
    ("accepted == region", "ffff??f?"),
    ("if(sex == 1, age > 20, trust > 5)", "ftttt???"),
    ("-trust < -5", "ftftf?tf"),
    ("sex == 1 OR TRUE", "tttttttt"),
    ("`sex` == 1", "tftftf??"),
  ]) func `a condition is true, false or missing for each row`(
    source: String, expected: String
  ) throws {
    let column = try Expression(source).condition(on: SmallSurvey.dataset)
    let letters = (0..<column.count).map { row -> Character in
      switch column[row] {
      case .true: "t"
      case .false: "f"
      case .missing: "?"
      }
    }
    #expect(String(letters) == expected)
  }

  @Test func `a condition counts what holds and what is missing`() throws {
    let column = try Expression("sex == 1").condition(on: SmallSurvey.dataset)
    #expect((0..<column.count).count { column[$0] == .true } == 3)
    #expect(column.missingCount == 2)
  }

  @Test func `columns that no codebook describes are compared by what they hold`() throws {
    let source = MemorySource([
      ("group", .text(TextColumn(values: ["a", "b", "", "a"]))),
      ("size", SmallSurvey.numbers([1, 2, 3, nil])),
    ])
    let dataset = Dataset(source)
    #expect(try Expression("group == 'a'").condition(on: dataset).bytes == [1, 0, 2, 1])
    #expect(try Expression("size > 1").condition(on: dataset).bytes == [0, 1, 1, 2])
    #expect(try Expression("size == '2'").condition(on: dataset).bytes == [0, 1, 0, 2])
    #expect(try Expression("missing(group)").condition(on: dataset).bytes == [0, 0, 1, 0])
    #expect(throws: SurveyError.self) { try Expression("group == 'c'").condition(on: dataset) }
  }

  @Test func `inputs are each variable once with its view`() throws {
    let expression = try Expression("age > 18 and sex == 1 and age < 60 and accepted == 'yes'")
    #expect(expression.variables == ["age", "sex", "accepted"])
    let inputs = try expression.inputs(in: SmallSurvey.dataset)
    #expect(inputs.map(\.name) == ["age", "sex", "accepted"])
    #expect(inputs.map(\.view) == [.numbers, .codes, .codes])
  }
}
