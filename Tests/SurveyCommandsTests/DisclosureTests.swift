import Foundation
import Testing

struct DisclosureTests {
  private func survey(_ profile: String) throws -> SmallSurvey {
    let small = try SmallSurvey()
    let path = small.folder.appending(path: "small.codebook.yaml")
    let codebook =
      try String(contentsOf: path, encoding: .utf8)
      + "output: {disclosure: {profile: \(profile)}}\n"
    try codebook.write(to: path, atomically: true, encoding: .utf8)
    return small
  }

  private static let commands = [
    ["tabulate", "DATA", "trust"], ["summarize", "DATA", "age"], ["inspect", "DATA"],
    ["compare", "DATA", "age", "--by", "region"], ["model", "DATA", "trust == 1 ~ age"],
    ["paradox", "gap", "DATA", "trust == 1", "age > 30"],
    ["tabulate", "DATA", "trust", "--emit", "r"],
    ["convert", "DATA", "/nowhere/x.sav"],
  ]

  @Test(arguments: commands, ["ssb", "min10", "nchs"])
  func `a policy that is not enforced stops whoever names it`(
    command: [String], policy: String
  ) throws {
    for result in [
      try survey(policy).result(command),
      try SmallSurvey().result(command + ["--disclosure", policy]),
      try survey(policy).result(command + ["--disclosure", "none"]),
    ] {
      #expect(result.status == 1)
      #expect(result.output.isEmpty)
      #expect(
        result.remarks.contains(
          "the disclosure policy '\(policy)' is not enforced by this version: nothing was printed"))
    }
  }

  @Test func `nothing is written either`() throws {
    let small = try survey("ssb")
    let file = small.folder.appending(path: "out.csv").path
    #expect(small.run("tabulate", "DATA", "trust", "--output", file).status == 1)
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  @Test func `to warn is one note that counts the figures of few`() throws {
    let sentence = "2 figures rest on fewer than 5 respondents (the fewest: 2): think before"
    let stated = try survey("warn").run("tabulate", "DATA", "trust")
    #expect(stated.status == 0)
    #expect(stated.output.components(separatedBy: sentence).count == 2, "\(stated.output)")
    let asked = try SmallSurvey().run("tabulate", "DATA", "trust", "--disclosure", "warn")
    #expect(asked.output == stated.output)
    let none = try survey("none").run("tabulate", "DATA", "trust")
    #expect(!none.output.contains("fewer than 5"))
  }

  @Test func `the command cannot be laxer than the codebook`() throws {
    let result = try survey("warn").run("tabulate", "DATA", "trust", "--disclosure", "none")
    #expect(result.output.contains("fewer than 5"))
  }

  @Test func `a misspelt policy is no policy`() throws {
    let result = try SmallSurvey().run("tabulate", "DATA", "trust", "--disclosure", "wran")
    #expect(result.status == 64)
    #expect(result.remarks.contains("Did you mean 'warn'?"))
  }
}
