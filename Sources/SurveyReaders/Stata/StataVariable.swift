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

  /// What its numbers count; nil when they are no dates.
  var calendar: StataCalendar? { type.isText ? nil : StataCalendar(format) }

  /// How its numbers are written, by the format.
  var notation: NumberNotation { calendar?.notation ?? .number }

  /// Its format, where it is not the one that is usual for the type.
  var statedFormat: String? {
    type.isText || format == StataFormats.usual(type, notation) ? nil : format
  }
}
