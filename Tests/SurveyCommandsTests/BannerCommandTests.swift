import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Backgrounds side by side")
struct BannerCommandTests {
  private static let data = "SampleData/everyday-integration-2023.csv"

  private func result(_ words: [String], width: Int = 100) -> SmallSurvey.Result {
    let path = Places.root.appending(path: Self.data).path
    var runner = CommandRunner()
    runner.width = width
    let response = runner.run(["tabulate", path] + words)
    return (
      String(decoding: response.output, as: UTF8.self), response.remarks.joined(separator: "\n"),
      response.status
    )
  }

  private func fields(_ words: [String]) -> [[String]] {
    let found = result(words + ["--format", "csv", "--language", "en"])
    #expect(found.status == 0, "\(found.remarks)")
    return found.output.split(separator: "\n").map { line in
      // No label of these has a comma.
      line.replacingOccurrences(of: "\"", with: "").split(
        separator: ",", omittingEmptySubsequences: false
      ).map(String.init)
    }
  }

  @Test(arguments: ["sex", "generation", "age_group"])
  func `every cell is that of the background alone`(_ background: String) {
    let banner = fields(
      ["general_trust", "discriminated", "--banner", "sex,generation,age_group", "--letters"])
    let alone = fields(["general_trust", "discriminated", "--by", background, "--letters"])
    let part = banner.dropFirst().filter { $0[3] == background }
    #expect(part.count == alone.count - 1 && !part.isEmpty)
    for (found, wanted) in zip(part, alone.dropFirst()) {
      #expect(found[0...2] == wanted[0...2])
      #expect(found[4...] == wanted[3...])
    }
    let all = banner.dropFirst().filter { $0[3].isEmpty }
    let everybody = fields(["general_trust", "discriminated"])
    for (found, wanted) in zip(all, everybody.dropFirst()) {
      #expect(found[6..<16] == wanted[3..<13])
    }
  }

  @Test func `the order of backgrounds changes nothing but places`() {
    let one = fields(["discriminated", "--banner", "sex,generation"])
    let other = fields(["discriminated", "--banner", "generation,sex"])
    #expect(
      one.map { $0.joined(separator: ",") }.sorted()
        == other.map { $0.joined(separator: ",") }.sorted())
  }

  @Test(arguments: [80, 100, 140])
  func `a page never cuts a number`(_ width: Int) {
    let text = result(
      [
        "general_trust", "associations", "discriminated", "--banner", "sex,generation,age_group",
        "--answer", "chosen", "--letters", "--language", "en",
      ], width: width
    ).output
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= width }, "\(text)")
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("n (largest base)") }
    let numbers = rows.flatMap { row in
      row.dropFirst("n (largest base)".count).split(separator: "  ").map {
        $0.filter(\.isNumber)
      }
    }.filter { !$0.isEmpty }
    #expect(numbers.count == 11, "\(text)")
    // One background is never cut: its heading stands once.
    #expect(text.components(separatedBy: "Age group").count == 2, "\(text)")
  }

  @Test func `questions with one answer are rows, and answers where there are all`() {
    let chosen = result(
      [
        "general_trust", "discriminated", "--banner", "sex", "--answer", "chosen", "--language",
        "en",
      ])
    #expect(chosen.output.hasPrefix("Chosen answer"), "\(chosen.output)")
    #expect(chosen.output.contains("n (largest base)"))
    let whole = result(
      ["discriminated", "--banner", "sex", "--test", "--show", "intervals", "--language", "en"])
    #expect(whole.output.contains("\nYes ") && whole.output.contains("\nNo "), "\(whole.output)")
    #expect(whole.output.contains("(43–48)"), "\(whole.output)")
    #expect(whole.output.contains("p: Rao–Scott F, of each background by itself."))
    let turned = result(["discriminated", "--banner", "sex", "--transpose", "--language", "en"])
    #expect(turned.output.contains("\nSex\n  Male"), "\(turned.output)")
  }

  @Test func `a page names its headings for those who hear it`() {
    let page = result(["discriminated", "--banner", "sex,generation", "--format", "html"]).output
    #expect(page.contains("<th scope=\"colgroup\" colspan=\"2\""))
    #expect(page.contains("headers=\"table-1-g2 table-1-c2 table-1-r1\""), "\(page)")
  }

  @Test func `a banner of the codebook stands for its backgrounds, crossed ones too`() throws {
    let survey = try SmallSurvey(
      "a,b,q\n1,1,1\n1,2,0\n2,1,1\n2,2,0\n,2,1\n",
      codebook: """
        vekt: 1
        variables:
          a: {label: A, codes: [1, 2]}
          b: {label: B, codes: [1, 2]}
          q: {label: Q, codes: {0: No, 1: Yes}}
        banners: {standard: [a, 'a*b']}
        design: none

        """)
    let named = survey.run("tabulate", "DATA", "q", "--banner", "standard", "--format", "csv")
    let plain = survey.run("tabulate", "DATA", "q", "--banner", "a,a*b", "--format", "csv")
    #expect(named.status == 0, "\(named.remarks)")
    #expect(named.output == plain.output)
    #expect(named.output.contains("q,1,Yes,a*b,\"2,1\",\"2, 1\",1,"), "\(named.output)")
    let text = survey.run("tabulate", "DATA", "q", "--banner", "standard", "--language", "en")
      .output
    #expect(
      text.contains("Among those in All the background is unknown of: A 1, A × B 1."), "\(text)")
    let shown = survey.run(
      "codebook", "show", survey.folder.appending(path: "small.codebook.yaml").path)
    #expect(shown.status == 0, "\(shown.remarks)")
    let lost = survey.run("convert", "DATA", survey.folder.appending(path: "b.sav").path)
    #expect(lost.remarks.contains("has no place for banners: 'standard'"), "\(lost.remarks)")
    // A file with some of the columns has what is left of the banner.
    let part = survey.folder.appending(path: "part.csv").path
    #expect(survey.run("convert", "DATA", part, "--keep", "a,q").status == 0)
    let kept = survey.run("tabulate", part, "q", "--banner", "standard", "--format", "csv")
    let alone = survey.run("tabulate", "DATA", "q", "--banner", "a", "--format", "csv")
    #expect(kept.status == 0 && kept.output == alone.output, "\(kept.remarks)")
  }

  @Test(arguments: ["sex", "generation", "sex*generation"])
  func `bounds are those of the background alone, in every format`(_ background: String) throws {
    let questions = ["general_trust", "institutional_trust", "--keep", "dont_know", "--bounds"]
    let banner = fields(questions + ["--banner", "age_group,\(background)"])
    let alone = fields(questions + ["--by", background.replacing("*", with: ",")])
    #expect(banner[0].suffix(2) == ["bound_low", "bound_high"])
    let part = banner.dropFirst().filter { $0[3] == background }
    #expect(part.count == alone.count - 1 && !part.isEmpty)
    #expect(part.map { $0.suffix(2) } == alone.dropFirst().map { $0.suffix(2) })
    let all = fields(questions)
    #expect(
      banner.dropFirst().filter { $0[3].isEmpty }.map { $0.suffix(2) }
        == all.dropFirst().map { $0.suffix(2) })
  }

  @Test func `the table of bounds has the backgrounds side by side below that of the shares`() {
    let questions = ["general_trust", "discriminated", "--banner", "sex", "--bounds"]
    let one = result(questions + ["--answer", "chosen", "--language", "en"]).output
    #expect(one.contains("Chosen answer: bounds"), "\(one)")
    let line = one.split(separator: "\n").last { $0.hasPrefix("General trust: Most") } ?? ""
    #expect(line.split(separator: " ").suffix(3) == ["64–68", "66–70", "62–66"], "\(one)")
    // Questions with all answers have a table each.
    let all = result(questions + ["--language", "nb"]).output
    #expect(all.contains("Generell tillit: yttergrenser"))
    #expect(all.contains("Diskriminert i løpet av livet: yttergrenser"))
    let turned = result(questions + ["--transpose", "--language", "en"]).output
    #expect(turned.contains("General trust: bounds") && turned.contains("Female"), "\(turned)")
  }

  @Test(arguments: [
    (["general_trust", "--banner", "sex", "--by", "generation"], "--by crosses groups"),
    (["general_trust", "--banner", "sexx"], "no variable and no banner 'sexx'"),
    (["general_trust", "--banner", "sex,sex"], "'sex' stands twice under --banner"),
    (
      ["discrimination_arenas", "--banner", "sex", "--count", "--emit", "r"],
      "no program for --count"
    ),
  ])
  func `what does not go with a banner is said`(_ words: [String], _ problem: String) {
    let found = result(words)
    #expect(found.status == 64)
    #expect(found.remarks.contains(problem), "\(found.remarks)")
  }

  @Test func `counts of several answers stand in every background as by itself`() throws {
    let json = { (words: [String]) throws -> [[String: Any]] in
      let text = self.result(["discrimination_arenas", "--count", "--format", "json"] + words)
        .output
      let tree = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return tree?["counts"] as? [[String: Any]] ?? []
    }
    let banner = try json(["--banner", "generation,sex"])
    let alone = try json(["--by", "sex"])
    #expect(banner.count == 18 && alone.count == 6)
    for row in alone {
      let same = banner.first {
        $0["banner"] as? String == "sex" && $0["group"] as? String == row["sex"] as? String
          && $0["statistic"] as? String == row["statistic"] as? String
      }
      #expect(same?["estimate"] as? Double == row["estimate"] as? Double)
      #expect(same?["std_error"] as? Double == row["std_error"] as? Double)
    }
    let text = result(
      ["discrimination_arenas", "--banner", "sex", "--count", "--language", "nb"]
    ).output
    #expect(
      text.contains("Gjennomsnittlig antall, av 7         1,50       1,57       1,46"), "\(text)")
    #expect(text.contains("av 3 536 som svarte på minst ett av leddene"), "\(text)")
  }

  @Test func `printed figures are compared in every background`() {
    let published = "SampleData/everyday-integration-2023.published.csv"
    let figures = ["general_trust", "--published", Places.root.appending(path: published).path]
    let text = result(figures + ["--banner", "sex,origin", "--answer", "most", "--language", "en"])
    #expect(text.status == 0 && text.output.contains("80=         48=         55="), "\(text)")
    let csv = result(figures + ["--banner", "sex,origin", "--answer", "most", "--format", "csv"])
    let alone = result(figures + ["--by", "origin", "--answer", "most", "--format", "csv"])
    func marks(_ text: String) -> [String] {
      text.split(separator: "\n").filter { $0.contains(",country-group-") }.map {
        $0.split(separator: ",", omittingEmptySubsequences: false).suffix(2).joined(separator: ",")
      }
    }
    #expect(!marks(csv.output).isEmpty && marks(csv.output) == marks(alone.output))
  }

  @Test func `a letter stands at its number, also above a p-value`() {
    let text = result([
      "general_trust", "discriminated", "--banner", "sex", "--answer", "chosen", "--letters",
      "--test", "--language", "en",
    ]).output
    #expect(text.contains("69 B "), "\(text)")
    #expect(text.contains(" 0.042"), "\(text)")
  }

  @Test(.enabled(if: EmittedProgram.hasR))
  func `the program of a banner gives its numbers in R`() throws {
    try EmittedProgram.expectSame(
      [
        "tabulate DATA general_trust discriminated --banner generation,'sex*generation' --test --letters",
        "tabulate DATA institutional_trust --banner sex --answer 4,5 --where 'age > 30'",
      ], data: EmittedProgram.everyday)
  }

  @Test func `the Stata program of a banner has every background`() {
    let text = result(["discriminated", "--banner", "sex,sex*generation", "--emit", "stata"])
    #expect(text.status == 0, "\(text.remarks)")
    for over in ["citype(logit)", "over(sex_code)", "over(sex_code generation_code)"] {
      #expect(text.output.contains(over), "\(text.output)")
    }
  }
}
