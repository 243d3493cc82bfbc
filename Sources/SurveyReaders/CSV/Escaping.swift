/// Text from a file made fit for a message.
enum Escaping {
  /// The text in single quotes: control characters escaped, cut at sixty characters.
  static func quoted(_ text: String) -> String {
    var safe = ""
    for scalar in text.unicodeScalars.prefix(61) {
      switch scalar {
      case "\n": safe += "\\n"
      case "\r": safe += "\\r"
      case "\t": safe += "\\t"
      default:
        let isControl =
          scalar.properties.generalCategory == .control
          || scalar.properties.generalCategory == .format
        if isControl {
          safe += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        } else {
          safe.unicodeScalars.append(scalar)
        }
      }
    }
    return safe.count > 60 ? "'\(safe.prefix(60))…'" : "'\(safe)'"
  }
}

extension String {
  /// The text without blanks at both ends.
  var trimmingBlanks: String {
    var scalars = unicodeScalars[...]
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }
}
