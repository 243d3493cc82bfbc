extension Dataset {
  /// The same answers with more columns behind those of the file.
  ///
  /// - Parameters:
  ///   - columns: The columns, as long as the file, with names that are free.
  ///   - codebook: What is said of all of them.
  package func adding(
    _ columns: [(variable: Variable, values: NumericColumn)], by codebook: Codebook
  ) -> Dataset {
    Dataset(WidenedSource(source, columns), codebook: codebook)
  }
}

/// A source with more columns, which are in memory.
private struct WidenedSource: ColumnSource {
  private let source: any ColumnSource
  private let added: [String: NumericColumn]
  let embeddedCodebook: Codebook

  init(
    _ source: any ColumnSource, _ columns: [(variable: Variable, values: NumericColumn)]
  ) {
    self.source = source
    added = Dictionary(uniqueKeysWithValues: columns.map { ($0.variable.name, $0.values) })
    var codebook = source.embeddedCodebook
    codebook.variables += columns.map(\.variable)
    embeddedCodebook = codebook
  }

  var facts: FileFacts { source.facts }
  var openingNotes: [Note] { source.openingNotes }

  func rowCount() throws -> Int { try source.rowCount() }

  func sha256() throws -> String? { try source.sha256() }

  func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    let own = requests.filter { added[$0.variable.name] == nil }
    var (columns, notes) = own.isEmpty ? ([], []) : try source.read(own)
    for (place, request) in requests.enumerated() {
      guard let values = added[request.variable.name] else { continue }
      columns.insert(
        try Column.numbers(values).seen(as: request.view, name: request.variable.name), at: place)
    }
    return (columns, notes)
  }
}
