import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

@testable import SurveyEngines

@Suite struct `A table that changes while it is read` {
  private let weight = WeightDeclaration("w", source: .variable("w"))

  private func cells(_ dataset: Dataset, _ name: String) throws -> Dataset {
    try dataset.fetched([(name, .codes)], units: ["trust"], weight: weight, replicates: nil)
  }

  @Test func `other people in a unit than before are an error that says which query saw which`()
    throws
  {
    let dataset = Dataset(try ScriptedEngine(later: [1, 3, 1]).source(people: .cellsOnly))
    #expect(try cells(dataset, "trust").cells?.people == [1, 2, 2])
    #expect(
      message { try cells(dataset, "sex") } == """
        test:survey: the table changes while it is read: of the people of trust 1, the query by trust saw 2, and the query by trust, sex saw 3
              Run it again, on a copy or a snapshot.
        """)
    #expect(throws: SurveyError.self) { try cells(dataset, "sex") }
  }

  @Test func `other people with an answer that two queries ask for are an error too`() throws {
    let dataset = Dataset(try ScriptedEngine(later: [1, 3, 1]).source(people: .cellsOnly))
    func cells(by names: [String]) throws -> Dataset {
      try dataset.fetched(
        names.map { ($0, .codes) }, weight: weight, replicates: nil)
    }
    _ = try cells(by: ["trust"])
    #expect(
      message { _ = try cells(by: ["trust", "sex"]) } == """
        test:survey: the table changes while it is read: of the people of trust 1, the query by trust saw 2, and the query by trust, sex saw 3
              Run it again, on a copy or a snapshot.
        """)
  }

  @Test func `the same units with the same people are a later answer like any`() throws {
    let dataset = Dataset(try ScriptedEngine().source(people: .cellsOnly))
    _ = try cells(dataset, "trust")
    #expect(try cells(dataset, "sex").cells?.people == [1, 2, 2])
  }
}

@Suite struct `Places of values in their order` {
  @Test func `whole numbers near each other and far apart have the places that any values have`() {
    var random = SeededRandom(seed: 7)
    for width in [0, 1, 9, 70_000, Int.max] {
      let codes: [Int?] = (0..<200).map { _ in
        Bool.random(using: &random) && Bool.random(using: &random)
          ? nil : Int.random(in: (width == Int.max ? Int.min : -3)...width, using: &random)
      }
      let (quick, slow) = (Ranks(codes: codes), Ranks(codes))
      #expect(quick.ofPlace == slow.ofPlace)
      #expect(quick.count == slow.count)
    }
    #expect(Ranks(codes: [nil, nil]).ofPlace == [0, 0])
    #expect(Ranks(codes: []).count == 1)
  }

  @Test func `pairs have the places of pairs`() {
    let pairs = Ranks(codes: [2, 1, 2, nil]).crossed(with: Ranks(["b", "b", "a", "a"]))
    #expect(pairs.ofPlace == [4, 2, 3, 1])
  }
}

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

  @Test func `whole numbers never become a missing code`() throws {
    func said(_ step: Int, _ missing: [MissingCode.Values]) throws -> String {
      var address = EngineAddress("a", .duckdb, .files("a.parquet"))
      address.rounding = ["inc": step]
      return message { try address.requireRoundable(.init("inc", missing: missing)) }
    }
    #expect(
      try said(1000, [.code("-9"), .code("0")]) == """
        a: `round` would make answers such as 1 to 'inc' read as 0, which is missing
              Round it in a view that gives the missing code another number, or by another step.
        """)
    #expect(try said(100, [.range(850, 999)]).contains("no error"))
    #expect(try said(100, [.range(850, 950)]).contains("such as 951 to 'inc' read as 900"))
    for (step, code) in [(10, "99"), (1, "5"), (1000, "-9"), (10, "NA")] {
      #expect(try said(step, [.code(code)]).contains("no error"), "\(step) \(code)")
    }
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

  @Test func `more people than may come are cells by a rounded number, as that is a way out`()
    throws
  {
    var limits = QueryLimits()
    limits.rows = 4
    let dataset = Dataset(
      try ScriptedEngine(different: 5).source(limits, rounding: ["trust": 10]))
    let found = try dataset.fetched([("trust", .numbers)], weight: nil, replicates: nil)
    #expect(found.cells?.people.count == 3)
  }
}

@Suite struct `Cells that would be too many` {
  @Test func `they are foreseen where the engine reckons them, and nothing is grouped`() throws {
    var limits = QueryLimits()
    limits.memory = 520
    let engine = ScriptedEngine(foreseen: 4000, breaksAfter: 0)
    #expect(
      message { try engine.cells(limits) } == """
        test:survey: there are about 4000 different answers of trust, and at most 2 are taken
              Ask about fewer variables, round a number in the engine file (`round: {…}`), or make classes of it in a view; `at_most: {memory: …}` allows more.
        """)
  }

  @Test func `a large table is looked at first where it begins`() throws {
    var limits = QueryLimits()
    limits.memory = 520
    func said(_ foreseen: Int64) -> String {
      message { try ScriptedEngine(rows: 3_000_000, foreseen: foreseen).cells(limits) }
    }
    #expect(said(95_000).contains("about 95000 different answers of trust"))
    #expect(said(4000).contains("more than 2 different answers of trust"))
  }
}
