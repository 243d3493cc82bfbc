import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Weightings as programs for R", .enabled(if: EmittedProgram.hasR)) struct WeightProgramTests
{
  private func totals() throws -> URL {
    let folder = try Places.temporaryFolder()
    try """
    variable,category,total
    (all),,19000
    sex,0,9000
    sex,1,10000
    g,1,6000
    g,2,6500
    g,3,6500
    x,,-1500
    sex:g,0:1,3000
    sex:g,0:2,3100
    sex:g,0:3,2900
    sex:g,1:1,3000
    sex:g,1:2,3400
    sex:g,1:3,3600
    """.write(to: folder.appending(path: "t.csv"), atomically: true, encoding: .utf8)
    try """
    steps:
      - {step: nonresponse, responded: z == 1, by: [g], reason: half of them}
      - {step: rake, by: [sex, g], totals: t.csv}
      - {step: trim, bounds: [0.4, 1.6]}
      - {step: normalize, to: n}
    """.write(to: folder.appending(path: "r.yaml"), atomically: true, encoding: .utf8)
    return folder
  }

  @Test func `R fits the same weights`() throws {
    let folder = try totals().path
    let design = "--weights w --strata stratum --psu psu"
    let totals = "--totals \(folder)/t.csv"
    try EmittedProgram.expectSame(
      [
        "weight DATA \(design) --rake sex,g \(totals)",
        "weight DATA \(design) --poststratify sex,g \(totals) --normalize n",
        "weight DATA \(design) --calibrate factor(sex)+factor(g)+x \(totals)",
        "weight DATA \(design) --calibrate factor(sex)*factor(g) \(totals) --method raking",
        "weight DATA \(design) --calibrate factor(sex)+factor(g) \(totals) --method logit --bounds 0.5,2",
        "weight DATA \(design) --calibrate x \(totals) --bounds 0.2,3",
        "weight DATA \(design) --nonresponse z==1 --within g --trim 0.5,1.5",
        "weight DATA \(design) --recipe \(folder)/r.yaml",
        "weight DATA \(design) --rake sex,g \(totals) --replicates jkn",
        "weight DATA --poststratify g \(totals)",
      ], data: EmittedProgram.golden, tolerance: 1e-8)
  }

  @Test func `who has no weight needs no answers in R either`() throws {
    let folder = try totals()
    // Those who did not respond did not tell their sex.
    let lines = try String(contentsOfFile: EmittedProgram.golden, encoding: .utf8)
      .split(whereSeparator: \.isNewline).map { line in
        var fields = line.split(separator: ",", omittingEmptySubsequences: false)
        if fields[11] == "0" { fields[7] = "" }
        return fields.joined(separator: ",") + "\n"
      }
    let file = folder.appending(path: "silent.csv")
    try lines.joined().write(to: file, atomically: true, encoding: .utf8)
    try EmittedProgram.expectSame(
      [
        "weight DATA --weights w --strata stratum --psu psu --recipe \(folder.path)/r.yaml",
        "weight DATA --weights w --strata stratum --psu psu --recipe \(folder.path)/r.yaml --replicates jkn",
      ], data: file.path, tolerance: 1e-8)
  }

  @Test func `R's replicates of the program make the same variance`() throws {
    let folder = try totals().path
    let words =
      ["weight", EmittedProgram.golden, "--weights", "w", "--strata", "stratum", "--psu", "psu"]
      + ["--rake", "sex,g", "--totals", folder + "/t.csv", "--replicates", "jkn"]
    let emitted = CommandRunner().run(words + ["--emit", "r"])
    #expect(emitted.status == 0)
    let program = folder + "/p.R"
    let more = "\ncat(SE(svymean(~as.numeric(raw$x), design)), \"\\n\")\n"
    try (String(decoding: emitted.output, as: UTF8.self) + more).write(
      toFile: program, atomically: true, encoding: .utf8)
    let found = try EmittedProgram.run([program])
    let last = found.output.split(separator: "\n").last.flatMap { Double($0.filter { $0 != " " }) }
    #expect(abs((last ?? 0) - 0.0852223621577571) < 1e-9, "\(found.output) \(found.faults)")
  }
}
