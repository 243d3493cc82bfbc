import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Models for publication")
struct PublicationTableTests {
  private static let golden = [
    Places.root.appending(path: "Tests/Reference/golden.csv").path, "--weights", "w", "--strata",
    "stratum", "--psu", "psu", "--language", "en",
  ]
  private static let formula = "z ~ x + factor(g)"

  private func text(_ words: String..., formulas: [String] = [formula]) -> String {
    let response = CommandRunner().run(
      ["model", Self.golden[0]] + formulas + Self.golden.dropFirst() + words)
    #expect(response.status == 0, "\(response.remarks)")
    return String(decoding: response.output, as: UTF8.self)
  }

  /// The cells of a printed table, a row of the label and its numbers.
  private func rows(_ text: String) -> [[String]] {
    text.split(separator: "\n").prefix { !$0.hasPrefix("In par") }.map { line in
      line.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
    }
  }

  /// svyglm(z ~ x + factor(g), quasibinomial()) of R's survey 4.1: coefficients and SE.
  private static let coefficients = [
    (-0.3212787974136694, 0.247238209880877), (0.3062904512331213, 0.139364376021080),
    (0.0775920856166328, 0.239854539437867), (-0.2053007118283650, 0.425514533427140),
  ]
  /// exp(coef(f)) and exp(coef(f)) * SE(f), for g = 2 as svycontrast(f, quote(exp(`factor(g)2`))).
  private static let ratios = [
    (0.725221033054178, 0.179302349980275), (1.358376791469929, 0.189309333944724),
    (1.080681743121438, 0.259206421775303), (0.814402379157034, 0.346540048388959),
  ]

  private func printed(_ value: Double) -> String {
    String(format: "%.6f", value).replacing("-", with: "\u{2212}")
  }

  @Test(arguments: [false, true])
  func `standard errors of coefficients and of ratios are those of R`(areRatios: Bool) {
    let words = ["--parentheses", "se", "--digits", "6"] + (areRatios ? ["--exponentiate"] : [])
    let response = CommandRunner().run(
      ["model", Self.golden[0], Self.formula] + Self.golden.dropFirst() + words)
    let found = rows(String(decoding: response.output, as: UTF8.self))
    let labels = ["(constant)", "x", "2", "3"]
    for (label, wanted) in zip(labels, areRatios ? Self.ratios : Self.coefficients) {
      let place = found.firstIndex { $0.count == 2 && $0[0] == label }
      #expect(place.map { found[$0][1] } == printed(wanted.0))
      #expect(place.map { found[$0 + 1] } == ["(\(printed(wanted.1)))"])
    }
  }

  @Test func `each figure stands below its coefficient and in the note`() {
    let standard = text("--parentheses", "se")
    #expect(
      standard.contains("z: logistic regression   log(odds ratio), standard error in parentheses"))
    #expect(
      standard.contains("In parentheses: standard errors of the coefficients, by linearization"))
    let ratios = text("--parentheses", "se", "--exponentiate")
    #expect(
      ratios.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        .contains("(the ratio times the standard error of its logarithm)"))
    #expect(ratios.contains("odds ratio, standard error in parentheses"))
    #expect(text("--parentheses", "interval").contains("In parentheses: 95 % intervals."))
    let statistics = text("--parentheses", "statistic")
    #expect(statistics.contains("(2.20)") && statistics.contains("(−1.30)"))
    // R: 0.2101800638… and 0.041291873….
    let chances = text("--parentheses", "p")
    #expect(chances.contains("(0.21)") && chances.contains("(0.041)"))
    #expect(text("--parentheses", "interval", "--exponentiate").contains("(1.014–1.820)"))
  }

  @Test func `stars come with their legend and only when asked for`() {
    let plain = text("--parentheses", "se")
    #expect(!plain.contains("*"))
    let starred = text("--parentheses", "se", "--stars")
    #expect(starred.contains("0.306*\n") && starred.contains("* p < 0.05\n"))
  }

  @Test func `sizes, degrees of freedom and fit stand below, a reference beside its factor`() {
    let several = text("--parentheses", "se", formulas: ["A: z ~ x", "B: \(Self.formula)"])
    for part in [
      "(reference: 1)", "\nn  ", "\ndf ", "R² (Nagelkerke)", "B against A, g: Wald F",
    ] {
      #expect(several.contains(part), "\(part)\n\(several)")
    }
    #expect(several.contains("\nDesign: stratified, 4 strata") || several.contains("\nDesign: "))
    let linear = text("--parentheses", "se", formulas: ["x ~ factor(g)"])
    #expect(linear.contains("linear regression   coefficient, standard error in parentheses"))
    #expect(linear.contains("\nR²"))
  }

  @Test func `a cut point is never a ratio`() {
    let words = ["--parentheses", "se", "--family", "ordinal"]
    let response = { (more: [String]) -> [[String]] in
      let found = CommandRunner().run(
        ["model", Self.golden[0], "o ~ x"] + Self.golden.dropFirst() + words + more)
      return self.rows(String(decoding: found.output, as: UTF8.self))
    }
    let (plain, ratios) = (response([]), response(["--exponentiate"]))
    let cut = { (rows: [[String]]) in rows.drop { $0.first != "Cut points" }.dropFirst().prefix(2) }
    #expect(Array(cut(plain)) == Array(cut(ratios)) && cut(plain).count == 2)
    #expect(plain.first { $0.first == "x" } != ratios.first { $0.first == "x" })
  }

  @Test func `sorting keeps what stands below a coefficient with it`() {
    let found = rows(text("--parentheses", "se", "--sort", "-answer"))
    let place = found.firstIndex { $0.first == "3" }
    #expect(place.map { found[$0 + 1].count } == 1)
    let labels = found.compactMap { ["2", "3"].contains($0.first) ? $0.first : nil }
    #expect(labels == ["3", "2"])
  }

  @Test func `every format has the parentheses, and a workbook has numbers in them`() throws {
    let folder = try Places.temporaryFolder()
    func file(_ name: String, _ words: String...) throws -> Data {
      let path = folder.appending(path: name)
      let response = CommandRunner().run(
        ["model", Self.golden[0], Self.formula] + Self.golden.dropFirst()
          + ["--parentheses", "se", "--stars", "--output", path.path] + words)
      #expect(response.status == 0, "\(response.remarks)")
      return try Data(contentsOf: path)
    }
    func text(_ name: String) throws -> String { String(decoding: try file(name), as: UTF8.self) }
    #expect(try text("a.md").contains("(0.139)"))
    let latex = try text("a.tex")
    #expect(latex.contains("x & 0.306 & \\tnote{*} \\\\\n & {(0.139)} &  \\\\"), "\(latex)")
    #expect(latex.contains("S[table-format=-1.3]") && latex.contains("\nn & {"))
    let page = try text("a.html")
    #expect(page.contains("<span class=\"vekt-spoken\">standard error</span>"))
    #expect(page.contains("(0<span class=\"vekt-tail\"") && page.contains(".139)</span>"))
    _ = try file("a.xlsx")
    _ = try file("a.docx")
    let check = """
      import sys, zipfile, re
      book = zipfile.ZipFile(sys.argv[1] + "/a.xlsx")
      sheet = book.read("xl/worksheets/sheet1.xml").decode()
      styles = book.read("xl/styles.xml").decode()
      word = zipfile.ZipFile(sys.argv[1] + "/a.docx").read("word/document.xml").decode()
      print(any(abs(float(v) - 0.13936437602108) < 1e-12 for v in re.findall(r"<v>([-0-9.eE]+)</v>", sheet)))
      print("(0.000);(-0.000)" in styles, "(0.139)" in word)
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", check, folder.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(said == "True\nTrue True\n", "\(said)")
  }

  @Test func `a chart still shows intervals`() {
    let plain = CommandRunner().run(
      ["model", Self.golden[0], "--models", Self.formula] + Self.golden.dropFirst()
        + ["--format", "svg"])
    let inside = CommandRunner().run(
      ["model", Self.golden[0], "--models", Self.formula] + Self.golden.dropFirst()
        + ["--format", "svg", "--parentheses", "se"])
    #expect(plain.status == 0 && plain.output == inside.output, "\(inside.remarks)")
  }

  @Test func `what cannot stand in parentheses is said`() {
    let response = CommandRunner().run(
      ["model", Self.golden[0], Self.formula, "--parentheses", "deviance"])
    #expect(response.status == 64)
    #expect(
      response.remarks.joined().contains("'se', 'interval', 'statistic' or 'p'"),
      "\(response.remarks)")
  }
}
