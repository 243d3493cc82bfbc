import Foundation
import SurveyData
import SurveyReaders
import Testing

@testable import SurveyEngines

@Suite struct `Engine files` {
  private func file(_ text: String, _ environment: [String: String] = [:]) throws -> EngineAddress {
    try EngineFile(
      YAMLNode(parsing: "vekt: 1\n" + text, name: "a.engine.yaml"), "a.engine.yaml"
    ) { environment[$0] }.address
  }

  @Test func `everything that it can say is taken`() throws {
    let address = try file(
      """
      engine: spark
      uri: sc://cluster.example.no:443
      table: survey.living
      driver: /opt/libspark.so
      options: {adbc.spark.tls.enabled: true}
      secrets: {adbc.spark.token: SPARK_TOKEN}
      before: ["SET spark.sql.shuffle.partitions = 400"]
      rows: cells-only
      round: {income: 1000}
      at_most: {rows: 1000, memory: 512 MiB, seconds: 60}
      """, ["SPARK_TOKEN": "t0k"])
    #expect(address.dialect == .spark)
    #expect(address.driver == "/opt/libspark.so")
    #expect(
      address.options == [
        .init("uri", "sc://cluster.example.no:443"), .init("adbc.spark.tls.enabled", "true"),
        .init("adbc.spark.token", "t0k"),
      ])
    #expect(address.before == ["SET spark.sql.shuffle.partitions = 400"])
    #expect(address.limits == QueryLimits(rows: 1000, memory: 512 << 20, seconds: 60))
    #expect(address.people == .cellsOnly)
    #expect(address.rounding == ["income": 1000])
    #expect(address.secrets.scrubbed("token t0k refused") == "token … refused")
    #expect(address.file == "a")
  }

  @Test func `faults are named with line and column`() {
    let cases = [
      (
        "engine: spark\nurl: x\n",
        "a.engine.yaml:3:1: unknown key 'url' in the engine file\n      Did you mean 'uri'?"
      ),
      (
        "engine: sparkle\n",
        "a.engine.yaml:2:9: 'engine' must be one of sqlite, duckdb, postgresql, spark, but is 'sparkle'\n      Did you mean 'spark'?"
      ),
      (
        "uri: x\n",
        "a.engine.yaml: does not say which words its engine knows\n      Write `engine:` and one of sqlite, duckdb, postgresql, spark."
      ),
      (
        "engine: spark\ntable: a.b.c.d\n",
        "a.engine.yaml:3:8: has 4 parts\n      A table is named 'table', 'schema.table' or 'catalog.schema.table'; odd names stand between backquotes, such as `my table`. For a query make a view."
      ),
      (
        "engine: postgresql\nfiles: /data\n",
        "a.engine.yaml:3:8: PostgreSQL reads no files\n      Name a table or a view: `table: …`."
      ),
      (
        "engine: spark\ntable: t\n",
        "a.engine.yaml: does not say where the engine is\n      Write `uri:` and the server's address."
      ),
      (
        "engine: spark\nuri: sc://h\ntable: t\noptions: {adbc.spark.token: abc}\n",
        "a.engine.yaml:5:11: 'adbc.spark.token' is a secret, which no file may hold\n      Move it to `secrets`, where it is the name of a variable of the environment."
      ),
      (
        "engine: spark\nuri: sc://h\ntable: t\noptions: {uri: 'sc://h/;token=abc'}\n",
        "a.engine.yaml:5:11: 'uri' is a secret, which no file may hold\n      Move it to `secrets`, where it is the name of a variable of the environment."
      ),
      (
        "engine: spark\nuri: sc://h\ntable: t\nrows: never\n",
        "a.engine.yaml:5:7: 'rows' must be one of auto, cells-only, always, but is 'never'"
      ),
      (
        "engine: spark\nuri: sc://h\ntable: t\nround: {income: 0.5}\n",
        "a.engine.yaml:5:17: 'income' must be a whole number, but is '0.5'"
      ),
      (
        "engine: spark\nuri: sc://h\ntable: t\nround: {income: 0}\n",
        "a.engine.yaml:5:17: 'income' is rounded to multiples of a whole number from 1 up, such as 1000"
      ),
      (
        "engine: spark\nuri: sc://h\ntable: t\nat_most: {memory: 2GB}\n",
        "a.engine.yaml:5:19: 'memory' is a whole number of MiB or GiB, such as 2 GiB"
      ),
    ]
    for (text, expected) in cases { #expect(message { try file(text) } == expected) }
  }

  @Test func `a secret comes from the environment, and over encrypted connections only`() {
    let spark = "engine: spark\ntable: t\nsecrets: {adbc.spark.token: TOKEN}\n"
    #expect(
      message { try file(spark + "uri: sc://localhost\n") } == """
        a.engine.yaml:4:29: the variable TOKEN is not in the environment, or empty
              Set it before vekt is run; it holds 'adbc.spark.token'.
        """)
    let environment = ["TOKEN": "s3cret"]
    let open = message { try file(spark + "uri: sc://host:15002\n", environment) }
    #expect(
      open.hasPrefix(
        "a.engine.yaml:4:11: a secret would go to host:15002 over a connection that is not encrypted"
      ))
    #expect(!open.contains("s3cret"))
    let safe = [
      "sc://localhost:15002", "sc://127.0.0.1", "sc://[::1]:15002", "sc://host:443/;use_ssl=true",
      "spark://host:443?api=connect&tls=true",
    ]
    for uri in safe {
      #expect(throws: Never.self) { try file(spark + "uri: \(uri)\n", environment) }
    }
    for host in ["localhost.example.com", "127.example.com:443", "[::1:2]"] {
      let said = message { try file(spark + "uri: sc://\(host)\n", environment) }
      #expect(said.contains("a secret would go to \(host) "))
    }
  }

  @Test func `a password of PostgreSQL goes where libpq looks for it`() throws {
    let address = try file(
      "engine: postgresql\nuri: postgresql://anna@h/db?sslmode=require\ntable: t\nsecrets: {password: PW}\n",
      ["PW": "a b&c"])
    #expect(
      address.options == [.init("uri", "postgresql://anna@h/db?sslmode=require&password=a%20b%26c")]
    )
    #expect(address.secrets.scrubbed("a b&c, a%20b%26c") == "…, …")
  }

  @Test(arguments: [
    ("/db", true), ("localhost/db", true), ("/db?host=%2Fvar%2Frun", true), ("/db?host=h", false),
    ("localhost:1,h:2/db", false), ("localhost/db?hostaddr=10.0.0.1", false),
    ("/db?hostaddr=10.0.0.1&host=localhost", false),
  ])
  func `every host of PostgreSQL counts`(place: String, isPrivate: Bool) {
    let text = "engine: postgresql\nuri: postgresql://\(place)\ntable: t\nsecrets: {password: PW}\n"
    let said = message { try file(text, ["PW": "s3cret"]) }
    #expect(said.contains("a secret would go to ") == !isPrivate)
  }
}
