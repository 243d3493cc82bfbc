import Foundation
import Testing
import VektTestSupport

@Suite("Missing rules beside a weight and a design") struct MissingRuleCommandTests {
  private static let table = """
    x,w,st,psu,r1,r2,r3,r4
    1,1,1,1,2,2,0,0
    2,2,1,2,0,0,4,4
    9,1,9,1,2,0,2,0
    4,3,9,2,0,6,0,6
    """

  private func file(codebook: String? = nil) throws -> String {
    let folder = try Places.temporaryFolder()
    let file = folder.appending(path: "a.csv")
    try Self.table.write(to: file, atomically: true, encoding: .utf8)
    try codebook?.write(
      to: folder.appending(path: "a.codebook.yaml"), atomically: true, encoding: .utf8)
    return file.path
  }

  private static let designs: [(options: [String], codebook: String)] = [
    (["--strata", "st", "--psu", "psu"], "{strata: st, psu: psu}"),
    (
      ["--replicate-weights", "r1-r4", "--replicate-method", "brr"],
      "{replicates: {weights: 'r*', method: brr}}"
    ),
  ]

  @Test(arguments: [0, 1])
  func `a rule for all columns leaves a design alone, named by options or by the codebook`(
    place: Int
  ) throws {
    let (options, design) = Self.designs[place]
    let words = ["x", "--missing", "9", "--missing", "2"]
    let named = try CommandRun.rows(
      ["summarize", file()] + words + ["--weights", "w"] + options)
    let declared = try CommandRun.rows(
      [
        "summarize",
        file(
          codebook: """
            vekt: 1
            variables: {x: {}, w: {}, st: {}, psu: {}}
            weights: {w: w}
            design: \(design)
            """),
      ] + words)
    #expect((named[0]["estimate"] as? NSNumber)?.doubleValue == 3.25)
    #expect(NSArray(array: named) == NSArray(array: declared))
  }

  @Test func `the default of a codebook leaves alone what options name as the weight`() throws {
    let data = try file(
      codebook: "vekt: 1\nmissing: {default: {2: no_answer}}\nvariables: {w: {}}\ndesign: none\n")
    let rows = try CommandRun.rows(["summarize", data, "x", "--weights", "w", "--strata", "st"])
    #expect((rows[0]["n"] as? NSNumber)?.intValue == 3)
  }

  @Test func `a rule that names the weight takes it`() throws {
    let found = CommandRun(["summarize", try file(), "x", "--missing", "w: 2", "--weights", "w"])
    #expect(found.status == 65 && found.remarks.contains("the weight 'w' is missing"))
  }
}
