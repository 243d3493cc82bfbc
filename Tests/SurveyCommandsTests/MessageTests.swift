import Foundation
import SurveyCommands
import Testing

@Suite("Messages say what is wrong and what there is")
struct MessageTests {
  let survey: SmallSurvey

  init() throws {
    survey = try SmallSurvey(
      """
      y,g,a,b,c,strat,psu
      1,1,1,2,3,1,1
      2,1,2,2,1,1,2
      1,2,3,2,2,2,1
      2,2,1,2,1,2,2
      1,3,2,2,3,2,2
      3,3,3,2,1,1,1

      """,
      codebook: """
        vekt: 1
        language: no
        variables:
          y: {codes: {1: Agree, 2: Agree, 3: {no: Nei, en: "No"}}, type: integer, measure: nominal}
          g: {label: Region, codes: {1: North, 2: South, 3: South}, type: integer, reference: North}
          a: {type: integer, missing: {"<0": refused}}
        """)
  }

  @Test(arguments: [
    (["tabulat", "DATA", "y"], "no verb 'tabulat'\n      Did you mean 'tabulate'?"),
    (["summarise", "DATA", "a"], "Did you mean 'summarize'?"),
    (["paradox", "gapp", "DATA"], "'paradox' has no part 'gapp'\n      Did you mean 'gap'?"),
    (["crosstabs", "DATA"], "There are inspect, codebook, tabulate"),
    (["tabulate", "DATA", "y", "--where", "g == 'North'"], "Did you mean '1'?"),
    (["tabulate", "DATA", "y", "--where", "g == 'Norht'"], "Did you mean '1', which is 'North'?"),
    (
      ["compare", "DATA", "a", "--by", "g", "--reference", "South"],
      "'1' (North), '2' (South), '3' (South)"
    ),
  ])
  func `what is misspelt gets the nearest`(_ words: [String], _ problem: String) {
    let result = survey.result(words)
    #expect(result.status == 64)
    #expect(result.remarks.contains(problem), "\(result.remarks)")
  }

  @Test func `a label is taken where it is one code's`() {
    func same(_ a: [String], _ b: [String]) {
      let (one, other) = (
        survey.result(a + ["--format", "csv"]), survey.result(b + ["--format", "csv"])
      )
      #expect(one.status == 0, "\(one.remarks)")
      #expect(one.output == other.output)
    }
    same(
      ["compare", "DATA", "a", "--by", "g", "--reference", "North"],
      ["compare", "DATA", "a", "--by", "g", "--reference", "1"])
    same(
      ["model", "DATA", "a ~ relevel(g, 'north')", "--family", "linear"],
      ["model", "DATA", "a ~ relevel(g, '1')", "--family", "linear"])
    same(
      ["model", "DATA", "a ~ g", "--family", "linear", "--predict", "g=North"],
      ["model", "DATA", "a ~ g", "--family", "linear", "--predict", "g=1"])
    same(
      ["compare", "DATA", "y", "--shares", "1=0.5,2=0.3,No=0.2"],
      ["compare", "DATA", "y", "--shares", "1=0.5,2=0.3,3=0.2"])
  }

  @Test func `equal labels stand with their codes, but not in files`() {
    let table = survey.run("tabulate", "DATA", "y", "--by", "g").output
    for label in ["Agree (1)", "Agree (2)", "South (2)", "South (3)", "North"] {
      #expect(table.contains(label))
    }
    #expect(!table.contains("North (1)"))
    let codebook = survey.run("codebook", "export", "DATA", "--to", "do").output
    #expect(codebook.contains("Agree") && !codebook.contains("Agree (1)"))
  }

  @Test func `no is Norwegian`() {
    let no = survey.run("tabulate", "DATA", "y", "--language", "no")
    #expect(no.status == 0)
    #expect(no.output == survey.run("tabulate", "DATA", "y", "--language", "nb").output)
    #expect(no.output.contains("Nei") && no.output.contains("Leste rader"))
    #expect(
      survey.run("tabulate", "DATA", "y").output == no.output, "the codebook's `language: no`")
  }

  @Test func `open stretches of missing codes are written as they are read`() throws {
    let shown = survey.run("codebook", "show", "DATA", "a", "--language", "en").output
    #expect(shown.contains("<0") && !shown.contains("LO-") && !shown.contains("e-324"))
    #expect(survey.run("codebook", "export", "DATA", "--to", "sps").output.contains("(LO THRU -1)"))
    #expect(survey.run("codebook", "export", "DATA", "--to", "do").output.contains("if a < 0 &"))
  }

  @Test func `labels beyond the 32 bits of Stata are named as lost`() throws {
    let big = try SmallSurvey(
      "x\n1\n3000000000\n2147483620\n",
      codebook: """
        vekt: 1
        variables: {x: {type: integer, codes: {1: One, 3000000000: Big, 2147483620: Last}}}
        """)
    let out = big.folder.appending(path: "big.dta").path
    let result = big.run("convert", "DATA", out)
    #expect(result.status == 0)
    #expect(
      result.remarks.contains("'Big' for 3000000000, which is beyond the 32 bits of Stata's labels")
    )
    #expect(!result.remarks.contains("'Last'"))
    let program = big.run("codebook", "export", "DATA", "--to", "do")
    #expect(program.output.contains("2147483620 ") && !program.output.contains("3000000000"))
    #expect(program.remarks.contains("32 bits"))
  }

  @Test func `a scale with a constant item has its alpha`() throws {
    let result = survey.run("summarize", "DATA", "--scale", "a,b,c", "--format", "json")
    #expect(result.status == 0, "\(result.remarks)")
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let rows = json?["rows"] as? [[String: Any]] ?? []
    // By hand: the items' variances 0.8, 0 and 29/30, the covariance −0.2 and so that of the sum
    // 0.8 + 29/30 − 0.4; alpha is 3/2 (1 − (0.8 + 29/30) ∕ (0.8 + 29/30 − 0.4)).
    let trace = 0.8 + 29.0 / 30
    let alpha = rows.first { $0["statistic"] as? String == "alpha" }?["estimate"] as? Double
    #expect(abs((alpha ?? .nan) - 1.5 * (1 - trace / (trace - 0.4))) < 1e-12, "\(rows)")
    let rest = rows.first {
      $0["statistic"] as? String == "item_rest" && $0["variable"] as? String == "b"
    }
    #expect(rest?["estimate"] is NSNull)
    let notes = json?["notes"] as? [String] ?? []
    #expect(notes.last?.hasPrefix("b: ") == true)
    #expect(
      survey.run("summarize", "DATA", "a", "b", "--correlations").remarks.contains("same value"))
  }

  @Test func `units that come again in strata that are not named get a note`() {
    let note = survey.run("summarize", "DATA", "a", "--psu", "psu", "--language", "en").output
    #expect(note.contains("come again in several strata of 'strat'"))
    #expect(
      note.contains("they are 2 sampling") && note.contains("within strata 4. Add --strata strat"))
    let named = survey.run("summarize", "DATA", "a", "--psu", "psu", "--strata", "strat").output
    #expect(!named.contains("strata of 'strat'"))
  }

  @Test func `without strata no stratum is named`() throws {
    let lone = try SmallSurvey("x,p,f\n1,1,1.5\n2,1,1.5\n", codebook: nil)
    let unit = lone.run("summarize", "DATA", "x", "--psu", "p").remarks
    #expect(unit.contains("the whole sample is one PSU") && !unit.contains("''"))
    let size = lone.run("summarize", "DATA", "x", "--fpc", "f").remarks
    #expect(size.contains("there are 2 sampling units") && !size.contains("''"))
  }

  @Test func `an answer that nobody gave has nothing to compare`() throws {
    let result = survey.run(
      "compare", "DATA", "y", "--by", "g", "--answer", "3", "--where", "g in (1, 2)")
    #expect(result.status == 1)
    #expect(result.remarks.contains("nobody in the groups answered '3'"))
  }
}
