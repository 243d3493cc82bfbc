import Foundation
import SurveyData
import Testing
import VektTestSupport

@testable import SurveyEngines

@Suite struct `Addresses` {
  private func option(_ name: String, of address: EngineAddress) -> String? {
    address.options.first { $0.name == name }?.value
  }

  @Test func `words that are meant as addresses are told from files`() {
    for word in [
      "sqlite:a.db#t", "duckdb:x.parquet", "sc://h/t", "postgresql://h/d#t", "mysql://h/d",
      "a.engine.yaml",
    ] {
      #expect(EngineAddress.isAddress(word), "\(word)")
    }
    for word in ["a.csv", "C:/a.csv", "dir/a.sav", "a:b.csv", "-"] {
      #expect(!EngineAddress.isAddress(word), "\(word)")
    }
  }

  @Test func `files of an address are named from the folder of a notebook`() {
    #expect(EngineAddress.named("sqlite:a.db#t", from: "dir") == "sqlite:dir/a.db#t")
    #expect(EngineAddress.named("duckdb:'p/*.parquet'", from: "dir") == "duckdb:'dir/p/*.parquet'")
    for same in ["sqlite:/a.db#t", "sc://host#t", "duckdb:'/p/*.parquet'"] {
      #expect(EngineAddress.named(same, from: "dir") == same)
    }
    #expect(EngineAddress.named("a.engine.yaml", from: "dir") == nil)
    #expect(EngineAddress.named("a.csv", from: "dir") == nil)
  }

  @Test func `a database file is opened for reading only`() throws {
    let folder = try Places.temporaryFolder()
    let file = folder.appending(path: "a 100%#1.db").path
    try Data().write(to: URL(filePath: file))
    let sqlite = try EngineAddress(parsing: "sqlite:\(file)#answers")
    #expect(option("uri", of: sqlite) == "file:\(folder.path)/a 100%25%231.db?mode=ro")
    #expect(sqlite.driver == "sqlite")
    #expect(sqlite.relation == .table(try TableName(parsing: "answers")))
    let duckdb = try EngineAddress(parsing: "duckdb:\(file)#main.answers")
    #expect(option("path", of: duckdb) == file)
    #expect(option("access_mode", of: duckdb) == "read_only")
    #expect(duckdb.codebookPath == nil)
    try Data().write(to: folder.appending(path: "a 100%#1.codebook.yaml"))
    #expect(duckdb.codebookPath == "\(folder.path)/a 100%#1.codebook.yaml")
  }

  @Test func `a missing database file is an error, and none is made`() throws {
    let path = try Places.temporaryFolder().appending(path: "none.db").path
    #expect(
      message { try EngineAddress(parsing: "sqlite:\(path)#t") }
        == "\(path): cannot be opened: No such file or directory")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `DuckDB reads files without a database`() throws {
    let address = try EngineAddress(parsing: "duckdb:'data/*.parquet'")
    #expect(address.relation == .files("data/*.parquet"))
    #expect(option("path", of: address) == nil)
    #expect(try EngineAddress(parsing: "duckdb:x.csv").relation == .files("x.csv"))
  }

  @Test func `servers are named as their drivers want them`() throws {
    let postgres = try EngineAddress(parsing: "postgresql://anna@host:5432/db#s.answers")
    #expect(option("uri", of: postgres) == "postgresql://anna@host:5432/db")
    #expect(postgres.relation == .table(try TableName(parsing: "s.answers")))
    let spark = try EngineAddress(parsing: "sc://host:15002/answers")
    #expect(option("uri", of: spark) == "sc://host:15002")
    #expect(spark.relation == .table(try TableName(parsing: "answers")))
    let private_ = try EngineAddress(parsing: "sc://host:443/;use_ssl=true#a.b.c")
    #expect(option("uri", of: private_) == "sc://host:443/;use_ssl=true")
    #expect(
      try EngineAddress(parsing: "sc://host#parquet:/data/survey").relation
        == .files("/data/survey"))
  }

  @Test(arguments: [
    "postgresql://anna:hunter2@host/db#t", "postgresql://host/db?password=hunter2#t",
    "postgresql://host/db?sslpassword=hunter2#t", "postgresql://host/db?p%61ssword=hunter2#t",
    "sc://host/;x-api-key=hunter2#t",
    "sc://host:443/;use_ssl=true;token=hunter2#t", "spark://host?adbc.spark.token=hunter2#t",
  ])
  func `a password in an address is refused and not repeated`(_ address: String) {
    let text = message { try EngineAddress(parsing: address) }
    #expect(text.contains("there is a password or token in the address"))
    #expect(!text.contains("hunter2"))
  }

  @Test func `what is no address says what is one`() {
    #expect(
      message { try EngineAddress(parsing: "mysql://host/db#t") }.hasPrefix(
        "mysql://host/db#t: is no address that is known\n      Addresses are sqlite:FILE#TABLE, "))
    #expect(
      message { try EngineAddress(parsing: "sqlite:a.db") }.hasPrefix("sqlite:a.db: names no table")
    )
    #expect(
      message { try EngineAddress(parsing: "sqlite:#t") }.hasPrefix("sqlite:#t: names no file"))
    #expect(
      message { try EngineAddress(parsing: "postgresql://h/db") }.hasPrefix(
        "postgresql://h/db: names no table"))
    #expect(message { try EngineAddress(parsing: "sc://h") }.hasPrefix("sc://h: names no table"))
    #expect(
      message { try EngineAddress(parsing: "flightsql://h#t") }.contains("Write an engine file"))
  }

  @Test func `names of tables have up to three parts, odd ones between backquotes`() throws {
    #expect(try TableName(parsing: "a").parts == ["a"])
    #expect(try TableName(parsing: "c.s.`my ``odd``.table`").parts == ["c", "s", "my `odd`.table"])
    for bad in ["", "a.", ".a", "a.b.c.d", "`a", "a`b`", "SELECT 1", "a;b", "a\"b", "(select 1)"] {
      #expect(throws: SurveyError.self, "\(bad)") { try TableName(parsing: bad) }
    }
  }
}
