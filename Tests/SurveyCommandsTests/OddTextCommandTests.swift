import Foundation
import SurveyCommands
import Testing

@Suite("Text as it comes, in commands")
struct OddTextCommandTests {
  private func survey(_ bytes: [UInt8]) throws -> SmallSurvey {
    let survey = try SmallSurvey("", codebook: nil)
    try Data(bytes).write(to: URL(filePath: survey.data))
    return survey
  }

  /// 男 and 女 (남 and 여 in Korean) by encoding.
  static let letters: [(name: String, men: [UInt8], women: [UInt8], text: [String])] = [
    ("euc-kr", [0xB3, 0xB2], [0xBF, 0xA9], ["남", "여"]),
    ("cp949", [0xB3, 0xB2], [0xBF, 0xA9], ["남", "여"]),
    ("euc-jp", [0xC3, 0xCB], [0xBD, 0xF7], ["男", "女"]),
    ("cp932", [0x92, 0x6A], [0x8F, 0x97], ["男", "女"]),
    ("gbk", [0xC4, 0xD0], [0xC5, 0xAE], ["男", "女"]),
    ("gb18030", [0xC4, 0xD0], [0xC5, 0xAE], ["男", "女"]),
    ("big5", [0xA8, 0x6B], [0xA4, 0x6B], ["男", "女"]),
    ("koi8-r", [0xCD], [0xD6], ["м", "ж"]), ("windows-1251", [0xEC], [0xE6], ["м", "ж"]),
  ]

  @Test(arguments: letters.indices)
  func `a CSV file in any encoding that is stated has its own letters`(place: Int) throws {
    let (name, men, women, text) = Self.letters[place]
    let survey = try survey(
      Array("id,sex\n1,".utf8) + men + Array("\n2,".utf8) + women + Array("\n3,".utf8) + men
        + [0x0A])
    let result = survey.result(["tabulate", "DATA", "sex", "--encoding", name])
    #expect(result.status == 0, "\(result.remarks)")
    for letter in text { #expect(result.output.contains(letter), "\(result.output)") }
  }

  @Test func `letters that escapes announce are known by them`() throws {
    let survey = try survey(
      Array("id,sex\n1,\u{1B}$BCK\u{1B}(B\n2,\u{1B}$B=w\u{1B}(B\n".utf8))
    let result = survey.result(["tabulate", "DATA", "sex"])
    #expect(result.output.contains("男") && result.output.contains("女"))
    #expect(result.remarks.contains("ISO-2022-JP") || result.output.contains("ISO-2022-JP"))
  }

  @Test func `bytes that are not of the stated encoding are an error, and UTF-32 is named`() throws
  {
    let cut = try survey(Array("id,sex\n1,".utf8) + [0xFF, 0xFF, 0x0A])
    #expect(cut.result(["inspect", "DATA", "--encoding", "euc-kr"]).status == 65)
    let wide = Array("\u{FEFF}id\n1\n".unicodeScalars).flatMap { scalar in
      (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> UInt32(8 * $0)) }
    }
    let result = try survey(wide).result(["inspect", "DATA"])
    #expect(result.status == 65)
    #expect(result.remarks.contains("is text in UTF-32, which is not read"))
  }

  /// −5 with a minus between thousands would be 5.
  @Test func `no advice makes a negative number positive`() throws {
    let survey = try survey(Array("id,x\n1,−5\n2,3\n3,4\n".utf8))
    let refused = survey.result(["summarize", "DATA", "x"])
    #expect(refused.status == 65)
    #expect(refused.remarks.contains("U+2212"))
    for sign in ["−", "-", "–", "0", "e"] {
      let book = "vekt: 1\nfile: {thousands: \"\(sign)\"}\nvariables: {x: {type: decimal}}\n"
      let path = survey.folder.appending(path: "small.codebook.yaml")
      try book.write(to: path, atomically: true, encoding: .utf8)
      let result = survey.result(["summarize", "DATA", "x"])
      #expect(result.status == 64, "\(sign): \(result.output)")
      #expect(result.remarks.contains("cannot stand between thousands"))
    }
  }

  @Test(arguments: ["", "\n", "  \n\n", "\u{FEFF}\n", "\t\n"])
  func `a file of nothing but blanks is empty`(text: String) throws {
    let result = try survey(Array(text.utf8)).result(["inspect", "DATA"])
    #expect(result.status == 65)
    #expect(result.remarks.contains("is empty"))
  }
}
