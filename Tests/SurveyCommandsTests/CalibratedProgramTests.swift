import Foundation
import Testing
import VektTestSupport

@Suite(
  "R reads calibrated weights as Vekt does",
  .enabled(if: EmittedProgram.hasR, "Rscript with the package survey is not installed"))
struct CalibratedProgramTests {
  static let commands = [
    "tabulate DATA y --by g,sex", "tabulate DATA y --by g --test --ci xlogit",
    "tabulate DATA y --percentages total --by g",
    "summarize DATA x --by g --statistic mean,total,median",
    "summarize DATA x --where 'g == 2'", "summarize DATA --ratio z/o --by sex",
    "compare DATA x --by g --reference 2", "compare DATA x --by g --rank wilcoxon",
    "model DATA 'z ~ x + factor(g)' --term-tests adjusted-wald",
    "model DATA 'z ~ x + factor(g)' --margins g", "paradox gap DATA 'y >= 2' 'o >= 2' --by g",
    "paradox models DATA z --key sex --block one=x --block two=o",
  ]

  @Test(arguments: ["poststratified", "raked", "calibrated", "both", "crossed"])
  func `post-stratified, raked, calibrated, and one after the other`(weight: String) throws {
    let file = try Self.sample()
    let isShort = ["both", "calibrated", "crossed"].contains(weight)
    let commands = isShort ? Array(Self.commands.prefix(4)) : Self.commands
    for psu in weight == "raked" ? [" --psu psu", ""] : [" --psu psu"] {
      try EmittedProgram.expectSame(
        commands.map { "\($0) --weights \(weight) --strata stratum\(psu)" }, data: file)
    }
  }

  /// What `vekt weight` wrote of the golden sample; with bounds of 0 and `inf` 18 weights become 0.
  @Test(arguments: [
    ["--calibrate", "factor(sex) + x", "--bounds", "0,inf"],
    ["--calibrate", "factor(sex) + x", "--method", "raking", "--bounds", "0,inf"],
  ])
  func `bounds without an end`(_ step: [String]) throws {
    let folder = try Places.temporaryFolder()
    let (totals, file) = (folder.path + "/t.csv", folder.path + "/weighted.csv")
    try "variable,category,total\nsex,0,9000\nsex,1,10000\nx,,9000\n".write(
      toFile: totals, atomically: true, encoding: .utf8)
    let weighted = CommandRun(
      ["weight", EmittedProgram.golden, "--weights", "w", "--strata", "stratum", "--psu", "psu"]
        + step + ["--totals", totals, "--output", file])
    #expect(weighted.status == 0, "\(weighted.remarks)")
    let emitted = CommandRun(["summarize", file, "z", "--emit", "r"])
    #expect(emitted.output.contains("bounds = c(0, Inf)"))
    try EmittedProgram.expectSame(
      ["summarize DATA z --by g --statistic mean,total", "tabulate DATA y"], data: file)
  }

  /// Seven have no weight in the end: of three nobody knows the sex, and the others may have one before.
  @Test(arguments: [
    "step: poststratify, of: w, by: [sex]", "step: rake, of: w, by: [sex, g]",
    "step: calibrate, of: w, formula: sex + g, method: raking",
  ])
  func `rows that a step left out, also without an answer`(_ step: String) throws {
    let lines = try String(contentsOfFile: EmittedProgram.golden, encoding: .utf8)
      .split(whereSeparator: \.isNewline)
    var rows = lines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    for row in 0..<7 {
      if row < 3 { rows[row * 40][7] = "" }
      rows[row * 40].append("0")
    }
    for row in rows.indices where rows[row].count == lines[0].split(separator: ",").count {
      rows[row].append(rows[row][6])
    }
    let file = try Places.temporaryFolder().appending(path: "left.csv")
    let text = ([lines[0] + ",cw"] + rows.map { $0.joined(separator: ",") }).joined(separator: "\n")
    try (text + "\n").write(to: file, atomically: true, encoding: .utf8)
    try """
    vekt: 1
    variables:
      sex: {codes: {0: man, 1: woman}}
      g: {codes: {1: a, 2: b, 3: c}}
    weights: {cw: {var: cw, default: true, adjusted: [{\(step)}]}}
    design: {strata: stratum, psu: psu}

    """.write(
      to: file.deletingPathExtension().appendingPathExtension("codebook.yaml"), atomically: true,
      encoding: .utf8)
    try EmittedProgram.expectSame(
      ["summarize DATA z --by g", "summarize DATA x --statistic mean,total"], data: file.path)
  }

  /// The golden sample with calibrated weights.
  private static func sample() throws -> String {
    let lines = try String(contentsOfFile: EmittedProgram.golden, encoding: .utf8)
      .split(whereSeparator: \.isNewline)
    let names = lines[0].split(separator: ",").map(String.init)
    let rows = lines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    func column(_ name: String) -> [String] {
      rows.map { $0[names.firstIndex(of: name) ?? 0] }
    }
    func meeting(
      _ totals: [String: Double], of codes: [String], _ weights: [Double]
    ) -> [Double] {
      var sums: [String: Double] = [:]
      for (code, weight) in zip(codes, weights) { sums[code, default: 0] += weight }
      return zip(codes, weights).map { $1 * totals[$0, default: 0] / sums[$0, default: 1] }
    }
    let (sex, group) = (column("sex"), column("g"))
    let drawn = column("w").compactMap(Double.init)
    let poststratified = meeting(["0": 9000, "1": 10_000], of: sex, drawn)
    var raked = drawn
    for _ in 0..<100 {
      raked = meeting(["0": 9000, "1": 10_000], of: sex, raked)
      raked = meeting(["1": 6000, "2": 6500, "3": 6500], of: group, raked)
    }
    let both = meeting(["0": 9500, "1": 9500], of: sex, poststratified)
    let crossed = meeting(["1": 6000, "2": 6500, "3": 6500], of: group, poststratified)
    var text = lines[0] + ",wp,wr,wb,wc\n"
    for (row, line) in lines.dropFirst().enumerated() {
      text += "\(line),\(poststratified[row]),\(raked[row]),\(both[row]),\(crossed[row])\n"
    }
    let file = try Places.temporaryFolder().appending(path: "calibrated.csv")
    try text.write(to: file, atomically: true, encoding: .utf8)
    try """
    vekt: 1
    variables:
      sex: {codes: {0: man, 1: woman}}
      g: {codes: {1: a, 2: b, 3: c}}
    weights:
      poststratified: {var: wp, adjusted: [{step: poststratify, of: w, by: sex}]}
      raked: {var: wr, adjusted: [{step: rake, of: w, by: [sex, g]}]}
      calibrated: {var: wr, adjusted: [{step: calibrate, of: w, formula: sex + g, method: raking}]}
      both: {var: wb, adjusted: [{step: poststratify, of: w, by: sex}, {step: poststratify, of: wp, by: sex}]}
      crossed: {var: wc, adjusted: [{step: poststratify, of: w, by: sex}, {step: poststratify, of: wp, by: g}]}

    """.write(
      to: file.deletingPathExtension().appendingPathExtension("codebook.yaml"), atomically: true,
      encoding: .utf8)
    return file.path
  }
}
