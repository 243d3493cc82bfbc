/// Backgrounds that stand side by side in tables, each by itself.
public struct Banner: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// The backgrounds: a variable, or several that are crossed with each other.
  public let parts: [[String]]

  /// Makes a banner.
  public init(_ name: String, parts: [[String]]) {
    self.name = name
    self.parts = parts
  }

  /// A part as it is written: `sex`, `sex*generation`.
  public static func text(_ part: [String]) -> String { part.joined(separator: "*") }
}

extension VariableLists {
  /// The backgrounds that a text names: a variable, `sex*generation` crossed, or a list of them.
  ///
  /// - Throws: ``SurveyError`` of kind usage where a list matches nothing.
  package func backgrounds(in text: String) throws -> [[String]] {
    let crossed = text.split(separator: "*", omittingEmptySubsequences: false).map {
      String($0.trimmed)
    }
    guard crossed.count > 1, crossed.allSatisfy(isKnown) else {
      return try names(in: [text]).map { [$0] }
    }
    guard Set(crossed).count == crossed.count else {
      throw SurveyError(
        .usage, "'\(text)' crosses a variable with itself", remedy: "Name different ones.")
    }
    return [crossed]
  }
}
