import Foundation
public import SurveyData

/// The small sample whose results R's survey 4.5 gave, and those results.
public enum Golden {
  /// The sample: every column as numbers, an empty field missing.
  public static func dataset() throws -> Dataset {
    let file = Places.shared.appending(path: "statistics/golden.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
    let names = lines[0].split(separator: ",").map(String.init)
    let fields = lines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    return Dataset(
      MemorySource(
        names.enumerated().map { index, name in
          (
            name,
            .numbers(
              NumericColumn(
                values: fields.map { Double($0[index]) ?? NumericColumn.missingValue(0) },
                missing: [.system]))
          )
        }))
  }

  /// All results, as parsed JSON.
  public static func results() throws -> [String: Any] {
    let file = Places.shared.appending(path: "statistics/golden.json")
    let data = try Data(contentsOf: file)
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  /// The numbers at a path such as `mean_x.est` or `quant_math`, flattened.
  public static func numbers(_ path: String) throws -> [Double] {
    var node: Any? = try results()
    for key in path.split(separator: ".") { node = (node as? [String: Any])?[String(key)] }
    func flatten(_ node: Any?) -> [Double] {
      if let list = node as? [Any] { return list.flatMap(flatten) }
      return (node as? NSNumber).map { [$0.doubleValue] } ?? []
    }
    return flatten(node)
  }
}
