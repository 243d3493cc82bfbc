import Foundation
import SurveyCommands
import SurveyTables
import Testing
import VektTestSupport

@Suite("The paradox verbs on the sample survey")
struct ParadoxCommandTests {
  private let data = Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path

  private func run(_ words: String...) -> (output: String, remarks: String, status: Int32) {
    let response = CommandRunner().run(words.map { $0 == "DATA" ? data : $0 })
    return (
      String(decoding: response.output, as: UTF8.self), response.remarks.joined(separator: "\n"),
      response.status
    )
  }

  /// The rows of a command's CSV, by column.
  private func rows(_ output: String) -> [[String: String]] {
    let lines = output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  private func specification(_ text: String) throws -> String {
    let file = try Places.temporaryFolder().appending(path: "paradox.yaml")
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  private static let whole = """
    judgements: [integrated, accepted]
    outcome: discriminated
    group: generation
    status: education
    exposure: [contact_majority, majority_workplace]
    awareness: [news, political_interest]
    controls: [sex, age]
    pool: country_group_three_way

    """

  @Test func `Norwegian-born feel integrated far more often than accepted`() throws {
    let result = run(
      "paradox", "gap", "DATA", "integrated", "accepted", "--by", "generation", "--format", "csv")
    let row = try #require(rows(result.output).first { $0["generation"] == "norwegian-born" })
    let gap = try #require(row["estimate"].flatMap(Double.init))
    #expect(abs(gap - 0.20) < 0.02)
    let words = run(
      "paradox", "gap", "DATA", "integrated", "accepted", "--by", "generation", "--language", "en")
    let text = words.output.replacingOccurrences(of: "\n  ", with: " ")
    #expect(text.contains("points below “Feels fully or fairly integrated” (95 %"))
  }

  @Test func `gaps of shares are percentages in CSV where these are asked for`() throws {
    func groups(_ options: String...) -> [[String: String]] {
      let words = ["paradox", "gap", data, "integrated", "accepted", "--by", "generation"]
      let response = CommandRunner().run(words + options)
      #expect(response.status == 0, "\(response.remarks)")
      return rows(String(decoding: response.output, as: UTF8.self))
    }
    for (percent, share) in zip(groups("--percent"), groups("--format", "csv"))
    where share["n"] != "0" {
      for name in ["estimate", "estimate_a", "std_error", "std_error_b", "conf_low"] {
        let value = try #require(share[name].flatMap(Double.init))
        #expect(abs(100 * value - (percent[name].flatMap(Double.init) ?? .nan)) < 1e-9, "\(name)")
      }
      for name in ["n", "df", "correlation"] {
        #expect(percent[name] == share[name], "\(name)")
      }
    }
    let ages = run("paradox", "gap", "DATA", "age", "age + 1", "--percent")
    #expect(ages.status == 64 && ages.remarks.contains("there are none here"))
  }

  @Test func `the heads of nested models name mechanisms in Norwegian too`() {
    let models = run(
      "paradox", "models", "DATA", "discriminated", "--key", "education", "--block",
      "exposure=contact_majority", "--block", "awareness=news", "--language", "nb",
      "--format", "markdown"
    ).output
    #expect(models.contains("M1: + eksponering") && models.contains("M2: + bevissthet"))
    #expect(!models.contains("exposure") && !models.contains("awareness"))
  }

  @Test func `the whole takes answers as its parts do`() throws {
    let answer = "feels_integrated=4,5,feels_accepted=4,5"
    let spec = try specification(
      "judgements: [feels_integrated, feels_accepted]\noutcome: discriminated\ngroup: generation\n"
        + "status: education\n")
    let whole = run(
      "paradox", "all", "DATA", "--spec", spec, "--tables", "T2", "--answer", answer, "--format",
      "csv")
    #expect(whole.status == 0, "\(whole.remarks)")
    let part = run(
      "paradox", "gap", "DATA", "feels_integrated", "feels_accepted", "--by", "generation",
      "--answer", answer, "--format", "csv")
    let gaps = rows(whole.output).filter { $0["table"] == "T2" && $0["quantity"] == "gap" }
    // The whole has no rows of groups in which nobody answered.
    let expected = rows(part.output).filter { $0["n"] != "0" }.map { $0["estimate"] ?? "" }
    #expect(!expected.isEmpty && gaps.map { $0["estimate"] ?? "–" } == expected)
  }

  @Test func `discordance has the columns of the contract`() throws {
    let result = run(
      "paradox", "discordance", "DATA", "feels_integrated >= 4", "feels_accepted >= 4", "--by",
      "generation", "--format", "csv")
    #expect(
      result.output.hasPrefix(
        "generation,generation_label,n,p11,p10,p01,p00,std_error_p11,std_error_p10,std_error_p01,std_error_p00,"
          + "share_among_a,std_error_share_among_a,log_ratio,std_error_log_ratio"))
    #expect(rows(result.output).last?["generation"] == "all")
    let words = run(
      "paradox", "discordance", "DATA", "feels_integrated >= 4", "feels_accepted >= 4",
      "--language", "nb")
    #expect(words.output.contains("«Føler seg integrert» teller feels_integrated >= 4."))
  }

  @Test func `models have a row for each quantity, and the nested fits`() throws {
    let command = [
      "paradox", "models", data, "discriminated", "--key", "higher_education", "--block",
      "exposure=contact_majority,majority_workplace", "--block",
      "awareness=news,political_interest", "--controls", "sex,age", "--format",
    ]
    let csv = CommandRunner().run(command + ["csv"])
    let found = rows(String(decoding: csv.output, as: UTF8.self))
    func value(_ quantity: String, _ mediator: String) -> Double? {
      found.first { $0["quantity"] == quantity && $0["mediator"] == mediator }?["estimate"]
        .flatMap(Double.init)
    }
    let (exposure, awareness) = (value("difference", "exposure"), value("difference", "awareness"))
    let whole = try #require(value("difference", ""))
    #expect(abs((exposure ?? 0) + (awareness ?? 0) - whole) < 1e-12)
    // As the report reads the evidence: awareness carries more of it than exposure.
    #expect((awareness ?? 0) > (exposure ?? 0))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(CommandRunner().run(command + ["json"]).output))
        as? [String: Any])
    let models = try #require(json["models"] as? [[String: Any]])
    #expect(Set(models.compactMap { $0["model"] as? String }) == ["M0", "M1", "M2"])
    #expect((json["tests"] as? [[String: Any]])?.count == 4)
  }

  @Test func `the gradient of discrimination is steeper for the Norwegian-born`() throws {
    let result = run(
      "paradox", "gradient", "DATA", "discriminated", "--over", "education", "--by", "generation",
      "--where", "generation != 'none'", "--format", "csv")
    let second = rows(result.output).filter { $0["quantity"] == "second_difference" }
    #expect(second.count == 3)
    #expect(second.allSatisfy { ($0["estimate"].flatMap(Double.init) ?? 0) > 0 })
    #expect(rows(result.output).contains { $0["term"] == "linear" && $0["generation"] == "all" })
  }

  @Test func `a specification of one's own`() throws {
    let spec = try specification(Self.whole)
    let csv = run(
      "paradox", "all", "DATA", "--spec", spec, "--where", "generation != 'none'", "--tables",
      "T1,T2,T7", "--format", "csv")
    #expect(csv.output.hasPrefix("table,generation,item,quantity,detail,n,estimate,std_error"))
    #expect(Set(rows(csv.output).compactMap { $0["table"] }) == ["T1", "T2", "T7"])
  }

  @Test func `the codebook says who plays which part`() throws {
    let csv = run("paradox", "all", "DATA", "--tables", "T5,T6", "--format", "csv")
    #expect(csv.status == 0, "\(csv.remarks)")
    let found = rows(csv.output)
    #expect(Set(found.compactMap { $0["table"] }) == ["T5", "T6"])
    let gap = try #require(found.first { $0["quantity"] == "gap" })
    #expect(gap["generation"] == "norwegian-born")
    #expect(
      found.contains { $0["quantity"] == "tipping_point" && $0["detail"] == "over-reporting" })
    // The parts add up, and are those of the verb.
    func value(_ quantity: String, _ detail: String = "") -> Double {
      found.first { $0["quantity"] == quantity && $0["detail"] == detail }?["estimate"]
        .flatMap(Double.init) ?? .nan
    }
    #expect(abs(value("explained") + value("unexplained") - value("gap")) < 1e-12)
    let alone = rows(
      run(
        "paradox", "decompose", "DATA", "discriminated", "--by", "generation", "--covariates",
        "education,sex,age,contact_majority,majority_friends,news,political_interest,"
          + "discrimination_debate", "--reference", "immigrant", "--where",
        "immigrant_background == 'yes'", "--format", "csv"
      ).output)
    let explained = alone.first { $0["component"] == "explained" && $0["variable"] == "" }
    #expect(explained?["estimate"].flatMap(Double.init) == value("explained"))
  }

  @Test func `every table in every format, with its sentence`() throws {
    let outcome = try CommandRunner().outcome(
      of: ["paradox", "all", data, "--language", "nb", "--format", "json"])
    guard case .document(let document, let language) = outcome.result else {
      Issue.record("no document")
      return
    }
    func written(_ format: Format) throws -> String {
      String(
        decoding: try document.rendered(as: format, style: Style(language: language)),
        as: UTF8.self)
    }
    #expect(
      Set(rows(try written(.csv)).compactMap { $0["table"] }) == Set((1...7).map { "T\($0)" }))
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(try written(.json).utf8)) as? [String: Any])
    for name in [
      "prevalence", "gap", "discordance", "models", "gradient", "tipping", "decomposition", "pool",
    ] {
      #expect((json[name] as? [Any])?.isEmpty == false, "\(name)")
    }
    for format in [Format.text, .html, .latex, .markdown] {
      let plain = try written(format).replacing("\n  ", with: " ").replacing("\u{A0}", with: " ")
        .replacing("~", with: " ").replacing("--", with: "–").replacing("\\%", with: "%")
      for table in 1...7 { #expect(plain.contains("T\(table). "), "\(format) T\(table)") }
      for sentence in [
        "gruppene er forskjellige (p", "er 20 poeng lavere enn «", "er 15 poeng høyere for «",
        "er 11 poeng høyere for «", ": oddsratio", "av effekten går gjennom mellomleddene (",
        "14,9 poeng høyere for «Norskfødt", "poeng høyere ved «",
        ": en tydelig økning langs nivåene", "er 24 poeng høyere for «",
        "Observert stiger utfallet med 15 poeng", "Gradienten er null ved",
        "kovariatene gjør rede for", "er det samlede +4,9 (95 %",
      ] {
        #expect(plain.contains(sentence), "\(format): \(sentence)")
      }
    }
  }

  @Test func `a group that differs from none, a gap that is none`() throws {
    // Drawn from a coin: no difference anywhere.
    let lines = (0..<400).map { row in
      let (a, b, g, s) = (row % 2, (row / 2) % 2, (row / 4) % 2, (row / 8) % 3)
      return "\(a),\(b),\(g == 0 ? "x" : "y"),\(s),\((row / 24) % 2)"
    }
    let file = try Places.temporaryFolder().appending(path: "coin.csv")
    try (["a,b,g,s,d"] + lines).map { $0 + "\n" }.joined()
      .write(to: file, atomically: true, encoding: .utf8)
    func text(_ words: [String]) -> String {
      let response = CommandRunner().run(words + ["--language", "en"])
      return String(decoding: response.output, as: UTF8.self).replacing("\n  ", with: " ")
    }
    let gap = text(["paradox", "gap", file.path, "a", "b", "--by", "g"])
    #expect(gap.contains("All: no clear difference between “a” and “b” (0 points, 95 %"))
    #expect(gap.contains("No clear difference between “y” and “x” in the gap “a” minus “b” ("))
    let gradient = text(["paradox", "gradient", file.path, "d", "--over", "s"])
    #expect(gradient.contains("No clear difference between “0” and “2” ("))
    #expect(gradient.contains("No clear rise or fall along the levels"))
    let parts = text([
      "paradox", "decompose", file.path, "d", "--by", "g", "--covariates", "s", "--threefold",
    ])
    #expect(parts.contains("No clear gap between “y” and “x” ("))
    let spec = try specification("judgements: [a, b]\noutcome: d\ngroup: g\nstatus: s\n")
    let all = text(["paradox", "all", file.path, "--spec", spec])
    #expect(all.contains("a: no clear difference between the groups (p"))
    #expect(all.contains("Observed, the outcome does not clearly change"))
    #expect(all.contains("T3 and T4 need mechanisms") && all.contains("T7 needs `pool: VARIABLE`"))
  }

  @Test(arguments: [
    ("judgement: [a, b]", "paradox.yaml:1:1: unknown key 'judgement' in the paradox"),
    ("judgements: [integrated]", "paradox.yaml:1:13: 'judgements' must be two"),
    ("judgements: [integrated, accepted]", "paradox.yaml:1:1: the part 'outcome' is missing"),
    (
      Self.whole.replacingOccurrences(of: "[news,", with: "[newss,"),
      "paradox.yaml:6:13: no variable 'newss' (awareness)"
    ),
    (
      Self.whole.replacingOccurrences(
        of: "outcome: discriminated", with: "outcome: feels_accepted"),
      "paradox.yaml:2:10: 'feels_accepted' has 5 answers, and the outcome is yes or no"
    ),
    (
      Self.whole + "reference: immigrants\n",
      "paradox.yaml:9:12: 'generation' has no code 'immigrants'; it has"
    ),
    (Self.whole + "where: age\n", "paradox.yaml:9:8: 'age' is not a condition"),
  ])
  func `a faulty specification is said with its place`(_ text: String, _ message: String) throws {
    let result = run("paradox", "all", "DATA", "--spec", try specification(text))
    #expect(result.status == 65, "\(result.remarks)")
    #expect(result.remarks.contains(message), "\(result.remarks)")
  }

  /// Two hundred people drawn by a generator, one of them alone in group z; k is the same for all, o has
  /// three values.
  private func drawn() throws -> String {
    var state = 20_240_604
    func next(_ bound: Int) -> Int {
      state = state * 16_807 % 2_147_483_647
      return state % bound
    }
    let lines = (0..<200).map { row in
      let group = row == 7 ? "z" : row % 2 == 0 ? "x" : "y"
      return "\(next(2)),\(next(2)),\(group),\(next(2)),\(1 + next(3)),\(next(5)),4,\(next(3))\n"
    }
    let file = try Places.temporaryFolder().appending(path: "drawn.csv")
    try ("a,b,g,d,s,m,k,o\n" + lines.joined()).write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  @Test(arguments: [
    (["gap", "FILE", "aa", "b"], "no variable 'aa'"),
    (["gap", "FILE", "a", "b", "--by", "gg"], "no variable 'gg'"),
    (["gap", "FILE", "a", "b", "--by", "g", "--reference", "w"], "has no group 'w' among"),
    (["discordance", "FILE", "o", "b"], "o: is not yes or no: it has the value 2"),
    (["models", "FILE", "d", "--key", "ss", "--block", "e=m"], "no variable 'ss' (a key)"),
    (["models", "FILE", "d", "--key", "s", "--block", "e=mm"], "no variable 'mm' (in block 'e')"),
    (["models", "FILE", "o", "--key", "s", "--block", "e=m"], "needs an outcome of two values"),
    (
      ["models", "FILE", "d", "--key", "s", "--block", "e=k"],
      "k: the mediator is the same for all 200 respondents, so it explains nothing"
    ),
    (
      ["models", "FILE", "d", "--key", "s", "--block", "e=m", "--by", "g"],
      "the same for all 1 respondent in group 'z'"
    ),
    (["gradient", "FILE", "o", "--over", "s"], "needs an outcome of two values"),
    (["decompose", "FILE", "d", "--by", "g", "--covariates", "s"], "there are 3 with answers"),
    (
      ["decompose", "FILE", "d", "--by", "g", "--covariates", "s", "--where", "g in ('x', 'z')"],
      "constant or follows from other covariates among its 1 respondent"
    ),
    (
      ["decompose", "FILE", "o", "--by", "g", "--covariates", "s", "--where", "g != 'z'"],
      "needs an outcome of two values"
    ),
    (["tipping", "FILE", "o", "--over", "s"], "and the outcome is yes or no"),
  ])
  func `bad input has a sentence of its own`(_ words: [String], _ message: String) throws {
    let file = try drawn()
    let found = CommandRunner().run(["paradox"] + words.map { $0 == "FILE" ? file : $0 })
    #expect([1, 64].contains(found.status))
    #expect(found.remarks.joined().contains(message), "\(found.remarks)")
  }

  @Test func `a group with one respondent is said and breaks nothing`() throws {
    let file = try drawn()
    for verb in ["gap", "discordance"] {
      let found = CommandRunner().run([
        "paradox", verb, file, "a", "b", "--by", "g", "--language", "nb",
      ])
      let text = String(decoding: found.output, as: UTF8.self)
      #expect(found.status == 0, "\(found.remarks)")
      #expect(text.contains("g: 'z' har én som svarte, så tallene er uten feil og sier ingenting"))
    }
  }

  @Test func `without a specification anywhere`() throws {
    let file = try Places.temporaryFolder().appending(path: "bare.csv")
    try "a,b\n1,0\n0,1\n".write(to: file, atomically: true, encoding: .utf8)
    let result = CommandRunner().run(["paradox", "all", file.path])
    #expect(result.status == 64)
    #expect(result.remarks.first?.contains("nothing says which variable plays which part") == true)
    let table = run("paradox", "all", "DATA", "--tables", "T8")
    #expect(table.remarks.contains("no table 'T8'; there are T1, T2"))
  }
}
