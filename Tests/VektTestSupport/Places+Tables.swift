import Foundation
public import SurveyData

extension Places {
  /// A plain CSV file of `Tests/Reference`: every column as numbers, an empty or `NA` field missing.
  public static func dataset(_ path: String) throws -> Dataset {
    dataset(of: try table(at: reference.appending(path: path)))
  }

  /// A table of reference values beside a suite of tests; lines with `#` in front say where they
  /// come from.
  ///
  /// Fields hold no commas.
  public static func reference(_ path: String) throws -> [[String: String]] {
    let (names, fields) = try table(at: root.appending(path: "Tests/\(path)"))
    return fields.map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
  }

  private static func table(at file: URL) throws -> (names: [String], fields: [[String]]) {
    table(try String(contentsOf: file, encoding: .utf8))
  }

  private static func table(_ text: String) -> (names: [String], fields: [[String]]) {
    let lines = text.split(whereSeparator: \.isNewline)
      .filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    return (lines[0], Array(lines.dropFirst()))
  }

  /// A table that is written out: every column as numbers, an empty field missing.
  public static func dataset(csv text: String) throws -> Dataset { dataset(of: table(text)) }

  private static func dataset(of table: (names: [String], fields: [[String]])) -> Dataset {
    Dataset(
      MemorySource(
        table.names.enumerated().map { index, name in
          let values = table.fields.map { Double($0[index]) ?? NumericColumn.missingValue(0) }
          return (name, .numbers(NumericColumn(values: values, missing: [.system])))
        }))
  }
}
