internal import SurveyData

/// Names that SPSS allows: up to 64 bytes, and the short ones of eight that every variable also has.
struct SPSSNames {
  private var long = NameMaker(
    ignoresCase: true, longest: 64, length: { $0.utf8.count },
    isAllowed: { $0.isLetter || $0.isNumber || "@#$_.".contains($0) },
    isAllowedFirst: { $0.isLetter || $0 == "@" },
    reserved: [
      "ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH",
    ])
  private var short: Set<String> = []
  private var next = 1

  mutating func name(for wanted: String) -> String { long.name(for: wanted) }

  /// Short names of a variable's segments, free and in capitals.
  mutating func shortNames(for name: String, count: Int) -> [String] {
    (0..<count).map { part in
      let upper = name.uppercased()
      if part == 0, upper.utf8.count <= 8, upper.utf8.allSatisfy({ $0 < 0x80 }),
        short.insert(upper).inserted
      {
        return upper
      }
      while true {
        let made = "V" + String(next, radix: 36).uppercased()
        next += 1
        let padded =
          made.prefix(1) + String(repeating: "0", count: max(0, 6 - made.count))
          + made.dropFirst()
        if short.insert(String(padded)).inserted { return String(padded) }
      }
    }
  }
}
