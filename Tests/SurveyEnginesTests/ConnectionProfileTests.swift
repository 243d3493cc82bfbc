import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

@testable import SurveyEngines

@Suite struct `Connection profiles` {
  /// An engine file that names a profile of a text.
  private func address(
    _ profile: String, engine: String = "spark", uri: String = "profile://lab",
    _ environment: [String: String] = [:], more: String = "", isAsked: Bool = true
  ) throws -> EngineAddress {
    let folder = try Places.temporaryFolder()
    try Data(profile.utf8).write(to: folder.appending(path: "lab.toml"))
    let environment = environment.merging(["ADBC_PROFILE_PATH": "/none:\(folder.path)"]) { $1 }
    let text = "vekt: 1\nengine: \(engine)\ntable: t\nuri: \(uri)\n" + more
    do {
      return try EngineFile(
        YAMLNode(
          parsing: text.replacing("FOLDER", with: folder.path), name: "a.engine.yaml"),
        "a.engine.yaml", isAsked: isAsked
      ) { environment[$0] }.address
    } catch let error as SurveyError {
      throw SurveyError(
        error.kind, at: error.place?.replacing(folder.path, with: "FOLDER"),
        error.problem.replacing(folder.path, with: "FOLDER"), remedy: error.remedy)
    }
  }

  private let spark = """
    profile_version = 1
    driver = "/opt/libspark.so"
    [Options]
    uri = "sc://{{ env_var(HOST) }}:443"
    [Options.adbc.spark]
    token = '{{env_var( TOKEN )}}'
    tls.enabled = true
    [Other]
    uri = "sc://other"

    """
  private let known = ["HOST": "cluster.example.no", "TOKEN": "s3cret"]

  @Test(arguments: ["profile://lab", "profile://FOLDER/lab.toml"])
  func `names the driver and what it is told, with variables filled in`(_ uri: String) throws {
    let address = try address(spark, uri: uri, known)
    #expect(address.driver == "/opt/libspark.so")
    #expect(
      address.options == [
        .init("uri", "sc://cluster.example.no:443"), .init("adbc.spark.tls.enabled", "true"),
        .init("adbc.spark.token", "s3cret"),
      ])
    #expect(
      address.secrets.scrubbed("sc://cluster.example.no with s3cret") == "sc://… with …")
  }

  @Test func `the engine file has the last word`() throws {
    let address = try address(
      spark, known, more: "driver: spark\noptions: {adbc.spark.tls.enabled: yes}\n")
    #expect(address.driver == "spark")
    #expect(address.options.last == .init("adbc.spark.tls.enabled", "yes"))
    #expect(address.options.count == 3)
  }

  @Test
  func `a password of PostgreSQL goes where libpq looks for it, and is scrubbed in both ways`()
    throws
  {
    let profile = """
      profile_version = 1
      [Options]
      password = "{{ env_var(PW) }}"
      uri = "postgresql://anna@h/db?sslmode=require"

      """
    let address = try address(profile, engine: "postgresql", ["PW": "a b"])
    #expect(
      address.options == [.init("uri", "postgresql://anna@h/db?sslmode=require&password=a%20b")])
    #expect(address.driver == "postgresql")
    #expect(address.secrets.scrubbed("a b, a%20b") == "…, …")
  }

  @Test func `a variable that is not set is an error, unless nobody connects`() throws {
    #expect(
      message { try address(spark, ["HOST": "h"]) } == """
        FOLDER/lab.toml: the variable TOKEN is not in the environment, or empty
              Set it before vekt is run; it holds 'adbc.spark.token', or a part of it.
        """)
    #expect(try address(spark, isAsked: false).options.isEmpty)
  }

  @Test(arguments: [
    ("token = \"s3cret\"\nuri = \"sc://h\"", "'token' holds a secret, which no file may hold"),
    (
      "uri = \"postgresql://anna:s3cret@h/db\"", "'uri' holds a secret, which no file may hold"
    ),
    ("uri = \"sc://h/;token=s3cret\"", "'uri' holds a secret, which no file may hold"),
    (
      "uri = \"sc://{{ HOST }}\"",
      "between {{ and }} stands something else than env_var(NAME)"
    ),
    (
      "uri = \"sc://{{ env_var() }}\"", "between {{ and }} stands something else than env_var(NAME)"
    ),
    ("uri = \"sc://{{ env_var(A\"", "between {{ and }} stands something else than env_var(NAME)"),
    ("host = \"h\"", "does not say where the engine is"),
  ])
  func `what it must not hold is named, and no secret repeated`(_ options: String, _ fault: String)
  {
    let said = message { try address("profile_version = 1\n[Options]\n\(options)\n") }
    #expect(said.hasPrefix("FOLDER/lab.toml: \(fault)"))
    #expect(!said.contains("s3cret"))
  }

  @Test(arguments: [
    "sc://{{ env_var(HOST) }}/;token={{ env_var(TOKEN) }}",
    "postgresql://anna:{{ env_var(TOKEN) }}@{{ env_var(HOST) }}/db",
  ])
  func `a secret of an address comes from the environment, and over encrypted connections only`(
    _ uri: String
  ) throws {
    let profile = "profile_version = 1\n[Options]\nuri = \"\(uri)\"\n"
    let engine = uri.hasPrefix("sc") ? "spark" : "postgresql"
    let open = message { try address(profile, engine: engine, known) }
    #expect(open.contains("a secret would go to "))
    #expect(!open.contains("s3cret"))
    #expect(throws: Never.self) {
      try address(profile, engine: engine, ["HOST": "localhost", "TOKEN": "s3cret"])
    }
  }

  @Test func `what is no profile says so`() {
    let cases = [
      ("profile_version = 2\n", "FOLDER/lab.toml: is a connection profile of version 2"),
      ("[Options]\n", "FOLDER/lab.toml: does not say `profile_version = 1`"),
      ("profile_version\n", "FOLDER/lab.toml:1: is not TOML as drivers have it"),
    ]
    for (text, expected) in cases {
      #expect(message { try address(text) }.hasPrefix(expected))
    }
    #expect(
      message { try address("", uri: "profile://lob") } == """
        a.engine.yaml:4:6: no connection profile 'lob' in /none, FOLDER, /etc/adbc/profiles
              Write lob.toml in one of them, or name its whole path: profile:///PATH/lob.toml.
        """)
    #expect(
      message { try address("", uri: "profile://a/b") }.hasPrefix(
        "a.engine.yaml:4:6: a connection profile is named by its name or by its whole path"))
    #expect(
      message { try address("", engine: "duckdb") }.hasPrefix(
        "a.engine.yaml:4:6: a database file has no connection profile"))
  }
}
