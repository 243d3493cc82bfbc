internal import SurveyData

extension Records {
  /// How a comma-separated file is written.
  public enum CSVDialect: Sendable {
    /// RFC 4180 with line feeds, decimal points, UTF-8 without a byte order mark.
    case standard
    /// For Norwegian Excel: `;` between fields, decimal commas, and a byte order mark, without which
    /// Excel takes the text for another encoding.
    case decimalComma

    var delimiter: UInt8 { self == .standard ? UInt8(ascii: ",") : UInt8(ascii: ";") }
    var decimalSign: UInt8 { self == .standard ? UInt8(ascii: ".") : UInt8(ascii: ",") }
  }

  /// The records as comma-separated values: a header, one line a record, unrounded numbers.
  ///
  /// A number is the shortest text that reads back the same; what does not apply is empty. A column
  /// of codes that have labels is followed by them, as `<column>_label`.
  ///
  /// - Parameters:
  ///   - dialect: For machines, or for Norwegian Excel.
  ///   - printed: How people want the numbers; nil means unrounded.
  public func csv(
    _ dialect: CSVDialect = .standard, numbers printed: PrintedNumbers? = nil
  ) -> [UInt8] {
    var bytes: [UInt8] = dialect == .standard ? [] : [0xEF, 0xBB, 0xBF]
    let labelled = withLabels
    let names = labelled.columns
    write(names.map(Value.text), to: &bytes, dialect, texts: nil)
    for (place, row) in labelled.rows.enumerated() {
      let shares = place < self.shares.count ? self.shares[place] : []
      let texts = printed.map { printed in
        zip(row, names).map { printed.text($0, in: $1, isShare: shares.contains($1)) }
      }
      write(row, to: &bytes, dialect, texts: texts)
    }
    return bytes
  }

  private func write(
    _ row: [Value], to bytes: inout [UInt8], _ dialect: CSVDialect, texts: [String]?
  ) {
    for (place, value) in row.enumerated() {
      if place > 0 { bytes.append(dialect.delimiter) }
      if case .text(let text) = value {
        // An only field that is empty would be an empty line, which readers skip.
        Self.write(text, to: &bytes, dialect, always: row.count == 1 && text.isEmpty)
      } else {
        let point = UInt8(ascii: ".")
        bytes += (texts?[place] ?? value.plainText).utf8.lazy.map {
          $0 == point ? dialect.decimalSign : $0
        }
      }
    }
    bytes.append(10)
  }

  private static func write(
    _ text: String, to bytes: inout [UInt8], _ dialect: CSVDialect, always: Bool
  ) {
    let quote = UInt8(ascii: "\"")
    let isRisky = text.utf8.contains {
      $0 == dialect.delimiter || $0 == quote || $0 == 10 || $0 == 13
    }
    guard isRisky || always else {
      bytes += text.utf8
      return
    }
    bytes.append(quote)
    for byte in text.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}
