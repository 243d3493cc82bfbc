import CTestDriver
import SurveyData
import SurveyReaders
import Testing

@testable import SurveyEngines

/// A look at single columns of a table of five people, or of many.
@Suite struct `A look at a column in an engine` {
  private typealias Columns = ArrowColumns

  private static func named(_ name: String, _ column: TestColumn) -> TestColumn {
    var column = column
    column.name = Columns.text(name)
    return column
  }

  /// Five people: trust is 1, 1, 2, 7 and nothing; two weights are below zero, one is nothing.
  private static func small() -> ScriptedEngine {
    ScriptedEngine(answers: [
      Columns.answer(
        to: "LIMIT 0",
        [
          named("trust", Columns.fixed("i", [] as [Int32])),
          named("w", Columns.fixed("g", [] as [Double])),
          named("tags", Columns.column("+l", length: 0, [nil])),
        ]),
      Columns.answer(to: "SELECT COUNT(*)\n", [Columns.fixed("l", [Int64(5)])]),
      Columns.answer(
        to: "SUM(CASE WHEN CAST(t.\"w\" AS DOUBLE) < 0",
        [5, 4, 1.5, -1, 3, 2, 1].map { Columns.fixed("g", [$0 as Double]) }),
      Columns.answer(
        to: "SUM(CASE WHEN (CAST(t.\"w\" AS DOUBLE) * CAST(2.0 AS DOUBLE)) < 0",
        [5, 4, 3, -2, 6, 2, 1].map { Columns.fixed("g", [$0 as Double]) }),
      Columns.answer(
        to: "ORDER BY COUNT(*) DESC",
        [
          Columns.fixed(
            "i", [1, 2, 7, 0] as [Int32], valid: [true, true, true, false]),
          Columns.fixed("l", [2, 1, 1, 1] as [Int64]),
        ]),
    ])
  }

  /// A million incomes, a hundred of them nothing and 5,000 of them −9, of which 400,000 differ.
  private static func large(fractions: Int64 = 0) -> ScriptedEngine {
    func values(_ order: String, _ numbers: [Int64], _ people: [Int64]) -> TestAnswer {
      Columns.answer(to: order, [Columns.fixed("l", numbers), Columns.fixed("l", people)])
    }
    let count = 1_001
    return ScriptedEngine(answers: [
      Columns.answer(
        to: "LIMIT 0", [named("income", Columns.fixed("l", [] as [Int64]))]),
      Columns.answer(to: "SELECT COUNT(*)\n", [Columns.fixed("l", [Int64(1_000_000)])]),
      Columns.answer(
        to: "COUNT(DISTINCT",
        [
          Columns.fixed("l", [Int64(1_000_000)]), Columns.fixed("l", [Int64(999_900)]),
          Columns.fixed("l", [Int64(400_000)]), Columns.fixed("g", [500.0]),
          Columns.fixed("l", [fractions]),
        ]),
      values(
        "ORDER BY COUNT(*) DESC", [-9] + (1..<Int64(count)).map { 1_000 + $0 },
        [5_000] + [Int64](repeating: 40, count: count - 1)),
      values("ORDER BY t.\"income\"\n", [-9, 3, 4], [5_000, 2, 1]),
      values("ORDER BY t.\"income\" DESC", [900_000, 899_999], [1, 1]),
    ])
  }

  private func codebook(_ text: String) throws -> Codebook {
    try Codebook(parsing: "vekt: 1\nlanguage: en\n" + text, name: "t.codebook.yaml")
  }

  @Test func `a thousand values are told one by one, with their people`() throws {
    let values = try Self.small().source().values(of: "trust")
    #expect(values.whole == nil)
    #expect(values.cells.sums.people == [1, 2, 1, 1])
    guard case .integers(let trust) = values.cells.keys[0].values else {
      Issue.record("trust is no whole number")
      return
    }
    #expect(trust == [nil, 1, 2, 7])
  }

  @Test func `of more values the most frequent, the smallest and the largest are told`() throws {
    let source = try Self.large().source()
    let book = try codebook(
      "variables:\n  income: {type: integer, missing: {-9: refused}}\n")
    let seen = try source.seen("income", by: book)
    #expect(seen.rows == 1_000_000)
    #expect(seen.whole?.distinct == 400_000)
    #expect(seen.whole?.answered == 999_900)
    #expect(seen.whole?.numbers == 999_900)
    let known = zip(seen.column.categories, seen.counts)
    #expect(known.first { $0.0.code == "3" }?.1 == 2)
    #expect(known.first { $0.0.code == "900000" }?.1 == 1)
    #expect(seen.column.categories.count == 999 + 4)
    let missing = zip(seen.column.missing, seen.counts[seen.column.categories.count...])
    #expect(missing.first { $0.0.text == "-9" }?.1 == 5_000)
    #expect(missing.first { $0.0 == .system }?.1 == 100)
  }

  @Test func `a draft says what the values say`() throws {
    let small = try CodebookDraft(Dataset(Self.small().source()))
    #expect(small.codebook.file.rows == 5)
    #expect(small.codebook.variable(named: "trust")?.type == .integer)
    #expect(
      small.comments.variables["tags"]
        == [
          "Not looked at: the column 'tags' is of a type that is no answer (Arrow: +l)."
        ])
    let large = try CodebookDraft(Dataset(Self.large().source()))
    #expect(large.codebook.variable(named: "income")?.type == .integer)
    #expect(
      large.comments.variables["income"]
        == [
          "400000 different values, of which those that most people have, the smallest and the largest were looked at.",
          "From -9 to 900000. A `range:` would catch errors.",
          "Possibly missing (rows): -9 in 5000. If so, move them to `missing:`, each with its reason.",
        ])
    let fractions = try CodebookDraft(Dataset(Self.large(fractions: 3).source()))
    #expect(fractions.codebook.variable(named: "income")?.type == .decimal)
  }

  @Test func `what a draft writes fits the table again`() throws {
    let engine = Self.small()
    let yaml = try CodebookDraft(Dataset(engine.source())).yaml
    let book = try Codebook(parsing: yaml, name: "t.codebook.yaml")
    let found = try book.findings(in: Dataset(engine.source(), codebook: book))
    #expect(found.filter { $0.severity == .error }.map(\.id) == ["unreadable"])
    #expect(found.first { $0.severity == .error }?.variable == "tags")
  }

  @Test func `a check finds codes that the codebook does not know, by people`() throws {
    let book = try codebook(
      """
      variables:
        trust: {type: integer, codes: {1: Low, 2: High, 3: Other}, missing: {9: refused}}
        w: {type: decimal}
        gone: {type: text}
      weights: {w: {var: w, default: true}}
      file: {rows: 6}
      """)
    let source = try Self.small().source()
    let found = try book.findings(in: Dataset(source, codebook: book))
    func finding(_ id: String) -> Finding? { found.first { $0.id == id } }
    #expect(finding("row-count")?.count == 5)
    #expect(finding("variable-not-in-file")?.variable == "gone")
    #expect(finding("columns-not-described")?.values == ["tags"])
    #expect(finding("unknown-code")?.text == "1 row is 7, which the codebook does not know")
    #expect(finding("unused-codes")?.values == ["3, 9"])
    #expect(finding("weight-missing")?.count == 1)
    #expect(finding("weight-negative")?.count == 2)
    #expect(finding("weight-zero")?.count == 1)
    #expect(source.wishes.names.isEmpty)
    let reckoned = try codebook("weights: {w: {var: w}, both: {expr: w * 2}}")
    let weights = try reckoned.findings(in: Dataset(source, codebook: reckoned))
    #expect(
      weights.contains { $0.id == "weight-negative" && $0.variable == "both" && $0.count == 2 })
  }

  @Test func `a check of too many values says how many it saw, and finds no unused code`() throws {
    let book = try codebook(
      "variables:\n  income: {type: integer, range: [0, 500000], missing: {-9: refused, -8: unknown}}\n"
        .replacing("unknown}", with: "dont_know}"))
    let found = try book.findings(in: Dataset(Self.large().source(), codebook: book))
    #expect(
      found.filter { $0.id == "out-of-range" }.map { "\($0.code ?? "") \($0.count ?? 0)" }
        == ["899999 1", "900000 1"])
    #expect(
      found.first { $0.id == "values-in-part" }?.text
        == "400000 different values, of which 1005 were looked at")
    #expect(!found.contains { $0.id == "unused-codes" })
  }

  @Test func `a column that the engine cannot put in order is left, and the next is looked at`()
    throws
  {
    let engine = ScriptedEngine(answers: [
      Columns.answer(
        to: "LIMIT 0",
        [
          Self.named("json", Columns.texts([])),
          Self.named("trust", Columns.fixed("i", [] as [Int32])),
        ]),
      Columns.answer(to: "SELECT COUNT(*)\n", [Columns.fixed("l", [Int64(3)])]),
      Columns.answer(
        to: "ORDER BY COUNT(*) DESC, t.\"trust\"",
        [Columns.fixed("i", [1] as [Int32]), Columns.fixed("l", [3] as [Int64])]),
    ])
    let source = try engine.source()
    do {
      _ = try source.values(of: "json")
      Issue.record("no error")
    } catch let error as SurveyError {
      #expect(error.kind == .data)
      #expect(error.problem == "no answer to this query in the script")
    }
    #expect(try source.values(of: "trust").cells.sums.people == [3])
  }

  @Test func `a missing rule for all columns asks an engine nothing`() throws {
    let engine = Self.small()
    let dataset = Dataset(try engine.source())
    let calls = engine.calls
    let ruled = try dataset.treatingAsMissing([MissingRule(parsing: "7=refused")])
    #expect(engine.calls == calls)
    #expect(ruled.notes.map(\.id) == ["missing.applied"])
    #expect(try ruled.described("trust").missing.map(\.text) == ["7"])
  }

  @Test func `types say days, and leave numbers to their values as in a file`() throws {
    let engine = ScriptedEngine(answers: [
      Columns.answer(
        to: "LIMIT 0",
        [
          Self.named("a", Columns.fixed("i", [] as [Int32])),
          Self.named("b", Columns.fixed("g", [] as [Double])),
          Self.named("c", Columns.fixed("tdD", [] as [Int32])), Columns.texts([], name: "d"),
        ])
    ])
    #expect(try engine.source().embeddedCodebook.variables.map(\.type) == [nil, nil, .date, nil])
  }

  @Test func `each look is a query`() throws {
    func writer(_ dialect: Dialect) throws -> QueryWriter {
      try #require(QueryWriter(dialect, .table(try TableName(parsing: "t"))))
    }
    #expect(
      try writer(.postgresql).values(of: .init(name: "a"), .frequent, limit: 1001) == """
        SELECT t."a" AS "a", COUNT(*) AS "vekt_n"
        FROM "t" AS t
        GROUP BY t."a"
        ORDER BY COUNT(*) DESC, t."a"
        LIMIT 1001
        """)
    #expect(
      try writer(.sqlite).values(of: .init(name: "a", reading: .number), .largest, limit: 10) == """
        SELECT CASE typeof(t.`a`) WHEN 'real' THEN printf('%!.17g', t.`a`) ELSE COALESCE(CAST(t.`a` AS TEXT), '') END AS `a`, COUNT(*) AS `vekt_n`
        FROM `t` AS t
        GROUP BY CASE typeof(t.`a`) WHEN 'real' THEN printf('%!.17g', t.`a`) ELSE COALESCE(CAST(t.`a` AS TEXT), '') END
        ORDER BY t.`a` DESC
        LIMIT 10
        """)
    #expect(
      try writer(.duckdb).values(of: .init(name: "a"), .smallest, limit: 10, areTexts: true)
        .hasSuffix("ORDER BY TRY_CAST(t.\"a\" AS DOUBLE)\nLIMIT 10"))
    #expect(
      try writer(.spark).whole("a", areNumbers: true) == """
        SELECT COUNT(*), COUNT(t.`a`), COUNT(DISTINCT t.`a`), AVG(CAST(t.`a` AS DOUBLE)), SUM(CASE WHEN CAST(t.`a` AS DOUBLE) <> FLOOR(CAST(t.`a` AS DOUBLE)) THEN 1 ELSE 0 END)
        FROM `t` AS t
        """)
    #expect(
      try writer(.sqlite).whole("a", areNumbers: true).contains(
        "<> CAST(CAST(t.`a` AS REAL) AS INTEGER)"))
    #expect(
      try writer(.postgresql).whole("a", areNumbers: false) == """
        SELECT COUNT(*), COUNT(t."a"), COUNT(DISTINCT t."a")
        FROM "t" AS t
        """)
    #expect(
      try writer(.spark).weights([
        SummedWeight(
          "both",
          .arithmetic(.times, .column("w", missing: [.code("9")]), .column("v", missing: [])))
      ]).hasPrefix(
        """
        SELECT COUNT(*), COUNT((CASE WHEN CAST(t.`w` AS DOUBLE) IN (CAST(9.0 AS DOUBLE)) THEN NULL ELSE CAST(t.`w` AS DOUBLE) END * CAST(t.`v` AS DOUBLE))), SUM(
        """))
    #expect(
      try writer(.postgresql).weights(["w"]) == """
        SELECT COUNT(*), COUNT(t."w"), SUM(CAST(t."w" AS DOUBLE PRECISION)), MIN(CAST(t."w" AS DOUBLE PRECISION)), MAX(CAST(t."w" AS DOUBLE PRECISION)), SUM(CASE WHEN CAST(t."w" AS DOUBLE PRECISION) < 0 THEN 1 ELSE 0 END), SUM(CASE WHEN CAST(t."w" AS DOUBLE PRECISION) = 0 THEN 1 ELSE 0 END)
        FROM "t" AS t
        """)
  }
}
