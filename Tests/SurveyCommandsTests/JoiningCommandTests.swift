import Foundation
import SurveyCommands
import Testing
import VektTestSupport

/// `append` and `merge`, from files to files.
@Suite struct JoiningCommandTests {
  private let folder: URL

  init() throws { folder = try Places.temporaryFolder() }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func write(_ name: String, _ text: String) throws {
    try text.write(toFile: path(name), atomically: true, encoding: .utf8)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// Runs a command; words that begin with `@` are files of the folder.
  private func run(_ words: String...) -> SmallSurvey.Result { result(words) }

  private func result(_ words: [String]) -> SmallSurvey.Result {
    let response = CommandRunner().run(
      words.map { $0.hasPrefix("@") ? path(String($0.dropFirst())) : $0 })
    let remarks = response.remarks.joined(separator: "\n")
      .replacingOccurrences(of: folder.path + "/", with: "")
    return (String(decoding: response.output, as: UTF8.self), remarks, response.status)
  }

  /// The sample survey of four years, a file each, with its codebook.
  private func splitByYear() throws -> (files: [String], years: [String]) {
    let sample = Places.root.appending(path: "SampleData/quality-of-life-2020-2023")
    let lines = try String(contentsOf: sample.appendingPathExtension("csv"), encoding: .utf8)
      .split(separator: "\n")
    let book = try String(
      contentsOf: sample.appendingPathExtension("codebook.yaml"), encoding: .utf8
    ).split(separator: "\n", omittingEmptySubsequences: false)
    let own = book.filter { line in
      !["rows:", "sha256:", "path:"].contains { line.drop { $0 == " " }.hasPrefix($0) }
    }.joined(separator: "\n")
    let year = try #require(lines[0].split(separator: ",").firstIndex(of: "year"))
    let years = ["2020", "2021", "2022", "2023"]
    for each in years {
      let rows = lines.dropFirst().filter {
        $0.split(separator: ",", omittingEmptySubsequences: false)[year] == each
      }
      #expect(!rows.isEmpty)
      try write("\(each).csv", ([lines[0]] + rows).joined(separator: "\n") + "\n")
      try write("\(each).codebook.yaml", own)
    }
    return (years.map { "@\($0).csv" }, years)
  }

  /// Whether two tables in CSV say the same, numbers to the last digits that adding in another order
  /// leaves.
  private func agree(_ a: String, _ b: String) -> Bool {
    let (mine, others) = (a.split { ",\n".contains($0) }, b.split { ",\n".contains($0) })
    return mine.count == others.count && mine.count > 10
      && zip(mine, others).allSatisfy { x, y in
        guard let x = Double(x), let y = Double(y) else { return x == y }
        return abs(x - y) <= 1e-10 * max(1, abs(x)) || x == y
      }
  }

  @Test(arguments: ["csv", "sav", "zsav", "dta"])
  func `a survey split into waves and appended gives every estimate`(format: String) throws {
    let (files, years) = try splitByYear()
    let out = "@all.\(format)"
    let appended = result(
      ["append"] + files + ["--as", "year=" + years.joined(separator: ","), "--output", out])
    #expect(appended.status == 0, "\(appended.remarks)")
    #expect(run("codebook", "check", out).status == 0)
    let sample = Places.root.appending(path: "SampleData/quality-of-life-2020-2023.csv").path
    for command in [
      ["summarize", "DATA", "life_satisfaction", "--by", "year,sex"],
      ["tabulate", "DATA", "life_satisfaction_level", "--by", "education"],
      ["model", "DATA", "life_satisfaction ~ sex + age", "--family", "linear"],
    ] {
      let words = { (data: String) in
        command.map { $0 == "DATA" ? data : $0 } + ["--format", "csv"]
      }
      let (whole, joined) = (result(words(sample)), result(words(out)))
      #expect(joined.status == 0, "\(joined.remarks)")
      #expect(agree(whole.output, joined.output), "\(whole.output)\n\(joined.output)")
    }
    let command = ["life_satisfaction", "--by", "sex", "--format", "csv"]
    let alone = result(["summarize", "@2021.csv"] + command)
    let within = result(["summarize", out] + command + ["--where", "year == 2021"])
    #expect(agree(alone.output, within.output), "\(alone.output)\n\(within.output)")
  }

  @Test func `the same persons in two waves make the error of their change smaller`() throws {
    try write("1.csv", "id,y\n1,3\n2,5\n3,8\n4,1\n")
    try write("2.csv", "id,y\n1,4\n2,9\n3,8\n4,3\n")
    let append = ["append", "@1.csv", "@2.csv", "--as", "wave=1,2"]
    #expect(result(append + ["--panel", "id", "--output", "@panel.dta"]).status == 0)
    let table = run("compare", "@panel.dta", "y", "--by", "wave", "--format", "csv").output
    // The differences 1, 4, 0, 2: their standard deviation over the root of four.
    let differences = [1.0, 4, 0, 2]
    let mean = differences.reduce(0, +) / 4
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
    let fields = table.split(separator: "\n")[1].split(
      separator: ",", omittingEmptySubsequences: false)
    let names = table.split(separator: "\n")[0].split(separator: ",")
    let place = try #require(names.firstIndex(of: "std_error"))
    let found = try #require(Double(fields[place]))
    #expect(abs(found - (variance / 4).squareRoot()) < 1e-12)
  }

  @Test func `waves of three formats join, and a file says what the codebook beside it does`()
    throws
  {
    try write("a.csv", "q,t\n1,x\n8,y\n")
    try write(
      "a.codebook.yaml",
      "vekt: 1\nvariables: {q: {label: {en: Q, nb: Spm}, codes: {1: a, 2: b}, missing: {8: refused}}, t: {type: text}}\n"
    )
    #expect(run("convert", "@a.csv", "@b.sav").status == 0)
    #expect(run("convert", "@a.csv", "@c.dta").status == 0)
    try write("d.csv", "t\nz\n")
    for format in ["csv", "sav", "dta"] {
      let out = "@out-\(format).\(format)"
      let joined = run(
        "append", "@a.csv", "@b.sav", "@c.dta", "@d.csv", "--as", "w=1,2,3,4", "--output", out)
      #expect(joined.status == 0, "\(joined.remarks)")
      let table = run("inspect", out, "q", "--format", "csv")
      #expect(table.status == 0, "\(table.remarks)")
      let counts = run("tabulate", out, "q", "--language", "nb")
      #expect(counts.output.contains("Spm"), "\(counts.output)")
      #expect(counts.output.contains("3 ønsker ikke svare, 1 ikke spurt"), "\(counts.output)")
      #expect(run("codebook", "check", out).status == 0)
    }
  }

  @Test(arguments: ["csv", "sav", "dta"])
  func `a question of several answers in a cell was not asked in the wave that lacks it`(
    format: String
  ) throws {
    try write("a.csv", "k,lang\n1,no;en\n2,en\n3,\n")
    try write(
      "a.codebook.yaml",
      "vekt: 1\nvariables: {k: {}, lang: {kind: multiple, separator: \";\", codes: [\"no\", en]}}\n"
    )
    try write("b.csv", "k\n1\n")
    let out = "@o.\(format)"
    #expect(run("append", "@a.csv", "@b.csv", "--as", "wave=1,2", "--output", out).status == 0)
    let check = run("codebook", "check", out)
    #expect(check.status == 0, "\(check.output)")
    let table = run("tabulate", out, "lang_no").output
    #expect(table.contains("Rows read 4: 2 counted, 1 missing, 1 not asked"), "\(table)")
  }

  @Test func `inputs and other codebooks are not written over`() throws {
    try write("a.csv", "x\n1\n")
    try write("b.csv", "x\n2\n")
    let over = run("append", "@a.csv", "@b.csv", "--as", "w=1,2", "--output", "@a.csv")
    #expect(over.status == 73 && over.remarks.contains("is being read, and would be overwritten"))
    #expect(try text("a.csv") == "x\n1\n")
    #expect(run("append", "@a.csv", "@b.csv", "--as", "w=1,2", "--output", "@o.sav").status == 0)
    #expect(
      run("append", "@a.csv", "@b.csv", "--as", "w=1,2", "--output", "@o.sav").status == 0,
      "the same once more")
    let before = try Data(contentsOf: folder.appending(path: "o.sav"))
    let other = run("append", "@a.csv", "@b.csv", "--as", "w=3,4", "--output", "@o.sav")
    #expect(other.status == 73 && other.remarks.contains("o.codebook.yaml: is there already"))
    #expect(try Data(contentsOf: folder.appending(path: "o.sav")) == before)
  }

  @Test(arguments: [
    (
      ["append", "@a.csv", "@b.csv", "--as", "w=1,2"],
      "append writes a file, and no --output is given"
    ),
    (["append", "@a.csv", "@b.csv", "--as", "w", "--output", "@o.csv"], "which names no codes"),
    (["append", "@a.csv", "@b.csv", "--as", "w=1", "--output", "@o.csv"], "1 codes for 2 files"),
    (
      ["append", "@a.csv", "@b.csv", "--as", "w=1,2", "--output", "@o.por"],
      "are read, and not written"
    ),
    (
      ["merge", "@a.csv", "@b.csv", "--on", "x", "--kind", "m:m", "--output", "@o.csv"],
      "Many-to-many does not exist"
    ),
    (
      ["merge", "@a.csv", "@b.csv", "--on", "x", "--output", "@o.csv"],
      "Missing expected argument '--kind"
    ),
    (
      ["merge", "@a.csv", "@b.csv", "--on", "y", "--kind", "1:1", "--output", "@o.csv"],
      "no variable 'y' to match by"
    ),
    (
      ["merge", "@a.csv", "@b.csv", "--on", "x,", "--kind", "1:1", "--output", "@o.csv"],
      "--on is 'x,'"
    ),
  ])
  func `what is wrong is said, and nothing written`(words: [String], sentence: String) throws {
    try write("a.csv", "x\n1\n")
    try write("b.csv", "x\n2\n")
    let result = result(words)
    #expect(result.status != 0 && result.remarks.contains(sentence), "\(result.remarks)")
    #expect(!FileManager.default.fileExists(atPath: path("o.csv")))
    #expect(!FileManager.default.fileExists(atPath: path("o.codebook.yaml")))
  }

  @Test(arguments: ["csv", "sav", "dta"])
  func `households beside persons keep labels, reasons and weight`(format: String) throws {
    try write("p.csv", "person,household,w\n1,02,1.5\n2,01,2\n3,02,1\n4,99,1\n")
    try write(
      "p.codebook.yaml",
      "vekt: 1\nvariables: {person: {role: id, type: integer}, household: {type: text}, w: {type: decimal}}\n"
        + "weights: {w: {var: w}}\ndesign: {psu: household}\n")
    try write("h.csv", "household,size\n01,1\n02,8\n03,2\n")
    try write(
      "h.codebook.yaml",
      "vekt: 1\nvariables: {household: {type: text}, size: {label: Size, codes: {1: One, 2: Two}, missing: {8: refused}}}\n"
    )
    let out = "@both.\(format)"
    let merged = run(
      "merge", "@p.csv", "@h.csv", "--on", "household", "--kind", "m:1", "--prefix", "hh_",
      "--output", out)
    #expect(merged.status == 0)
    #expect(
      merged.remarks.contains("3 matched; 1 without a partner (hh_* are missing there: system)"))
    #expect(run("codebook", "check", out).status == 0)
    let table = run("tabulate", out, "hh_size", "--lonely-psu", "adjust")
    #expect(
      table.output.contains("Rows read 4: 1 counted, 1 missing, 2 refused"),
      "\(table.output)\(table.remarks)")
    #expect(run("convert", out, "@again.csv").status == 0)
    #expect(
      try text("again.csv").split(separator: "\n").map { $0.split(separator: ",")[1] }
        == ["household", "02", "01", "02", "99"])
  }
}
