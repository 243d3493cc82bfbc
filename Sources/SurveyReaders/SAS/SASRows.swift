/// The rows of a SAS file.
protocol SASRows: Sendable {
  /// Bytes of a row.
  var width: Int { get }
  var count: Int { get }

  /// Hands over the rows in order, in blocks of whole rows.
  func read(_ sink: (UnsafeRawPointer, _ count: Int) throws -> Void) throws
}
