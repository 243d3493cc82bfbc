import SurveyData
import SurveyReaders
import Testing

@testable import SurveyEngines

@Suite struct `Queries that nobody sends` {
  private let book =
    "vekt: 1\nlanguage: en\nvariables:\n  trust: {type: integer, codes: {1: Low, 2: High}}\n  w: {type: decimal}\n"

  private func queries(
    _ address: EngineAddress, by names: [String] = ["trust"], weighted: Bool = true
  ) throws -> String {
    let dataset = Dataset(
      unasked: address, codebook: try Codebook(parsing: book, name: "t.codebook.yaml"))
    do {
      _ = try dataset.gathered(
        by: names, weight: weighted ? WeightDeclaration("w", source: .variable("w")) : nil,
        replicates: nil)
    } catch let queries as WrittenQueries { return queries.text }
    return "nothing was asked"
  }

  private func address(_ text: String) throws -> EngineAddress {
    try EngineAddress(parsing: text, isAsked: false)
  }

  @Test func `SQLite is asked for the types of its values, and its file need not be here`() throws {
    #expect(
      try queries(address("sqlite:not here.db#t")) == """
        -- The columns of the table, without a row.
        SELECT * FROM `t` AS t LIMIT 0;

        -- How many values of each column are texts, whole numbers, numbers with decimals, bytes.
        SELECT SUM(CASE WHEN typeof(t.`trust`) = 'text' THEN 1 ELSE 0 END), SUM(CASE WHEN typeof(t.`trust`) = 'integer' THEN 1 ELSE 0 END), SUM(CASE WHEN typeof(t.`trust`) = 'real' THEN 1 ELSE 0 END), SUM(CASE WHEN typeof(t.`trust`) = 'blob' THEN 1 ELSE 0 END), SUM(CASE WHEN typeof(t.`w`) = 'text' THEN 1 ELSE 0 END), SUM(CASE WHEN typeof(t.`w`) = 'integer' THEN 1 ELSE 0 END), SUM(CASE WHEN typeof(t.`w`) = 'real' THEN 1 ELSE 0 END), SUM(CASE WHEN typeof(t.`w`) = 'blob' THEN 1 ELSE 0 END)
        FROM `t` AS t;

        -- All people, and what is to be known of each weight before it is added up.
        SELECT COUNT(*), COUNT(t.`w`), SUM(CAST(t.`w` AS REAL)), MIN(CAST(t.`w` AS REAL))
        FROM `t` AS t;

        -- The cells: saved as CSV, this result is read by every verb in place of the data, with the same codebook.
        SELECT t.`trust` AS `trust`,
          COUNT(*) AS `vekt_n`,
          COALESCE(SUM(CAST(t.`w` AS REAL)), CAST(0 AS REAL)) AS `vekt_w_w`,
          COALESCE(SUM(CAST(t.`w` AS REAL) * CAST(t.`w` AS REAL)), CAST(0 AS REAL)) AS `vekt_w2_w`,
          SUM(CASE WHEN CAST(t.`w` AS REAL) > 0 THEN 1 ELSE 0 END) AS `vekt_np_w`,
          SUM(CASE WHEN t.`w` IS NULL THEN 1 ELSE 0 END) AS `vekt_nm_w`,
          (SELECT COUNT(*) FROM `t`) AS `vekt_rows`
        FROM `t` AS t
        GROUP BY t.`trust`
        LIMIT 8259553;

        """)
  }

  @Test func `DuckDB counts the rows of its files in every cell`() throws {
    #expect(
      try queries(address("duckdb:'x/*.parquet'"), weighted: false) == """
        -- The columns of the table, without a row.
        SELECT * FROM read_parquet('x/*.parquet') AS t LIMIT 0;

        -- All people.
        SELECT COUNT(*)
        FROM read_parquet('x/*.parquet') AS t;

        -- The cells: saved as CSV, this result is read by every verb in place of the data, with the same codebook.
        SELECT t."trust" AS "trust",
          COUNT(*) AS "vekt_n",
          (SELECT COUNT(*) FROM read_parquet('x/*.parquet')) AS "vekt_rows"
        FROM read_parquet('x/*.parquet') AS t
        GROUP BY t."trust"
        LIMIT 11930465;

        """)
  }

  @Test func `PostgreSQL begins with one state of the table`() throws {
    #expect(
      try queries(address("postgresql://anna@host/db#s.t")) == """
        -- One state of the table in all queries.
        SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;

        -- The columns of the table, without a row.
        SELECT * FROM "s"."t" AS t LIMIT 0;

        -- All people, and what is to be known of each weight before it is added up.
        SELECT COUNT(*), COUNT(t."w"), SUM(CAST(t."w" AS DOUBLE PRECISION)), MIN(CAST(t."w" AS DOUBLE PRECISION))
        FROM "s"."t" AS t;

        -- The cells: saved as CSV, this result is read by every verb in place of the data, with the same codebook.
        SELECT t."trust" AS "trust",
          COUNT(*) AS "vekt_n",
          COALESCE(SUM(CAST(t."w" AS DOUBLE PRECISION)), CAST(0 AS DOUBLE PRECISION)) AS "vekt_w_w",
          COALESCE(SUM(CAST(t."w" AS DOUBLE PRECISION) * CAST(t."w" AS DOUBLE PRECISION)), CAST(0 AS DOUBLE PRECISION)) AS "vekt_w2_w",
          SUM(CASE WHEN CAST(t."w" AS DOUBLE PRECISION) > 0 THEN 1 ELSE 0 END) AS "vekt_np_w",
          SUM(CASE WHEN t."w" IS NULL THEN 1 ELSE 0 END) AS "vekt_nm_w",
          (SELECT COUNT(*) FROM "s"."t") AS "vekt_rows"
        FROM "s"."t" AS t
        GROUP BY t."trust"
        LIMIT 8259553;

        """)
  }

  @Test func `Spark is told first what the engine file says, and no secret is written`() throws {
    let text =
      "vekt: 1\nengine: spark\nuri: sc://h:443/;use_ssl=true\ntable: s.t\nsecrets: {adbc.spark.token: TOKEN}\n"
      + "before: [\"SET x = t0k\"]\nat_most: {memory: 1 MiB}\n"
    func file(_ token: String?) throws -> EngineAddress {
      try EngineFile(
        YAMLNode(parsing: text, name: "a.engine.yaml"), "a.engine.yaml", isAsked: false
      ) { $0 == "TOKEN" ? token : nil }.address
    }
    #expect(
      try queries(file("t0k"), weighted: false) == """
        -- What the engine file says to run first.
        SET x = …;

        -- The columns of the table, without a row.
        SELECT * FROM `s`.`t` AS t LIMIT 0;

        -- All people.
        SELECT COUNT(*)
        FROM `s`.`t` AS t;

        -- The cells: saved as CSV, this result is read by every verb in place of the data, with the same codebook.
        SELECT t.`trust` AS `trust`,
          COUNT(*) AS `vekt_n`,
          (SELECT COUNT(*) FROM `s`.`t`) AS `vekt_rows`
        FROM `s`.`t` AS t
        GROUP BY t.`trust`
        LIMIT 5826;

        """)
    #expect(try queries(file(nil)).contains("FROM `s`.`t` AS t"))
  }

  @Test func `columns of nobody can be looked at, and the cells are by them too`() throws {
    let dataset = Dataset(
      unasked: try address("postgresql://host/db#t"),
      codebook: try Codebook(parsing: book + "file: {rows: 12}\n", name: "t.codebook.yaml"))
    let trust = try dataset.categorical("trust")
    #expect(trust.categories.map(\.code) == ["1", "2"])
    #expect(trust.count == 0)
    #expect(dataset.origin?.wishes.names == ["trust"])
    #expect(dataset.variableNames == ["trust", "w"])
    #expect(
      message { try dataset.described("trsut") } == """
        postgresql://host/db#t: no variable 'trsut'
              Did you mean 'trust'?
        """)
  }

  @Test func `a result says which queries its cells rest on`() throws {
    let engine = ScriptedEngine()
    let dataset = Dataset(
      try engine.source(), codebook: try Codebook(parsing: book, name: "t.codebook.yaml"))
    let weight = WeightDeclaration("w", source: .variable("w"))
    for _ in 1...2 {
      let cells = try dataset.gathered(by: ["trust"], weight: weight, replicates: nil)
      let facts = try #require(cells.source.facts.engine)
      #expect(facts.engine == "DuckDB")
      #expect(facts.table == "survey")
      #expect(facts.queries.count == 2)
      #expect(facts.queries[0].hasPrefix("SELECT COUNT(*), COUNT(t.\"w\")"))
      #expect(facts.queries[1].hasPrefix("SELECT t.\"trust\" AS \"trust\""))
    }
  }
}
