extension String {
  /// The text with the characters escaped that TeX reserves, on one line.
  package var latexEscaped: String {
    var out = ""
    for character in onOneLine {
      switch character {
      case "&", "%", "$", "#", "_", "{", "}": out += "\\\(character)"
      case "\\": out += "\\textbackslash{}"
      case "~": out += "\\textasciitilde{}"
      case "^": out += "\\textasciicircum{}"
      case "<": out += "\\textless{}"
      case ">": out += "\\textgreater{}"
      case "\u{2212}": out += "$-$"
      case "≈": out += "$\\approx$"
      case "≠": out += "$\\neq$"
      case "∞": out += "$\\infty$"
      case "–": out += "--"
      case "\u{202F}": out += "\\,"
      case "\u{A0}": out += "~"
      default: out.append(character)
      }
    }
    return out
  }
}
