import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("A CSV file for each table")
struct TableFileCommandTests {
  private static let data =
    Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path

  /// The files of a command whose page goes to a folder, by their names.
  private func files(_ words: [String], ending: String = "html") throws -> [String: String] {
    let folder = try Places.temporaryFolder()
    let response = CommandRunner().run(
      ["tabulate", Self.data] + words
        + [
          "--language", "en", "--output", folder.appending(path: "x.\(ending)").path, "--tables",
          folder.appending(path: "t").path,
        ])
    #expect(response.status == 0, "\(response.remarks)")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "t").path)
    var found = try Dictionary(
      uniqueKeysWithValues: names.filter { $0.hasSuffix(".csv") }.map { name in
        (name, try String(contentsOf: folder.appending(path: "t/\(name)"), encoding: .utf8))
      })
    found["page"] = try String(
      contentsOf: folder.appending(path: "x.\(ending)"), encoding: .utf8)
    return found
  }

  private func csv(_ words: [String]) -> String {
    let response = CommandRunner().run(
      ["tabulate", Self.data] + words + ["--language", "en", "--format", "csv"])
    return String(decoding: response.output, as: UTF8.self)
  }

  @Test(arguments: [
    ["--by", "sex"], ["--banner", "sex,generation"], ["--base", "all,answered"],
    ["--by", "sex", "--test"],
    ["--banner", "generation", "--test", "--letters"], [],
  ])
  func `batteries, several answers and variables have files of their own`(_ options: [String])
    throws
  {
    let isPlain = options.first != "--base"
    let asked =
      ["general_trust", "discriminated"]
      + (isPlain ? ["institutional_trust", "discrimination_arenas"] : [])
    let found = try files(asked + options)
    for (place, name) in asked.enumerated() {
      let file = "0\(place + 1)-\(name).csv"
      #expect(found[file] == csv([name] + options), "\(file) of \(found.keys.sorted())")
      #expect(found["page"]?.contains("href=\"t/\(file)\"") == true)
      let tests = options.contains("--test") && isPlain
      #expect((found["0\(place + 1)-\(name).tests.csv"] != nil) == tests)
    }
  }

  @Test func `questions with one answer each are one table, and one file`() throws {
    let words = ["general_trust", "discriminated", "--banner", "sex", "--answer", "chosen"]
    let found = try files(words)
    #expect(found.count == 2 && found["01-tabulate-general_trust-discriminated.csv"] == csv(words))
  }

  @Test func `a table of bounds leads to the file of its shares`() throws {
    for options in [["--by", "sex"], ["--banner", "sex"]] {
      let found = try files(["general_trust", "discriminated", "--bounds"] + options)
      #expect(
        Set(found.keys) == ["page", "01-general_trust.csv", "03-discriminated.csv"],
        "\(found.keys)")
      let page = found["page"] ?? ""
      // In the list of tables, and below each of the two tables.
      #expect(page.components(separatedBy: "href=\"t/01-general_trust.csv\"").count == 5)
      #expect(page.contains("href=\"t/02-general-trust-bounds.xlsx\""))
    }
  }

  @Test func `a question that a battery has too stands in both files, once in each`() throws {
    for options in [["--by", "sex"], ["--banner", "sex"]] {
      let found = try files(["trust_police", "institutional_trust"] + options)
      #expect(found["01-trust_police.csv"] == csv(["trust_police"] + options))
      #expect(found["02-institutional_trust.csv"] == csv(["institutional_trust"] + options))
      #expect(found.count == 3, "\(found.keys)")
    }
  }

  @Test func `counts go with their group`() throws {
    let found = try files(
      ["general_trust", "discrimination_arenas", "--banner", "sex", "--count"])
    #expect(found["02-discrimination_arenas.counts.csv"]?.contains("any") == true)
    #expect(found["01-general_trust.counts.csv"] == nil)
  }

  @Test func `CSV has them in a folder too, written as the whole is`() throws {
    let options = ["--by", "sex", "--percent", "--digits", "1"]
    let found = try files(["general_trust", "institutional_trust"] + options, ending: "csv")
    #expect(found["page"] == csv(["general_trust", "institutional_trust"] + options))
    #expect(found["01-general_trust.csv"] == csv(["general_trust"] + options))
    #expect(found["02-institutional_trust.csv"] == csv(["institutional_trust"] + options))
    let refused = CommandRunner().run(
      ["tabulate", Self.data, "general_trust", "--format", "json", "--tables", "t"])
    #expect(refused.status == 64)
    #expect(refused.remarks.joined().contains("the format is json"))
  }

  @Test func `what has as many variables as tables by chance is not parted`() throws {
    let folder = try Places.temporaryFolder()
    let response = CommandRunner().run([
      "model", Places.reference.appending(path: "golden.csv").path, "z ~ x + sex", "--weights", "w",
      "--margins", "x,sex", "--output", folder.appending(path: "m.html").path, "--tables",
      folder.appending(path: "t").path,
    ])
    #expect(response.status == 0, "\(response.remarks)")
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "t").path)
    #expect(
      names.contains("01-model-z-x-sex.csv") && !names.contains("02-model-z-x-sex.csv"), "\(names)")
  }
}
