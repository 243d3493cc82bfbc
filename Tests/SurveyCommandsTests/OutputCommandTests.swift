import Foundation
import Testing

struct OutputCommandTests {
  private static let grouped = [
    "tabulate", "DATA", "trust", "--by", "region", "--test",
  ]

  @Test func `a group's codes are followed by their labels in CSV`() throws {
    let survey = try SmallSurvey()
    let lines = survey.result(Self.grouped + ["--format", "csv"]).output.split(separator: "\n")
    #expect(lines[0].hasPrefix("variable,category,label,region,region_label,n,"))
    #expect(lines[1].hasPrefix("trust,1,Yes,n,North,2,"))
    let compared = survey.run("compare", "DATA", "age", "--by", "region", "--format", "csv").output
    #expect(
      compared.hasPrefix("variable,category,region,region_label,group,reference,"))
    #expect(compared.contains("age,,s,South,s,n,"))
    let gap = survey.run(
      "paradox", "gap", "DATA", "trust == 1", "age > 30", "--by", "region", "--format", "csv")
    #expect(gap.output.hasPrefix("region,region_label,n,"), "\(gap)")
  }

  @Test func `groups without labels have no column for them`() throws {
    let survey = try SmallSurvey(codebook: nil)
    let csv = survey.run("tabulate", "DATA", "trust", "--by", "region", "--format", "csv").output
    #expect(csv.hasPrefix("variable,category,label,region,n,"), "\(csv)")
  }

  @Test func `data and codebook in use are never overwritten`() throws {
    let survey = try SmallSurvey()
    let tabulate = ["tabulate", "DATA", "trust", "--format", "csv", "--output"]
    for path in [survey.data, survey.folder.appending(path: "small.codebook.yaml").path] {
      let before = try Data(contentsOf: URL(filePath: path))
      let result = survey.result(tabulate + [path])
      #expect(result.status == 73 && "\(result)".contains("would be overwritten"), "\(result)")
      let draft = survey.result(["codebook", "new", "DATA", "--output", survey.data])
      #expect(draft.status == 73, "\(draft)")
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
  }

  @Test func `no file that the command line names is written over`() throws {
    let survey = try SmallSurvey()
    let totals = survey.folder.appending(path: "totals.csv").path
    let text = "variable,category,total\nregion,n,1\nregion,s,1\n"
    try text.write(toFile: totals, atomically: true, encoding: .utf8)
    for option in [["--totals", totals], ["--totals=\(totals)"]] {
      let result = survey.result(
        ["weight", "DATA", "--rake", "region", "--weights", "w"] + option + ["--output", totals])
      #expect(result.status == 73 && "\(result)".contains("would be overwritten"), "\(result)")
      #expect(try String(contentsOfFile: totals, encoding: .utf8) == text)
    }
  }

  @Test func `tests are written beside a CSV file, and said`() throws {
    let survey = try SmallSurvey()
    let file = survey.folder.appending(path: "a.csv").path
    let result = survey.result(Self.grouped + ["--output", file])
    #expect(result.remarks.contains("note: tests are in a.tests.csv"), "\(result.remarks)")
    let tests = try String(
      contentsOf: survey.folder.appending(path: "a.tests.csv"), encoding: .utf8)
    #expect(
      tests.hasPrefix("test,variable,by,term,statistic,df1,df2,p_value\nrao-scott-f,trust,region,"))
  }

  @Test func `CSV on standard output says what is not in it`() throws {
    let result = try SmallSurvey().result(Self.grouped + ["--format", "csv"])
    #expect(result.remarks.contains("note: not in this CSV: tests;"), "\(result.remarks)")
  }

  @Test func `decimal commas come with a byte order mark, and mean CSV`() throws {
    let survey = try SmallSurvey()
    let file = survey.folder.appending(path: "a.csv")
    #expect(survey.result(Self.grouped + ["--decimal-comma", "--output", file.path]).status == 0)
    #expect(try Data(contentsOf: file).starts(with: [0xEF, 0xBB, 0xBF] + Array("variable;".utf8)))
    #expect(survey.result(Self.grouped + ["--decimal-comma"]).output.contains("variable;category"))
    let refused = survey.result(Self.grouped + ["--decimal-comma", "--format", "json"])
    #expect(refused.status == 64)
    #expect(refused.remarks.contains("--decimal-comma is of CSV"))
  }

  @Test(arguments: ["json", "json-stat"])
  func `digits have no place in machine formats`(format: String) throws {
    let result = try SmallSurvey().result(Self.grouped + ["--digits", "1", "--format", format])
    #expect(result.status == 64)
    #expect(result.remarks.contains("--digits is of printed tables"), "\(result.remarks)")
  }

  @Test func `percentages and digits of CSV are asked for, and machines keep theirs`() throws {
    let survey = try SmallSurvey()
    func lines(_ words: String...) -> [[Substring]] {
      let result = survey.result(["tabulate", "DATA", "trust"] + words)
      #expect(result.status == 0, "\(result.remarks)")
      return result.output.split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
    }
    let machine = lines("--format", "csv")
    let percent = lines("--percent", "--digits", "1")
    #expect(percent[0] == machine[0])
    let columns = machine[0].map(String.init)
    for (row, plain) in zip(percent.dropFirst(), machine.dropFirst()) {
      for (place, column) in columns.enumerated() {
        switch column {
        case "estimate", "std_error", "conf_low", "conf_high":
          let share = try #require(Double(plain[place]))
          #expect(abs(100 * share - (Double(row[place]) ?? .nan)) <= 0.05)
          #expect(row[place].split(separator: ".")[1].count == 1)
        case "n", "variable", "category", "label", "flag": #expect(row[place] == plain[place])
        default: #expect(row[place].split(separator: ".").last?.count ?? 0 <= 3)
        }
      }
    }
    // Without digits nothing is rounded: the percentages are the shares, digit for digit.
    let whole = lines("--percent")
    let place = try #require(columns.firstIndex(of: "estimate"))
    #expect(machine[1][place] == "0.5833333333333334")
    #expect(whole[1][place] == "58.33333333333334")
    #expect(lines("--format", "csv") == machine)
  }

  @Test func `digits of a CSV round means, and Excel's decimal commas go with them`() throws {
    let survey = try SmallSurvey()
    let mean = survey.run("summarize", "DATA", "age", "--digits", "1", "--decimal-comma").output
    #expect(mean.contains("age;mean;5;5,0;40,5;"), "\(mean)")
    let difference = survey.run(
      "compare", "DATA", "trust", "--by", "region", "--percent", "--digits", "0")
    #expect(difference.output.contains(",s,n,33,83,-50,"), "\(difference)")
    let ratio = survey.run(
      "compare", "DATA", "trust", "--by", "region", "--percent", "--digits", "1", "--measure",
      "ratio")
    #expect(ratio.output.contains(",s,n,33.3,83.3,0.4,"), "\(ratio)")
  }

  @Test(arguments: [
    (["tabulate", "DATA", "trust", "--percent", "--format", "json"], "--percent is of CSV"),
    (
      ["tabulate", "DATA", "trust", "--percent", "--format", "text"],
      "printed tables have percentages"
    ),
    (["summarize", "DATA", "age", "--percent"], "there are none here"),
  ])
  func `percentages are of shares in CSV`(_ words: [String], _ problem: String) throws {
    let result = try SmallSurvey().result(words)
    #expect(result.status == 64)
    #expect(result.remarks.contains(problem), "\(result.remarks)")
  }

  @Test func `a page of several tables lists them, and holds their files`() throws {
    let survey = try SmallSurvey()
    let words = ["tabulate", "DATA", "trust", "region", "--format", "html"]
    let page = survey.result(words).output
    #expect(page.contains("All 2 tables") && page.contains("<a href=\"#table-2\">"), "\(page)")
    let addresses = page.matches(of: /href="(data:[^"]+)" download="([^"]+)"/)
    #expect(
      Set(addresses.map(\.2)) == [
        "01-trust.csv", "01-trust.xlsx", "02-region.csv", "02-region.xlsx",
      ])
    let held = try #require(addresses.first { $0.2 == "01-trust.csv" }?.1)
    let csv = survey.run("tabulate", "DATA", "trust", "--format", "csv").output
    #expect(held.split(separator: ",").last?.removingPercentEncoding == csv)
    // One table is a page without a list.
    let one = survey.run("tabulate", "DATA", "trust", "--format", "html").output
    #expect(!one.contains("report-tables") && !one.contains("data:"))
  }

  @Test func `the files of a page go to a folder when one is named`() throws {
    let survey = try SmallSurvey()
    let (page, folder) = (
      survey.folder.appending(path: "book.html"), survey.folder.appending(path: "tables")
    )
    let words = ["tabulate", "DATA", "trust", "region", "--chart", "--tables", folder.path]
    #expect(survey.result(words + ["--output", page.path]).status == 0)
    let text = try String(contentsOf: page, encoding: .utf8)
    let names = text.matches(of: /href="(tables\/[^"]+)"/).map { String($0.1) }
    #expect(Set(names).count == 6 && names.contains("tables/figure-2.svg"), "\(names)")
    for name in names {
      #expect(FileManager.default.fileExists(atPath: survey.folder.appending(path: name).path))
    }
    let refused = survey.result(words + ["--format", "xlsx"])
    #expect(refused.status == 64)
    #expect(refused.remarks.contains("--tables is the folder of a page's files"), "\(refused)")
  }
}
