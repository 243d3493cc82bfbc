import Foundation
import Testing

/// Commands read what commands wrote: a survey with odd names, labels, codes, dates and missing values,
/// as CSV, SPSS and Stata, with the codebook of the conversion and with a draft.
@Suite struct RoundTripTests {
  private static let names = [
    "a b", "a", "A", "if", "day", "month", "time", "word", "share", "tag",
  ]

  private static func survey() throws -> SmallSurvey {
    let words = [
      "yes", "null", "0x1F", "1:20", "- a", "#", "a: b", "'", "\"\"", "007", "1.0", "=1+1",
    ]
    var csv = names.joined(separator: ",") + "\n"
    for row in 0..<48 {
      let fields = [
        "\([1, 2, 9][row % 3])", "\(row % 4)", row % 5 == 0 ? "" : "\(row % 7)", "\(row % 2)",
        row % 6 == 0 ? "" : "2024-0\(1 + row % 9)-17", "2024-0\(1 + row % 3)-01",
        "\(row % 5 * 3600).5", "\"\(words[row % words.count])\"", "\([0.5, 7.5, 1, 2][row % 4])",
        [".a", ".z", "1", "2", "3"][row % 5],
      ]
      csv += fields.joined(separator: ",") + "\n"
    }
    return try SmallSurvey(
      csv,
      codebook: """
        vekt: 1
        variables:
          a b: {label: "yes", type: integer, codes: {1: "null", 2: "1:20 # \\"x\\""}, missing: {9: {reason: refused, en: "0x1F"}}}
          a: {label: "- a", type: integer, codes: {0: "same", 1: "same", 2: "", 3: "line\\nline"}}
          A: {type: integer, range: [0, 6], codes: {0: "😀", 6: "'"}}
          if: {type: integer, codes: {0: "No", 1: "Yes"}}
          day: {type: date, missing: {2024-01-17: not_asked}}
          month: {type: date, format: "%tm"}
          time: {type: decimal, unit: s, format: TIME11.2}
          word: {type: text, codes: ["yes", "null", "0x1F", "1:20", "- a", "#", "a: b", "'", "\\"", "007", "1.0", "=1+1"]}
          share: {type: decimal, codes: {0.5: Half, 7.5: Much}, unknown: warn}
          tag: {type: integer, missing: {.a: refused, .z: no_answer}}
        design: none

        """)
  }

  /// What every column of a file gives.
  private func tables(_ survey: SmallSurvey, _ path: String, _ options: [String]) -> [String] {
    Self.names.indices.map { index in
      let name = path.hasSuffix("small.csv") || path.hasSuffix("out.csv") ? Self.names[index] : nil
      let listed = survey.result(["inspect", path, "--format", "csv"] + options).output
        .split(separator: "\n").dropFirst().map {
          $0.split(separator: ",").first.map(String.init) ?? ""
        }
      let variable = name ?? (index < listed.count ? listed[index] : "")
      let result = survey.result(["tabulate", path, variable, "--format", "csv"] + options)
      guard result.status == 0 else { return "\(variable): \(result.remarks)" }
      // Names differ between formats, and so may the order of texts.
      let rows = result.output.split(separator: "\n").dropFirst().map { row in
        row.split(separator: ",", omittingEmptySubsequences: false).dropFirst()
          .joined(separator: ",")
      }
      return rows.sorted().joined(separator: "\n")
    }
  }

  @Test(arguments: ["csv", "sav", "dta"])
  func `every table of a converted file is the table of its source`(ending: String) throws {
    let survey = try Self.survey()
    var before = tables(survey, survey.data, [])
    #expect(!before.contains { $0.contains("vekt:") }, "\(before)")
    let path = survey.folder.appending(path: "out." + ending).path
    let conversion = survey.result(["convert", "DATA", path])
    #expect(conversion.status == 0, "\(conversion.remarks)")
    if ending == "dta" {
      // Stata labels whole numbers only, which is said.
      #expect(conversion.remarks.contains("'share' has the label 'Half' for 0.5"))
      before = before.map { $0.replacing(",Half,", with: ",,").replacing(",Much,", with: ",,") }
    }
    #expect(tables(survey, path, []) == before)

    // And by a draft of the new file.
    let draft = survey.folder.appending(path: "draft.yaml").path
    let drafted = survey.result(["codebook", "new", path, "--output", draft])
    #expect(drafted.status == 0, "\(drafted.remarks)")
    for words in [["codebook", "check", path], ["inspect", path], ["summarize", path, "share"]] {
      let result = survey.result(words + ["--codebook", draft])
      #expect(result.status == 0, "\(ending) \(words): \(result.output) \(result.remarks)")
    }
    if ending != "csv" { #expect(tables(survey, path, ["--codebook", draft]) == before) }

    // And back.
    let back = survey.folder.appending(path: "back.sav").path
    #expect(survey.result(["convert", path, back]).status == 0)
    #expect(tables(survey, back, []) == before)
  }

  @Test(arguments: ["csv", "sav", "dta"])
  func `missing codes among texts stay missing, each for its reason`(ending: String) throws {
    let survey = try SmallSurvey(
      "mood,n\ngood,1\nbad,2\ndk,3\nskip,1\n,2\nnone,3\ngood,8\n",
      codebook: """
        vekt: 1
        variables:
          mood: {type: text, codes: [good, bad], missing: {dk: dont_know, skip: inapplicable, none: no_answer}}
          n: {type: integer, codes: [1, 2, 3], missing: {8: refused}}
        derived:
          much: {recode: n, map: {1: {to: "no"}, 2..3: {to: "yes"}}}
        design: none

        """)
    let path = survey.folder.appending(path: "out." + ending).path
    #expect(survey.result(["convert", "DATA", path]).status == 0)
    for words in [["mood"], ["mood", "--base", "all"], ["much"]] {
      func table(_ file: String) -> SmallSurvey.Result {
        survey.result(["tabulate", file] + words + ["--format", "csv"])
      }
      let (before, after) = (table("DATA"), table(path))
      #expect(before.status == 0, "\(before.remarks)")
      #expect(after.output == before.output, "\(after.remarks)")
    }
  }
}
