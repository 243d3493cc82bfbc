internal import SurveyData

/// How a CSV file is written down.
struct CSVDialect: Hashable, Sendable {
  /// The byte between fields.
  var delimiter = UInt8(ascii: ",")
  /// The decimal sign: point or comma.
  var decimal = UInt8(ascii: ".")
  /// The character between thousands; nil when numbers have none.
  var thousands: Unicode.Scalar?
  /// The quotation mark; nil when quotation marks are ordinary characters.
  var quote: UInt8? = UInt8(ascii: "\"")
  /// The encoding of the bytes.
  var encoding = CSVEncoding.utf8
  /// Whether bytes that the encoding does not know become U+FFFD.
  var isLossy = false
  /// What stands above the first respondent; nil when that is to be found out.
  var header: FileStatement.Header?
  /// Texts that mean missing in every column, besides the empty field.
  var missing: [String] = []
  /// The longest field, in bytes.
  var longestField = 1 << 20

  /// The delimiter in words.
  static func name(ofDelimiter delimiter: UInt8) -> String {
    switch delimiter {
    case UInt8(ascii: ","): "comma"
    case UInt8(ascii: ";"): "semicolon"
    case UInt8(ascii: "\t"): "tab"
    case UInt8(ascii: "|"): "vertical bar"
    default: "'\(Unicode.Scalar(delimiter))'"
    }
  }

  /// The dialect in words: `semicolon, decimal comma`.
  var words: String {
    Self.name(ofDelimiter: delimiter) + (decimal == UInt8(ascii: ",") ? ", decimal comma" : "")
  }
}
