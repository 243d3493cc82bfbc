import SurveyData
import Testing

@testable import SurveyTables

@Suite struct WidthTests {
  @Test(arguments: [
    ("", 0), ("åsne", 4), ("a\u{30A}", 1), ("漢字", 4), ("한", 2), ("ｆｕ", 4), ("👍", 2), ("👨‍👩‍👧", 2),
    ("❤️", 2), ("─ᵃ–", 3), ("\u{202F}", 1), ("\u{200B}", 0), ("ي", 1),
  ])
  func `a text takes as many cells as a terminal gives it`(text: String, width: Int) {
    #expect(text.width == width)
  }

  @Test func `lines break at plain spaces only and only longer words are cut`() {
    #expect("one two three".wrapped(to: 7) == ["one two", "three"])
    #expect(
      "5\u{202F}680 of 6\u{202F}000".wrapped(to: 6) == ["5\u{202F}680", "of", "6\u{202F}000"])
    #expect("innvandringsbakgrunn i år".wrapped(to: 12) == ["innvandrings", "bakgrunn i", "år"])
    #expect("漢字漢字".wrapped(to: 5) == ["漢字", "漢字"])
    #expect("".wrapped(to: 5) == [""])
    #expect("  a   b ".wrapped(to: 5) == ["a b"])
    #expect("ab".wrapped(to: 0) == ["a", "b"])
  }

  @Test func `control characters of a file never reach the terminal`() {
    #expect("a\u{1B}[31m\nb\t".onOneLine == "a [31m b ")
  }
}
