package import SurveyData

/// People one by one as they come from an engine: the raw values of some columns, as the lines of a CSV file that the
/// codebook decodes.
package struct RawPeople: Sendable {
  /// The lines, names first; each ends with a 1, so that none is blank.
  package let lines: FileBytes
  /// The number of people.
  package let count: Int
  /// What is to be said of where they come from.
  package var notes: [Note] = []
  /// The queries that gave them.
  package var queries: [String] = []
}

/// Writes people as they come, a batch after the other.
package struct PeopleWriter {
  private let path: String
  private var pieces: [[UInt8]] = []
  private var piece: [UInt8] = []
  /// The number of people so far.
  package private(set) var count = 0
  /// The bytes so far.
  package private(set) var byteCount = 0

  private static let bytesOfPiece = 16 << 20

  /// Begins with the names of the columns.
  package init(columns: [String], path: String) {
    self.path = path
    piece = columns.flatMap { CSVWriter.Dialect.standard.field($0) + [UInt8(ascii: ",")] }
    piece += Array("\(CellColumn.people)\n".utf8)
  }

  /// Adds people: their values, column by column.
  package mutating func append(_ columns: [RawCells.Values], count people: Int) {
    let before = piece.count
    for row in 0..<people {
      for column in columns {
        column.write(row, to: &piece)
        piece.append(UInt8(ascii: ","))
      }
      piece.append(UInt8(ascii: "1"))
      piece.append(UInt8(ascii: "\n"))
    }
    byteCount += piece.count - before
    count += people
    guard piece.count >= Self.bytesOfPiece else { return }
    pieces.append(piece)
    piece = []
    piece.reserveCapacity(Self.bytesOfPiece + Self.bytesOfPiece / 16)
  }

  /// All that came.
  /// - Throws: ``SurveyError`` of kind input for what does not fit in memory.
  package mutating func people() throws -> RawPeople {
    pieces.append(piece)
    piece = []
    return RawPeople(lines: try FileBytes(path: path, pieces: &pieces), count: count)
  }
}
