import Foundation
import SurveyData
import SurveyReaders
import SurveyStatistics
import Testing
import VektTestSupport

@testable import SurveyModels

@Suite("A labelled number is read alike from every format")
struct LabelReadingTests {
  /// Respondents of 18 to 79 years, of whom some are 80 or older and some refuse.
  private static let ages = (0..<300).map { row in
    row % 20 == 0 ? -9 : row % 17 == 0 ? 80 : 18 + (row * 7) % 62
  }

  private static func variable(_ name: String, _ labels: [(Int, String)]) -> Variable {
    var variable = Variable(name)
    variable.type = .integer
    variable.categories = labels.map {
      Category(String($0.0), label: LocalizedText($0.1, in: "und"))
    }
    variable.unknown = .warn
    return variable
  }

  private static func survey(in folder: URL) throws -> Dataset {
    let columns: [(Variable, [Int])] = [
      (variable("age", [(-9, "Refused"), (80, "80 or older")]), ages),
      (
        variable(
          "likert", [(1, "Never"), (2, "Rarely"), (3, "Sometimes"), (4, "Often"), (5, "Always")]),
        (0..<300).map { 1 + $0 / 3 % 5 }
      ),
      (variable("trust", [(0, "None"), (10, "Full")]), (0..<300).map { $0 * 3 % 11 }),
      (variable("hours", []), ages.map { 60 - abs($0) / 3 }),
    ]
    let lines =
      [columns.map(\.0.name)] + (0..<300).map { row in columns.map { String($0.1[row]) } }
    let path = folder.appending(path: "survey.csv")
    try lines.map { $0.joined(separator: ",") + "\n" }.joined()
      .write(to: path, atomically: true, encoding: .utf8)
    return try Dataset(
      contentsOf: path.path, codebook: Codebook(language: "und", variables: columns.map(\.0)))
  }

  /// The same answers from SPSS, from Stata, and from CSV with the codebook drafted from each.
  private static func copies(in folder: URL) throws -> [String: Dataset] {
    var copies: [String: Dataset] = [:]
    for format in ["sav", "dta"] {
      let path = folder.appending(path: "survey.\(format)").path
      _ = try survey(in: folder).write(to: path)
      let file = try Dataset(contentsOf: path)
      copies[format] = file
      let table = folder.appending(path: "from-\(format).csv").path
      _ = try file.write(to: table)
      var draft = try CodebookDraft(file).yaml
      draft.replace("format: \(format)", with: "format: csv")
      copies["csv with the codebook of \(format)"] = try Dataset(
        contentsOf: table, codebook: Codebook(parsing: draft, name: "draft"))
    }
    return copies
  }

  @Test func `from SPSS, Stata and CSV`() throws {
    let folder = try Places.temporaryFolder()
    for (format, dataset) in try Self.copies(in: folder) {
      let numbers = try ["age", "trust", "likert"].map {
        try !dataset.variable($0).isCategorical
      }
      #expect(numbers == [true, true, false], "\(format)")
      let survey = try Survey(dataset)
      let fit = try survey.fit(Formula("hours ~ age + likert"))
      #expect(fit.rows.count == 6, "\(format)")
      let mean = try survey.summarize("age").rows[0].estimate
      #expect(mean == Double(Self.ages.reduce(0, +)) / 300, "\(format)")
      let refused = Self.ages.count { $0 == -9 }
      let note = try #require(dataset.notes.first { $0.id == "values.look-missing" }, "\(format)")
      #expect(note.text.hasPrefix("\(refused) answers are -9 'Refused': is that a value?"))
    }
  }

  @Test func `and the formula turns it`() throws {
    let folder = try Places.temporaryFolder()
    for (format, dataset) in try Self.copies(in: folder) {
      let survey = try Survey(dataset)
      #expect(try survey.fit(Formula("hours ~ number(likert)")).rows.count == 2, "\(format)")
      #expect(try survey.fit(Formula("hours ~ factor(trust)")).rows.count == 11, "\(format)")
      let outcome = try survey.fit(Formula("number(likert) ~ hours"))
      #expect(outcome.rows.count == 2, "\(format)")
    }
  }

  @Test(arguments: [
    // Over twenty values without a label, whatever the file says.
    (Measure?.some(.nominal), [1, 2], 30, true),
    // The file says nominal: labels of some values.
    (.nominal, [0, 10], 9, false),
    // The file says scale: a number, but not two labelled values.
    (.interval, [1, 2, 3], 0, true), (.interval, [1, 2], 0, false),
    // Nothing said.
    (nil, [1, 2, 3, 4, 5], 0, false), (nil, [0, 10], 9, true), (nil, [1, 2], 2, false),
    (nil, [1, 2, 3, 4, 5], 4, false), (nil, [1, 2, 3, 4, 5], 5, true),
  ]) func `the rule of measure, labels and values`(
    measure: Measure?, labelled: [Int], unlabelled: Int, isNumber: Bool
  ) {
    var variable = Self.variable("x", labelled.map { ($0, "Label \($0)") })
    variable.measure = measure
    let codes = labelled + (0..<unlabelled).map { 100 + $0 }
    let reading = LabelReading(of: variable, occurring: codes.map(String.init))
    #expect(reading.isNumber == isNumber)
  }
}
