import CTestDriver
import SurveyData
import SurveyReaders
import Testing

@testable import SurveyEngines

@Suite struct `An engine's table` {
  @Test func `people come as cells in the order of their values, and nothing stays open`() throws {
    let engine = ScriptedEngine()
    let cells = try engine.cells()
    #expect(cells.keys.map(\.name) == ["trust"])
    guard case .integers(let trust) = cells.keys[0].values else {
      Issue.record("trust is no whole number")
      return
    }
    #expect(trust == [nil, 1, 2])
    #expect(cells.sums.people == [1, 2, 2])
    #expect(cells.sums.weights[0].sums == [1, 3, 3.5])
    #expect(cells.sums.weights[0].squares == [1, 5, 6.25])
    #expect(cells.sums.rows == 5)
    #expect(engine.open == 0)
  }

  @Test func `the same question is asked once`() throws {
    let engine = ScriptedEngine()
    let source = try engine.source()
    _ = try source.cells(by: ["trust"], weights: ["w"], replicates: [])
    let calls = engine.calls
    let again = try source.cells(by: ["trust"], weights: ["w"], replicates: [])
    #expect(again.sums.people == [1, 2, 2])
    #expect(engine.calls == calls)
  }

  @Test func `every call that fails is a sentence, and nothing stays open`() throws {
    let whole = ScriptedEngine()
    _ = try whole.cells()
    #expect(whole.calls > 8)
    for call in 1...whole.calls {
      let engine = ScriptedEngine(failingCall: call, words: "no such luck\nand more")
      #expect(throws: SurveyError.self) { try engine.cells() }
      #expect(engine.open == 0, "call \(call)")
    }
    let first = ScriptedEngine(failingCall: 1, words: "no such luck\nand more")
    #expect(message { try first.cells() } == "test:survey: no such luck")
  }

  @Test func `a stream that breaks off gives the driver's words and no cells`() {
    for batches in 0...1 {
      let engine = ScriptedEngine(breaksAfter: batches)
      #expect(message { try engine.cells() } == "test:survey: the server has gone away")
      #expect(engine.open == 0)
    }
  }

  @Test func `cells that are fewer or more than were counted are refused`() {
    #expect(
      message { try ScriptedEngine(rows: 6, weight: [6, 7.5, 0.5]).cells() } == """
        test:survey: 6 rows were counted, the cells hold 5
              Run it again; if it stays so, the engine loses rows.
        """)
    #expect(
      message { try ScriptedEngine(people: [2, 3, 1]).cells() } == """
        test:survey: 5 rows were counted, the cells hold 6
              The table grows while it is read; run it again, on a copy or a snapshot.
        """)
    #expect(
      message { try ScriptedEngine(weight: [5, 8, 0.5]).cells() } == """
        test:survey: the weights 'w' add up to 8, those of the cells to 7.5
              Run it again; if it stays so, the table changes while it is read, or the engine errs.
        """)
    #expect(message { try ScriptedEngine(rows: 0).cells() } == "test:survey: the table has no rows")
  }

  @Test func `bad weights are found before cells are asked for`() {
    #expect(
      message { try ScriptedEngine(weight: [5, 7.5, -1.5]).cells() } == """
        test:survey: the weight 'w' is negative, -1.5 at the least; a weight is a number from 0 up
              Mend them in a view. An engine gives no order to its rows, so that none can be named.
        """)
    for sum in [Double.nan, .infinity] {
      let engine = ScriptedEngine(weight: [5, sum, 0.5])
      #expect(message { try engine.cells() }.contains("the weight 'w' is not finite in some rows"))
    }
  }

  @Test func `weights that are no numbers are counted`() {
    #expect(
      message { try ScriptedEngine(weight: [5, 7.5, 0.5, 3]).cells() } == """
        test:survey: the weight 'w' is no number in 2 rows
              A decimal comma is none to an engine: convert the file first, or mend it in a view.
        """)
  }

  @Test func `a column that is not there, or holds no answers, is named`() throws {
    let source = try ScriptedEngine().source()
    #expect(
      message { try source.cells(by: ["trsut"], weights: [], replicates: []) } == """
        test:survey: the table has no column 'trsut'
              Did you mean 'trust'?
        """)
    #expect(
      message { try source.cells(by: ["tags"], weights: [], replicates: []) } == """
        test:survey: the column 'tags' is of a type that is no answer (Arrow: +l)
              Make numbers or texts of it in a view.
        """)
    #expect(
      message { try source.cells(by: ["trust"], weights: ["sex"], replicates: []) } == """
        test:survey: the weight 'sex' is not a number by its type
              Make one of it in a view.
        """)
  }

  @Test func `people themselves are not handed over`() throws {
    let dataset = Dataset(try ScriptedEngine().source())
    #expect(dataset.variableNames == ScriptedEngine.names)
    #expect(try dataset.rowCount == 5)
    #expect(
      message { try dataset.numeric("trust") }.hasPrefix(
        "test:survey: people stay in DuckDB, and this asks for every one's 'trust'"))
  }

  @Test func `more cells than memory has room for are refused before they are used`() {
    var limits = QueryLimits()
    limits.memory = 520
    #expect(
      message { try ScriptedEngine(foreseen: 2).cells(limits) } == """
        test:survey: there are more than 2 different answers of trust
              Ask about fewer variables, round a number in the engine file (`round: {…}`), or make classes of it in a view; `at_most: {memory: …}` allows more.
        """)
  }

  @Test func `a query that takes too long is cancelled at the engine`() {
    var limits = QueryLimits()
    limits.seconds = 0
    let engine = ScriptedEngine(hangs: true)
    #expect(
      message { try engine.cells(limits) }.hasPrefix(
        "test:survey: the query was cancelled after 0 seconds"))
  }

  @Test func `a table without columns is one that is not there`() {
    #expect(
      message { try ScriptedEngine(columns: 0).cells() } == """
        test:survey: has no columns, as if it were not there
              Look at the name; files must be where the engine sees them.
        """)
  }

  @Test func `a secret is in no sentence`() {
    let engine = ScriptedEngine(failingCall: 2, words: "cannot log in with s3cret at once")
    #expect(
      message { try engine.cells(secrets: ["s3cret"]) }
        == "test:survey: cannot log in with … at once")
  }

  @Test(arguments: [
    "spark connect: unsupported scheme \"spark\"",
    "[spark] missing required option: spark.auth_type",
    "[spark] URI scheme 'sc' cannot be used with explicit API option spark.api=livy",
  ])
  func `a driver called spark that refuses an address is told from the other of that name`(
    _ words: String
  ) throws {
    func said(_ words: String, by driver: String) -> String {
      message {
        var address = try ScriptedEngine(failingCall: 1, words: words).address()
        (address.dialect, address.driver) = (.spark, driver)
        return try EngineSession(address, driver: Driver(TestDriverInit, called: "test"))
      }
    }
    #expect(
      said(words, by: "spark") == """
        test:survey: \(words)
              Two drivers are called spark: that of `pip install adbc-driver-spark` takes sc://HOST:15002, that of `dbc install --pre spark` takes spark://HOST:15002?api=connect&auth_type=none. Change the address, or name the library of the other under `driver:` in an engine file.
        """)
    #expect(said(words, by: "flightsql") == "test:survey: \(words)")
    #expect(said("connection refused", by: "spark") == "test:survey: connection refused")
  }

  @Test func `a driver of version 1,0 works, and one that refuses both does not`() throws {
    let old = try Driver(TestDriverOldInit, called: "old")
    #expect(!old.isNew)
    let cells = try ScriptedEngine().source(driver: TestDriverOldInit)
      .cells(by: ["trust"], weights: ["w"], replicates: [])
    #expect(cells.sums.people == [1, 2, 2])
    #expect(
      message { try Driver(TestDriverStubbornInit, called: "stubborn") } == """
        stubborn: the driver refuses versions 1.1 and 1.0 of ADBC: neither this nor that
              Install a driver that is newer, or another.
        """)
  }
}
