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
