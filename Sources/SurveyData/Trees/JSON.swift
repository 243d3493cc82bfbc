/// Writes values as JSON text.
package enum JSON {
  /// An object on one line.
  package static func inline(_ members: [String]) -> String {
    "{" + members.joined(separator: ", ") + "}"
  }

  /// A tree on one line.
  package static func inline(_ tree: Tree) -> String {
    switch tree {
    case .value(let single): value(single)
    case .list(let trees): "[" + trees.map(inline).joined(separator: ", ") + "]"
    case .object(let members): inline(members.map { text($0.key) + ": " + inline($0.tree) })
    }
  }

  /// A tree, one member a line.
  package static func tree(_ tree: Tree, indent: Int) -> String {
    switch tree {
    case .value(let single): return value(single)
    case .list(let trees):
      return list(trees.map { self.tree($0, indent: indent + 2) }, "[", "]", indent: indent)
    case .object(let members):
      return list(
        members.map { text($0.key) + ": " + self.tree($0.tree, indent: indent + 2) }, "{", "}",
        indent: indent)
    }
  }

  /// Items one a line.
  package static func list(_ items: [String], _ open: String, _ close: String, indent: Int)
    -> String
  {
    guard !items.isEmpty else { return open + close }
    let margin = String(repeating: " ", count: indent)
    let lines = items.map { "\n\(margin)  \($0)" }.joined(separator: ",")
    return "\(open)\(lines)\n\(margin)\(close)"
  }

  /// A value; a NaN or an infinity is null.
  package static func value(_ value: Tree.Value) -> String {
    switch value {
    case .text(let words): text(words)
    case .number(let number): Tree.Value.shortest(number) ?? "null"
    case .integer, .flag: value.plainText
    case .empty: "null"
    }
  }

  /// A text in quotation marks.
  package static func text(_ words: String) -> String {
    var out = "\""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "\0"..<" ":
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
