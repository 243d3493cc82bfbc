/// The records of one chunk as a table of fields, or what is wrong with them.
struct CSVRecords {
  /// The byte before the chunk's first.
  private let base: UnsafeRawPointer
  private let separators: UnsafePointer<UInt32>
  private let fieldCount: Int
  private let hasReturns: Bool
  /// The quotation mark, or 0 where the chunk has none.
  private let quote: UInt8
  /// The number of records.
  let count: Int
  /// Lines without a single character, which were left out.
  let blankLines: Int
  /// What is wrong, in the order of the file.
  let faults: [CSVSyntaxFault]

  /// The longest chunk whose separators are looked for: their positions take four bytes each.
  private static let longestChunk = 1 << 31

  /// Finds the records of a chunk.
  ///
  /// - Parameters:
  ///   - index: Memory for the separators; the records are valid until it is filled again.
  ///   - fieldCount: The number of fields that every record must have.
  init(
    of bytes: UnsafeRawBufferPointer, _ chunk: CSVChunk, _ dialect: CSVDialect, fieldCount: Int,
    using index: SeparatorIndex
  ) {
    guard chunk.range.count < Self.longestChunk else {
      // Positions would not hold it; only one record is so long, and no field may be.
      base = UnsafeRawPointer(index.positions)
      separators = UnsafePointer(index.positions)
      self.fieldCount = fieldCount
      (hasReturns, quote, count, blankLines) = (false, 0, 0, 0)
      faults = [
        chunk.hasQuotes
          ? CSVSyntaxFault.misplacedQuote(in: bytes, chunk.range, dialect)
          : CSVSyntaxFault(
            offset: chunk.range.lowerBound, kind: .tooLong(field: 0, limit: dialect.longestField))
      ]
      return
    }
    index.fill(bytes, chunk, dialect)
    let start = bytes.baseAddress ?? UnsafeRawPointer(index.positions)
    base = start + (chunk.range.lowerBound - 1)
    self.fieldCount = fieldCount
    hasReturns = chunk.hasReturns
    quote = chunk.hasQuotes ? dialect.quote ?? 0 : 0
    if index.hasMisplacedQuote {
      faults = [CSVSyntaxFault.misplacedQuote(in: bytes, chunk.range, dialect)]
      (count, blankLines) = (0, 0)
    } else if index.isRegular(fieldCount: fieldCount, base: base, dialect) {
      (count, blankLines, faults) = (index.lineEnds, 0, [])
    } else {
      (count, blankLines, faults) = index.straighten(
        fieldCount: fieldCount, base: base, from: chunk.range.lowerBound - 1, dialect)
    }
    separators = UnsafePointer(index.positions)
  }

  /// One field of every record.
  func column(_ field: Int) -> Fields {
    Fields(
      base: base, separators: separators + field, stride: fieldCount,
      mayEndInReturn: hasReturns && field == fieldCount - 1, quote: quote)
  }

  /// The same field of every record.
  struct Fields {
    fileprivate let base: UnsafeRawPointer
    fileprivate let separators: UnsafePointer<UInt32>
    fileprivate let stride: Int
    fileprivate let mayEndInReturn: Bool
    fileprivate let quote: UInt8

    /// The bytes between a field's quotation marks; blanks and doubled quotation marks stay.
    @inline(__always)
    func unquoted(_ field: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
      guard quote != 0, field.count >= 2, field[0] == quote, field[field.count - 1] == quote else {
        return field
      }
      return UnsafeRawBufferPointer(rebasing: field[1..<(field.count - 1)])
    }

    /// The bytes of the field in one record, with quotes and blanks.
    @inline(__always)
    subscript(record: Int) -> UnsafeRawBufferPointer {
      let start = Int(separators[record &* stride])
      var end = Int(separators[record &* stride &+ 1])
      if mayEndInReturn, end - start > 1,
        base.load(fromByteOffset: end &- 1, as: UInt8.self) == UInt8(ascii: "\r")
      {
        end &-= 1
      }
      return UnsafeRawBufferPointer(start: base + start + 1, count: end &- start &- 1)
    }
  }
}

extension SeparatorIndex {
  /// Whether every record has the same number of fields, none longer than may be.
  fileprivate func isRegular(
    fieldCount: Int, base: UnsafeRawPointer, _ dialect: CSVDialect
  ) -> Bool {
    guard count == fieldCount * lineEnds else { return false }
    var last = 0
    var end = fieldCount
    while end <= count {
      let position = Int(positions[end])
      // The last one may be the end of the file, behind which nothing can be read.
      let isLineEnd =
        end == count || base.load(fromByteOffset: position, as: UInt8.self) != dialect.delimiter
      guard isLineEnd, position - last <= dialect.longestField else { return false }
      last = position
      end += fieldCount
    }
    return true
  }

  /// Takes blank lines and faulty records out.
  /// - Parameter origin: The place of `base` in the file.
  fileprivate func straighten(
    fieldCount: Int, base: UnsafeRawPointer, from origin: Int, _ dialect: CSVDialect
  ) -> (count: Int, blankLines: Int, faults: [CSVSyntaxFault]) {
    var kept = 0
    var blankLines = 0
    var faults: [CSVSyntaxFault] = []
    var first = 1
    for current in 1..<(count + 1) {
      let end = Int(positions[current])
      let isLast = current == count
      guard isLast || base.load(fromByteOffset: end, as: UInt8.self) != dialect.delimiter else {
        continue
      }
      let fields = current - first + 1
      let start = Int(positions[first - 1]) + 1
      let offset = origin + start
      let isBlank =
        start == end
        || (start + 1 == end
          && base.load(fromByteOffset: start, as: UInt8.self) == UInt8(ascii: "\r"))
      let longest = (first...current).first {
        Int(positions[$0] - positions[$0 - 1]) - 1 > dialect.longestField
      }
      if let longest {
        faults.append(
          CSVSyntaxFault(
            offset: origin + Int(positions[longest - 1]) + 1,
            kind: .tooLong(field: longest - first, limit: dialect.longestField)))
      } else if fields == fieldCount {
        for field in first...current {
          kept += 1
          positions[kept] = positions[field]
        }
      } else if fields == 1, isBlank {
        blankLines += 1
      } else {
        faults.append(
          CSVSyntaxFault(offset: offset, kind: .fieldCount(found: fields, expected: fieldCount)))
      }
      first = current + 1
    }
    return (kept / fieldCount, blankLines, faults)
  }
}
