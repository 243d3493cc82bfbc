import Foundation
import Testing
import VektTestSupport

@Suite(
  "R reads replicate weights as Vekt does",
  .enabled(if: EmittedProgram.hasR, "Rscript with the package survey is not installed"))
struct ReplicateProgramTests {
  /// Those of which R makes the same anew with every replicate's weights: not what its program takes
  /// from the influence of respondents, or from slopes.
  static let commands = [
    "tabulate DATA y --by gr,sex", "tabulate DATA y --by gr --test --ci xlogit",
    "tabulate DATA y --by gr --test --ci beta", "tabulate DATA y --percentages total --by gr",
    "tabulate DATA y --by gr --statistic Chisq --ci wald --where 'sex == 1'",
    "tabulate DATA y --by gr --statistic adjWald --ci asin",
    "tabulate DATA y --by gr --letters --letters-level 0.3 --letters-adjust none",
    "summarize DATA x --by sex --statistic mean,total,sd,median", "summarize DATA xm",
    "summarize DATA x --by gr --where 'z == 1'", "summarize DATA --ratio z/sex --by gr",
    "summarize DATA --statistic total --by gr",
    "compare DATA x --by gr --reference 2",
    "compare DATA x --by gr --rank wilcoxon --rank kruskal-wallis",
    "compare DATA x --to 0.1 --by gr", "compare DATA z --by gr --statistic total",
    "model DATA 'z ~ x + factor(gr)'",
    "model DATA 'z ~ x * factor(gr)' --contrast 'gr=2 - gr=3'",
    "model DATA 'z ~ x' 'z ~ x + factor(gr)' --exponentiate",
    "model DATA 'z ~ x + factor(gr)' --term-tests adjusted-wald --where 'x > -1'",
    "paradox gap DATA 'y >= 2' 'o >= 2' --by gr",
    "summarize DATA x --by gr --standardize o --shares 1=0.2,2=0.5,3=0.3",
    "tabulate DATA y --by gr --standardize o --shares 1=0.2,2=0.5,3=0.3",
    "compare DATA x --by gr --standardize o --shares 1=0.2,2=0.5,3=0.3",
  ]

  @Test(arguments: ["jkn", "bootstrap", "sdr", "factors"])
  func `on a sample with replicate weights`(kind: String) throws {
    let (file, options) = try Self.sample(kind)
    let commands = kind == "jkn" ? Self.commands : Array(Self.commands.prefix(2))
    try EmittedProgram.expectSame(commands.map { $0 + options }, data: file)
  }

  @Test func `a column called g, which R's svyglm would take for its call`() throws {
    let (file, options) = try Self.sample("jkn", calling: "g")
    let commands = [
      "tabulate DATA y --by g,sex", "model DATA 'z ~ x + factor(g)'",
      "compare DATA x --by g --rank wilcoxon",
    ]
    try EmittedProgram.expectSame(commands.map { $0 + options }, data: file)
  }

  /// The golden sample with a column of weights for each sampling unit, in which that unit has none.
  private static func sample(
    _ kind: String, calling group: String = "gr"
  ) throws -> (file: String, options: String) {
    let lines = try String(contentsOfFile: EmittedProgram.golden, encoding: .utf8)
      .split(whereSeparator: \.isNewline)
    var names = lines[0].split(separator: ",").map(String.init)
    let rows = lines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    func place(_ name: String) -> Int { names.firstIndex(of: name) ?? 0 }
    let (stratum, psu, weight) = (place("stratum"), place("psu"), place("w"))
    names[place("g")] = group
    var units: [[String]] = []
    for row in rows where !units.contains([row[stratum], row[psu]]) {
      units.append([row[stratum], row[psu]])
    }
    func count(_ stratum: String) -> Double { Double(units.count { $0[0] == stratum }) }
    var text = (names + units.indices.map { "rw\($0 + 1)" }).joined(separator: ",") + "\n"
    for row in rows {
      let home = count(row[stratum])
      let factors = units.map { unit in
        unit[0] != row[stratum] ? 1 : unit[1] == row[psu] ? 0 : home / (home - 1)
      }
      let columns = factors.map { factor in
        "\(kind == "factors" ? factor : factor * (Double(row[weight]) ?? 0))"
      }
      text += (row + columns).joined(separator: ",") + "\n"
    }
    let file = try Places.temporaryFolder().appending(path: "replicates.csv")
    try text.write(to: file, atomically: true, encoding: .utf8)
    let scales = units.map { "\((count($0[0]) - 1) / count($0[0]))" }.joined(separator: ",")
    let method = kind == "factors" ? "jkn" : kind
    return (
      file.path,
      " --weights w --replicate-weights 'rw*' --replicate-method \(method)"
        + (method == "jkn" ? " --replicate-rscales \(scales)" : "")
        + (kind == "factors" ? " --replicate-weights-are factors --mse" : "")
    )
  }
}
