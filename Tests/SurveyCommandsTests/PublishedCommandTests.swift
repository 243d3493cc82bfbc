import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Printed figures beside estimates")
struct PublishedCommandTests {
  /// Weighted: of those with an answer in the north 2.5 of 3 trust, in the south 1 of 3.
  private func run(_ published: String, _ words: [String]) throws -> SmallSurvey.Result {
    let survey = try SmallSurvey()
    let file = survey.folder.appending(path: "printed.csv")
    try published.write(to: file, atomically: true, encoding: .utf8)
    return survey.result(words.map { $0 == "PRINTED" ? file.path : $0 })
  }

  @Test func `cells of a table are marked and counted`() throws {
    let printed = """
      variable,codes,region,percent,page
      trust,1,n,83,12
      trust,2,n,18,12
      trust,1,s,40,13

      """
    let csv = try run(
      printed,
      ["tabulate", "DATA", "trust", "--by", "region", "--published", "PRINTED", "--format", "csv"])
    let lines = csv.output.split(separator: "\n").map { $0.split(separator: ",").suffix(2) }
    #expect(lines[0] == ["published", "published_status"])
    #expect(lines[1] == ["0.83", "matches"])
    #expect(lines[2] == ["0.18", "within_rounding"])
    #expect(lines[3] == ["0.4", "inside_interval"])
    #expect(
      csv.remarks.contains(
        "Published figures: 1 of 3 matches, 1 is within rounding, 1 is inside the interval."))
    // Nothing changes for those who do not ask.
    let plain = try SmallSurvey().run(
      "tabulate", "DATA", "trust", "--by", "region", "--format", "csv")
    #expect(!plain.output.contains("published"))
  }

  @Test func `cells of the table itself have a sign, in every format`() throws {
    let printed = """
      variable,codes,where,percent,page
      trust,1,region == 'n',83,12
      trust,2,region == 'n',18,12
      trust,1,region == 's',40,13
      trust,2,,77,13

      """
    let command = ["tabulate", "DATA", "trust", "--by", "region", "--published", "PRINTED"]
    let text = try run(printed, command + ["--language", "en"])
    #expect(text.output.contains("83ᵃ=") && text.output.contains("17ᵃ≈"), "\(text.output)")
    #expect(text.output.contains("~"))
    #expect(text.output.contains("= matches the published number"))
    #expect(text.output.contains("≈ within rounding of the published number"))
    let html = try run(printed, command + ["--format", "html", "--language", "nb"])
    #expect(html.output.contains("stemmer med det publiserte tallet"))
    #expect(html.output.contains(">=</a></sup>") || html.output.contains("<sup>=</sup>"))
    #expect(html.output.contains("Publiserte tall: 1 av 4 "))
    let latex = try run(printed, command + ["--format", "latex"])
    #expect(latex.output.contains("\\tnote{a$\\approx$}"))
  }

  @Test func `the ledger alone, as CSV and as HTML`() throws {
    let printed = "variable,codes,percent,page\ntrust,1,58,12\ntrust,2,40,12\n"
    let command = ["tabulate", "DATA", "trust", "--published", "PRINTED", "--ledger", "--format"]
    let csv = try run(printed, command + ["csv"])
    #expect(
      csv.output.hasPrefix(
        "name,variable,codes,statistic,groups,where,published,digits,estimate,conf_low,conf_high,n,"
          + "published_status,page,source,line\n,trust,1,,,,0.58,0,0.58"))
    let html = try run(printed, command + ["html"])
    #expect(html.output.components(separatedBy: "<table ").count == 2)
    #expect(html.output.contains("matches") && html.output.contains("inside the interval"))
    let alone = try run(printed, ["tabulate", "DATA", "trust", "--ledger"])
    #expect(alone.status == 64 && alone.remarks.contains("--ledger needs the printed figures"))
  }

  @Test func `a printed difference may have people of its own`() throws {
    let printed = """
      variable,codes,group,reference,where,value
      trust,1,s,n,,-50
      trust,1,s,n,age >= 30,-20

      """
    let json = try run(
      printed,
      ["compare", "DATA", "trust", "--by", "region", "--published", "PRINTED", "--format", "json"])
    #expect(json.status == 0, "\(json.remarks)")
    #expect(json.output.contains("\"where\": \"age >= 30\""))
    #expect(!json.output.contains("not estimated within"))
    let text = try run(
      printed, ["compare", "DATA", "trust", "--by", "region", "--published", "PRINTED"])
    #expect(text.output.contains("−50=") || text.output.contains("-50="), "\(text.output)")
  }

  @Test func `several answers and a condition make one figure`() throws {
    let printed = """
      statement,variable,codes,where,value,digits
      any answer,trust,1 2,region == 'n',100,0
      trusts,trust,1,region == 'n',83.3,1

      """
    let json = try run(
      printed, ["tabulate", "DATA", "trust", "--published", "PRINTED", "--format", "json"])
    #expect(json.output.contains("\"name\": \"any answer\""))
    #expect(json.output.components(separatedBy: "\"published_status\": \"matches\"").count == 3)
    let text = try run(printed, ["tabulate", "DATA", "trust", "--published", "PRINTED"])
    #expect(text.output.contains("Published figures"))
    let norwegian = try run(
      printed, ["tabulate", "DATA", "trust", "--published", "PRINTED", "--language", "nb"])
    #expect(norwegian.output.contains("Publiserte tall: 2 av 2 stemmer."))
  }

  @Test func `means and differences have printed figures too`() throws {
    let printed = """
      variable,region,value
      age,n,30.9
      age,s,55

      """
    let csv = try run(
      printed,
      ["summarize", "DATA", "age", "--by", "region", "--published", "PRINTED", "--format", "csv"])
    #expect(csv.output.contains(",30.9,"))
    #expect(csv.output.contains(",55,"))
    let differences = """
      variable,codes,group,reference,value
      trust,1,s,n,-50

      """
    let compared = try run(
      differences,
      ["compare", "DATA", "trust", "--by", "region", "--published", "PRINTED", "--format", "csv"])
    #expect(compared.output.contains(",-0.5,matches\n"))
  }

  @Test func `selectors that match nothing are said plainly`() throws {
    func remarks(_ printed: String) throws -> String {
      try run(printed, ["tabulate", "DATA", "trust", "--published", "PRINTED"]).remarks
    }
    #expect(
      try remarks("variable,codes,percent\nhealth,1,50\n").contains(
        "none of its 1 figures is of what is asked; they are of health"))
    #expect(
      try remarks("variable,codes,percent\ntrust,7,50\n").contains(
        "printed.csv:2: the published table selects nothing in the data: no cell with trust 7"))
    #expect(try remarks("codes,percent\n1,50\n").contains("has no column 'variable'"))
    #expect(try remarks("variable,codes\ntrust,1\n").contains("has no column 'value' or 'percent'"))
    #expect(
      try remarks("variable,codes,percent\ntrust,1,half\n").contains(
        "printed.csv:2: the percent 'half' is not a number"))
    // One that selects nothing among others that do is a note.
    let both = try run(
      "variable,codes,percent\ntrust,1,58\ntrust,7,50\n",
      ["tabulate", "DATA", "trust", "--published", "PRINTED", "--format", "csv"])
    #expect(both.status == 0)
    #expect(both.remarks.contains("printed.csv:3: no cell with trust 7"))
  }

  @Test func `reproduce finds the weight and the base`() throws {
    // Weighted 3.5 of 6 with an answer, of 7 with don't know; unweighted 3 of 5, of 6.
    func first(_ percent: String) throws -> String {
      let csv = try run(
        "variable,codes,percent\ntrust,1,\(percent)\n",
        ["reproduce", "PRINTED", "DATA", "--format", "csv"])
      #expect(csv.status == 0, "\(csv.remarks)")
      return csv.output.split(separator: "\n").dropFirst().first.map(String.init) ?? ""
    }
    #expect(try first("58").hasPrefix("1,w,answered,1,1,"))
    #expect(try first("50.0").hasPrefix("1,w,dont_know,1,1,"))
    #expect(try first("60.00").hasPrefix("1,unweighted,answered,1,1,"))
  }

  @Test func `reproduce tries runs of categories where a figure names none`() throws {
    let json = try run(
      "variable,percent\ntrust,42\n", ["reproduce", "PRINTED", "DATA", "--format", "json"])
    #expect(json.output.contains("\"codes\": \"2\""))
    #expect(json.output.contains("\"reproduced_by\": \"w/answered\""))
  }
}

@Suite("Whom percentages are of")
struct PercentageBaseTests {
  @Test func `a reason becomes a category`() throws {
    let csv = try SmallSurvey().run(
      "tabulate", "DATA", "trust", "--keep", "dont_know", "--format", "csv")
    let rows = csv.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    #expect(rows.map { $0[1] } == ["1", "2", "8"])
    #expect(rows.map { $0[2] } == ["Yes", "No", "Don't know"])
    #expect(rows.map { $0[5].prefix(6) } == ["0.5", "0.3571", "0.1428"])
  }

  @Test func `the base is said`() throws {
    let survey = try SmallSurvey()
    let asked = survey.run("tabulate", "DATA", "trust", "--base", "asked").output
    #expect(asked.contains("Percentages of all who were asked."))
    #expect(asked.contains("Don't know"))
    #expect(
      survey.run("tabulate", "DATA", "trust").output.contains("Percentages of all who answered."))
  }

  @Test func `several bases stand side by side`() throws {
    let survey = try SmallSurvey()
    let csv = survey.run(
      "tabulate", "DATA", "trust", "--base", "all,asked,answered", "--format", "csv")
    let rows = csv.output.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(rows[0].last == "base")
    #expect(rows.filter { $0.last == "answered" }.count == 2)
    let asked = rows.filter { $0.last == "asked" }
    #expect(asked.map { $0[5].prefix(6) }.prefix(2) == ["0.5", "0.3571"])
    let text = survey.run("tabulate", "DATA", "trust", "--base", "asked,answered").output
    #expect(text.contains("all who were asked") && text.contains("those who"))
    #expect(text.contains("Percentages of all who were asked."))
    #expect(text.contains("Percentages of all who answered."))
    let grouped = survey.run(
      "tabulate", "DATA", "trust", "--by", "region", "--base", "asked,answered", "--language", "nb")
    #expect(grouped.status == 0 && grouped.output.contains("alle som"))
    #expect(
      survey.run("tabulate", "DATA", "trust", "--base", "asked,answered", "--bounds").remarks
        .contains("--bounds is of one base"))
    #expect(survey.run("tabulate", "DATA", "trust", "--base", "asked,anybody").status == 64)
  }

  @Test func `a legend of several bases explains only marks that are shown`() throws {
    let text = try SmallSurvey().run(
      "tabulate", "DATA", "trust", "--base", "all,asked,answered", "--language", "en"
    ).output
    let legend = text.split(separator: "\n").filter { $0.hasPrefix("ᵃ") || $0.hasPrefix("ᵇ") }
    let body = text.split(separator: "\n").filter { !$0.hasPrefix("ᵃ") && !$0.hasPrefix("ᵇ") }
    for mark in legend.compactMap(\.first) {
      #expect(body.contains { $0.contains(mark) }, "\(text)")
    }
  }

  @Test func `shares are compared on a base too`() throws {
    let survey = try SmallSurvey()
    func rows(_ words: String...) -> [[Substring]] {
      survey.result(["compare", "DATA", "trust", "--by", "region", "--format", "csv"] + words)
        .output
        .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    }
    // The shares that are compared are those of the table on that base.
    let asked = rows("--base", "asked")
    let table = survey.run(
      "tabulate", "DATA", "trust", "--by", "region", "--base", "asked", "--format", "csv"
    ).output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let place = try #require(asked[0].firstIndex(of: "estimate_group"))
    let share = try #require(table[0].firstIndex(of: "estimate"))
    let region = try #require(asked[0].firstIndex(of: "group"))
    let first = try #require(asked.first { $0[1] == "1" })
    let same = try #require(table.first { $0[1] == "1" && $0[3] == first[region] })
    #expect(first[place] == same[share])
    #expect(asked.count > rows().count)
    let text = survey.run("compare", "DATA", "trust", "--by", "region", "--base", "asked").output
    #expect(text.contains("Row percentages of all who were asked."))
    #expect(
      survey.run("compare", "DATA", "age", "--by", "region", "--base", "asked").remarks
        .contains("--base and --keep are of shares"))
  }

  @Test func `bounds take missing answers as all or none`() throws {
    // 3.5 of 7 say yes and 1 does not know: between 3.5 ∕ 7 and 4.5 ∕ 7.
    let csv = try SmallSurvey().run("tabulate", "DATA", "trust", "--bounds", "--format", "csv")
    let lines = csv.output.split(separator: "\n").map { $0.split(separator: ",") }
    #expect(lines[0].suffix(2) == ["bound_low", "bound_high"])
    #expect(lines[1].suffix(2).first == "0.5")
    #expect(abs((Double(lines[1].last ?? "") ?? 0) - 4.5 / 7) < 1e-12)
  }

  @Test func `an unknown reason has the nearest`() throws {
    let error = try SmallSurvey().run("tabulate", "DATA", "trust", "--keep", "dontknow")
    #expect(error.status == 64)
    #expect(error.remarks.contains("dont_know"))
  }

  // MARK: Figures by themselves

  private static let indicators = Places.reference.appending(path: "published-indicators.csv").path

  private func shown(_ words: String...) -> SmallSurvey.Result {
    let response = CommandRunner().run(
      ["tabulate", "--published", Self.indicators] + words)
    return (
      String(decoding: response.output, as: UTF8.self),
      response.remarks.joined(separator: "\n"), response.status
    )
  }

  @Test func `a list of figures needs no variables and no data`() {
    let table = shown("--where", "theme == 'health'")
    #expect(table.status == 0, "\(table.remarks)")
    #expect(table.output.contains("Published figures"))
    let lines = table.output.split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    let place = lines.firstIndex(of: "mental health problems") ?? 0
    #expect(lines[place + 1] == "immigrants, 2016 12 2016")
    #expect(lines[place + 2] == "whole population, 2016 6 2016")
    #expect(!table.output.contains("trust"))
    // Where the sentence is broken hangs on the path before it.
    let sentence = table.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(sentence.contains("have no value and are passed over"))
  }

  @Test func `its names are those of the language`() {
    let table = shown("--where", "theme == 'health'", "--language", "nb").output
    #expect(table.contains("psykiske helseplager") && table.contains("hele befolkningen, 2016"))
    #expect(table.contains("Publiserte tall") && !table.contains("whole population"))
  }

  @Test func `it is drawn`() {
    let chart = shown("--where", "theme == 'health'", "--format", "svg").output
    #expect(chart.hasPrefix("<svg ") && chart.contains("immigrants, 2016</text>"))
    #expect(chart.contains("12\u{A0}%"))
    #expect(shown("--format", "svg").output.hasPrefix("<svg "))
  }

  @Test func `answers of one question are told apart`() throws {
    let survey = try SmallSurvey()
    let file = survey.folder.appending(path: "list.csv")
    try "indicator,response,percent\nTrust,yes,60\nTrust,no,40\nWork,yes,70\n".write(
      to: file, atomically: true, encoding: .utf8)
    let table = survey.run("tabulate", "--published", file.path).output
    for name in ["Trust: yes", "Trust: no", "Work"] {
      #expect(table.contains("\n\(name)\n"), "\(table)")
    }
  }

  @Test func `a condition that chooses nothing is a fault, and so is a name that is not there`() {
    let none = shown("--where", "theme == 'health' and percent > 90")
    #expect(none.status == 1)
    #expect(none.remarks.contains("no row with a figure has theme == 'health' and percent > 90"))
    #expect(shown("--where", "them == 'health'").remarks.contains("Did you mean 'theme'?"))
  }
}
