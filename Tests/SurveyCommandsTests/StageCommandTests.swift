import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Stages, design effects and missing weights on the command line")
struct StageCommandTests {
  private func run(_ words: String, language: String = "en") -> CommandRunner.Response {
    let file = EmittedProgram.golden
    let arguments = words.split(separator: " ").map { $0 == "DATA" ? file : String($0) }
    return CommandRunner().run(
      arguments + ["--weights", "w", "--strata", "stratum", "--language", language])
  }

  private func text(_ result: CommandRunner.Response) -> String {
    String(decoding: result.output, as: UTF8.self)
  }

  @Test func `the design line and the JSON say the stages`() throws {
    let words = "summarize DATA x --psu psu,ssu --fpc fpc1,fpc2"
    #expect(
      text(run(words)).contains("29 sampling units; weight 'w'; 2 stages (psu 29, ssu 308); finite")
    )
    #expect(text(run(words, language: "nb")).contains("2 trinn (psu 29, ssu 308)"))
    let json = try JSONSerialization.jsonObject(with: Data(run(words + " --format json").output))
    let design = try #require((json as? [String: Any])?["design"] as? [String: Any])
    let stages = try #require(design["stages"] as? [[String: Any]])
    #expect(stages.map { $0["psu"] as? String } == ["psu", "ssu"])
    #expect(stages.map { $0["fpc"] as? String } == ["fpc1", "fpc2"])
    #expect(stages.map { $0["units"] as? Int } == [29, 308])
    #expect(design["psu_count"] as? Int == 29)
  }

  @Test func `a stage without population sizes is said`() throws {
    let words = "summarize DATA x --psu psu,ssu --fpc fpc1"
    #expect(
      text(run(words)).contains(
        "The stage of 'ssu' has no population sizes: its units count as drawn with replacement."))
    #expect(text(run(words, language: "nb")).contains("regnes som trukket med tilbakelegging"))
  }

  @Test func `Stata sets every stage`() throws {
    #expect(
      text(run("summarize DATA x --psu psu,ssu --fpc fpc1,fpc2 --emit stata")).contains(
        "svyset psu [pweight = vekt_weight], strata(stratum) fpc(fpc1) || ssu, fpc(fpc2) "
          + "singleunit(missing)\n"))
    #expect(
      text(run("summarize DATA x --psu psu,ssu --emit stata")).contains(
        "svyset psu [pweight = vekt_weight], strata(stratum) singleunit(missing)\n"))
  }

  @Test func `codes that lie in several units are said where most do not`() throws {
    let folder = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    func notes(_ last: String) throws -> String {
      let file = folder.appending(path: "stages.csv")
      try """
      c,p,n1,n2,x
      1,a,9,5,1
      1,b,9,5,2
      2,d,9,5,4
      2,\(last),9,5,3

      """.write(to: file, atomically: true, encoding: .utf8)
      return text(
        CommandRunner().run([
          "summarize", file.path, "x", "--psu", "c,p", "--fpc", "n1,n2", "--language", "en",
        ]))
    }
    #expect(
      try notes("a").contains("Some codes of 'p' lie in several units of 'c': 3 codes are 4 units"))
    #expect(try !notes("e").contains("Some codes"))
  }

  @Test func `design effects compare with the sample that is named`() throws {
    func effect(_ option: String) throws -> Double {
      let json = try JSONSerialization.jsonObject(
        with: Data(run("summarize DATA x --psu psu --format json \(option)").output))
      let rows = try #require((json as? [String: Any])?["rows"] as? [[String: Any]])
      return try #require(rows[0]["deff"] as? Double)
    }
    #expect(abs(try effect("--deff srs") - Golden.numbers("mean_x_deff")[0]) < 1e-9)
    #expect(abs(try effect("--deff replace") - Golden.numbers("mean_x_deff_replace")[0]) < 1e-9)
    #expect(try effect("") == effect("--deff replace"))
    #expect(try effect("--fpc fpc1") == effect("--fpc fpc1 --deff srs"))
    func total(_ option: String) throws -> Double {
      let json = try JSONSerialization.jsonObject(
        with: Data(
          run("summarize DATA x --psu psu --statistic total --format json \(option)").output))
      let rows = try #require((json as? [String: Any])?["rows"] as? [[String: Any]])
      return try #require(rows[0]["deff"] as? Double)
    }
    #expect(abs(try total("--deff srs") - Golden.numbers("total_x_deff")[0]) < 1e-9)
    #expect(abs(try total("--deff replace") - Golden.numbers("total_x_deff_replace")[0]) < 1e-9)
    #expect(run("summarize DATA x --deff none").status == 64)
  }

  @Test(arguments: [
    "tabulate DATA y", "summarize DATA x", "compare DATA x --by g", "model DATA x~z",
    "paradox gap DATA y>=2 o>=2", "paradox discordance DATA y>=2 o>=2",
  ])
  func `rows without a weight stop every verb, or are left out and counted`(
    words: String
  ) throws {
    let folder = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = try String(contentsOfFile: EmittedProgram.golden, encoding: .utf8)
      .split(whereSeparator: \.isNewline)
    func write(_ name: String, _ line: (Int, [String]) -> [String]) throws -> String {
      let kept = lines.enumerated().map { index, text in
        line(index, text.split(separator: ",", omittingEmptySubsequences: false).map(String.init))
          .joined(separator: ",")
      }
      let file = folder.appending(path: name)
      try (kept.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
      return file.path
    }
    func isWithout(_ index: Int) -> Bool { index == 5 || index == 9 }
    let holes = try write("holes.csv") { index, fields in
      fields.enumerated().map { isWithout(index) && $0 == 6 ? "" : $1 }
    }
    // Both keep their place in the design.
    let zeros = try write("zeros.csv") { index, fields in
      fields.enumerated().map { isWithout(index) && $0 == 6 ? "0" : $1 }
    }
    func run(_ file: String, _ more: [String]) -> CommandRunner.Response {
      CommandRunner().run(
        words.split(separator: " ").map { $0 == "DATA" ? file : String($0) }
          + ["--weights", "w", "--language", "en"] + more)
    }
    let stopped = run(holes, [])
    #expect(stopped.status == 65)
    #expect(stopped.remarks.contains { $0.contains("--missing-weights drop") })
    #expect(run(holes, ["--missing-weights", "fail"]).status == 65)
    let dropped = run(holes, ["--missing-weights", "drop"])
    #expect(dropped.status == 0)
    #expect(text(dropped).contains("2 rows have no weight and are left out."))
    let (a, b) = (
      run(holes, ["--missing-weights", "drop", "--format", "csv"]), run(zeros, ["--format", "csv"])
    )
    #expect(text(a) == text(b))
  }

  @Test func `who has no weight cannot miss one`() throws {
    let result = CommandRunner().run([
      "summarize", EmittedProgram.golden, "x", "--missing-weights", "drop",
    ])
    #expect(result.status == 64)
  }
}
