import SurveyData
import SurveyReaders
import Testing

@testable import SurveyEngines

@Suite struct `A dataset in an engine` {
  private func dataset(_ codebook: String) throws -> Dataset {
    let codebook = try Codebook(
      parsing: "vekt: 1\nlanguage: en\n" + codebook, name: "t.codebook.yaml")
    return Dataset(try ScriptedEngine().source(), codebook: codebook)
  }

  private let weight = WeightDeclaration("w", source: .variable("w"))

  @Test func `what an analysis reads comes as cells that the codebook decodes`() throws {
    let people = try dataset("variables:\n  trust: {type: integer, codes: {1: Low, 2: High}}\n")
    #expect(people.givesCells)
    let cells = try people.gathered(by: ["trust"], weight: weight, replicates: nil)
    let trust = try cells.categorical("trust")
    #expect(trust.categories.map(\.code) == ["1", "2"])
    #expect(trust.counts(of: cells.cells?.people).prefix(2) == [2, 2])
    #expect(try cells.peopleCount == 5)
    #expect(
      cells.notes.first?.text
        == "DuckDB read 5 rows and sent 3 cells; people and weights add up; 1 cells are one person, so mind disclosure"
    )
  }

  @Test func `a column that was not named is wished, and is there the second time`() throws {
    let people = try dataset("variables:\n  trust: {type: integer}\n  sex: {type: text}\n")
    let cells = try people.gathered(by: ["trust"], weight: weight, replicates: nil)
    #expect(throws: SurveyError.self) { try cells.categorical("sex") }
    #expect(people.origin?.wishes.names == ["sex"])
    #expect(throws: SurveyError.self) { try people.categorical("w") }
    #expect(people.origin?.wishes.names == ["sex", "w"])
  }

  @Test func `a code that the codebook does not know is told by people, not by lines`() throws {
    let cells = try dataset("variables:\n  trust: {type: integer, codes: {1: Low}}\n")
      .gathered(by: ["trust"], weight: weight, replicates: nil)
    #expect(
      message { try cells.categorical("trust") } == """
        test:survey: 'trust' is 2 for 2 people, but the codebook knows 1 (Low)
              Add 2 to the codebook, or treat unknown codes as missing: `unknown: missing` under trust.
        """)
  }

  @Test func `weights that only people have are refused`() throws {
    let people = try dataset(
      "variables:\n  trust: {type: integer}\n  w: {type: decimal, missing: {-9: no_answer}}\n")
    let product = WeightDeclaration("v", source: .expression("w * 2"))
    #expect(
      message { try people.gathered(by: [], weight: product, replicates: nil) } == """
        test:survey: the weight 'v' is reckoned from columns, which only people have
              Make it a column of a view.
        """)
    #expect(
      message { try people.gathered(by: [], weight: weight, replicates: nil) } == """
        test:survey: the weight 'w' has missing codes (-9), which would be added up
              Make them NULL in a view.
        """)
    let replicates = ReplicateDeclaration(["w", "trust"], method: .bootstrap)
    #expect(
      message { try people.gathered(by: [], weight: nil, replicates: replicates) }
        .contains("the degrees of freedom of replicate weights are the rank of everybody's"))
  }

  @Test func `what needs people says so before anything is asked`() throws {
    let engine = ScriptedEngine()
    let people = Dataset(try engine.source())
    let calls = engine.calls
    #expect(
      message { try people.requirePeople(for: "convert", remedy: "") } == """
        test:survey: convert needs the people one by one, and they stay where they are
              Use a file of them.
        """)
    #expect(engine.calls == calls)
  }
}
