public import SurveyData
internal import Synchronization

/// A source that counts what is asked of it.
public final class CountingSource: ColumnSource {
  private let source: any ColumnSource
  private let counts = Mutex<(passes: Int, rowCounts: Int, names: [String])>((0, 0, []))
  public let embeddedCodebook: Codebook

  /// - Parameter codebook: What the file says of itself; nil leaves that to the source.
  public init(_ source: any ColumnSource, codebook: Codebook? = nil) {
    self.source = source
    embeddedCodebook = codebook ?? source.embeddedCodebook
  }

  public var facts: FileFacts { source.facts }

  /// How often columns were read.
  public var passes: Int { counts.withLock { $0.passes } }
  /// How often the rows were counted.
  public var rowCounts: Int { counts.withLock { $0.rowCounts } }
  /// The columns that were read, in order.
  public var names: [String] { counts.withLock { $0.names } }

  public func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    counts.withLock {
      $0.passes += 1
      $0.names += requests.map(\.variable.name)
    }
    return try source.read(requests)
  }

  public func rowCount() throws -> Int {
    counts.withLock { $0.rowCounts += 1 }
    return try source.rowCount()
  }

  public func sha256() throws -> String? { try source.sha256() }
}
