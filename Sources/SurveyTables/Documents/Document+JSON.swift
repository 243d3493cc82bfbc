internal import SurveyData

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

extension JSON {
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
}
