import ArgumentParser

/// Names with commas between them, such as `region,sex`; a name with a comma in it stands between
/// backticks, as in a formula: `` `Age, years`,sex ``.
struct NameList: ExpressibleByArgument, Sendable {
  /// The names, trimmed.
  let names: [String]

  /// Names that are known.
  init(_ names: [String]) { self.names = names }

  /// Splits an argument at its commas; nil when a name is empty.
  init?(argument: String) {
    var names = [""]
    var isQuoted = false
    for character in argument {
      switch character {
      case "`": isQuoted.toggle()
      case "," where !isQuoted: names.append("")
      default: names[names.count - 1].append(character)
      }
    }
    guard !isQuoted else { return nil }
    self.names = names.map(\.trimmingBlanks)
    if self.names.contains("") { return nil }
  }
}
