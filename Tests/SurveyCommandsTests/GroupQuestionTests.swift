import Foundation
import Testing

@Suite("Groups of the codebook as questions")
struct GroupQuestionTests {
  let survey: SmallSurvey

  init() throws {
    survey = try SmallSurvey(
      """
      id,tv,paper,web,radio,none,sex,w,b1,b2,b3,p,c,k,y1,y2
      1,1,1,,,,m,1,1,2,1,1,2,3,1,0
      2,,1,,,,f,2,1,3,1,2,2,1,1,1
      3,1,,1,,,m,1,2,,1,3,3,3,0,
      4,,,,,1,f,1,3,,2,3,1,2,0,0
      5,,,,,,f,1,,,3,1,,2,,
      6,1,,,,1,m,2,2,1,,2,3,3,1,0
      7,,,1,1,,f,1,1,,3,3,3,1,0,1
      8,,,,,,m,1,2,3,1,2,1,1,,1

      """,
      codebook: """
        vekt: 1
        language: en
        codelists:
          one: {1: Chosen}
          trust: {1: {en: Low, nb: Lav}, 2: {en: Middle, nb: Middels}, 3: {en: High, nb: Høy}}
          issue: {1: Tax, 2: School, 3: Health}
          yes: {1: Yes, 0: No}
        variables:
          id: {type: integer, role: id}
          tv: {label: "News from: television", codes: one}
          paper: {label: "News from: newspapers", codes: one}
          web: {label: "News from: the web", codes: one}
          radio: {label: "News from: radio", codes: one}
          none: {label: "News from: nothing", codes: one}
          sex: {label: Sex, codes: {m: Male, f: Female}}
          b1: {codes: issue}
          b2: {codes: issue}
          b3: {codes: {1: Taxes, 2: School, 3: Health}}
          p: {label: {en: Trust in the police, nb: Tillit til politiet}, codes: trust}
          c: {label: {en: Trust in the courts, nb: Tillit til domstolene}, codes: trust}
          k: {label: {en: Trust in NAV, nb: Tillit til NAV}, short: {en: Labour and welfare, nb: Nav}, codes: trust}
          y1: {label: Been to the theatre, codes: yes}
          y2: {label: Been to the cinema, codes: yes}
        groups:
          news: {label: Where do you follow the news?, kind: multiple, of: [tv, paper, web, radio, none], counted: 1, exclusive: [none]}
          matter: {label: What matters, kind: choices, of: [b1, b2]}
          odd: {of: [b1, b2, b3]}
          trust: {label: {en: Trust, nb: Tillit}, of: [p, c, k]}
          outings: {label: Outings, kind: multiple, of: [y1, y2], counted: 1}
        weights: {w: {var: w, default: true}}
        design: none

        """)
  }

  private func table(_ words: String...) -> String {
    let result = survey.result(words)
    #expect(result.status == 0, "\(result.remarks)")
    return result.output
  }

  private func rows(_ words: String...) -> [String] {
    let result = survey.result(words + ["--format", "csv"])
    #expect(result.status == 0, "\(result.remarks)")
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test func `a battery is one table with items as rows and the net as the last column`() {
    let text = table("tabulate", "DATA", "trust", "--answer", "2,3", "--sort", "answer")
    #expect(text.hasPrefix("Trust  ") && text.contains("weighted %, 95 % interval"), "\(text)")
    let lines = text.split(separator: "\n").map(String.init)
    // Middle or high: police 2+1+1+2+1+1 of 10, courts 1+2+1+2+1 of 9, NAV 1+1+1+1+2 of 10.
    let items = ["Police", "Courts", "Labour and welfare"]
    let order = lines.compactMap { line in items.first { line.hasPrefix($0 + " ") } }
    #expect(order == ["Police", "Courts", "Labour and welfare"], "\(text)")
    #expect(text.contains("Middle or"), "\(text)")
    #expect(text.contains("Each question of those who answered it.\nRows read 8."), "\(text)")
    let norwegian = table("tabulate", "DATA", "trust", "--language", "nb")
    #expect(norwegian.contains("Politiet") && norwegian.contains("Nav "), "\(norwegian)")
    #expect(norwegian.contains("Hvert spørsmål av dem som svarte på det."), "\(norwegian)")
  }

  @Test(arguments: [
    ["--answer", "2,3"], [], ["--by", "sex"], ["--by", "sex", "--answer", "3", "--letters"],
    ["--by", "sex", "--answer", "2,3", "--test"], ["--keep", "no_answer"],
  ])
  func `the rows of a battery are those of its variables alone`(_ options: [String]) {
    let group = survey.result(["tabulate", "DATA", "trust", "--format", "csv"] + options)
    let single = survey.result(["tabulate", "DATA", "p", "c", "k", "--format", "csv"] + options)
    #expect(group.status == 0, "\(group.remarks)")
    #expect(group.output == single.output)
  }

  @Test func `yes and no have the base of the item, as the item alone`() {
    let group = rows("tabulate", "DATA", "outings", "--by", "sex")
    let single = rows("tabulate", "DATA", "y1", "y2", "--answer", "1", "--by", "sex")
    #expect(group == single)
    let text = table("tabulate", "DATA", "outings", "--count")
    // Of those who answered any: 1, 2, 3, 4, 6, 7, 8 with weights 1 2 1 1 2 1 1; five of them said yes.
    #expect(text.contains("Any of them"), "\(text)")
    #expect(text.contains("of 7 who answered any of the items."), "\(text)")
    let json = table("tabulate", "DATA", "outings", "--count", "--format", "json")
    let document = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let counts = document?["counts"] as? [[String: Any]]
    #expect(counts?.map { $0["statistic"] as? String } == ["any", "none", "mean"])
    let values = counts?.compactMap { $0["estimate"] as? Double } ?? []
    // 7 ∕ 9 gave any (2 and 7 by two and one): mean (1 + 2·2 + 2 + 1 + 1) ∕ 9.
    for (found, wanted) in zip(values, [7.0 / 9, 2.0 / 9, 1.0]) {
      #expect(abs(found - wanted) < 1e-12)
    }
  }

  @Test func `check boxes have the base of those who chose any`() {
    let shares = rows("tabulate", "DATA", "news").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(shares.map { $0[0] } == ["tv", "paper", "web", "radio", "none"])
    // Weights of 1, 2, 3, 4, 6, 7 add up to 8.
    #expect(shares.map { Double($0[5]) } == [0.5, 0.375, 0.25, 0.125, 0.375])
    let text = table("tabulate", "DATA", "news", "--sort", "-answer")
    #expect(
      text.contains("Percentages of those who answered any of the items: n 6."), "\(text)")
    #expect(text.contains("1 gave “Nothing” and another answer; both are counted."), "\(text)")
    let names = text.split(separator: "\n").map { $0.prefix { $0 != " " } }
    let order = names.filter {
      ["Television", "Newspapers", "Web", "Radio", "Nothing"].contains($0)
    }
    #expect(order == ["Radio", "Web", "Newspapers", "Television", "Nothing"])
  }

  @Test func `bases of several answers can be chosen`() {
    func shares(_ words: String...) -> [Double] {
      let result = survey.result(words + ["--format", "csv"])
      #expect(result.status == 0, "\(result.remarks)")
      return result.output.split(separator: "\n").dropFirst().compactMap { line in
        Double(line.split(separator: ",", omittingEmptySubsequences: false)[5])
      }
    }
    func near(_ found: [Double], _ wanted: [Double]) -> Bool {
      found.count == wanted.count && zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-12 }
    }
    // Those who gave one at least: 1, 2, 6, 7, 8 with weights 1 2 2 1 1.
    let mentioned = shares("tabulate", "DATA", "outings", "--base", "mentioned")
    #expect(near(mentioned, [5.0 / 7, 4.0 / 7]), "\(mentioned)")
    // Both answered: 1, 2, 4, 6, 7 with weights 1 2 1 2 1.
    let all = shares("tabulate", "DATA", "outings", "--base", "all-items")
    #expect(near(all, [5.0 / 7, 3.0 / 7]), "\(all)")
    // 13 weighted answers: 4 to television, 3 to newspapers, 2, 1, 3.
    let answers = shares("tabulate", "DATA", "news", "--of", "answers")
    #expect(near(answers, [4, 3, 2, 1, 3].map { $0 / 13 }), "\(answers)")
    // Tax: 1, 2, 6, 7 of 1, 2, 3, 4, 6, 7, 8, who add up to 9.
    let choices = shares("tabulate", "DATA", "matter")
    #expect(near(choices, [6.0 / 9, 5.0 / 9, 4.0 / 9]), "\(choices)")
  }

  @Test func `items are compared, every two of them, and letters say which exceed`() {
    let group = survey.result(["compare", "DATA", "trust", "--answer", "3", "--format", "csv"])
    #expect(group.status == 0, "\(group.remarks)")
    let lines = group.output.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(lines.dropFirst().map { $0[2] + "-" + $0[3] } == ["p-c", "p-k", "c-k"])
    let pair = survey.result(["compare", "DATA", "p", "c", "--answer", "3", "--format", "csv"])
    let alone = pair.output.split(separator: "\n").last?.split(separator: ",") ?? []
    // All but the adjusted p-value.
    #expect(lines[1][4...9] == alone[4...9])
    let text = table("tabulate", "DATA", "trust", "--answer", "3", "--letters", "rows")
    #expect(text.contains("(A) Police") && text.contains("(C) Labour and welfare"), "\(text)")
  }

  @Test(arguments: [
    (
      ["tabulate", "DATA", "odd"],
      "odd: 'b3' has other answers than 'b1': 1 (Taxes), where the first has 1 (Tax)"
    ),
    (["tabulate", "DATA", "trust", "--sort", "answer"], "does not say by which answer"),
    (["tabulate", "DATA", "p", "--count"], "--count is of questions with several answers"),
    (["tabulate", "DATA", "p", "--base", "mentioned"], "--base mentioned is of questions with"),
    (["compare", "DATA", "p", "--by", "sex", "--base", "mentioned"], "--base mentioned is of"),
    (["tabulate", "DATA", "news", "--base", "all-items"], "news: nobody can be said to have"),
    (
      ["tabulate", "DATA", "news", "--emit", "r"], "--emit writes no program for a base of several"
    ),
    (["tabulate", "DATA", "news", "--answer", "1"], "the codebook says which counts"),
    (["tabulate", "DATA", "outings", "--percentages", "total"], "--percentages is of one answer"),
  ])
  func `what does not go with a group is said`(_ words: [String], _ problem: String) {
    let result = survey.result(words)
    #expect(result.status == 64)
    #expect(result.remarks.contains(problem), "\(result.remarks)")
  }

  @Test func `a group can leave out items, and its answer can be named by it`() {
    let some = rows("tabulate", "DATA", "trust", "--except", "k", "--answer", "trust=3")
    #expect(some == rows("tabulate", "DATA", "p", "c", "--answer", "3"))
  }

  @Test func `the program of a battery is that of its variables`() {
    let group = table("tabulate", "DATA", "trust", "--by", "sex", "--emit", "r")
    let single = table("tabulate", "DATA", "p", "c", "k", "--by", "sex", "--emit", "r")
    func body(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter { !$0.contains("tabulate ") }
    }
    #expect(body(group) == body(single))
  }

  @Test func `neighbours with equal codes are proposed as a battery`() throws {
    let plain = try SmallSurvey(
      "id,p,c,k\n1,1,2,3\n2,2,3,1\n3,3,1,2\n",
      codebook: """
        vekt: 1
        codelists: {trust: {1: Low, 2: Middle, 3: High}}
        variables: {id: {role: id}, p: {codes: trust}, c: {codes: trust}, k: {codes: trust}}

        """)
    let sav = plain.folder.appending(path: "s.sav").path
    #expect(plain.run("convert", "DATA", sav).status == 0)
    let draft = plain.run("codebook", "new", sav)
    #expect(draft.status == 0, "\(draft.remarks)")
    #expect(
      draft.output.contains("3 neighbours with equal codes, to k: a battery?"), "\(draft.output)")
  }
}
