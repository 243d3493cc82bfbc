import SurveyData
import SurveyReaders
import Testing

@testable import SurveyEngines

@Suite struct `People of an engine's table` {
  private let weight = WeightDeclaration("w", source: .variable("w"))

  private func dataset(
    _ engine: ScriptedEngine, _ codebook: String = "variables:\n  trust: {type: decimal}\n",
    _ limits: QueryLimits = QueryLimits(), _ people: PeoplePolicy = .auto
  ) throws -> Dataset {
    let codebook = try Codebook(
      parsing: "vekt: 1\nlanguage: en\n" + codebook, name: "t.codebook.yaml")
    return Dataset(try engine.source(limits, people: people), codebook: codebook)
  }

  private func fetched(
    _ dataset: Dataset, _ columns: [(name: String, view: ColumnView)] = [("trust", .numbers)]
  ) throws -> Dataset {
    try dataset.fetched(columns, drawn: [], weight: weight, replicates: nil)
  }

  @Test func `a number that is different for everybody comes person by person`() throws {
    let people = try fetched(dataset(ScriptedEngine()))
    #expect(people.cells == nil)
    #expect(people.hasPeople)
    #expect(try people.rowCount == 5)
    let trust = try people.numeric("trust").values
    #expect(trust.prefix(4) == [1, 2, 1, 2])
    #expect(trust[4].isNaN)
    #expect(try people.numeric("w").values == [1, 2, 2, 1.5, 1])
    #expect(
      people.notes.first.map { "\($0.id): \($0.text)" }
        == "engine.rows: DuckDB sent 5 people one by one, with trust, w; people and weights add up")
    #expect(
      people.source.facts.engine?.queries.map { $0.prefix(9) } == ["SELECT CO", "SELECT t."])
  }

  @Test func `a number of few answers, codes and short ranges come as cells`() throws {
    let few = try fetched(dataset(ScriptedEngine(people: [5], different: 1)))
    #expect(few.cells?.people == [5])
    for codebook in [
      "variables:\n  trust: {type: decimal, codes: {1: Low, 2: High}}\n",
      "variables:\n  trust: {type: integer, range: 0..1000}\n",
    ] {
      let cells = try fetched(dataset(ScriptedEngine(people: [5], different: 5), codebook))
      #expect(cells.cells?.people == [5])
    }
    let codes = try fetched(
      dataset(ScriptedEngine(people: [5], different: 5)), [("trust", .codes)])
    #expect(codes.cells?.people == [5])
  }

  @Test func `cells that are nearly as many as people give way to these`() throws {
    let people = try fetched(
      dataset(ScriptedEngine(), "variables:\n  trust: {type: integer, codes: {1: L, 2: H}}\n"))
    #expect(people.hasPeople)
    #expect(try people.categorical("trust").counts().prefix(2) == [2, 2])
  }

  @Test func `more people than may come stop, with the ways out`() throws {
    var limits = QueryLimits()
    limits.rows = 4
    #expect(
      message { try fetched(dataset(ScriptedEngine(), "variables: {trust: {}}", limits)) } == """
        test:survey: 'trust' is different for nearly everybody, and 5 rows are more than the 4 that may come here
              Round it in the engine file (`round: {trust: 1000}`), make classes of it in a view, or allow more (`at_most: {rows: …}`).
        """)
    #expect(
      message { try fetched(dataset(ScriptedEngine(), "variables: {trust: {}}", limits, .always)) }
        == """
        test:survey: 5 rows are more than the 4 that may come here
              Allow more in the engine file: `at_most: {rows: …}`.
        """)
    let cells = try fetched(
      dataset(ScriptedEngine(), "variables:\n  trust: {codes: {1: L, 2: H}}\n", limits))
    #expect(cells.cells?.people == [1, 2, 2])
  }

  @Test func `people stay where the engine file says so`() throws {
    let cells = try fetched(
      dataset(ScriptedEngine(), "variables: {trust: {}}", QueryLimits(), .cellsOnly))
    #expect(cells.cells?.people == [1, 2, 2])
    let product = WeightDeclaration("v", source: .expression("log(w)"))
    let people = try dataset(ScriptedEngine(), "variables: {trust: {}}", QueryLimits(), .cellsOnly)
    #expect(
      message { try people.fetched([], drawn: [], weight: product, replicates: nil) }
        .hasSuffix(
          "The engine file says `rows: cells-only`, so that people stay where they are."))
    people.wishForPeople()
    #expect(people.origin?.wishes.arePeople == false)
  }

  @Test func `a weight that cells do not tell is reckoned from people`() throws {
    let product = WeightDeclaration("v", source: .expression("log(w)"))
    let people = try dataset(ScriptedEngine()).fetched(
      [("trust", .numbers)], drawn: [], weight: product, replicates: nil)
    #expect(try people.numeric("w").values == [1, 2, 2, 1.5, 1])
  }

  @Test func `what interpolates between people has them the second time`() throws {
    let elsewhere = try dataset(ScriptedEngine(people: [5], different: 1))
    let cells = try fetched(elsewhere)
    #expect(throws: SurveyError.self) {
      try cells.requirePeople(for: "it", remedy: "", wishing: true)
    }
    #expect(elsewhere.origin?.wishes.arePeople == true)
    let people = try fetched(elsewhere)
    try people.requirePeople(for: "it", remedy: "")
    #expect(
      message { try people.requireOrder(for: "ranking", remedy: "Rank otherwise.") } == """
        test:survey: ranking needs the people one by one in an order, and those of a table have none
              Rank otherwise.
        """)
  }

  @Test func `people are copied only where the engine file says that they always come`() throws {
    #expect(
      message { try dataset(ScriptedEngine()).whole(for: "convert", remedy: "") } == """
        test:survey: convert needs the people one by one, and they stay in DuckDB
              Write `rows: always` in an engine file, or use a file of them.
        """)
    #expect(
      message {
        try dataset(ScriptedEngine(), "variables: {trust: {}}", QueryLimits(), .always).whole(
          for: "it", remedy: "")
      }
      .contains("the column 'tags' is of a type that is no answer"))
  }

  @Test func `a weight that is also asked about comes once`() throws {
    let people = try fetched(
      dataset(ScriptedEngine()), [("trust", .numbers), ("w", .numbers)])
    #expect(try people.numeric("w").values == [1, 2, 2, 1.5, 1])
  }

  @Test func `people who are here already answer a later question`() throws {
    let engine = ScriptedEngine()
    let elsewhere = try dataset(engine)
    _ = try fetched(elsewhere)
    let calls = engine.calls
    let people = try fetched(elsewhere, [("trust", .codes)])
    #expect(people.hasPeople)
    #expect(engine.calls == calls)
  }

  @Test func `what is said of people is said of parts of them too`() throws {
    let people = try fetched(dataset(ScriptedEngine()))
    let read = try people.source.read([ColumnRequest(Variable("trust"), as: .numbers)])
    #expect(read.notes.map(\.id).contains("engine.rows"))
  }

  @Test func `people who are fewer than were counted, or weigh something else, are refused`() {
    #expect(
      message { try fetched(dataset(ScriptedEngine(trust: [1, 2, 1, 2]))) } == """
        test:survey: 5 rows were counted, 4 came
              Run it again; if it stays so, the engine loses rows.
        """)
    #expect(
      message { try fetched(dataset(ScriptedEngine(weight: [5, 8, 0.5]))) } == """
        test:survey: the weights 'w' add up to 8, those of the people to 7.5
              Run it again; if it stays so, the table changes while it is read, or the engine errs.
        """)
    for batches in 0...1 {
      #expect(
        message { try fetched(dataset(ScriptedEngine(breaksAfter: batches))) }
          == "test:survey: the server has gone away")
    }
  }

  @Test func `every call that fails is a sentence, and nothing stays open`() throws {
    let whole = ScriptedEngine()
    _ = try fetched(dataset(whole))
    #expect(whole.calls > 12)
    for call in 1...whole.calls {
      let engine = ScriptedEngine(failingCall: call, words: "no such luck")
      #expect(throws: SurveyError.self, "call \(call)") { try fetched(dataset(engine)) }
      #expect(engine.open == 0, "call \(call)")
    }
  }

  @Test func `people who take more memory than they may stop, and nothing of them is used`() {
    var limits = QueryLimits()
    limits.memory = 8
    #expect(
      message { try fetched(dataset(ScriptedEngine(), "variables: {trust: {}}", limits)) } == """
        test:survey: 3 people take more than the 0 MiB that they may, and are not all
              Ask about fewer variables, or allow more in the engine file: `at_most: {memory: …}`.
        """)
  }

  @Test func `the same people are asked for once, and with more columns again`() throws {
    let engine = ScriptedEngine()
    let elsewhere = try dataset(engine)
    _ = try fetched(elsewhere)
    let calls = engine.calls
    _ = try fetched(elsewhere)
    #expect(engine.calls == calls)
    let people = try fetched(elsewhere)
    #expect(
      message { try people.categorical("sex") }.hasPrefix(
        "test:survey: the people came without 'sex'; they came with trust, w"))
    #expect(elsewhere.origin?.wishes.names == ["sex"])
  }

  @Test func `the number of people is that of the codebook`() {
    #expect(
      message {
        try fetched(dataset(ScriptedEngine(), "file: {rows: 6}\nvariables: {trust: {}}\n"))
      } == """
        test:survey: the table has 5 rows, but the codebook states 6
              A part of the table may be out of reach; or mend `rows:` under `file:` in the codebook.
        """)
  }
}
