internal import SurveyData

/// Where one chunk's records go.
struct CSVTarget {
  /// The chunk's number.
  let chunk: Int
  /// The byte of the file at which `UnsafeRawBufferPointer` of fields are counted from.
  let file: UnsafeRawPointer
  /// The first row of the column that the chunk may write.
  let firstRow: Int
  /// The number of records.
  let count: Int

  /// The place of a field.
  func place(of field: UnsafeRawBufferPointer, in record: Int) -> CSVPlace {
    CSVPlace(
      offset: field.baseAddress.map { $0 - file } ?? 0, length: field.count, chunk: chunk,
      record: record)
  }
}

/// Rows that one thread wrote, in the order of the file.
struct CSVPiece: Sendable {
  /// The chunk's number.
  let chunk: Int
  /// The thread that read it.
  let thread: Int
  /// Its rows in the column.
  let rows: Range<Int>
}

/// One requested column while it is read: memory that all threads write to, a decoder for each.
protocol CSVColumnReader: AnyObject, Sendable {
  /// The position of the field in a record.
  var field: Int { get }

  /// Makes room for rows, before the threads write them.
  func makeRoom(_ capacity: Int)

  /// A decoder for one thread.
  func makeDecoder() -> any CSVColumnDecoder

  /// Moves rows down over rows that turned out not to exist.
  func move(_ rows: Range<Int>, to first: Int)

  /// The column.
  /// - Parameters:
  ///   - decoders: One of each thread.
  ///   - pieces: Which thread wrote which rows.
  ///   - count: How many rows there are.
  func finish(
    _ decoders: [any CSVColumnDecoder], _ pieces: [CSVPiece], count: Int
  ) -> Column
}

/// What one thread needs to decode a column's fields.
protocol CSVColumnDecoder: AnyObject, Sendable {
  /// What was met on the way.
  var tally: CSVTally { get }

  /// Decodes the fields of one chunk.
  func decode(_ fields: CSVRecords.Fields, into target: CSVTarget)
}

extension UnsafeMutableBufferPointer {
  /// Moves rows down.
  func move(_ rows: Range<Int>, to first: Int) {
    guard let baseAddress else { return }
    (baseAddress + first).update(from: baseAddress + rows.lowerBound, count: rows.count)
  }
}
