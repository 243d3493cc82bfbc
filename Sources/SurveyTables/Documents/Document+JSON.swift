extension Document {
  /// The version of Vekt that JSON names.
  public static let version = "0.1.0"

  /// The whole document as one JSON object, one record a line.
  ///
  /// The first records stand under their name (`rows`) before `tests`, which is there even when
  /// empty, and every further table of records under its own name. Numbers are unrounded, a NaN or
  /// an infinity is null, and the order is that of the document.
  public func json() -> [UInt8] {
    var out = "{"
    var isFirst = true
    func member(_ key: String, _ value: String) {
      out += (isFirst ? "\n" : ",\n") + "  \(JSON.text(key)): \(value)"
      isFirst = false
    }
    member("command", JSON.text(command))
    member("vekt", JSON.text(Self.version))
    member("data", JSON.tree(data, indent: 2))
    member("design", JSON.tree(design, indent: 2))
    var tables = records
    for (place, name) in ["rows", "tests"].enumerated()
    where !tables.contains(where: { $0.name == name }) {
      tables.insert(Records(name, columns: []), at: min(place, tables.count))
    }
    for table in tables { member(table.name, JSON.rows(table)) }
    member("accounting", JSON.tree(accounting, indent: 2))
    member("notes", JSON.tree(.list(notes.map { .value(.text($0)) }), indent: 2))
    return Array((out + "\n}\n").utf8)
  }
}

/// Writes values as JSON text.
package enum JSON {
  /// A list of objects, one a line.
  static func rows(_ records: Records) -> String {
    let keys = records.columns.map { text($0) + ": " }
    return list(
      records.rows.indices.map { index in
        let fields = zip(keys, records.rows[index]).map { $0 + value($1) }
        let details = records.details.isEmpty ? [] : records.details[index]
        return inline(fields + details.map { text($0.key) + ": " + inline($0.tree) })
      }, "[", "]", indent: 2)
  }

  private static func inline(_ members: [String]) -> String {
    "{" + members.joined(separator: ", ") + "}"
  }

  /// A tree on one line.
  private static func inline(_ tree: Tree) -> String {
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

  private static func list(_ items: [String], _ open: String, _ close: String, indent: Int)
    -> String
  {
    guard !items.isEmpty else { return open + close }
    let margin = String(repeating: " ", count: indent)
    let lines = items.map { "\n\(margin)  \($0)" }.joined(separator: ",")
    return "\(open)\(lines)\n\(margin)\(close)"
  }

  private static func value(_ value: Records.Value) -> String {
    switch value {
    case .text(let words): text(words)
    case .number(let number): Records.Value.shortest(number) ?? "null"
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
