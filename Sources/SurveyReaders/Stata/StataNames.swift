internal import SurveyData

/// Names that Stata allows: up to 32 letters, digits and underscores.
enum StataNames {
  static func maker() -> NameMaker {
    NameMaker(
      ignoresCase: false, longest: 32, length: { $0.unicodeScalars.count },
      isAllowed: { $0.isLetter || $0.isNumber || $0 == "_" },
      isAllowedFirst: { $0.isLetter || $0 == "_" },
      reserved: [
        "_ALL", "_B", "BYTE", "_COEF", "_CONS", "DOUBLE", "FLOAT", "IF", "IN", "INT", "LONG", "_N",
        "_PI", "_PRED", "_RC", "_SKIP", "STRL", "USING", "WITH",
      ])
  }
}
