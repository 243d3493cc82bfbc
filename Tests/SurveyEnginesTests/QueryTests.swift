import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

@testable import SurveyEngines

@Suite struct `Queries in the words of an engine` {
  private func writer(_ dialect: Dialect, _ table: String = "s.t") throws -> QueryWriter {
    try #require(QueryWriter(dialect, .table(try TableName(parsing: table))))
  }

  private let query = CellQuery(
    keys: [.init(name: "trust"), .init(name: "the \"odd`one")],
    weights: [.init(name: "w"), .init(name: "w2", isCounted: true)], replicates: ["r1"], limit: 100)

  @Test func `cells are asked for by the raw columns of DuckDB`() throws {
    #expect(
      try writer(.duckdb).cells(query) == #"""
        SELECT t."trust" AS "trust",
          t."the ""odd`one" AS "the ""odd`one",
          COUNT(*) AS "vekt_n",
          SUM(CAST(t."w" AS DOUBLE)) AS "vekt_w_w",
          SUM(CAST(t."w" AS DOUBLE) * CAST(t."w" AS DOUBLE)) AS "vekt_w2_w",
          COALESCE(SUM(CAST(t."w2" AS DOUBLE)), CAST(0 AS DOUBLE)) AS "vekt_w_w2",
          COALESCE(SUM(CAST(t."w2" AS DOUBLE) * CAST(t."w2" AS DOUBLE)), CAST(0 AS DOUBLE)) AS "vekt_w2_w2",
          SUM(CASE WHEN CAST(t."w2" AS DOUBLE) > 0 THEN 1 ELSE 0 END) AS "vekt_np_w2",
          SUM(CASE WHEN t."w2" IS NULL THEN 1 ELSE 0 END) AS "vekt_nm_w2",
          SUM(CAST(t."r1" AS DOUBLE)) AS "vekt_w_r1"
        FROM "s"."t" AS t
        GROUP BY t."trust", t."the ""odd`one"
        LIMIT 101
        """#)
  }

  @Test func `the same question has other quotation marks and types elsewhere`() throws {
    let small = CellQuery(
      keys: [.init(name: "a`b")], weights: [.init(name: "w")], replicates: [], limit: 9)
    #expect(
      try writer(.spark).cells(small) == """
        SELECT t.`a``b` AS `a``b`,
          COUNT(*) AS `vekt_n`,
          SUM(CAST(t.`w` AS DOUBLE)) AS `vekt_w_w`,
          SUM(CAST(t.`w` AS DOUBLE) * CAST(t.`w` AS DOUBLE)) AS `vekt_w2_w`
        FROM `s`.`t` AS t
        GROUP BY t.`a``b`
        LIMIT 10
        """)
    #expect(
      try writer(.postgresql).cells(small) == """
        SELECT t."a`b" AS "a`b",
          COUNT(*) AS "vekt_n",
          SUM(CAST(t."w" AS DOUBLE PRECISION)) AS "vekt_w_w",
          SUM(CAST(t."w" AS DOUBLE PRECISION) * CAST(t."w" AS DOUBLE PRECISION)) AS "vekt_w2_w"
        FROM "s"."t" AS t
        GROUP BY t."a`b"
        LIMIT 10
        """)
  }

  @Test
  func `values of several types in SQLite come as text, so that no batch differs from another`()
    throws
  {
    let mixed = CellQuery(
      keys: [.init(name: "a"), .init(name: "b", reading: .text)], weights: [], replicates: [],
      limit: 9)
    #expect(
      try writer(.sqlite, "t").cells(mixed) == """
        SELECT t.`a` AS `a`,
          CASE typeof(t.`b`) WHEN 'real' THEN printf('%!.17g', t.`b`) ELSE COALESCE(CAST(t.`b` AS TEXT), '') END AS `b`,
          COUNT(*) AS `vekt_n`
        FROM `t` AS t
        GROUP BY t.`a`, CASE typeof(t.`b`) WHEN 'real' THEN printf('%!.17g', t.`b`) ELSE COALESCE(CAST(t.`b` AS TEXT), '') END
        LIMIT 10
        """)
    #expect(
      try writer(.sqlite, "t").types(of: ["a"]) == """
        SELECT SUM(CASE WHEN typeof(t.`a`) = 'text' THEN 1 ELSE 0 END), SUM(CASE WHEN typeof(t.`a`) = 'integer' THEN 1 ELSE 0 END), SUM(CASE WHEN typeof(t.`a`) = 'real' THEN 1 ELSE 0 END), SUM(CASE WHEN typeof(t.`a`) = 'blob' THEN 1 ELSE 0 END)
        FROM `t` AS t
        """)
  }

  @Test func `everybody is counted before, with what is to be known of weights`() throws {
    #expect(
      try writer(.sqlite, "t").control(weights: ["w"]) == """
        SELECT COUNT(*), COUNT(t.`w`), SUM(CAST(t.`w` AS REAL)), MIN(CAST(t.`w` AS REAL))
        FROM `t` AS t
        """)
    #expect(try writer(.duckdb, "t").control(weights: []) == "SELECT COUNT(*)\nFROM \"t\" AS t")
    #expect(try writer(.spark, "c.s.t").columns == "SELECT * FROM `c`.`s`.`t` AS t LIMIT 0")
  }

  @Test func `in a CSV file numbers are texts, of which those that are none are found`() throws {
    let writer = try #require(QueryWriter(.duckdb, .files("x.csv")))
    #expect(
      writer.control(weights: ["w"]).hasSuffix(
        "MIN(TRY_CAST(t.\"w\" AS DOUBLE)), COUNT(TRY_CAST(t.\"w\" AS DOUBLE))\nFROM read_csv('x.csv', all_varchar = true, header = true, quote = '\"', escape = '\"', comment = '') AS t"
      ))
  }

  @Test func `without columns everybody is one cell`() throws {
    let query = CellQuery(keys: [], weights: [], replicates: [], limit: 9)
    #expect(
      try writer(.duckdb, "t").cells(query) == """
        SELECT COUNT(*) AS "vekt_n"
        FROM "t" AS t
        LIMIT 10
        """)
  }

  @Test func `files are read where the engine can`() {
    #expect(Dialect.duckdb.source(.files("a/b's*.parquet")) == "read_parquet('a/b''s*.parquet')")
    #expect(
      Dialect.duckdb.source(.files("x.CSV"))
        == "read_csv('x.CSV', all_varchar = true, header = true, quote = '\"', escape = '\"', comment = '')"
    )
    #expect(Dialect.spark.source(.files("/data/x`y")) == "parquet.`/data/x``y`")
    #expect(Dialect.sqlite.source(.files("x.csv")) == nil)
    #expect(Dialect.postgresql.source(.files("x.csv")) == nil)
  }

  @Test func `a file is read as it is written, and nothing of it is guessed`() throws {
    let folder = try Places.temporaryFolder()
    let path = folder.appending(path: "a[1]?.csv").path
    func source(_ text: String, _ statement: FileStatement = FileStatement()) throws -> String? {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      var address = try EngineAddress(parsing: "duckdb:\(path)")
      try address.state(statement)
      return address.dialect.source(address.relation, form: address.form)
    }
    let escaped = "\(folder.path)/a[[]1][?].csv"
    #expect(
      try source("a;b\n1;2\n#3;4\n")
        == "read_csv('\(escaped)', all_varchar = true, header = true, delim = ';', quote = '\"', escape = '\"', comment = '')"
    )
    var statement = FileStatement()
    statement.quote = FileStatement.Quote.none
    #expect(try source("a,b\n1,2\n", statement)?.contains("quote = '', escape = ''") == true)
    for (text, header, skip, encoding) in [
      ("a,b\nHow?,Why?\n1,2\n", FileStatement.Header.questions, 0, nil),
      ("a,b\n1,2\n", .absent, 0, nil), ("a,b\n1,2\n", .names, 1, nil),
      ("sep=;\na;b\n1;2\n", .names, 0, nil), ("a,b\n1,2\n", .names, 0, "windows-1252"),
      ("a,a\n1,2\n", .names, 0, nil),
    ] as [(String, FileStatement.Header, Int, String?)] {
      var statement = FileStatement()
      (statement.header, statement.skip, statement.encoding) = (header, skip, encoding)
      let said = message { _ = try source(text, statement) }
      #expect(said.contains("DuckDB would read it otherwise"), "\(said)")
    }
  }

  @Test func `names are those of the table, however their letters are written`() throws {
    var writer = try writer(.duckdb, "t")
    writer.names = ["Bla\u{30A}": "Bla\u{30A}"]
    let query = CellQuery(keys: [.init(name: "Bl\u{E5}")], weights: [], replicates: [], limit: 9)
    #expect(
      writer.cells(query).unicodeScalars.elementsEqual(
        "SELECT t.\"Bla\u{30A}\" AS \"Bl\u{E5}\",\n  COUNT(*) AS \"vekt_n\"\nFROM \"t\" AS t\nGROUP BY t.\"Bla\u{30A}\"\nLIMIT 10"
          .unicodeScalars))
  }

  @Test func `many columns are asked for in portions`() {
    #expect(Array(1...5).portions(of: 2) == [[1, 2], [3, 4], [5]])
    #expect([Int]().portions(of: 2) == [[]])
    #expect([1, 2].portions(of: 2) == [[1, 2]])
  }

  @Test func `the tables beside one are listed in every dialect`() throws {
    let table = try TableName(parsing: "s.t")
    #expect(Dialect.spark.tables(like: table) == "SHOW TABLES IN `s`")
    #expect(Dialect.sqlite.tables(like: table).contains("sqlite_schema"))
    #expect(Dialect.duckdb.tables(like: table) == Dialect.postgresql.tables(like: table))
  }

  @Test func `people are asked for without grouping`() throws {
    let keys: [CellQuery.Key] = [.init(name: "income"), .init(name: "w")]
    let queries = try Dialect.all.map { try writer($0, "t").people(keys) }
    #expect(
      queries == [
        "SELECT t.`income` AS `income`,\n  t.`w` AS `w`\nFROM `t` AS t",
        "SELECT t.\"income\" AS \"income\",\n  t.\"w\" AS \"w\"\nFROM \"t\" AS t",
        "SELECT t.\"income\" AS \"income\",\n  t.\"w\" AS \"w\"\nFROM \"t\" AS t",
        "SELECT t.`income` AS `income`,\n  t.`w` AS `w`\nFROM `t` AS t",
      ])
  }

  @Test func `different values are counted up to a number`() throws {
    #expect(
      try writer(.duckdb, "t").different("income", upTo: 9, among: 99)
        == "SELECT COUNT(*)\nFROM (SELECT DISTINCT t.\"income\" FROM (SELECT t.\"income\" FROM \"t\" AS t LIMIT 99) AS t LIMIT 9) AS d"
    )
    let queries = try Dialect.all.map { try writer($0, "t").different("income", upTo: 1001) }
    #expect(
      queries == [
        "SELECT COUNT(*)\nFROM (SELECT DISTINCT t.`income` FROM `t` AS t LIMIT 1001) AS d",
        "SELECT COUNT(*)\nFROM (SELECT DISTINCT t.\"income\" FROM \"t\" AS t LIMIT 1001) AS d",
        "SELECT COUNT(*)\nFROM (SELECT DISTINCT t.\"income\" FROM \"t\" AS t LIMIT 1001) AS d",
        "SELECT COUNT(*)\nFROM (SELECT DISTINCT t.`income` FROM `t` AS t LIMIT 1001) AS d",
      ])
  }

  private func rounded(_ dialect: Dialect) -> CellQuery.Key {
    var key = CellQuery.Key(
      name: "income", rounding: .init(step: 1000, keeping: [.code("-9"), .range(97, 99)]))
    if dialect.hasTypedValues { key.reading = .number }
    return key
  }

  @Test func `a number is rounded down in the words of each engine, missing codes left alone`()
    throws
  {
    let queries = try Dialect.all.map { try writer($0, "t").people([rounded($0)]) }
    let number = "CAST(t.\"income\" AS DOUBLE)"
    let missing =
      "\(number) >= CAST(97.0 AS DOUBLE) AND \(number) <= CAST(99.0 AS DOUBLE) OR \(number) IN (CAST(-9.0 AS DOUBLE))"
    let duckdb =
      "SELECT CASE WHEN \(missing) THEN \(number) ELSE FLOOR(\(number) / CAST(1000.0 AS DOUBLE)) * CAST(1000.0 AS DOUBLE) END AS \"income\"\nFROM \"t\" AS t"
    #expect(queries[1] == duckdb)
    #expect(queries[2] == duckdb.replacing("DOUBLE", with: "DOUBLE PRECISION"))
    #expect(queries[3] == duckdb.replacing("\"", with: "`"))
    #expect(
      queries[0] == """
        SELECT CASE WHEN typeof(t.`income`) IN ('integer', 'real') AND ABS(CAST(t.`income` AS REAL) / CAST(1000.0 AS REAL)) < CAST(9000000000000000.0 AS REAL) AND NOT (CAST(t.`income` AS REAL) >= CAST(97.0 AS REAL) AND CAST(t.`income` AS REAL) <= CAST(99.0 AS REAL) OR CAST(t.`income` AS REAL) IN (CAST(-9.0 AS REAL))) THEN printf('%!.17g', (CAST(CAST(t.`income` AS REAL) / CAST(1000.0 AS REAL) AS INTEGER) - CASE WHEN CAST(t.`income` AS REAL) / CAST(1000.0 AS REAL) < CAST(CAST(t.`income` AS REAL) / CAST(1000.0 AS REAL) AS INTEGER) THEN 1 ELSE 0 END) * CAST(1000.0 AS REAL)) WHEN typeof(t.`income`) = 'real' THEN printf('%!.17g', t.`income`) ELSE COALESCE(CAST(t.`income` AS TEXT), '') END AS `income`
        FROM `t` AS t
        """)
    let text = try #require(QueryWriter(.duckdb, .files("x.csv")))
      .people([.init(name: "income", rounding: .init(step: 10))])
    #expect(
      text.hasPrefix(
        "SELECT CASE WHEN TRY_CAST(t.\"income\" AS DOUBLE) IS NULL THEN t.\"income\" ELSE CAST(CAST(FLOOR(TRY_CAST(t.\"income\" AS DOUBLE) / CAST(10.0 AS DOUBLE)) * CAST(10.0 AS DOUBLE) AS BIGINT) AS VARCHAR) END AS"
      ))
  }

  @Test func `cells by a rounded number are grouped by what is shown`() throws {
    let query = CellQuery(
      keys: [.init(name: "income", rounding: .init(step: 1000))], weights: [], replicates: [],
      limit: 9)
    let rounded =
      "FLOOR(CAST(t.\"income\" AS DOUBLE) / CAST(1000.0 AS DOUBLE)) * CAST(1000.0 AS DOUBLE)"
    #expect(
      try writer(.duckdb, "t").cells(query) == """
        SELECT \(rounded) AS "income",
          COUNT(*) AS "vekt_n"
        FROM "t" AS t
        GROUP BY \(rounded)
        LIMIT 10
        """)
  }

  @Test func `a weight of several columns is reckoned in doubles, without the missing codes`()
    throws
  {
    let w = SummedWeight.Term.column("w", missing: [.code("-1")])
    let weight = SummedWeight("v", .arithmetic(.divided, w, .negative(.number(2))))
    let queries = try Dialect.all.map { try writer($0, "t").number(weight.term) }
    let duckdb =
      "(CASE WHEN CAST(t.\"w\" AS DOUBLE) IN (CAST(-1.0 AS DOUBLE)) THEN NULL ELSE CAST(t.\"w\" AS DOUBLE) END"
      + " / NULLIF((-CAST(2.0 AS DOUBLE)), CAST(0.0 AS DOUBLE)))"
    #expect(
      queries == [
        duckdb.replacing("\"", with: "`").replacing("DOUBLE", with: "REAL"), duckdb,
        duckdb.replacing("DOUBLE", with: "DOUBLE PRECISION"), duckdb.replacing("\"", with: "`"),
      ])
    #expect(
      try writer(.duckdb, "t").control(weights: [SummedWeight("w", w)]).hasPrefix(
        "SELECT COUNT(*), COUNT(CASE WHEN CAST(t.\"w\" AS DOUBLE) IN (CAST(-1.0 AS DOUBLE)) THEN NULL ELSE t.\"w\" END), SUM("
      ))
  }

  @Test func `the number of cells is foreseen where an engine reckons it`() throws {
    let keys: [CellQuery.Key] = [.init(name: "a"), .init(name: "b")]
    let queries = try Dialect.all.map { try writer($0, "t").approximateCells(keys) }
    #expect(
      queries == [
        nil, "SELECT approx_count_distinct(ROW(t.\"a\", t.\"b\"))\nFROM \"t\" AS t", nil,
        "SELECT approx_count_distinct(struct(t.`a`, t.`b`))\nFROM `t` AS t",
      ])
    #expect(
      try writer(.duckdb, "t").approximateCells(keys, among: 9)
        == "SELECT approx_count_distinct(ROW(t.\"a\", t.\"b\"))\nFROM (SELECT t.\"a\", t.\"b\" FROM \"t\" AS t LIMIT 9) AS t"
    )
  }
}
