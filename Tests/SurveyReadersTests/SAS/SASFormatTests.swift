import Testing

@testable import SurveyReaders

@Suite struct SASFormatTests {
  static let kinds: [(names: String, kind: SASFormat.Kind)] = [
    (
      "DATE date9. YYMMDD10 YYMMDDN DDMMYYP8. MMDDYY MONYY7. YYMMS YYQ YYQRC E8601DA10. B8601DA "
        + "WEEKDATX YEAR4. NLDATE JULIAN MMYYD", .date
    ),
    ("DATETIME DATETIME22 E8601DT19. B8601DT DTDATE9. NLDATM NLDATMAP MDYAMPM", .datetime),
    ("TIME TIME8. HHMM5 MMSS TOD E8601TM8. NLTIME HOUR", .time),
    ("BEST12 F8 COMMA DOLLAR12. PERCENT8 Z5. S370FF E NUMX NLNUM HEX16 ROMAN", .number),
    ("$ $CHAR20 $F $UPCASE $HEX8 $QUOTE $W", .text),
    ("SEXF YESNO. MONTHF YYMMX $REGION AGE_GRP DATEX TIMES_A_WEEK", .labels),
  ]

  @Test(arguments: kinds.indices)
  func `the name of a format says what its numbers mean`(place: Int) {
    for name in Self.kinds[place].names.split(separator: " ") {
      #expect(SASFormat(name: String(name)).kind == Self.kinds[place].kind, "\(name)")
    }
  }

  @Test func `a variable without a format holds numbers`() {
    #expect(SASFormat(name: "").kind == .number)
    #expect(SASFormat(name: "", width: 8, decimals: 2).text == "8.2")
    #expect(SASFormat(name: "DATE9", width: 9).text == "DATE9.")
  }
}
