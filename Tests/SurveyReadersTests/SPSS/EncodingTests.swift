import SurveyData
import SurveyReaders
import Testing

struct EncodingTests {
  /// 남성, 여성 and 男性, 女性, 男, 女 as other encodings write them.
  static let words: [(encoding: String, man: [UInt8], woman: [UInt8], texts: [String])] = [
    ("EUC-KR", [0xB3, 0xB2, 0xBC, 0xBA], [0xBF, 0xA9, 0xBC, 0xBA], ["남성", "여성"]),
    ("cp949", [0xB3, 0xB2, 0xBC, 0xBA], [0xBF, 0xA9, 0xBC, 0xBA], ["남성", "여성"]),
    ("GBK", [0xC4, 0xD0, 0xD0, 0xD4], [0xC5, 0xAE, 0xD0, 0xD4], ["男性", "女性"]),
    ("EUC-CN", [0xC4, 0xD0, 0xD0, 0xD4], [0xC5, 0xAE, 0xD0, 0xD4], ["男性", "女性"]),
    ("Big5", [0xA8, 0x6B, 0xA9, 0xCA], [0xA4, 0x6B, 0xA9, 0xCA], ["男性", "女性"]),
    ("windows-31j", [0x92, 0x6A, 0x90, 0xAB], [0x8F, 0x97, 0x90, 0xAB], ["男性", "女性"]),
    ("EUC-JP", [0xC3, 0xCB, 0xC0, 0xAD], [0xBD, 0xF7, 0xC0, 0xAD], ["男性", "女性"]),
    ("koi8-r", [0xED, 0xF5, 0xF6], [0xF6, 0xE5, 0xEE], ["МУЖ", "ЖЕН"]),
  ]

  private func file(_ encoding: String?, _ answers: [[UInt8]]) -> SAVBytes {
    var file = SAVBytes()
    file.encoding = encoding
    file.codePage = nil
    file.variables = [.init(name: "SEX", width: 6, format: 0x01_06_00)]
    file.cases = answers.map { [.text($0)] }
    return file
  }

  @Test(arguments: words.indices)
  func `letters of several bytes stay what they are`(place: Int) throws {
    let (encoding, man, woman, texts) = Self.words[place]
    let contents = try Contents(file(encoding, [man, woman, man]))
    #expect(contents.texts["SEX"] == [texts[0], texts[1], texts[0]])
    #expect(contents.notes.isEmpty)
  }

  @Test func `bytes that an encoding does not know are refused, or marked`() throws {
    let damaged = file("EUC-KR", [[0xB3, 0xB2, 0xFF, 0x41]])
    #expect(try refusal(damaged)?.contains("'SEX', row 1, is not valid euc-kr") == true)
    var options = ReadingOptions()
    options.lossy = true
    #expect(try Contents(damaged, options: options).texts["SEX"] == ["남\u{FFFD}A"])
  }

  @Test func `an encoding that nobody knows is refused by its name`() throws {
    #expect(
      try refusal(file("EUC-XX", [[0x41]])) == """
        answers.sav: holds text in the encoding 'EUC-XX', which is not known
              State the one that it is: '--encoding NAME', with a name that `iconv -l` lists.
        """)
  }

  @Test(
    arguments: [
      ("UTF-8", Array("Bodø".utf8.dropLast()), "Bod"),
      ("UTF-8", Array("ab男".utf8.dropLast(2)), "ab"),
      ("EUC-KR", [0xB3, 0xB2, 0xBC], "남"),
    ] as [(String, [UInt8], String)])
  func `a letter cut at the end of a cell is left out, and said`(
    encoding: String, bytes: [UInt8], text: String
  ) throws {
    let contents = try Contents(file(encoding, [[0x41], bytes]))
    #expect(contents.texts["SEX"] == ["A", text])
    #expect(contents.notes.map(\.id) == ["encoding.cut-letter"])
    #expect(contents.notes[0].text.contains("'SEX': 1 text ends in the middle"))
    #expect(contents.notes[0].text.contains("row 2"))
  }

  @Test func `a name cut in a letter is read without it`() throws {
    var file = file("UTF-8", [[0x41]])
    file.variables[0].label = Array("Vær".utf8.dropLast(2))
    let contents = try Contents(file)
    #expect(try contents.variable("SEX").label.text(in: "und") == "V")
    #expect(contents.notes.map(\.id) == ["encoding.cut-letter"])
  }

  @Test func `a damaged byte among letters of UTF-8 is not called another encoding`() throws {
    let mixed = Array("ø".utf8) + [0xE6] + Array("å".utf8)
    #expect(
      try refusal(file("UTF-8", [mixed])) == """
        answers.sav: 'SEX', row 1, is not valid utf-8
              Other letters in it are: a byte was damaged. '--lossy' reads on and marks such bytes.
        """)
  }
}
