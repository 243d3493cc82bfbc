import Foundation
import SurveyCommands
import SurveyData
import SurveySessions
import SurveyTables

/// What a command gives of an awkward survey, and what is wrong with it.
struct AwkwardResult {
  private typealias Row = [String: Any]

  /// Why there is no result; nil where there is one.
  private let fault: SurveyError?
  private let tables: [(name: String, rows: [Row])]
  /// What is printed for people.
  private let text: String

  /// Runs a command line, whose words `DATA` stand for the file.
  init(_ line: String, on data: String, _ design: [String], with runner: CommandRunner) throws {
    let words = AwkwardCommands.words(line).map { $0 == "DATA" ? data : $0 } + design
    do {
      guard case .document(let document, let language) = try runner.outcome(of: words).result else {
        throw SurveyError(.fault, "no document")
      }
      let object = try JSONSerialization.jsonObject(with: Data(document.json())) as? Row
      tables = (object ?? [:]).sorted { $0.key < $1.key }.compactMap { key, value in
        (value as? [Row]).map { (key, $0) }
      }
      text = document.text(Style(language: language))
      fault = nil
    } catch let error as SurveyError {
      (fault, tables, text) = (error, [], "")
    }
  }

  /// What must never be, a sentence each.
  func faults(isCensus: Bool) -> [String] {
    // That there is no answer is an answer, when it says why.
    if let fault { return fault.kind == .noAnswer ? [] : ["\(fault.kind): \(fault)"] }
    return tables.flatMap { table in
      table.rows.flatMap { row in
        Self.faults(in: row, isCensus: isCensus).map { "\(table.name): \($0) in \(row)" }
      }
    } + textFaults
  }

  private static func number(_ value: Any?) -> Double? { value as? Double }

  private static func faults(in row: Row, isCensus: Bool) -> [String] {
    var faults: [String] = []
    func expect(_ holds: Bool, _ sentence: String) { if !holds { faults.append(sentence) } }
    let (estimate, error) = (number(row["estimate"]), number(row["std_error"]))
    let statistic = number(row["statistic"])
    for name in ["p_value", "p_adjusted"] {
      guard let p = number(row[name]) else { continue }
      expect((0...1).contains(p), "\(name) outside 0…1")
      // A likelihood interval and a test by p-values have no statistic of this kind.
      guard !isCensus else { continue }
      if row["statistic"] is Double || row["statistic"] is NSNull {
        expect(statistic != nil, "\(name) without a statistic")
      }
      if row.keys.contains("std_error") {
        expect((error ?? 0) > 0, "\(name) from an unknown or zero error")
      }
    }
    if let statistic { expect(abs(statistic) < 1e12, "a statistic of \(statistic)") }
    for name in ["df", "df1", "df2"] where statistic != nil {
      if let df = number(row[name]) { expect(df > 0, "a statistic with \(name) \(df)") }
    }
    if let error { expect(error >= 0, "a negative error") }
    let (low, high) = (number(row["conf_low"]), number(row["conf_high"]))
    if let low, let high { expect(low <= high, "an interval upside down") }
    if let estimate {
      let slack = 1e-9 * max(1e-300, abs(estimate), abs(low ?? 0), abs(high ?? 0))
      if let low { expect(low <= estimate + slack, "an interval above its estimate") }
      if let high { expect(high >= estimate - slack, "an interval below its estimate") }
    }
    let isShare =
      row.keys.contains("category") && row.keys.contains("weighted_n")
      && (row["statistic"] as? String ?? "share") == "share"
    if isShare {
      for (name, value) in [("estimate", estimate), ("conf_low", low), ("conf_high", high)] {
        if let value { expect((-1e-12...1 + 1e-12).contains(value), "\(name) outside 0…1") }
      }
    }
    return faults
  }

  /// Words that say nothing, in what is printed.
  private var textFaults: [String] {
    ["nan", "NaN", "inf)", "p –", "p -,", "df −"].compactMap { word in
      text.split(separator: "\n").first { $0.contains(word) }.map { "prints '\(word)': \($0)" }
    }
  }

  /// What shuffled rows with other names of strata and units change, a sentence each.
  func differences(from other: AwkwardResult) -> [String] {
    guard fault?.kind == other.fault?.kind else {
      return [
        "shuffled: \(other.fault?.problem ?? "a result") instead of \(fault?.problem ?? "one")"
      ]
    }
    guard tables.map(\.rows.count) == other.tables.map(\.rows.count) else {
      return ["shuffled: other rows"]
    }
    return zip(tables, other.tables).flatMap { table, shuffled in
      zip(table.rows, shuffled.rows).flatMap { row, twin in
        Set(row.keys).union(twin.keys).sorted().compactMap { key -> String? in
          let (a, b) = (row[key], twin[key])
          if let x = a as? Double, let y = b as? Double {
            // Numbers near 1e9 leave a fit seven digits; errors set the scale of estimates near zero.
            let scale = max(abs(x), abs(y), Self.number(row["std_error"]) ?? 0, 1e-9)
            guard abs(x - y) > 2e-5 * scale else { return nil }
          } else if let x = a as? NSObject, let y = b as? NSObject, x == y {
            return nil
          }
          return
            "shuffled: \(table.name).\(key) is \(b ?? "nil") instead of \(a ?? "nil") in \(row)"
        }
      }
    }
  }
}
