internal import Synchronization

/// Some rows of another source, as if they were a file of their own.
///
/// Several of them share one reading of the source.
struct RowSource: CellHolding {
  let facts: FileFacts
  let cells: CellSums?
  private let shared: SharedColumns
  private let rows: [Int]

  /// Takes rows of a source.
  ///
  /// - Parameters:
  ///   - rows: Which rows, in order.
  ///   - name: What they are called in errors after the file's name.
  ///   - shared: The source.
  init(_ rows: [Int], called name: String, of shared: SharedColumns) {
    var facts = shared.source.facts
    facts.path += ", \(name)"
    self.facts = facts
    self.rows = rows
    self.shared = shared
    cells = (shared.source as? any CellHolding)?.cells?.taking(rows)
  }

  var embeddedCodebook: Codebook { shared.source.embeddedCodebook }

  var isUnordered: Bool { (shared.source as? any CellHolding)?.isUnordered ?? false }

  func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    let (columns, notes) = try shared.read(requests)
    return (columns.map { $0.taking(rows) }, notes)
  }

  func rowCount() -> Int { rows.count }

  func sha256() throws -> String? { try shared.source.sha256() }
}

/// A source whose columns are kept, so that each is read once.
final class SharedColumns: Sendable {
  let source: any ColumnSource
  private let columns = Mutex<[ColumnRequest: Column]>([:])

  init(_ source: any ColumnSource) { self.source = source }

  func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    let known = columns.withLock { $0 }
    let wanted = requests.filter { known[$0] == nil }
    var notes: [Note] = []
    var found = known
    if !wanted.isEmpty {
      let fresh = try source.read(wanted)
      notes = fresh.notes
      for (request, column) in zip(wanted, fresh.columns) { found[request] = column }
      columns.withLock { $0.merge(found) { first, _ in first } }
    }
    return (requests.compactMap { found[$0] }, notes)
  }
}
