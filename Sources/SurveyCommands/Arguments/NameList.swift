import ArgumentParser

/// Names with commas between them, such as `region,sex`.
struct NameList: ExpressibleByArgument, Sendable {
  /// The names, trimmed.
  let names: [String]

  /// Splits an argument at its commas; nil when a name is empty.
  init?(argument: String) {
    names = argument.split(separator: ",", omittingEmptySubsequences: false).map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    if names.contains("") { return nil }
  }
}
