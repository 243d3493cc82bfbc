import Foundation
import SurveyCommands
import Testing
import VektTestSupport

/// `vekt cells`, and verbs on what it writes.
@Suite("Cells on the command line") struct CellsCommandTests: CellsTrial {
  private static let root = Places.root.path
  private static let everyday = "\(root)/SampleData/everyday-integration-2023.csv"
  private static let golden = Places.reference.appending(path: "golden.csv").path
  private static let paradox = Places.reference.appending(path: "paradox.csv").path

  /// A file, the variables of its cells, and lines about them, where DATA stands for either.
  struct Case: CustomTestStringConvertible, Sendable {
    let data: String
    let by: [String]
    let lines: [[String]]
    var testDescription: String { by.joined(separator: " ") }

    init(_ data: String, _ by: String, _ lines: String...) {
      func words(_ line: String) -> [String] {
        line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap {
          $0.isMultiple(of: 2) ? $1.split(separator: " ").map(String.init) : [String($1)]
        }
      }
      self.data = data
      self.by = words(by)
      self.lines = lines.map(words)
    }
  }

  static let design = "--weights w --strata stratum --psu psu"

  static let cases = [
    Case(
      everyday,
      "'trust_*' general_trust generation sex age education integrated accepted discriminated",
      "tabulate DATA general_trust trust_police --by generation,sex --test",
      "tabulate DATA general_trust --by generation --where 'age >= 30' --letters",
      "tabulate DATA general_trust --by generation --base all,asked,answered",
      "tabulate DATA general_trust --keep dont_know --bounds",
      "tabulate DATA institutional_trust --by generation --answer 4,5",
      "tabulate DATA general_trust --banner sex,generation",
      "tabulate DATA low --by age3 --derive 'age3 = cut(age, 18, 35, 60)' --derive 'low = trust_nav < 3'",
      "summarize DATA age institutional_trust_index --by generation --statistic mean,sd,median,total",
      "summarize DATA --scale trust_police,trust_courts,trust_parliament",
      "summarize DATA age sex education --table1 --by generation",
      "compare DATA general_trust --by generation --against all-pairs --adjust holm",
      "compare DATA trust_police trust_courts --statistic mean --by generation",
      "compare DATA sex --shares 'male=0.5,female=0.5' --by generation",
      "model DATA 'discriminated ~ education * generation + age' --margins education --over generation",
      "model DATA 'trust_police ~ age + generation' --family ordinal",
      "paradox gap DATA integrated accepted --by generation --controls sex,age",
      "paradox discordance DATA integrated accepted --by generation",
      "paradox decompose DATA discriminated --by sex --covariates education,age",
      "paradox tipping DATA discriminated --over education",
      "inspect DATA general_trust generation"),
    Case(
      golden, "y z g sex x xm \(design) --fpc fpc1",
      "tabulate DATA y --by g --test --statistic lincom \(design) --fpc fpc1",
      "tabulate DATA z --by g --ci likelihood \(design) --fpc fpc1",
      "summarize DATA x --quantiles 0.25,0.5 --by g \(design) --fpc fpc1",
      "compare DATA x --by sex --rank wilcoxon --rank van-der-waerden \(design) --fpc fpc1",
      "model DATA 'z ~ x + factor(g)' --term-tests lrt --ci likelihood \(design) --fpc fpc1"),
    Case(
      golden, "y o z g sex x \(design)",
      "summarize DATA --ratio x/y --by g --where 'sex == 1' \(design)",
      "compare DATA x --by g --trend \(design)",
      "model DATA 'y ~ x + factor(g)' --family multinomial --margins g \(design)"),
    Case(
      golden, "y g x o --weights w --strata stratum",
      "tabulate DATA y --by g --test --statistic Chisq --weights w --strata stratum",
      "summarize DATA x y o --correlations --weights w --strata stratum",
      "model DATA 'x ~ poly(y, 2) + factor(o)' --family linear --weights w --strata stratum"),
    Case(golden, "y g", "tabulate DATA y --by g", "summarize DATA y --statistic total"),
    Case(
      golden, "y g --weights w --strata stratum --psu psu,ssu --fpc fpc1,fpc2",
      "tabulate DATA y --by g --test --weights w --strata stratum --psu psu,ssu --fpc fpc1,fpc2"),
    Case(
      paradox, "discr edu gen expo aware female age own yrs \(design)",
      "paradox models DATA discr --key edu --block exposure=expo --block awareness=aware --by gen \(design)",
      "paradox gradient DATA discr --over edu --by gen --controls female \(design)",
      "paradox gradient DATA discr --over yrs --spline 4 \(design)",
      "paradox decompose DATA own --by gen --covariates age,expo --method oaxaca --threefold \(design)",
      "paradox models DATA discr --key edu --block m=expo --se sobel --scale probability \(design)"),
  ]

  @Test(arguments: cases)
  func `what cells give is what the data give`(of one: Case) throws {
    let cells = try cells(of: one.data, one.by)
    for line in one.lines {
      func result(_ data: String) throws -> [String: Any] {
        try json(line.map { $0 == "DATA" ? data : $0 })
      }
      let found = difference(try result(one.data), try result(cells))
      #expect(found == nil, "\(line.joined(separator: " ")): \(found ?? "")")
    }
  }

  @Test func `the file has raw columns, counts and sums, and its codebook beside it`() throws {
    let data = try SmallSurvey()
    let path = try cells(of: data.data, ["trust", "--where", "region == 'n'"], in: data.folder)
    #expect(
      try String(contentsOfFile: path, encoding: .utf8) == """
        region,trust,vekt_n,vekt_w_w,vekt_w2_w,vekt_rows
        n,1,2,2.5,3.25,6
        n,2,1,0.5,0.25,6
        s,1,1,1,1,6
        s,2,1,2,4,6
        s,8,1,1,1,6

        """)
    let book = try String(
      contentsOf: data.folder.appending(path: "cells.codebook.yaml"), encoding: .utf8)
    for part in ["8: dont_know", "w: {var: w, default: \"true\"}", "design: none", "rows: 6"] {
      #expect(book.contains(part), "\(part) in \(book)")
    }
    #expect(!book.contains("\n  age:"))
    let said = run(["cells", data.data, "trust", "--output", path])
    #expect(said.status == 73 && said.remarks.contains("is there already"))
  }

  @Test func `a note says how many cells there are, in Norwegian too`() throws {
    let data = try SmallSurvey()
    let out = data.folder.appending(path: "c.csv").path
    let english = run(["cells", data.data, "trust", "region", "--output", out])
    #expect(
      english.remarks.hasPrefix(
        "note: \(out): 5 cells of 6 people; 4 hold one person, whose answers stand there as they were given"
      ),
      "\(english.remarks)")
    let norwegian = run([
      "cells", data.data, "trust", "region", "--output", out, "--language", "nb",
    ])
    #expect(norwegian.remarks.contains("5 celler av 6 personer; 4 av dem er én person"))
  }

  @Test func `a derived variable stands for its inputs, and is derived again`() throws {
    let data = try SmallSurvey()
    let path = try cells(
      of: data.data, ["old", "trust", "--derive", "old = age >= 40"], in: data.folder)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.hasPrefix("trust,age,vekt_n,"))
    let found = run(["tabulate", path, "trust", "--by", "old", "--format", "csv"])
    let wanted = run(
      [
        "tabulate", data.data, "trust", "--by", "old", "--derive", "old = age >= 40", "--format",
        "csv",
      ])
    #expect(found.output == wanted.output && found.status == 0, "\(found.remarks)")
  }

  @Test func `cells are read with the codebook of the whole study too`() throws {
    let data = try SmallSurvey()
    let path = try cells(of: data.data, ["trust", "region"])
    let book = data.folder.appending(path: "small.codebook.yaml").path
    let found = run([
      "tabulate", path, "trust", "--by", "region", "--codebook", book, "--format", "csv",
    ])
    #expect(
      found.output
        == run(["tabulate", data.data, "trust", "--by", "region", "--format", "csv"]).output)
    let absent = run(["summarize", path, "age", "--codebook", book])
    #expect(absent.status == 64)
    #expect(absent.remarks.contains("the cells are not by 'age'; they are by region, trust"))
    let weight = run(["tabulate", path, "trust", "--weights", "v", "--codebook", book])
    #expect(weight.remarks.contains("the cells have no weight 'v'; they have w"))
  }

  @Test func `cells of cells are those of the data`() throws {
    let fine = try cells(
      of: Self.golden, ["y", "g", "sex", "--weights", "w", "--strata", "stratum"])
    let coarse = try cells(of: fine, ["y", "g"])
    let direct = try cells(of: Self.golden, ["y", "g", "--weights", "w", "--strata", "stratum"])
    let lines = try [coarse, direct].map {
      try String(contentsOfFile: $0, encoding: .utf8).split(separator: "\n").map {
        $0.split(separator: ",")
      }
    }
    #expect(lines[0].count == lines[1].count && lines[0][0] == lines[1][0])
    for (a, b) in zip(lines[0], lines[1]).dropFirst() {
      #expect(zip(a, b).allSatisfy { abs((Double($0) ?? -1) - (Double($1) ?? -2)) < 1e-9 })
    }
  }

  @Test func `people without a weight are counted, and left out only when that is said`() throws {
    let data = try SmallSurvey(
      """
      trust,w
      1,2
      1,
      1,0
      2,1
      2,1.5

      """, codebook: nil)
    let path = try cells(of: data.data, ["trust", "--weights", "w"], in: data.folder)
    #expect(
      try String(contentsOfFile: path, encoding: .utf8).hasPrefix(
        "trust,vekt_n,vekt_w_w,vekt_w2_w,vekt_np_w,vekt_nm_w,vekt_rows\n1,3,2,4,1,1,5\n"))
    let refused = run(["tabulate", path, "trust"])
    #expect(
      refused.status == 65 && refused.remarks.contains("the weight 'w' is missing for 1 people"))
    let words = ["trust", "--weights", "w", "--missing-weights", "drop"]
    let found = difference(
      try json(["tabulate", data.data] + words), try json(["tabulate", path] + words))
    #expect(found == nil, "\(found ?? "")")
  }

  @Test func `replicate weights are added up, and strata and units are left out`() throws {
    let table = """
      x,y,w,stratum,psu,r1,r2,r3,r4
      1,1,10,1,1,20,0,20,0
      1,1,12,1,1,24,0,24,0
      4,1,10,1,2,0,20,0,20
      3,2,10,2,1,20,20,0,0
      4,1,10,2,2,0,0,20,20
      4,2,10,2,2,0,0,20,20

      """
    let data = try SmallSurvey(table, codebook: nil)
    let words = [
      "--weights", "w", "--strata", "stratum", "--psu", "psu", "--replicate-weights", "r1-r4",
      "--replicate-method", "brr",
    ]
    let path = try cells(of: data.data, ["x", "y"] + words, in: data.folder)
    #expect(
      try String(contentsOfFile: path, encoding: .utf8).hasPrefix(
        """
        x,y,vekt_n,vekt_w_w,vekt_w2_w,vekt_w_r1,vekt_w_r2,vekt_w_r3,vekt_w_r4,vekt_rows
        1,1,2,22,244,44,0,44,0,6

        """))
    let wanted = try json(["summarize", data.data, "x", "--by", "y"] + words)
    let found = difference(
      wanted["rows"] as Any, try json(["summarize", path, "x", "--by", "y"])["rows"] as Any)
    #expect(found == nil, "\(found ?? "")")
    let some = try json(["summarize", path, "x", "--where", "y == 1"])["notes"] as? [String] ?? []
    #expect(some.contains { $0.contains("in a subpopulation they may be fewer") })
    let refused = run(["summarize", path, "x", "--variance", "linearization"])
    #expect(refused.status == 64)
    #expect(refused.remarks.contains("the cells were made for replicate weights, without strata"))
  }

  @Test func `stacked imputations are cells of each`() throws {
    let names = "m,y,g,w"
    let rows = (1...3).flatMap { m in
      (0..<40).map { k in "\(m),\(k % 5 == 0 ? (k / 5 + m) % 3 : k % 3),\(k % 2),\(1 + k % 4)" }
    }
    let data = try SmallSurvey(([names] + rows).joined(separator: "\n") + "\n", codebook: nil)
    let path = try cells(of: data.data, ["y", "g", "--imputation", "m", "--weights", "w"])
    for line in [
      ["tabulate", "DATA", "y", "--by", "g", "--imputation", "m", "--weights", "w", "--test"],
      ["summarize", "DATA", "y", "--by", "g", "--imputation", "m", "--weights", "w"],
    ] {
      func result(_ data: String) throws -> [String: Any] {
        try json(line.map { $0 == "DATA" ? data : $0 })
      }
      let found = difference(try result(data.data), try result(path))
      #expect(found == nil, "\(line): \(found ?? "")")
    }
  }

  @Test(arguments: [
    ["convert", "DATA", "out.sav"], ["weight", "DATA", "--trim", "0.3,3"],
    ["codebook", "new", "DATA"], ["codebook", "check", "DATA"],
    ["tabulate", "DATA", "y", "--emit", "r"],
    ["compare", "DATA", "y", "--by", "g", "--rank", "wilcoxon", "--ties", "file"],
    ["append", "DATA", "DATA", "--as", "a=1,2", "--output", "out.csv"],
    ["merge", "DATA", "DATA", "--on", "y", "--kind", "1:1", "--output", "out.csv"],
    [
      "paradox", "decompose", "DATA", "z", "--by", "sex", "--covariates", "y", "--method",
      "fairlie",
    ],
    ["summarize", "DATA", "y", "--quantiles", "0.5", "--quantile-rule", "hf7"],
    ["paradox", "pool", "DATA"],
  ])
  func `what needs people one by one refuses cells by name`(_ line: [String]) throws {
    let folder = try Places.temporaryFolder()
    let path = try cells(of: Self.golden, ["y", "g", "z", "sex"], in: folder)
    let found = run(
      line.map {
        $0 == "DATA" ? path : $0 == "out.sav" || $0 == "out.csv" ? "\(folder.path)/\($0)" : $0
      })
    #expect(found.status == 64, "\(found.remarks)")
    #expect(found.remarks.contains("needs the people"), "\(found.remarks)")
  }

  @Test func `a design can be looked at where the people of each cell weigh the same`() throws {
    let words = ["--weights", "w", "--strata", "stratum", "--psu", "psu"]
    func design(_ data: String) throws -> [String: Any] {
      try json(["inspect", data, "--design", "--by", "g"] + words)
    }
    let alike = try cells(of: Self.golden, ["w", "g"] + words)
    let found = difference(try design(Self.golden), try design(alike))
    // What a look at a file says of the file besides.
    #expect(found == ".data.detail: comma | comma" || found == nil, "\(found ?? "")")
    let mixed = try cells(of: Self.golden, ["g"] + words)
    let refused = run(["inspect", mixed, "--design"] + words)
    #expect(
      refused.status == 64 && refused.remarks.contains("a look at weights needs the people"),
      "\(refused.remarks)")
  }

  @Test func `what cells cannot be made of has its own sentence`() throws {
    let data = try SmallSurvey()
    func said(_ words: String...) -> String { run(["cells", data.data] + words).remarks }
    let out = data.folder.appending(path: "c.csv").path
    #expect(said("trust").contains("cells writes a file, and no --output is given"))
    #expect(said("trust", "--output", "cells.sav").contains("cells are written as CSV"))
    #expect(said("--output", out).contains("no variable to make cells by"))
    #expect(said("trusst", "--output", out).contains("Did you mean 'trust'?"))
    let odd = try SmallSurvey("vekt_w,y\n1,2\n", codebook: nil)
    #expect(
      run(["cells", odd.data, "vekt_w", "--output", out]).remarks.contains(
        "names that begin with 'vekt_' are those of cells"))
    let negative = try SmallSurvey("w,y\n1,2\n-1,2\n", codebook: nil)
    #expect(
      run(["cells", negative.data, "y", "--weights", "w", "--output", out]).remarks.contains(
        "row 2: the weight 'w' is -1; a weight is a number from 0 up"))
    let unknown = try SmallSurvey().folder.appending(path: "small.csv")
    try "id,region,trust,age,w\n1,n,3,20,1\n".write(to: unknown, atomically: true, encoding: .utf8)
    #expect(
      run(["cells", unknown.path, "trust", "--output", out]).remarks.contains("'trust' is 3, but"))
    #expect(!FileManager.default.fileExists(atPath: out))
  }
}
