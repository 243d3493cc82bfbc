/// The end of an expression at the cursor: the beginning of a name, or of a code that a variable is
/// compared with.
struct CursorExpression {
  /// What has been typed of the name or the code, without quotation marks.
  let typed: String
  /// The length of what a completion replaces, in Unicode code points: `typed` with its mark.
  let length: Int
  /// The variable whose code is wanted; nil for a name.
  let variable: String?
  /// The quotation mark for codes that are texts: another than the one around the expression.
  let mark: Character

  /// Reads the end of an expression.
  ///
  /// - Parameter written: The expression up to the cursor, with the shell's quotation mark around it
  ///   where it has one.
  init(_ written: String) {
    // A mark at the beginning is the shell's; what follows is the expression.
    let outer = written.first.flatMap { $0 == "'" || $0 == "\"" ? $0 : nil }
    let text = String(outer == nil ? written[...] : written.dropFirst())
    mark = outer == "'" ? "\"" : "'"
    var open: String.Index?
    for place in text.indices {
      let character = text[place]
      if let start = open {
        if character == text[start] { open = nil }
      } else if character == "'" || character == "\"" {
        open = place
      }
    }
    let start = open ?? text.lastName.startIndex
    typed = String(text[start...].drop { $0 == "'" || $0 == "\"" })
    length = text[start...].unicodeScalars.count
    variable = Self.compared(in: text[..<start])
  }

  /// The variable that is compared with what comes next: behind `==`, `!=`, or within `in (`.
  private static func compared(in text: Substring) -> String? {
    var rest = text.trimmedEnd
    if rest.last == "," || rest.last == "(" {
      guard let list = rest.lastIndex(of: "("), !rest[list...].contains(")") else { return nil }
      rest = rest[..<list].trimmedEnd
      guard rest.hasSuffix(" in") || rest.hasSuffix(" IN") else { return nil }
      rest = rest.dropLast(2).trimmedEnd
      if rest.hasSuffix(" not") { rest = rest.dropLast(3).trimmedEnd }
    } else if let sign = ["==", "!=", "≠"].first(where: rest.hasSuffix) {
      rest = rest.dropLast(sign.count).trimmedEnd
    } else {
      return nil
    }
    if rest.last == "`", let start = rest.dropLast().lastIndex(of: "`") {
      return String(rest[start...].dropFirst().dropLast())
    }
    let name = String(rest).lastName
    return name.isEmpty ? nil : String(name)
  }
}

extension Substring {
  fileprivate var trimmedEnd: Substring {
    var rest = self
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
