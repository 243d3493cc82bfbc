internal import SurveyData

/// The names of a CSV file's columns.
struct CSVHeader: Sendable {
  /// The names, in order; empty where a column has none.
  let names: [String]
  /// The first byte after the header.
  let end: Int
  /// The line of the header, from 1; nil when the file has none.
  let line: Int?

  /// The place of each name; names that stand twice are in `duplicates`.
  private let positions: [String: Int]
  private let duplicates: Set<String>

  /// Reads the header.
  /// - Parameter codebook: Names the columns of a file without a header.
  init(
    _ bytes: UnsafeRawBufferPointer, from start: Int, _ dialect: CSVDialect, path: String,
    codebook: Codebook?
  ) throws {
    let (fields, end) = dialect.record(in: bytes, from: start)
    if dialect.hasHeader {
      let line = bytes.line(at: start)
      names = try fields.map { field in
        guard let name = dialect.text(of: field) else {
          throw SurveyError(
            .data, at: "\(path):\(line)", "a column's name is not \(dialect.encoding.rawValue)",
            remedy: "State the file's encoding: `encoding: windows-1252` under `file:`.")
        }
        return name
      }
      self.end = end
      self.line = line
    } else {
      let known = codebook?.variables.map(\.name) ?? []
      guard known.isEmpty || known.count == fields.count else {
        throw SurveyError(
          .data, at: path,
          "has no header and \(fields.count) columns, but the codebook has \(known.count) variables"
        )
      }
      names = known.isEmpty ? fields.indices.map { "v\($0 + 1)" } : known
      self.end = start
      line = nil
    }
    var positions: [String: Int] = [:]
    var duplicates: Set<String> = []
    for (index, name) in names.enumerated() where !name.isEmpty {
      if positions.updateValue(index, forKey: name) != nil { duplicates.insert(name) }
    }
    self.positions = positions
    self.duplicates = duplicates
  }

  /// The place of a column.
  /// - Throws: ``SurveyError`` when there is none of that name, or more than one.
  func position(of name: String, path: String) throws -> Int {
    let place = line.map { "\(path):\($0)" } ?? path
    if duplicates.contains(name) {
      throw SurveyError(
        .data, at: place, "'\(name)' names \(names.count { $0 == name }) columns",
        remedy: "Give each column a name of its own in the header.")
    }
    if let position = positions[name] { return position }
    let folded = Self.folded(name)
    let near =
      names.first { Self.folded($0) == folded }.map { "Did you mean '\($0)'?" }
      ?? suggestion(for: name, among: names.filter { !$0.isEmpty })
    throw SurveyError(.data, at: place, "no column '\(name)'", remedy: near)
  }

  /// What must be known of the names.
  func notes(path: String) -> [Note] {
    let place = line.map { "\(path):\($0)" } ?? path
    var notes: [Note] = []
    for name in names.indices.map({ names[$0] }) where duplicates.contains(name) {
      let note = Note(
        .warning, id: "csv.duplicate-column",
        "'\(name)' names \(names.count { $0 == name }) columns, so that none of them can be used",
        at: place)
      if !notes.contains(note) { notes.append(note) }
    }
    let unnamed = names.indices.filter { names[$0].isEmpty }.map { String($0 + 1) }
    if !unnamed.isEmpty {
      let columns =
        unnamed.count == 1
        ? "column \(unnamed[0]) has" : "columns \(unnamed.joined(separator: ", ")) have"
      notes.append(
        Note(
          .information, id: "csv.unnamed-column", "\(columns) no name and cannot be used", at: place
        ))
    }
    return notes
  }

  /// Small letters without blanks.
  private static func folded(_ name: String) -> String {
    String(name.lowercased().unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "_" })
  }
}
