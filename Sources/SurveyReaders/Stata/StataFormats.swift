/// How Stata shows numbers where nobody says.
enum StataFormats {
  /// The format that a variable of a type has by itself.
  static func usual(_ type: StataType, _ notation: NumberNotation) -> String {
    switch (notation, type) {
    case (.date, _): "%td"
    case (.datetime, _): "%tc"
    case (_, .text(let width)): "%\(min(width, 244))s"
    case (_, .longText): "%9s"
    case (_, .float): "%9.0g"
    case (_, .byte), (_, .int): "%8.0g"
    case (_, .long): "%12.0g"
    case (_, .double): "%10.0g"
    }
  }
}
