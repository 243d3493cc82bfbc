import Foundation
import SurveyCommands
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

@Suite("Weights on the command line") struct WeightCommandTests {
  private static let table = """
    id,sex,region,answered,income,w
    1,1,a,1,10,2
    2,1,a,1,12,2
    3,1,b,0,20,2
    4,1,b,1,22,2
    5,2,a,1,8,3
    6,2,a,0,9,3
    7,2,b,1,18,3
    8,2,b,1,25,3
    """
  private static let codebook = """
    vekt: 1
    variables:
      id: {type: integer}
      sex: {label: {en: Sex, nb: Kjønn}, codes: {1: {en: Man, nb: Mann}, 2: {en: Woman, nb: Kvinne}}}
      region: {codes: {a: North, b: South}}
      answered: {type: integer, codes: [0, 1]}
      income: {type: decimal}
      w: {type: decimal}
    weights: {w: {var: w, default: true}}
    design: {strata: sex}
    """
  private static let totals = """
    variable,category,total
    sex,1,10
    sex,2,14
    region,a,11
    region,b,13
    """

  private func folder(copies: Int = 1) throws -> URL {
    let folder = try Places.temporaryFolder()
    let lines = Self.table.split(separator: "\n")
    let more = Array(repeating: lines.dropFirst(), count: copies).joined()
    let table = (lines.prefix(1) + more).joined(separator: "\n") + "\n"
    for (name, text) in [
      ("s.csv", table), ("s.codebook.yaml", Self.codebook), ("t.csv", Self.totals),
    ] {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    return folder
  }

  private func run(
    _ folder: URL, _ words: String...
  ) -> (status: Int32, output: String, remarks: String) {
    let found = CommandRunner().run(
      ["weight", folder.appending(path: "s.csv").path]
        + words.map { $0.replacing("@", with: folder.path + "/") })
    return (
      found.status, String(decoding: found.output, as: UTF8.self),
      found.remarks.joined(separator: "\n")
    )
  }

  private func rows(_ folder: URL, _ words: [String]) throws -> [[String: Any]] {
    let found = CommandRunner().run(
      words.map { $0.replacing("@", with: folder.path + "/") } + ["--format", "json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(found.output)) as? [String: Any],
      "\(found.remarks)")
    return try #require(object["rows"] as? [[String: Any]])
  }

  @Test func `the account says that rows without a weight took no part`() throws {
    let data = try folder().appending(path: "s.csv").path
    let words = ["weight", data, "--weights", "answered", "--normalize", "n"]
    let account = try #require(try CommandRun.json(words)["accounting"] as? [String: Any])
    #expect(account["rows_read"] as? Int == 8)
    #expect(account["used"] as? Int == 6)
    #expect(account["without_weight"] as? Int == 2)
    #expect(account["missing"] as? Int == 0)
  }

  private func number(_ row: [String: Any], _ key: String) -> Double {
    (row[key] as? NSNumber)?.doubleValue ?? .nan
  }

  @Test func `the data are written with the weight, and the codebook says how it came about`()
    throws
  {
    let folder = try folder()
    let found = run(
      folder, "--rake", "sex,region", "--totals", "@t.csv", "--output", "@o.csv")
    #expect(found.status == 0, "\(found.remarks)")
    #expect(found.output.contains("Raked by sex, region"))
    #expect(found.output.contains("Largest factors"))
    let book = try Codebook(contentsOf: folder.path + "/o.codebook.yaml")
    let weight = try #require(book.defaultWeight)
    #expect(weight.name == "weight_adjusted")
    #expect(weight.adjustments.map(\.step) == [.rake])
    #expect(weight.adjustments[0].before == "w")
    #expect(weight.adjustments[0].variables == ["sex", "region"])
    #expect(book.variable(named: "sex")?.label.text(in: "nb") == "Kjønn")
    for (group, totals) in [("sex", [10.0, 14]), ("region", [11, 13])] {
      let sums = try rows(folder, ["tabulate", "@o.csv", group]).map { number($0, "weighted_n") }
      #expect(zip(sums, totals).allSatisfy { abs($0 - $1) < 1e-9 })
    }
    let lines = try String(contentsOf: folder.appending(path: "o.csv"), encoding: .utf8)
    #expect(lines.hasPrefix("id,sex,region,answered,income,w,weight_adjusted"))
  }

  @Test(arguments: ["o.csv", "o.sav", "o.dta"])
  func `replicates are written, and read back they make the same variance`(_ file: String) throws {
    let folder = try folder()
    let found = run(
      folder, "--poststratify", "region", "--totals", "@t.csv", "--replicates", "jkn", "--output",
      "@\(file)", "--name", "pw")
    #expect(found.status == 0, "\(found.remarks)")
    let row = try rows(folder, ["summarize", "@\(file)", "income"])[0]
    // By hand: the mean of region a, of b, and their weights in each of eight replicates.
    #expect(abs(number(row, "weighted_n") - 24) < 1e-9)
    let design = CommandRunner().run([
      "summarize", folder.path + "/\(file)", "income", "--format", "json",
    ])
    #expect(String(decoding: design.output, as: UTF8.self).contains("\"count\": 8"))
    #expect(abs(number(row, "std_error") - 1.23354545093437) < 1e-9)
    let csv = run(
      folder, "--poststratify", "region", "--totals", "@t.csv", "--replicates", "jkn", "--output",
      "@again.csv", "--name", "pw")
    #expect(csv.status == 0)
    let other = try rows(folder, ["summarize", "@again.csv", "income"])[0]
    for key in ["estimate", "std_error", "df"] {
      #expect(abs(number(row, key) - number(other, key)) < 1e-12)
    }
  }

  @Test func `a total that replicates were fitted to has no error`() throws {
    let folder = try folder()
    let found = run(
      folder, "--poststratify", "region", "--totals", "@t.csv", "--replicates", "jkn", "--output",
      "@o.csv")
    #expect(found.status == 0, "\(found.remarks)")
    let settled = try rows(folder, ["tabulate", "@o.csv", "region"])
    #expect(settled.allSatisfy { abs(number($0, "std_error")) < 1e-12 })
    // Everybody in the north who is asked lives there, which no total settles.
    let alike = try rows(folder, ["tabulate", "@o.csv", "region", "--where", "region == 'a'"])
    #expect(alike.allSatisfy { number($0, "std_error").isNaN })
  }

  @Test func `weights below zero are refused with what to do about a linear calibration`() throws {
    let folder = try folder()
    try "variable,category,total\n(all),,20\nincome,,440\n".write(
      to: folder.appending(path: "n.csv"), atomically: true, encoding: .utf8)
    let found = run(
      folder, "--calibrate", "income", "--totals", "@n.csv", "--output", "@o.csv", "--language",
      "nb")
    #expect(found.output.flattened.contains("slik lineær kalibrering kan gi"))
    let refused = CommandRun(["summarize", folder.path + "/o.csv", "income"])
    #expect(refused.remarks.contains("It was calibrated linearly"))
    #expect(refused.remarks.contains("--bounds 0,inf, or with --method raking"))
    let checked = CommandRun(["codebook", "check", folder.path + "/o.csv"])
    #expect(checked.output.flattened.contains("--bounds 0,inf"))
    let bounded = run(
      folder, "--calibrate", "income", "--totals", "@n.csv", "--bounds", "0,inf", "--output",
      "@p.csv")
    #expect(bounded.status == 0, "\(bounded.remarks)")
    #expect(try rows(folder, ["summarize", "@p.csv", "income"]).count == 1)
    let narrow = run(
      folder, "--calibrate", "income", "--totals", "@n.csv", "--bounds=-inf,1.1", "--output",
      "@q.csv")
    #expect(narrow.remarks.contains("no factors from -inf to 1.1 meet the totals"))
  }

  @Test func `a recipe takes its steps in order, each with its reason`() throws {
    let folder = try folder(copies: 5)
    let recipe = """
      steps:
        - {step: nonresponse, responded: answered == 1, by: [region], reason: {en: uneven, nb: skjevt}}
        - {step: rake, by: [sex, region], totals: t.csv, reason: the register}
        - {step: trim, bounds: [0.2, 4]}
        - {step: normalize, to: n}
      name: final
      replicates: {kind: bootstrap, count: 6, seed: 4}
      """
    try recipe.write(
      to: folder.appending(path: "r.yaml"), atomically: true, encoding: .utf8)
    let found = run(folder, "--recipe", "@r.yaml", "--output", "@o.csv", "--language", "nb")
    #expect(found.status == 0, "\(found.remarks)")
    for text in [
      "Frafall innenfor region", "Raket etter sex, region", "Normalisert",
      "10 som ikke svarte, har nå vekten null", "6 replikatvekter", "frø 4",
    ] {
      #expect(found.output.contains(text), "\(text)")
    }
    let book = try Codebook(contentsOf: folder.path + "/o.codebook.yaml")
    let weight = try #require(book.defaultWeight)
    #expect(weight.adjustments.map(\.step) == [.nonresponse, .rake, .trim, .normalize])
    #expect(weight.adjustments.map(\.before) == ["w", "final_step2", "", ""])
    #expect(weight.adjustments[0].reason.text(in: "nb") == "skjevt")
    #expect(weight.adjustments[1].totals == folder.path + "/t.csv")
    let sums = try rows(folder, ["tabulate", "@o.csv", "sex"]).map { number($0, "weighted_n") }
    #expect(abs(sums.reduce(0, +) - 30) < 1e-9)
    let again = run(folder, "--recipe", "@r.yaml", "--output", "@p.csv", "--language", "nb")
    #expect(again.output == found.output)
    let files = try ["o.csv", "p.csv"].map {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }
    #expect(files[0] == files[1])
  }

  @Test func `replicate weights that the file has go through the same steps`() throws {
    let folder = try folder()
    #expect(
      run(folder, "--replicates", "jkn", "--output", "@j.csv", "--name", "rep").status == 0)
    let second = CommandRunner().run([
      "weight", folder.path + "/j.csv", "--rake", "sex,region", "--totals", folder.path + "/t.csv",
      "--output", folder.path + "/k.csv",
    ])
    #expect(second.status == 0, "\(second.remarks)")
    #expect(
      run(
        folder, "--rake", "sex,region", "--totals", "@t.csv", "--replicates", "jkn", "--output",
        "@l.csv"
      ).status == 0)
    let found = try ["@k.csv", "@l.csv"].map { try rows(folder, ["summarize", $0, "income"])[0] }
    #expect(abs(number(found[0], "std_error") - number(found[1], "std_error")) < 1e-12)
    let third = CommandRunner().run([
      "weight", folder.path + "/j.csv", "--replicates", "jkn", "--output", folder.path + "/m.csv",
    ])
    #expect("\(third.remarks)".contains("there are replicate weights already"))
  }

  @Test func `totals of a second survey bring their variance`() throws {
    let folder = try folder()
    let words = ["--rake", "region", "--replicates", "jkn"]
    #expect(
      run(
        folder, words[0], words[1], "--totals-from", "@s.csv", words[2], words[3], "--output",
        "@o.csv"
      ).status == 0)
    let book = try Codebook(contentsOf: folder.path + "/o.codebook.yaml")
    let step = try #require(book.defaultWeight?.adjustments.first)
    #expect(step.totals == folder.path + "/s.csv")
    #expect(step.totalsCovariance?.count == 2)
    guard case .declared(let design) = book.design else { return }
    #expect(design.replicates?.isCentredOnEstimate == true)
  }

  @Test func `totals of the codebook are taken where no others are named`() throws {
    let folder = try folder()
    let book = Self.codebook + "\ntotals: {(all): 100, sex: {1: 0.4, 2: 0.6}}\n"
    try book.write(
      to: folder.appending(path: "s.codebook.yaml"), atomically: true, encoding: .utf8)
    let found = run(folder, "--rake", "sex", "--output", "@o.csv", "--format", "csv")
    #expect(found.status == 0, "\(found.remarks)")
    #expect(found.output.contains("rake,sex,1,4,40,8,40,5,5"))
    let written = try Codebook(contentsOf: folder.path + "/o.codebook.yaml")
    #expect(written.totals.map(\.total) == [100, 0.4, 0.6])
    #expect(
      written.defaultWeight?.adjustments[0].totals == folder.path + "/s.codebook.yaml")
    try book.replacing("2: 0.6", with: "3: 0.6").write(
      to: folder.appending(path: "s.codebook.yaml"), atomically: true, encoding: .utf8)
    #expect(
      run(folder, "--rake", "sex", "--output", "@p.csv").remarks.contains(
        "'sex' has no code '3'"))
  }

  @Test func `the report has the columns of the contract, and a chart`() throws {
    let folder = try folder()
    let words = ["--rake", "sex,region", "--totals", "@t.csv", "--output"]
    let csv = run(
      folder, words[0], words[1], words[2], words[3], words[4], "@o.csv", "--format", "csv")
    #expect(
      csv.output.hasPrefix(
        "step,variable,category,sample,target,before,after,factor_min,factor_max\nrake,sex,1,4,10,8,10,"
      ))
    let report = run(
      folder, words[0], words[1], words[2], words[3], words[4], "@p.csv", "--report", "@r.json")
    #expect(report.status == 0 && report.output.isEmpty, "\(report.remarks)")
    let object = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: folder.appending(path: "r.json"))) as? [String: Any])
    let weights = try #require(object["weights"] as? [[String: Any]])
    #expect(weights.map { $0["weights"] as? String } == ["before", "after"])
    #expect(
      Set(["min", "max", "cv", "deff_kish", "n_effective"]).isSubset(of: Set(weights[0].keys)))
    #expect(object["largest_factors"] != nil)
    let chart = run(
      folder, words[0], words[1], words[2], words[3], words[4], "@q.csv", "--format", "svg")
    #expect(chart.output.hasPrefix("<svg") && chart.output.contains("multiples of their mean"))
  }

  @Test func `what makes no sense is said with what to do`() throws {
    let folder = try folder()
    func problem(_ words: String...) -> String {
      let found = CommandRunner().run(
        ["weight", folder.path + "/s.csv"]
          + words.map { $0.replacing("@", with: folder.path + "/") })
      #expect(found.status != 0)
      return found.remarks.joined(separator: "\n")
    }
    #expect(problem("--output", "@o.csv").contains("No step is named"))
    #expect(
      problem("--rake", "sex", "--output", "@o.csv").contains("has no totals"))
    #expect(
      problem("--rake", "sex", "--poststratify", "sex", "--totals", "@t.csv", "--output", "@o.csv")
        .contains("two steps, whose order is not said"))
    #expect(
      problem("--rake", "sex", "--output", "@o.csv").contains("has no totals"))
    #expect(
      problem("--nonresponse", "answered", "--output", "@o.csv").contains("needs classes"))
    #expect(
      problem("--rake", "sex", "--totals", "@t.csv", "--bounds", "0.5,2", "--output", "@o.csv")
        .contains("--bounds is of --calibrate"))
    #expect(
      problem("--rake", "id", "--totals", "@t.csv", "--output", "@o.csv").contains(
        "has no totals of 'id'"))
    #expect(
      problem("--rake", "sexx", "--totals", "@t.csv", "--output", "@o.csv").contains(
        "Did you mean 'sex'?"))
    #expect(
      problem("--replicates", "brr", "--output", "@o.csv").contains(
        "has not exactly two sampling units, as brr needs: 1 (4), 2 (4)"))
    #expect(
      problem("--normalize", "n", "--name", "income", "--output", "@o.csv").contains(
        "has a variable 'income' already"))
    try "variable,total\nsex,1\n".write(
      to: folder.appending(path: "u.csv"), atomically: true, encoding: .utf8)
    #expect(
      problem("--rake", "sex", "--totals", "@u.csv", "--output", "@o.csv").contains(
        "has no column 'category'"))
    try "steps:\n  - {step: rake, by: [sex], totals: t.csv, bonds: 3}\n".write(
      to: folder.appending(path: "r.yaml"), atomically: true, encoding: .utf8)
    #expect(
      problem("--recipe", "@r.yaml", "--output", "@o.csv").contains(
        "r.yaml:2:44: unknown key 'bonds'"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/o.csv"))
  }

  /// Margins fitted in turn, a thousand times, as anybody would by hand.
  @Test func `a crossed margin is raked to like others`() throws {
    let folder = try folder()
    let cells = [("1:0", 3.0), ("1:1", 7), ("2:0", 4), ("2:1", 10)]
    let regions = [("a", 11.0), ("b", 13)]
    let totals =
      ["variable,category,total"] + cells.map { "sex:answered,\($0.0),\($0.1)" }
      + regions.map { "region,\($0.0),\($0.1)" }
    try totals.joined(separator: "\n").write(
      to: folder.appending(path: "crossed.csv"), atomically: true, encoding: .utf8)
    let made = run(
      folder, "--rake", "sex:answered,region", "--totals", "@crossed.csv", "--output", "@out.csv")
    #expect(made.status == 0, "\(made.remarks)")
    let lines = Self.table.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    var weights = lines.compactMap { Double($0[5]) }
    for _ in 0..<1000 {
      for (margin, keys) in [
        (cells, lines.map { "\($0[1]):\($0[3])" }), (regions, lines.map { String($0[2]) }),
      ] {
        for (key, total) in margin {
          let members = keys.indices.filter { keys[$0] == key }
          let sum = members.reduce(0) { $0 + weights[$1] }
          for member in members { weights[member] *= total / sum }
        }
      }
    }
    let out = try String(contentsOf: folder.appending(path: "out.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst()
    let found = out.compactMap { $0.split(separator: ",").last.flatMap { Double($0) } }
    #expect(found.count == weights.count)
    for (a, b) in zip(found, weights) { #expect(abs(a - b) < 1e-9) }
    let book = try String(
      contentsOf: folder.appending(path: "out.codebook.yaml"), encoding: .utf8)
    #expect(book.contains("step: calibrate") && book.contains("method: raking"))
    let rounds = run(
      folder, "--rake", "sex:answered,region", "--totals", "@crossed.csv", "--iterations", "9")
    #expect(rounds.status == 64 && rounds.remarks.contains("--iterations is of rounds"))
  }
}
