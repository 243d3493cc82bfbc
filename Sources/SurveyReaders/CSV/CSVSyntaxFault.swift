/// Something that makes a CSV file unreadable.
struct CSVSyntaxFault: Hashable, Sendable {
  /// The byte where it is.
  let offset: Int
  /// What it is.
  let kind: Kind

  /// What can be wrong with a file.
  enum Kind: Hashable, Sendable {
    /// A record has too few or too many fields.
    case fieldCount(found: Int, expected: Int)
    /// A field is longer than may be.
    case tooLong(field: Int, limit: Int)
    /// A quotation mark stands in the middle of a field.
    case strayQuote
    /// A quotation mark opens a field and nothing closes it.
    case unclosedQuote
    /// A byte is NUL.
    case nul
  }

  /// Finds the quotation mark that stands where none may, byte by byte.
  static func misplacedQuote(
    in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ dialect: CSVDialect
  ) -> Self {
    var opened: Int?
    var hasLineEnd = false
    var isFieldStart = true
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == dialect.quote {
        if let start = opened {
          let next = index + 1 < bytes.count ? bytes[index + 1] : UInt8(ascii: "\n")
          if next == dialect.quote {
            index += 1
          } else if next == dialect.delimiter || next == UInt8(ascii: "\n")
            || next == UInt8(ascii: "\r")
          {
            opened = nil
          } else {
            // On another line, this mark most likely opens a field of its own.
            return hasLineEnd
              ? Self(offset: start, kind: .unclosedQuote) : Self(offset: index, kind: .strayQuote)
          }
        } else if isFieldStart {
          opened = index
          hasLineEnd = false
        } else {
          return Self(offset: index, kind: .strayQuote)
        }
      } else if opened != nil {
        hasLineEnd = hasLineEnd || bytes.isLineEnd(at: index)
      }
      isFieldStart = opened == nil && (byte == dialect.delimiter || bytes.isLineEnd(at: index))
      index += 1
    }
    return Self(offset: opened ?? range.lowerBound, kind: .unclosedQuote)
  }
}
