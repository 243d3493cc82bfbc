import SurveyData
import Testing

@Suite struct MissingRuleTests {
  private static let rules: [(String, [MissingCode.Values])] = [
    ("<0", [.range(-.infinity, (0.0).nextDown)]),
    ("<=-1", [.range(-.infinity, -1)]),
    (">90", [.range((90.0).nextUp, .infinity)]),
    (">=90", [.range(90, .infinity)]),
    ("97..99", [.range(97, 99)]),
    ("LO..-1", [.range(-.infinity, -1)]),
    ("LO..HI", [.range(-.infinity, .infinity)]),
    ("8, 9.0, x", [.code("8"), .code("9"), .code("x")]),
  ]

  @Test(arguments: rules) func `a rule without names holds for all variables`(
    text: String, values: [MissingCode.Values]
  ) throws {
    let rule = try MissingRule(parsing: text)
    #expect(rule.variables.isEmpty)
    #expect(rule.codes.map(\.values) == values)
    #expect(rule.codes.allSatisfy { $0.reason == .noAnswer })
  }

  @Test func `a rule with names takes the codes from those variables`() throws {
    let dataset = try SmallSurvey.dataset.treatingAsMissing([
      MissingRule(parsing: "sex, region: 2, 46")
    ])
    #expect(try dataset.variable("sex").categories.map(\.code) == ["1"])
    #expect(try dataset.variable("sex").missing.map(\.text) == ["8", "2", "46"])
    #expect(try dataset.variable("region").categories.map(\.code) == ["03", "11"])
    #expect(try dataset.variable("age").missing.map(\.text) == ["999"])
  }

  @Test func `a rule for all leaves weights and design columns alone`() throws {
    let source = MemorySource([
      ("q", SmallSurvey.numbers([1, -1])), ("w", SmallSurvey.numbers([1, -1])),
    ])
    let codebook = Codebook(
      variables: [Variable("q"), Variable("w")],
      weights: [WeightDeclaration("w", source: .variable("w"))])
    let dataset = try Dataset(source, codebook: codebook)
      .treatingAsMissing([MissingRule(parsing: "<0")])
    #expect(try dataset.variable("q").missing.count == 1)
    #expect(try dataset.variable("w").missing.isEmpty)
  }

  @Test(arguments: ["<x", "", "a:", ": 8", "8,,9"])
  func `a rule that names no value is an error`(text: String) {
    #expect(throws: SurveyError.self) { try MissingRule(parsing: text) }
  }

  @Test func `a rule for an unknown variable offers the nearest`() throws {
    let rule = try MissingRule(parsing: "agee: 8")
    #expect(
      throws: SurveyError(.usage, at: "small", "no variable 'agee'", remedy: "Did you mean 'age'?")
    ) {
      try SmallSurvey.dataset.treatingAsMissing([rule])
    }
  }
}
