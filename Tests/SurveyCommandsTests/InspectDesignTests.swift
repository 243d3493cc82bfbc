import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("What a file says of its design") struct InspectDesignTests {
  private let golden = Places.reference.appending(path: "golden.csv").path
  private let options = [
    "--weights", "w", "--strata", "stratum", "--psu", "psu,ssu", "--fpc", "fpc1,fpc2",
  ]

  /// `1 + (sd(w) ∕ mean(w))²` with n in the denominator, and `sum(w)^2 ∕ sum(w^2)`, in R.
  @Test func `stages, strata and weights are counted, also by group`() throws {
    let found = try CommandRun.json(["inspect", golden, "--design", "--by", "g"] + options)
    let weights = try #require(found["rows"] as? [[String: Any]])
    #expect(weights.map { $0["g"] as? String } == ["1", "2", "3", "all"])
    #expect(weights.map { $0["n"] as? Int } == [100, 101, 107, 308])
    let all = try #require(weights.last)
    func number(_ key: String) throws -> Double { try #require(all[key] as? Double) }
    #expect(abs(try number("deff_kish") * number("n_effective") - 308) < 1e-9)
    #expect(abs(try number("deff_kish") - 1 - number("cv") * number("cv")) < 1e-12)
    let stages = try #require(found["stages"] as? [[String: Any]])
    #expect(stages.map { $0["units"] as? Int } == [29, 308])
    #expect(stages.map { $0["parents"] as? Int } == [8, 29])
    let strata = try #require(found["strata"] as? [[String: Any]])
    #expect(strata.count == 37)
    #expect(strata.prefix(8).reduce(0) { $0 + ($1["n"] as? Int ?? 0) } == 308)
    let bins = try #require(found["histogram"] as? [[String: Any]])
    #expect(bins.reduce(0) { $0 + ($1["n"] as? Int ?? 0) } == 308)
    let text = CommandRun(["inspect", golden, "--design"] + options).output
    #expect(text.contains("Kish's deff"))
    #expect(text.contains("1 psu"))
    #expect(
      CommandRun(["inspect", golden, "--design", "--language", "nb"] + options).output
        .contains("effektiv n"))
  }

  @Test func `lonely strata are named, whatever the rule`() throws {
    let text = CommandRun(
      ["inspect", golden, "--design"]
        + ["--weights", "w", "--strata", "stratum"]
        + ["--derive", "unit = if(stratum == 3, 8, psu)", "--psu", "unit"])
    #expect(text.status == 0, "\(text.remarks)")
    #expect(text.output.contains("With one unit: '3' (rule: fail)."))
  }

  @Test func `the histogram is drawn, and records are CSV`() throws {
    let svg = CommandRun(["inspect", golden, "--design", "--format", "svg"] + options)
    #expect(svg.status == 0, "\(svg.remarks)")
    #expect(svg.output.hasPrefix("<svg"))
    let csv = CommandRun(["inspect", golden, "--design", "--format", "csv"] + options)
    #expect(csv.output.hasPrefix("n,sum,min,mean,max,cv,deff_kish,n_effective\n308,"))
  }

  /// Twelve units, three to a stratum, or other units; the factors are those of the method.
  private func file(
    _ factors: (_ replicate: Int, _ unit: Int) -> Double, count: Int, units: Int = 12
  ) throws -> String {
    var text = "x,w," + (1...count).map { "rw\($0)" }.joined(separator: ",") + "\n"
    for row in 0..<240 {
      let unit = row % units
      let weight = 10 + Double(row % 7)
      let columns = (0..<count).map { "\(weight * factors($0, unit))" }
      text += "\(row),\(weight)," + columns.joined(separator: ",") + "\n"
    }
    let folder = try Places.temporaryFolder()
    let path = folder.appending(path: "replicates.csv")
    try text.write(to: path, atomically: true, encoding: .utf8)
    return path.path
  }

  /// A row of a Hadamard matrix of order 16 by Sylvester: its sign in a column.
  private func sign(_ row: Int, _ column: Int) -> Double {
    (row & column).nonzeroBitCount % 2 == 0 ? 1 : -1
  }

  @Test func `the likely kind of replicate weights is told from their factors`() throws {
    let brr = try file({ 1 + sign($0, $1 + 1) }, count: 16)
    let fay = try file({ 1 + 0.7 * sign($0, $1 + 1) }, count: 16)
    let sdr = try file(
      { 1 + (sign($0, $1 + 1) - sign($0, ($1 + 1) % 15 + 1)) / 8.0.squareRoot() }, count: 16)
    let jk1 = try file({ $0 == $1 ? 0 : 12.0 / 11 }, count: 12)
    let jkn = try file({ $0 == $1 ? 0 : $0 / 3 == $1 / 3 ? 1.5 : 1 }, count: 12)
    let jk2 = try file({ $0 != $1 / 2 ? 1 : $1 % 2 == 0 ? 0 : 2 }, count: 8, units: 16)
    let bootstrap = try file(
      { replicate, unit in
        Double([0, 1, 1, 2, 0, 1, 3, 0, 1, 1, 1, 1][(replicate * 5 + unit) % 12])
      },
      count: 24)
    for (path, method) in [
      (brr, "brr"), (fay, "fay"), (sdr, "sdr"), (jk1, "jk1"), (jkn, "jkn"),
      (jk2, "jk2"), (bootstrap, "bootstrap"),
    ] {
      let found = try CommandRun.rows(
        ["inspect", path, "--design", "--weights", "w"], "replicates")
      let one = try #require(found.first, "\(method)")
      #expect(one["likely"] as? String == method)
      #expect((one["options"] as? String ?? "").contains("--replicate-method \(method)"))
      if method == "fay" { #expect(one["rho"] as? Double == 0.3) }
      if method == "jkn" {
        #expect((one["options"] as? String ?? "").contains("--replicate-rscales 0.666667"))
      }
    }
    let declared = CommandRun(
      ["inspect", fay, "--design", "--weights", "w", "--replicate-weights", "rw1-rw16"]
        + ["--replicate-method", "brr"])
    #expect(declared.output.contains("declared as brr, but look like fay"))
  }

  /// Calibration moves every weight of every replicate by a few per cent.
  @Test func `the likely kind is told also where every replicate was calibrated again`() throws {
    func calibrated(_ factor: Double, _ replicate: Int, _ unit: Int) -> Double {
      factor * (1 + Double((replicate * 7 + unit * 3) % 5 - 2) / 100)
    }
    let kinds: [(method: String, count: Int, factor: (Int, Int) -> Double)] = [
      ("brr", 16, { 1 + sign($0, $1 + 1) }), ("fay", 16, { 1 + 0.7 * sign($0, $1 + 1) }),
      ("sdr", 16, { 1 + (sign($0, $1 + 1) - sign($0, ($1 + 1) % 15 + 1)) / 8.0.squareRoot() }),
      ("jk1", 12, { $0 == $1 ? 0 : 12.0 / 11 }),
      ("jkn", 12, { $0 == $1 ? 0 : $0 / 3 == $1 / 3 ? 1.5 : 1 }),
      ("jk2", 8, { $0 != $1 / 2 ? 1 : $1 % 2 == 0 ? 0 : 2 }),
    ]
    for kind in kinds {
      let path = try file(
        { calibrated(kind.factor($0, $1), $0, $1) }, count: kind.count,
        units: kind.method == "jk2" ? 16 : 12)
      let found = try CommandRun.rows(
        ["inspect", path, "--design", "--weights", "w"], "replicates")
      #expect(found.first?["likely"] as? String == kind.method, "\(kind.method)")
    }
  }

  @Test func `answers with numbers in their names are no replicate weights`() throws {
    var text = "w," + (1...10).map { "q\($0)" }.joined(separator: ",") + "\n"
    for row in 0..<60 {
      text +=
        "1," + (0..<10).map { "\((row * 7 + $0 * 3) % 5 + 1)" }.joined(separator: ",") + "\n"
    }
    let path = try Places.temporaryFolder().appending(path: "q.csv")
    try text.write(to: path, atomically: true, encoding: .utf8)
    let found = try CommandRun.json(["inspect", path.path, "--design", "--weights", "w"])
    #expect((found["replicates"] as? [[String: Any]] ?? []).isEmpty)
  }

  @Test func `groups without --design are refused, and variables with it`() {
    #expect(CommandRun(["inspect", golden, "--by", "g"]).status == 64)
    #expect(CommandRun(["inspect", golden, "x", "--design"]).status == 64)
  }
}
