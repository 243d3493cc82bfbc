internal import SurveyData

/// One variable of a Stata file.
struct StataVariable {
  let name: String
  let type: StataType
  /// Where its bytes start in a row.
  let offset: Int
  /// How Stata shows it, such as `%8.0g` or `%td`.
  let format: String
  /// The name of its value labels; empty when it has none.
  let labelSet: String
  let label: String
  /// Characteristics by name, such as `note1`.
  var characteristics: [String: String] = [:]

  /// How its numbers are written, by the format.
  var notation: NumberNotation {
    let kind = format.drop { $0 == "%" || $0 == "-" }
    if kind.hasPrefix("td") || kind.hasPrefix("d") { return .date }
    return kind.hasPrefix("tc") || kind.hasPrefix("tC") ? .datetime : .number
  }

  /// A number of the file as the decoders hold it: dates count from 1970, not from 1960.
  func stored(_ number: Double) -> Double {
    switch notation {
    case .number: number
    case .date: number - 3653
    case .datetime: number / 1000 - 3653 * 86_400
    }
  }
}
