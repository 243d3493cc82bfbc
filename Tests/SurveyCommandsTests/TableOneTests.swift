import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Variables of any kind in one table")
struct TableOneTests {
  typealias Row = [String: Any]
  private static let everyday = [
    Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path, "--language",
    "en",
  ]
  private static let golden = [
    Places.root.appending(path: "Tests/Reference/golden.csv").path, "--weights", "w", "--strata",
    "stratum", "--psu", "psu", "--language", "en",
  ]

  private func run(_ words: [String]) -> (output: String, remarks: String, status: Int32) {
    let response = CommandRunner().run(words)
    return (
      String(decoding: response.output, as: UTF8.self), response.remarks.joined(separator: "\n"),
      response.status
    )
  }

  private func json(_ words: [String]) throws -> [String: Any] {
    let found = run(words + ["--format", "json"])
    #expect(found.status == 0, "\(found.remarks)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [String: Any])
  }

  private func rows(_ words: [String], _ name: String = "rows") throws -> [Row] {
    try #require(json(words)[name] as? [Row])
  }

  /// A row without what says which table it stands in.
  private func figures(_ row: Row) -> NSDictionary {
    row.filter {
      [
        "n", "weighted_n", "estimate", "std_error", "conf_low", "conf_high", "df", "deff", "cv",
        "flag", "category", "fmi",
      ].contains($0.key) && !($0.key == "category" && ($0.value as? String ?? "").isEmpty)
    } as NSDictionary
  }

  // MARK: The same as the verbs

  @Test(arguments: [
    ["--by", "sex", "--level", "0.9", "--ci", "wilson"], [], ["--by", "sex,age_group"],
    ["--by", "generation", "--where", "age >= 30"],
  ])
  func `every number is that of tabulate, summarize and compare`(_ options: [String]) throws {
    let data = Self.everyday
    let (answers, numbers) = (["general_trust", "origin"], ["age", "life_satisfaction"])
    let found = try rows(
      ["summarize", data[0]] + answers + numbers + data.dropFirst() + options
        + ["--table1", "--statistic", "mean,median"])
    func part(_ name: String, isAll: Bool) -> [Row] {
      let group = options.first == "--by" ? options[1].split(separator: ",").map(String.init) : []
      return found.filter { row in
        row["variable"] as? String == name && row["statistic"] as? String != "missing"
          && (group.allSatisfy { row[$0] as? String == "all" } == isAll || group.isEmpty)
      }
    }
    let plain = options.first == "--by" ? Array(options.dropFirst(2)) : options
    for isAll in options.first == "--by" ? [true, false] : [true] {
      let asked = isAll ? plain : options
      for name in answers {
        let wanted = try rows(["tabulate", data[0], name] + data.dropFirst() + asked)
        #expect(part(name, isAll: isAll).map(figures) == wanted.map(figures), "\(name) \(asked)")
      }
      for name in numbers {
        let wanted = try rows(
          ["summarize", data[0], name] + data.dropFirst() + asked
            + ["--statistic", "mean,sd", "--quantiles", "0.5,0.25,0.75"])
        let mine = part(name, isAll: isAll)
        #expect(mine.count == wanted.count && !wanted.isEmpty)
        for row in wanted {
          #expect(
            mine.contains { other in
              other["statistic"] as? String == row["statistic"] as? String
                && figures(other) == figures(row)
            }, "\(name) \(row)")
        }
      }
    }
    let people = found.filter { $0["variable"] as? String == "" }
    let counted = try rows(
      ["summarize", data[0], "--statistic", "total"] + data.dropFirst() + options)
    for row in counted { #expect(people.contains { figures($0) == figures(row) }) }
    guard options.first == "--by" else { return }
    let tests = try rows(
      ["summarize", data[0]] + answers + numbers + data.dropFirst() + options + ["--table1"],
      "tests")
    let independence = try rows(
      ["tabulate", data[0]] + answers + data.dropFirst() + options + ["--test"], "tests")
    #expect(tests.prefix(2).map { $0 as NSDictionary } == independence.map { $0 as NSDictionary })
    let means = try rows(["compare", data[0]] + numbers + data.dropFirst() + options, "tests")
    let isTwo = options[1] == "sex"
    #expect(
      tests.dropFirst(2).map { $0 as NSDictionary }
        == means.filter { !isTwo || $0["test"] as? String == "t" }.map { $0 as NSDictionary })
  }

  @Test func `a group of several answers and a battery are those of tabulate`() throws {
    let data = Self.everyday
    let options = ["--by", "generation"]
    for (group, more) in [
      ("discrimination_arenas", []), ("institutional_trust", ["--answer", "4,5"]),
    ] {
      let words = [data[0], group] + data.dropFirst() + options + more
      let found = try rows(["summarize"] + words + ["--table1"])
      let wanted = try rows(["tabulate"] + words)
      let inGroups = found.filter {
        $0["generation"] as? String != "all" && $0["statistic"] as? String == "share"
      }
      #expect(inGroups.map(figures) == wanted.map(figures) && wanted.count > 12)
      #expect(
        inGroups.map { $0["variable"] as? String } == wanted.map { $0["variable"] as? String })
      let tests = try rows(["summarize"] + words + ["--table1"], "tests")
      let asked = try rows(["tabulate"] + words + ["--test"], "tests")
      #expect(tests.map { $0 as NSDictionary } == asked.map { $0 as NSDictionary })
    }
  }

  @Test(arguments: ["wilcoxon", "kruskal-wallis", "van-der-waerden", "median"])
  func `a test of ranks is that of compare`(_ test: String) throws {
    let words = [Self.golden[0], "xm"] + Self.golden.dropFirst() + ["--by", "g"]
    let found = try rows(["summarize"] + words + ["--table1", "--test", test], "tests")
    let wanted = try rows(["compare"] + words + ["--rank", test], "tests")
    #expect(found.map { $0 as NSDictionary } == wanted.suffix(1).map { $0 as NSDictionary })
  }

  @Test(arguments: ["Chisq", "Wald", "adjWald", "lincom", "saddlepoint"])
  func `a test of answers is that of tabulate`(_ test: String) throws {
    let words = [Self.golden[0], "y"] + Self.golden.dropFirst() + ["--by", "sex"]
    let found = try rows(["summarize"] + words + ["--table1", "--test", test], "tests")
    let wanted = try rows(["tabulate"] + words + ["--statistic", test], "tests")
    #expect(found.map { $0 as NSDictionary } == wanted.map { $0 as NSDictionary } && !found.isEmpty)
  }

  // MARK: The same as R

  /// svyby(…, svymean), sqrt(svyvar), svyquantile(qrule = "math"), svychisq and svyttest of R's survey
  /// 4.1 on the golden sample, of those with xm.
  @Test func `shares, means, deviations, quartiles and tests are those of R`() throws {
    let words =
      ["summarize", Self.golden[0], "y", "xm"] + Self.golden.dropFirst()
      + ["--table1", "--by", "sex", "--statistic", "mean,median"]
    let found = try rows(words)
    func value(_ variable: String, _ statistic: String, _ sex: String, _ category: String = "")
      -> Double
    {
      found.first {
        $0["variable"] as? String == variable && $0["statistic"] as? String == statistic
          && $0["sex"] as? String == sex && $0["category"] as? String ?? "" == category
      }?["estimate"] as? Double ?? .nan
    }
    let wanted: [(Double, Double)] = [
      (value("y", "share", "0", "1"), 0.288403363564935),
      (value("y", "share", "1", "4"), 0.242065378175027),
      (value("xm", "mean", "0"), -0.0700474530829129),
      (value("xm", "mean", "all"), -0.115715407476504),
      (value("xm", "sd", "0"), 1.11571270168813), (value("xm", "sd", "1"), 0.948441127347463),
      (value("xm", "sd", "all"), 1.04340631139725), (value("xm", "q0.25", "all"), -0.7709),
      (value("xm", "q0.5", "1"), -0.1015), (value("xm", "q0.75", "0"), 0.6675),
    ]
    for (value, reference) in wanted {
      #expect(abs(value - reference) < 1e-9 * max(1, abs(reference)), "\(value) \(reference)")
    }
    let tests = try rows(words, "tests")
    let references = [
      ("rao-scott-f", 2.23539363338104, 0.099137694571109),
      ("t", -1.420938427052594, 0.170739197548872),
    ]
    for (test, reference) in zip(tests, references) {
      #expect(test["test"] as? String == reference.0)
      #expect(abs((test["statistic"] as? Double ?? .nan) - reference.1) < 1e-9)
      #expect(abs((test["p_value"] as? Double ?? .nan) - reference.2) < 1e-9)
    }
    // table(d$sex, is.na(d$xm))
    let missing = found.filter {
      $0["variable"] as? String == "xm" && $0["statistic"] as? String == "missing"
    }
    #expect(missing.map { $0["n"] as? Int } == [18, 9, 9])
    #expect(found.first?["n"] as? Int == 308)
  }

  // MARK: How it reads

  private static let small = """
    id,region,trust,age,w
    1,n,1,20,1
    2,n,2,30,1
    3,s,1,50,2
    4,s,8,60,1
    5,s,2,,1
    6,n,1,40,1

    """

  @Test func `a small table by hand, in both languages`() throws {
    let survey = try SmallSurvey(Self.small)
    let words = [
      "summarize", "DATA", "trust", "age", "--table1", "--by", "region", "--reliability", "none",
    ]
    let english = survey.result(words)
    #expect(english.status == 0, "\(english.remarks)")
    let lines = english.output.split(separator: "\n").map {
      $0.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }.filter {
        !$0.isEmpty
      }
    }
    // Trust: n has weights 1, 1, 1 with two Yes; s 2 and 1 of those who answered.
    #expect(lines.contains(["People in all", "6", "3", "3"]))
    #expect(
      lines.contains { $0.prefix(7) == ["Yes", "3", "67", "2", "67", "1", "67"] },
      "\(english.output)")
    #expect(lines.contains(["Missing", "1", "0", "1"]))
    #expect(
      lines.contains([
        "Age, years: mean (SD)", "5", "42 (15)", "3", "30 (10)", "2", "53 (7)", "0.033",
      ]))
    #expect(english.output.hasPrefix("Characteristics by region"))
    #expect(english.output.contains("p: of answers Rao–Scott F; of means t-test."))
    let norwegian = survey.result(words + ["--language", "nb", "--statistic", "median"]).output
    for part in [
      "Kjennetegn etter region", "vektet %; median (kvartiler)", "Personer i alt", "Mangler",
      "Alle",
      "n: antall personer, uvektet; alt annet er vektet og gjelder dem som svarte.",
      "p: for svar Rao–Scott F; for ranger Wilcoxons rangtest.",
    ] {
      #expect(norwegian.contains(part), "\(part)\n\(norwegian)")
    }
  }

  @Test func `an answer that counts has one row`() {
    let words = ["summarize", Self.everyday[0]]
    let rest = Self.everyday.dropFirst() + ["--table1", "--by", "sex"]
    let all = run(words + ["discriminated", "education", "age"] + rest).output
    #expect(all.contains("\n  Yes") && all.contains("\n  No"))
    for answer in ["chosen", "yes", "discriminated=yes"] {
      let one = run(words + ["discriminated", "education", "age"] + rest + ["--answer", answer])
        .output
      #expect(one.contains("Discriminated against in the course of"), "\(answer)")
      #expect(!one.contains("\n  No ") && one.contains("\n  Upper secondary"), "\(one)")
    }
  }

  @Test func `lists of variables, and what is said of one of them`() throws {
    let found = try rows(
      ["summarize", Self.everyday[0], "trust_*", "age"] + Self.everyday.dropFirst()
        + [
          "--table1", "--by", "sex", "--except", "trust_courts", "--statistic",
          "trust_*=mean,trust_nav=share,age=median",
        ])
    func statistics(_ name: String) -> Set<String> {
      Set(
        found.filter { $0["variable"] as? String == name }.compactMap { $0["statistic"] as? String }
      )
    }
    #expect(statistics("trust_police") == ["mean", "sd", "missing"])
    #expect(statistics("trust_nav") == ["share", "missing"])
    #expect(statistics("age") == ["q0.5", "q0.25", "q0.75", "missing"])
    #expect(statistics("trust_courts").isEmpty)
  }

  @Test func `a file without a codebook has numbers of many values and answers of few`() throws {
    let found = try rows(
      ["summarize", Self.golden[0], "g", "x"] + Self.golden.dropFirst() + ["--table1"])
    #expect(
      found.map { $0["statistic"] as? String } == [
        "total", "share", "share", "share", "missing", "mean", "sd", "missing",
      ])
  }

  @Test func `a question with several answers in a cell has a row an answer and no test`() throws {
    let survey = try SmallSurvey(
      """
      region,news,w
      n,tv;web,1
      n,web,1
      s,tv,1
      s,paper;web,2
      s,,1

      """,
      codebook: """
        vekt: 1
        variables:
          region: {codes: {n: North, s: South}, type: text}
          news: {label: News, kind: multiple, separator: ";", codes: {tv: TV, web: Web, paper: Paper}, type: text}
        weights: {w: {var: w, default: true}}
        design: none

        """)
    let found = survey.result(["summarize", "DATA", "news", "--table1", "--by", "region"])
    #expect(found.status == 0, "\(found.remarks)")
    #expect(found.output.contains("\n  Web") && found.output.contains("\n  Missing"))
    #expect(!found.output.contains("p: of"))
  }

  // MARK: Formats

  @Test func `every format has it, numbers in a workbook are numbers`() throws {
    let folder = try Places.temporaryFolder()
    let words =
      ["summarize", Self.everyday[0], "age", "sex", "general_trust"] + Self.everyday.dropFirst()
      + ["--table1", "--by", "generation", "--answer", "chosen", "--output"]
    for ending in ["txt", "csv", "json", "html", "md", "tex", "xlsx", "docx"] {
      let found = run(words + [folder.appending(path: "t.\(ending)").path])
      #expect(found.status == 0, "\(ending): \(found.remarks)")
    }
    #expect(run(words.dropLast() + ["--format", "json-stat"]).status == 0)
    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
    #expect(try text("t.tests.csv").contains("\nwald,age,generation,"))
    #expect(
      try text("t.csv").hasPrefix(
        "variable,category,label,statistic,generation,generation_label,n,"))
    #expect(try text("t.md").contains(" 46.7 (16.8) "))
    #expect(try text("t.tex").contains("6032 & 46.7 & (16.8) &"))
    #expect(try text("t.html").contains("46<span class=\"vekt-tail\""))
    let check = """
      import sys, zipfile, re
      book = zipfile.ZipFile(sys.argv[1] + "/t.xlsx")
      sheet = book.read("xl/worksheets/sheet1.xml").decode()
      values = [float(v) for v in re.findall(r"<v>([-0-9.eE]+)</v>", sheet)]
      word = zipfile.ZipFile(sys.argv[1] + "/t.docx").read("word/document.xml").decode()
      print([any(abs(v - w) < 1e-9 for v in values) for w in (46.73988713055236, 16.7803618055692)], "(16.8)" in word)
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", check, folder.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(said == "[True, True] True\n", "\(said)")
  }

  // MARK: Imputed data

  @Test func `imputed data are combined as the verbs combine them`() throws {
    let folder = try Places.temporaryFolder()
    for imputation in 1...3 {
      let lines = (1...60).map { person in
        "\(person % 2),\((person * 7 + imputation * (person % 5)) % 3 % 2),\(20 + person + (person % 9 == 0 ? imputation : 0))"
      }
      try (["sex,trust,age"] + lines).joined(separator: "\n").write(
        to: folder.appending(path: "imp_\(imputation).csv"), atomically: true, encoding: .utf8)
    }
    let imputed = ["--imputations", folder.appending(path: "imp_*.csv").path, "--by", "sex"]
    let words = ["summarize", "trust", "age"] + imputed + ["--table1"]
    let found = try rows(words).filter {
      $0["sex"] as? String != "all" && $0["statistic"] as? String != "missing"
    }
    let shares = try rows(["tabulate", "trust"] + imputed)
    let means = try rows(["summarize", "age", "--statistic", "mean,sd"] + imputed)
    #expect(
      found.filter { $0["variable"] as? String == "trust" }.map(figures) == shares.map(figures))
    let mine = found.filter { $0["variable"] as? String == "age" }
    #expect(mine.count == means.count)
    for row in means { #expect(mine.contains { figures($0) == figures(row) }) }
    let tests = try rows(words, "tests")
    let asked =
      try rows(["tabulate", "trust", "--test"] + imputed, "tests")
      + rows(["compare", "age"] + imputed, "tests").filter { $0["test"] as? String == "t" }
    #expect(tests.map { $0 as NSDictionary } == asked.map { $0 as NSDictionary })
  }
}
