internal import SurveyData

/// A column read as text.
final class CSVTextReader: CSVColumnReader, @unchecked Sendable {
  let field: Int
  private let dialect: CSVDialect

  init(field: Int, dialect: CSVDialect) {
    self.field = field
    self.dialect = dialect
  }

  func makeRoom(_ capacity: Int) {}

  func makeDecoder() -> any CSVColumnDecoder { CSVTextDecoder(dialect) }

  func move(_ rows: Range<Int>, to first: Int) {}

  func finish(
    _ decoders: [any CSVColumnDecoder], _ pieces: [CSVPiece], count: Int
  ) -> Column {
    var values: [String] = []
    values.reserveCapacity(pieces.last?.rows.upperBound ?? 0)
    for piece in pieces {
      guard let decoder = decoders[piece.thread] as? CSVTextDecoder else { continue }
      values += decoder.take(piece.chunk)
    }
    return .text(TextColumn(values: values))
  }
}

/// Decodes text on one thread.
private final class CSVTextDecoder: CSVColumnDecoder, @unchecked Sendable {
  private let dialect: CSVDialect
  private(set) var tally = CSVTally()
  private var texts: [Int: [String]] = [:]

  init(_ dialect: CSVDialect) { self.dialect = dialect }

  /// The texts of a chunk, which are forgotten here.
  func take(_ chunk: Int) -> [String] { texts.removeValue(forKey: chunk) ?? [] }

  func decode(_ fields: CSVRecords.Fields, into target: CSVTarget) {
    texts[target.chunk] = (0..<target.count).map { record in
      let field = fields[record]
      guard let text = dialect.text(of: field) else {
        tally.add(.badEncoding, at: target.place(of: field, in: record))
        return ""
      }
      if field.count >= 11, NationalIdentityNumber.isValid(text) {
        tally.add(.identityNumber, at: target.place(of: field, in: record))
      }
      return text
    }
  }
}
