import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Replicate weights on the command line") struct ReplicateCommandTests {
  private static let table = """
    x,y,w,stratum,psu,r1,r2,r3,r4
    1,1,10,1,1,20,0,20,0
    2,2,10,1,1,20,0,20,0
    4,1,10,1,2,0,20,0,20
    3,2,10,2,1,20,20,0,0
    5,1,10,2,2,0,0,20,20
    7,1,10,2,2,0,0,20,20
    """

  private func folder(codebook: String? = nil) throws -> (file: String, folder: URL) {
    let folder = try Places.temporaryFolder()
    let file = folder.appending(path: "half.csv")
    try Self.table.write(to: file, atomically: true, encoding: .utf8)
    try codebook?.write(
      to: folder.appending(path: "half.codebook.yaml"), atomically: true, encoding: .utf8)
    return (file.path, folder)
  }

  private let options = ["--weights", "w", "--replicate-weights", "r1-r4"]

  @Test func `the same by options and by the codebook, which is written back as it was`() throws {
    let (file, _) = try folder()
    let stated = try CommandRun.json(
      ["summarize", file, "x"] + options + ["--replicate-method", "brr"])
    let (described, _) = try folder(
      codebook: """
        vekt: 1
        variables:
          x: {type: integer}
          y: {type: integer, codes: [1, 2]}
        weights: {w: w}
        design: {replicates: {weights: 'r*', method: brr}}
        """)
    let found = try CommandRun.json(["summarize", described, "x"])
    let rows = try [stated, found].map { try #require($0["rows"] as? [[String: Any]]) }
    #expect(NSArray(array: rows[0]) == NSArray(array: rows[1]))
    let design = try #require(found["design"] as? [String: Any])
    #expect(design["variance"] as? String == "replication")
    #expect((design["replicates"] as? [String: Any])?["count"] as? Int == 4)
    #expect((rows[0][0]["df"] as? NSNumber)?.doubleValue == 2)
  }

  @Test func `the note says where the variance comes from, and --variance takes the other`() throws
  {
    let (file, _) = try folder()
    let words =
      ["summarize", file, "x"] + options + [
        "--strata", "stratum", "--psu", "psu", "--replicate-method", "brr",
      ]
    #expect(CommandRun(words).output.contains("variance from 4 replicate weights (brr)"))
    #expect(
      CommandRun(words + ["--language", "nb"]).output.contains("varians fra 4 replikatvekter (brr)")
    )
    let linearized = CommandRun(words + ["--variance", "linearization"])
    #expect(linearized.output.contains("linearized variance, replicate weights"))
    let plain = try CommandRun.json(
      ["summarize", file, "x", "--weights", "w", "--strata", "stratum", "--psu", "psu"])
    let other = try CommandRun.json(words + ["--variance", "linearization"])
    let rows = try [plain, other].map { try #require($0["rows"] as? [[String: Any]]) }
    #expect(NSArray(array: rows[0]) == NSArray(array: rows[1]))
  }

  /// With the fourth half sample nobody has the answer 2.
  @Test(arguments: [
    ["summarize", "x", "--by", "y"], ["tabulate", "stratum", "--by", "y"],
    ["compare", "x", "--by", "y"], ["model", "x ~ factor(y)"],
    ["model", "x ~ factor(y)", "--margins", "y"],
  ])
  func `replicates without an answer are counted in a note of every verb`(_ words: [String])
    throws
  {
    let (file, _) = try folder()
    let all = [words[0], file] + words[1...] + options + ["--replicate-method", "brr"]
    #expect(CommandRun(all).output.flattened.contains("of 4 replicates gave no value"))
    #expect(
      CommandRun(all + ["--language", "nb"]).output.flattened.contains(
        "av 4 replikater ga ingen verdi"))
    #expect(
      !CommandRun(["summarize", file, "x"] + all.suffix(5)).output.flattened.contains(
        "replicates gave"))
  }

  @Test func `--lonely-domain has its rule, its note, its key and its refusals`() throws {
    let (file, folder) = try folder()
    let design = ["--weights", "w", "--strata", "stratum", "--psu", "psu"]
    let words = ["summarize", file, "x", "--where", "psu == 1 or stratum == 1"] + design
    let plain = try CommandRun.json(words)
    let adjusted = try CommandRun.json(words + ["--lonely-domain", "--lonely-psu", "adjust"])
    func error(_ found: [String: Any]) throws -> Double {
      try #require((found["rows"] as? [[String: Any]])?.first?["std_error"] as? Double)
    }
    #expect(try error(adjusted) > error(plain))
    #expect((adjusted["design"] as? [String: Any])?["lonely_domain"] as? Bool == true)
    #expect(
      CommandRun(words + ["--lonely-domain", "--lonely-psu", "average"]).output.flattened.contains(
        "strata with one sampling unit of a group: average"))
    try """
    vekt: 1
    variables: {x: {type: integer}, y: {type: integer, codes: [1, 2]}}
    weights: {w: w}
    design: {strata: stratum, psu: psu, lonely_psu: adjust, lonely_domain: true}
    """.write(
      to: folder.appending(path: "half.codebook.yaml"), atomically: true, encoding: .utf8)
    #expect(try error(CommandRun.json(["summarize", file, "x"] + words[3...4])) == error(adjusted))
    let copy = folder.appending(path: "copy.csv").path
    #expect(CommandRun(["convert", file, copy]).status == 0)
    #expect(
      try String(contentsOf: folder.appending(path: "copy.codebook.yaml"), encoding: .utf8)
        .contains("lonely_domain:"))
    let refused = CommandRun(words + ["--lonely-domain", "--lonely-psu", "remove"])
    #expect(refused.status == 64)
    #expect(refused.remarks.contains("says nothing of strata of several units"))
    let replicated = CommandRun(
      ["summarize", file, "x"] + options + ["--replicate-method", "brr", "--lonely-domain"])
    #expect(replicated.remarks.contains("replicate weights make the variance"))
  }

  @Test func `what is wrong is said with what to do`() throws {
    let (file, _) = try folder()
    func problem(_ more: [String]) -> String {
      CommandRun(["summarize", file, "x", "--weights", "w"] + more).remarks
    }
    #expect(
      problem(["--replicate-weights", "r1-r4"]).contains(
        "replicate weights need to be told how they were made"))
    #expect(problem(["--replicate-method", "brr"]).contains("there are no replicate weights"))
    #expect(
      problem(["--replicate-weights", "q1-q4", "--replicate-method", "brr"]).contains("q1"))
    #expect(
      problem(["--replicate-weights", "r*", "--replicate-method", "brrr"]).contains("brr"))
    #expect(
      problem([
        "--replicate-weights", "r*", "--replicate-method", "jkn", "--replicate-rscales", "a",
      ]).contains("rscales"))
  }

  @Test func `a codebook is checked for its replicates`() throws {
    func findings(_ replicates: String) throws -> String {
      let (file, _) = try folder(
        codebook: """
          vekt: 1
          variables: {x: {type: integer}, y: {type: integer}}
          weights: {w: w}
          design: {replicates: {weights: \(replicates), method: brr}}
          """)
      return CommandRun(["codebook", "check", file, "--format", "csv"]).output
    }
    #expect(!(try findings("'r*'").contains("replicates-")))
    #expect(try findings("'q*'").contains("replicates-unreadable"))
    #expect(try findings("r1").contains("replicates-few"))
  }

  @Test func `a codebook keeps what it says of replicates`() throws {
    let (file, folder) = try folder(
      codebook: """
        vekt: 1
        variables:
          x: {type: integer}
        weights: {w: w}
        design:
          strata: stratum
          replicates: {weights: [r1, r2, r3, r4], method: fay, rho: 0.3, are: factors, mse: true, df: 3, scale: 0.5, rscales: [1, 1, 1, 1]}
          variance: linearization
        """)
    let copy = folder.appending(path: "copy.csv").path
    #expect(CommandRun(["convert", file, copy]).status == 0)
    let written = try String(
      contentsOf: folder.appending(path: "copy.codebook.yaml"), encoding: .utf8)
    for part in [
      "method: fay", "rho: 0.3", "are: factors", "df: 3", "scale: 0.5",
      "variance: linearization",
    ] { #expect(written.contains(part), "\(part) in \(written)") }
  }
}
