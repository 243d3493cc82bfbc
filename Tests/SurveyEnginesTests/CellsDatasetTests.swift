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
    let people = try dataset("variables:\n  trust: {type: integer}\n  w: {type: decimal}\n")
    let logarithm = WeightDeclaration("v", source: .expression("log(w)"))
    #expect(
      message { try people.gathered(by: [], weight: logarithm, replicates: nil) } == """
        test:survey: the weight 'v' is more than sums and products of columns, and only people have it
              Make it a column of a view.
        """)
    let replicates = ReplicateDeclaration(["w", "trust"], method: .bootstrap)
    #expect(
      message { try people.gathered(by: [], weight: nil, replicates: replicates) }
        .contains("the degrees of freedom of replicate weights are the rank of everybody's"))
  }

  @Test func `a weight with missing codes, and one of several columns, is reckoned by the engine`()
    throws
  {
    let people = try dataset(
      "variables:\n  w: {type: decimal, missing: {-9: no_answer, 90..99: refused}}\n"
    ).deriving([DerivedVariable(parsing: "half = w / 2")])
    let column = SummedWeight.Term.column("w", missing: [.code("-9"), .range(90, 99)])
    #expect(try people.summed(weight) == SummedWeight("w", column))
    let product = WeightDeclaration("v", source: .expression("3 * half - -trust"))
    #expect(
      try people.summed(product)
        == SummedWeight(
          "v",
          .arithmetic(
            .minus, .arithmetic(.times, .number(3), .arithmetic(.divided, column, .number(2))),
            .negative(.column("trust", missing: [])))))
    #expect(try people.summed(WeightDeclaration("one", source: .expression("1"))) == nil)
    let cells = try people.gathered(by: ["trust"], weight: product, replicates: nil)
    #expect(try cells.cellSums(of: product).sums == [1, 3, 3.5])
  }

  @Test func `a weight is reckoned from the values of rows as the engine does it`() throws {
    let column = SummedWeight.Term.column("w", missing: [.code("-9"), .range(90, 99)])
    let values = column.values(count: 4) { _ in [-9, 95, 2, 100] }
    #expect(values[0].isNaN && values[1].isNaN)
    #expect(values[2...] == [2, 100])
    let quotient = SummedWeight.Term.arithmetic(.divided, .number(1), .negative(column))
    let found = quotient.values(count: 2) { _ in [0, 4] }
    #expect(found[0].isNaN)
    #expect(found[1] == -0.25)
    #expect(quotient.columns == ["w"])
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
