import Foundation
public import SurveyData

/// The small sample whose results R's survey 4.5 gave, and those results.
public enum Golden {
  /// The sample.
  public static func dataset() throws -> Dataset {
    try Places.dataset("golden.csv")
  }

  /// All results, as parsed JSON.
  public static func results() throws -> [String: Any] {
    let file = Places.reference.appending(path: "golden.json")
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
