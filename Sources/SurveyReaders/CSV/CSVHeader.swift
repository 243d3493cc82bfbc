internal import SurveyData

/// The names of a CSV file's columns.
struct CSVHeader: Sendable {
  /// The names, in order; empty where a column has none.
  let names: [String]
  /// The first byte after the header.
  let end: Int
  /// The line of the header, from 1; nil when the file has none.
  let line: Int?
  /// The lines above the first row.
  let linesAbove: Int
  /// What stands in the header; nil when the file has none.
  let heading: CSVHeading?

  /// The place of each name; names that stand twice are in `duplicates`.
  private let positions: [String: Int]
  private let duplicates: Set<String>

  /// Reads the header.
  /// - Parameter codebook: Names the columns of a file without a header.
  init(
    _ bytes: UnsafeRawBufferPointer, from start: Int, _ dialect: CSVDialect, path: String,
    codebook: Codebook?
  ) throws {
    if dialect.header != .absent {
      let heading = try CSVHeading(bytes, from: start, dialect, path: path)
      names = heading.names
      end = heading.end
      line = bytes.line(at: start)
      linesAbove = bytes.line(at: max(end - 1, start))
      self.heading = heading
    } else {
      let fields = dialect.record(in: bytes, from: start).fields
      let known = codebook?.variables.map(\.name) ?? []
      guard known.isEmpty || known.count == fields.count else {
        throw SurveyError(
          .data, at: path,
          "has no header and \(fields.count) columns, but the codebook has \(known.count) variables"
        )
      }
      names = known.isEmpty ? fields.indices.map { "v\($0 + 1)" } : known
      end = start
      line = nil
      linesAbove = 0
      heading = nil
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
    var notes = heading?.notes ?? []
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

extension CSVHeader {
  /// What the header says of the variables.
  var codebook: Codebook {
    var codebook = Codebook()
    codebook.variables = names.indices.filter { !names[$0].isEmpty }.map { index in
      var variable = Variable(names[index])
      variable.label = localized(heading?.labels[index] ?? "")
      variable.question = localized(heading?.questions[index] ?? "")
      return variable
    }
    if let layout = heading?.layout, layout != .names {
      codebook.language = embeddedLanguage
      codebook.file.header = layout
    }
    return codebook
  }

  private func localized(_ text: String) -> LocalizedText {
    text.isEmpty ? .none : LocalizedText(text, in: embeddedLanguage)
  }
}
