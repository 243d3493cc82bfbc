import Testing

@testable import SurveyTables

@Suite struct NumberFormatTests {
  let english = NumberFormat(language: "en")
  let norwegian = NumberFormat(language: "nb")

  @Test(
    arguments: [
      (0.125, 2, "0.13"), (2.675, 2, "2.68"), (0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"),
      (-0.04, 0, "0"), (-0.5, 0, "−1"), (0.0, 1, "0.0"), (-0.0, 1, "0.0"), (9.996, 2, "10.00"),
      (0.0049, 2, "0.00"), (0.005, 2, "0.01"), (999.95, 1, "1 000.0"), (1214, 0, "1 214"),
      (1e6, 0, "1 000 000"), (1e21, 0, "1 000 000 000 000 000 000 000"), (1e-300, 3, "0.000"),
      (123456.789, -1, "123 457"), (.nan, 1, "–"), (-.infinity, 1, "−∞"),
      (.leastNonzeroMagnitude, 1, "0.0"),
    ] as [(Double, Int, String)])
  func `a number is rounded as its shortest digits are, halves away from zero`(
    value: Double, digits: Int, text: String
  ) {
    #expect(english.fixed(value, digits: digits) == text.narrow)
  }

  @Test func `a share becomes a percentage without an error of multiplication`() {
    #expect(english.percent(0.285) == "29")
    #expect(english.percent(0.005) == "1")
    #expect(english.percent(0.004) == "0")
    #expect(norwegian.percent(0.0725, digits: 1) == "7,3")
    #expect(english.percent(-0.0004) == "0")
    #expect(english.level(0.95) == "95\u{A0}%")
    #expect(norwegian.level(0.975) == "97,5\u{A0}%")
    #expect(norwegian.percentSign(0.666) == "67\u{A0}%")
  }

  @Test func `a difference has its sign unless it rounds to zero`() {
    #expect(english.points(0.061) == "+6.1")
    #expect(norwegian.points(-0.148) == "−14,8")
    #expect(english.points(0.0004) == "0.0")
    #expect(english.points(-0.0004) == "0.0")
    #expect(english.points(.nan) == "–")
  }

  @Test(arguments: [
    (1234.5, "1 235"), (12.345, "12.3"), (0.012345, "0.0123"), (9.996, "10.0"), (0, "0.00"),
    (0.00000012, "1.20e−7"), (-3.2e20, "−3.20e20"), (99.95, "100"),
  ])
  func `three significant digits keep all digits before the decimal sign`(
    value: Double, text: String
  ) {
    #expect(english.significant(value, digits: 3) == text.narrow)
  }

  @Test(arguments: [
    (0.0004, "p < 0,001"), (0.00099999, "p < 0,001"), (0.001, "p 0,001"), (0.011, "p 0,011"),
    (0.0496, "p 0,050"), (0.08, "p 0,08"), (0.5, "p 0,50"), (0.9951, "p > 0,99"), (1, "p > 0,99"),
    (0, "p < 0,001"), (.nan, "p .."),
  ])
  func `a p-value has three decimals up to 0.06`(p: Double, text: String) {
    #expect(norwegian.p(p) == text.replacing(" ", with: "\u{A0}"))
  }

  @Test func `an interval has a dash, or a word where a bound is below zero`() {
    #expect(english.interval(0.77, 0.83, as: .percent(digits: 0)) == "77–83")
    #expect(english.interval(0.02, 0.102, as: .points(digits: 1)) == "2.0–10.2")
    #expect(
      norwegian.interval(-0.012, 0.022, as: .points(digits: 1)) == "−1,2\u{A0}til\u{A0}2,2")
    #expect(english.interval(-2, -1, as: .fixed(digits: 0)) == "−2\u{A0}to\u{A0}−1")
  }

  @Test func `counts and degrees of freedom`() {
    #expect(english.count(-1_234_567) == "−1 234 567".narrow)
    #expect(english.count(.min) == "−9 223 372 036 854 775 808".narrow)
    #expect(english.degreesOfFreedom(4887) == "4 887".narrow)
    #expect(norwegian.degreesOfFreedom(11.44) == "11,4")
    #expect(norwegian.degreesOfFreedom(.infinity) == "∞")
  }
}

extension String {
  /// The spaces of a number made narrow and unbreakable.
  fileprivate var narrow: String { replacing(" ", with: "\u{202F}") }
}
