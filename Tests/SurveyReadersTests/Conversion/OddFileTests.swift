import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

/// Vekt reads what Vekt wrote: odd files of every format as CSV with its codebook, as SPSS and Stata, and
/// by their own drafts, with the same answers, labels and missing values.
@Suite struct OddFileTests {
  static let seeds = 1...200
  static let endings = ["sav", "dta", "por", "xpt", "csv"]

  private static func file(_ ending: String, seed: Int) throws -> TestFile {
    var odd = OddFiles(seed: seed)
    let bytes: [UInt8] =
      switch ending {
      case "sav": odd.sav().bytes
      case "dta": odd.dta().bytes
      case "por": odd.por().bytes
      case "xpt": odd.xpt().bytes
      default: Array(odd.csv().utf8)
      }
    return try TestFile(bytes, named: "odd." + ending)
  }

  /// What a cell says: its code and label, or why it is missing.
  private struct Answer: Equatable, CustomStringConvertible {
    var code: String?
    var label = ""
    var reason: MissingReason?

    var description: String { reason.map { "missing \($0)" } ?? "\(code ?? "")(\(label))" }
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  private static func answers(_ name: String, of data: Dataset) throws -> [Answer] {
    let column = try data.categorical(name)
    let variable = try data.described(name)
    let labels = Dictionary(
      variable.categories.map { ($0.code, $0.label.texts.first?.text ?? "") },
      uniquingKeysWith: { first, _ in first })
    return (0..<column.count).map { row in
      let position = column.positions[row]
      if let missing = column.missingCode(at: position) { return Answer(reason: missing.reason) }
      let code = column.categories[position].code
      // Spaces at the ends of a text are no part of an answer, nor the zeros of `1.0`.
      let isWhole = code.hasSuffix(".0") && Double(code) != nil
      return Answer(
        code: isWhole ? canonicalCode(Double(code) ?? 0) : trimmed(code),
        label: trimmed(labels[code] ?? ""))
    }
  }

  /// Seconds since 1582 of a day some 100,000 years off lose the last digit of the day.
  private static func isNear(_ a: Answer, _ b: Answer) -> Bool {
    guard let x = a.code.flatMap(Double.init), let y = b.code.flatMap(Double.init) else {
      return false
    }
    return a.label == b.label && abs(x - y) <= 1e-15 * abs(x)
  }

  /// A dataset in another format with what its reading needs.
  private static func written(
    _ data: Dataset, _ ending: String, beside file: TestFile
  ) throws -> (data: Dataset, notes: [Note]) {
    let path = file.folder.appending(path: "out-\(UUID()).\(ending)").path
    let notes = try data.write(to: path)
    guard ending == "csv" else { return (try Dataset(contentsOf: path, codebook: nil), notes) }
    let text = try data.codebookOfCSV(at: path).yaml()
    return (
      try Dataset(contentsOf: path, codebook: try Codebook(parsing: text, name: "out")), notes
    )
  }

  /// What differs between a dataset and the same in another file, apart from what a note names.
  private static func differences(
    _ before: Dataset, _ after: Dataset, _ notes: [Note]
  ) throws -> [String] {
    var found: [String] = []
    let names = zip(before.variableNames, after.variableNames)
    if before.variableNames.count != after.variableNames.count { found.append("variables") }
    for (name, other) in names {
      let lost = notes.filter { $0.text.contains("'\(other)'") || $0.text.contains("'\(name)'") }
      func isNamed(_ what: String...) -> Bool {
        lost.contains { note in what.contains { note.id == "convert.loss.\($0)" } }
      }
      if name != other, !isNamed("names") { found.append("\(name): named \(other)") }
      let (old, new) = (try answers(name, of: before), try answers(other, of: after))
      if old.count != new.count { found.append("\(name): \(old.count) rows, then \(new.count)") }
      for (row, (a, b)) in zip(old, new).enumerated() where a != b && !isNear(a, b) {
        if a.reason != nil, b.reason != nil, isNamed("missing-reasons", "missing-values") {
          continue
        }
        if a.code == b.code, isNamed("labels") { continue }
        if isNamed("dates", "infinite", "missing-values", "long-text", "numbers") { continue }
        found.append("\(name) row \(row + 1): \(a), then \(b)")
        break
      }
      let (was, become) = (try before.described(name), try after.described(other))
      let labels = [was, become].map { Self.trimmed($0.label.texts.first?.text ?? "") }
      if labels[0] != labels[1], !isNamed("labels") {
        found.append("\(name): the label '\(labels[0])' became '\(labels[1])'")
      }
    }
    return found
  }

  private func check(_ ending: String, _ seed: Int) throws {
    let file = try Self.file(ending, seed: seed)
    let data = try Dataset(contentsOf: file.path, codebook: nil)
    for target in ["csv", "sav", "dta"] {
      do {
        let (first, notes) = try Self.written(data, target, beside: file)
        let found = try Self.differences(data, first, notes)
        #expect(found == [], "\(ending) \(seed) as \(target)")
        guard target == "csv" else { continue }
        for second in ["sav", "dta"] {
          let (again, more) = try Self.written(first, second, beside: file)
          let found = try Self.differences(first, again, more)
          #expect(found == [], "\(ending) \(seed) as csv, then \(second)")
        }
      } catch let error as SurveyError {
        #expect(Self.isHonest(error), "\(ending) \(seed) as \(target): \(error)")
      }
    }
  }

  /// What no format can hold is refused.
  private static func isHonest(_ error: SurveyError) -> Bool {
    error.problem.contains("SPSS holds at most")
  }

  @Test(arguments: endings)
  func `what was converted reads as before`(ending: String) throws {
    for seed in Self.seeds { try check(ending, seed) }
  }

  @Test(arguments: endings)
  func `a draft fits its own file`(ending: String) throws {
    for seed in Self.seeds {
      let file = try Self.file(ending, seed: seed)
      let data = try Dataset(contentsOf: file.path, codebook: nil)
      do {
        let text = try CodebookDraft(data).yaml
        let draft = try Codebook(parsing: text, name: "draft")
        let errors = try draft.findings(in: data).filter { $0.severity == .error }
        #expect(errors.map(\.text) == [], "\(ending) \(seed)")
        let again = try Dataset(contentsOf: file.path, codebook: draft)
        for name in again.variableNames where try again.variable(name).type?.isText != true {
          _ = try again.numeric(name)
        }
        let found = try Self.differences(data, again, [])
        #expect(found == [], "\(ending) \(seed)")
      } catch let error as SurveyError {
        Issue.record("\(ending) \(seed): \(error)")
      }
    }
  }
}
