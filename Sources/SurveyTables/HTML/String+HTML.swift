extension String {
  /// The text with the five characters that HTML reserves written as entities.
  package var htmlEscaped: String {
    var out = ""
    out.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default:
        let isControl = scalar.properties.generalCategory == .control
        out.unicodeScalars.append(isControl ? " " : scalar)
      }
    }
    return out
  }
}
