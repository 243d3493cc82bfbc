import SurveyData
import SurveyReaders
import Testing

@testable import SurveyEngines

@Suite struct `Numbers that are rounded in the engine` {
  @Test func `a column that is not there is an error with the nearest name`() {
    #expect(
      message { try ScriptedEngine().source(rounding: ["trsut": 10]) } == """
        test:survey: `round` names 'trsut', and the table has no such column
              Did you mean 'trust'?
        """)
  }

  @Test func `a weight and a text are never rounded`() throws {
    let source = try ScriptedEngine().source(rounding: ["w": 10, "sex": 10])
    #expect(
      message { try source.cells(by: ["trust"], weights: ["w"], replicates: []) } == """
        test:survey: the weight 'w' would be rounded, as `round` of the engine file says
              Take it out of `round`.
        """)
    #expect(
      message { try source.cells(by: ["sex"], weights: [], replicates: []) } == """
        test:survey: the column 'sex' is no number by its type, and cannot be rounded
              Take it out of `round` in the engine file.
        """)
  }

  @Test func `every result of a rounded number says so, by cells and by people`() throws {
    for policy in [PeoplePolicy.cellsOnly, .always] {
      let dataset = Dataset(
        try ScriptedEngine().source(people: policy, rounding: ["trust": 10]))
      let weight = WeightDeclaration("w", source: .variable("w"))
      let found = try dataset.fetched([("trust", .numbers)], weight: weight, replicates: nil)
      #expect(
        found.notes.first { $0.id == "engine.round" }?.text
          == "'trust' is rounded down to multiples of 10, as the engine file says")
    }
  }
}
