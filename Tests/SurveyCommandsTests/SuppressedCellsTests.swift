import Foundation
import SurveyCommands
import Testing
import VektTestSupport

/// `vekt cells --suppress`, and verbs on what it writes.
@Suite("Cells of so many people at least on the command line")
struct SuppressedCellsTests: CellsTrial {
  private static let everyday =
    "\(Places.root.path)/SampleData/everyday-integration-2023.csv"
  private static let variables = ["generation", "general_trust", "sex", "age"]

  private func shown(_ more: String...) throws -> String {
    try cells(of: Self.everyday, Self.variables + ["--suppress", "5"] + more)
  }

  private func rows(_ words: [String]) throws -> [[String: Any]] {
    try #require(try json(words)["rows"] as? [[String: Any]])
  }

  @Test func `no line is of fewer people, and none has what tells of one`() throws {
    let lines = try String(contentsOfFile: shown(), encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(
      lines[0] == [
        "origin", "sex", "age", "general_trust", "vekt_n", "vekt_w_weight", "vekt_rows",
        "vekt_suppressed_below",
      ])
    let people = lines.dropFirst().compactMap { Int($0[4]) }
    #expect(people.count > 100 && people.min() == 5 && people.reduce(0, +) == 6032)
    #expect(lines.dropFirst().allSatisfy { $0[6] == "6032" && $0[7] == "5" })
    // Age is named last, and goes first.
    let hidden = (0..<4).map { column in lines.dropFirst().count { $0[column] == "suppressed" } }
    #expect(
      hidden[2] > 10 && hidden[0] <= hidden[3] && hidden[3] <= hidden[1] && hidden[1] <= hidden[2])
  }

  @Test func `shares are those of all who still have the answers, without errors`() throws {
    let path = try shown()
    let found = try json(["tabulate", path, "general_trust", "--by", "generation"])
    let whole = try rows(["tabulate", Self.everyday, "general_trust", "--by", "generation"])
    let rows = try #require(found["rows"] as? [[String: Any]])
    #expect(rows.count == whole.count)
    for (a, b) in zip(rows, whole) {
      let (own, all) = (try #require(a["n"] as? Int), try #require(b["n"] as? Int))
      #expect(own <= all && all - own < 40)
      let (share, wanted) = (
        try #require(a["estimate"] as? Double), try #require(b["estimate"] as? Double)
      )
      #expect(abs(share - wanted) < 0.01)
      for column in ["std_error", "conf_low", "conf_high", "df", "deff", "cv"] {
        #expect(a[column] is NSNull, "\(column)")
      }
      #expect(a["flag"] is NSNull)
    }
    #expect((found["data"] as? [String: Any])?["suppressed_below"] as? Int == 5)
    #expect((found["design"] as? [String: Any])?["variance"] as? String == "none")
    let accounting = try #require(found["accounting"] as? [String: Any])
    #expect(accounting["rows_read"] as? Int == 6032)
    let reasons = try #require(accounting["missing_by_reason"] as? [[String: Any]])
    let restricted = reasons.filter { $0["reason"] as? String == "restricted" }
    #expect(restricted.compactMap { $0["count"] as? Int }.reduce(0, +) > 0)
    let notes = try #require(found["notes"] as? [String])
    #expect(notes.contains { $0.contains("5 personer deler, er fjernet") })
    #expect(!notes.contains { $0.contains("enkelt tilfeldig utvalg") })
  }

  /// Where every line is of enough people, nothing is taken out, and shares are those of the data.
  @Test func `nothing is taken out where nothing need be`() throws {
    let path = try cells(
      of: Self.everyday, ["generation", "sex", "--suppress", "5"])
    #expect(!(try String(contentsOfFile: path, encoding: .utf8)).contains("suppressed,"))
    let words = ["sex", "--by", "generation", "--derive", "old = age > 50"].prefix(3)
    for (a, b) in zip(
      try rows(["tabulate", path] + words), try rows(["tabulate", Self.everyday] + words))
    {
      #expect(a["n"] as? Int == b["n"] as? Int)
      let (x, y) = (a["estimate"] as? Double ?? -1, b["estimate"] as? Double ?? -2)
      #expect(abs(x - y) < 1e-12)
    }
  }

  @Test(arguments: [
    "tabulate DATA general_trust --by sex --test", "tabulate DATA general_trust --by sex --letters",
    "compare DATA age --by sex", "model DATA age~sex --family linear",
    "summarize DATA age sex --table1 --by generation --test Chisq",
    "paradox gap DATA general_trust sex", "paradox tipping DATA general_trust --over age",
    "size proportion DATA general_trust --margin 0.03",
  ])
  func `what is about errors refuses`(line: String) throws {
    let path = try shown()
    let found = run(line.split(separator: " ").map { $0 == "DATA" ? path : String($0) })
    #expect(found.status == 64, "\(found.output)")
    #expect(
      found.remarks.contains("cells of 5 people at the least, which have no standard errors"),
      "\(found.remarks)")
  }

  @Test(arguments: [
    "summarize DATA age --by generation --statistic mean,sd,median,total --format csv",
    "summarize DATA age general_trust --table1 --by sex",
    "tabulate DATA general_trust --base all,asked",
    "tabulate DATA general_trust --by sex,generation --percentages column",
    "tabulate DATA age --ci beta", "tabulate DATA general_trust --bounds --by sex",
    "inspect DATA general_trust",
    "tabulate DATA general_trust --shares most=0.5,careful=0.5 --format csv",
    "summarize DATA --statistic total", "tabulate DATA general_trust --banner sex,generation",
  ])
  func `what is about answers stands`(line: String) throws {
    let path = try shown()
    let found = run(line.split(separator: " ").map { $0 == "DATA" ? path : String($0) })
    #expect(found.status == 0, "\(found.remarks)")
    #expect(!found.output.contains("nan") && !found.output.isEmpty)
  }

  @Test func `cells of such cells stay so, and may be coarser`() throws {
    let path = try shown()
    let folder = try Places.temporaryFolder()
    let again = try cells(of: path, ["generation", "sex"], in: folder, called: "again.csv")
    #expect(try String(contentsOfFile: again, encoding: .utf8).contains(",6032,5\n"))
    let coarse = try cells(
      of: path, ["generation", "sex", "--suppress", "700"], in: folder, called: "coarse.csv")
    let lines = try String(contentsOfFile: coarse, encoding: .utf8).split(separator: "\n")
      .dropFirst()
    #expect(lines.allSatisfy { (Int($0.split(separator: ",")[2]) ?? 0) >= 700 })
  }

  @Test func `what suppression does not go with has its own sentence`() throws {
    let data = try SmallSurvey()
    let out = data.folder.appending(path: "c.csv").path
    func said(_ words: String...) -> String {
      run(["cells", data.data, "trust", "--output", out] + words).remarks
    }
    #expect(said("--suppress", "1").contains("--suppress is 1; it is the fewest people of a line"))
    #expect(said("--suppress", "7").contains("all people with a weight together are fewer than 7"))
    #expect(
      said("--suppress", "2", "--strata", "region").contains("are for standard errors, which"))
    #expect(
      said("--suppress", "2", "--imputation", "id").contains("are for standard errors, which"))
    #expect(
      said("--suppress", "2", "--replicate-weights", "w,id", "--replicate-method", "brr")
        .contains("are for standard errors, which"))
    let book = data.folder.appending(path: "small.codebook.yaml").path
    let asked = run([
      "cells", "sqlite:none.db#small", "trust", "--codebook", book, "--suppress", "2", "--emit",
      "sql",
    ])
    #expect(asked.remarks.contains("a query cannot take out answers by how many share them"))
    #expect(!FileManager.default.fileExists(atPath: out))
    let path = try shown()
    let drawn = run(["tabulate", path, "general_trust", "--psu", "sex"]).remarks
    #expect(drawn.contains("no design gives them standard errors"))
  }
}
