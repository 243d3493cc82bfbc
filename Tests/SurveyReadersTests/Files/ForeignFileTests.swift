import SurveyData
import SurveyReaders
import Testing

struct ForeignFileTests {
  static let files: [(bytes: [UInt8], what: String)] = [
    (Array("PAR1".utf8) + [0x15, 4], "is a Parquet file"),
    (Array("ARROW1".utf8) + [0, 0], "is an Arrow (Feather) file"),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "is an old Excel workbook"),
    ([0x50, 0x4B, 3, 4] + Array("....[Content_Types].xml".utf8), "is an Excel workbook"),
    (
      [0x50, 0x4B, 3, 4] + Array("mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8),
      "is an OpenDocument spreadsheet"
    ),
    ([0x50, 0x4B, 3, 4] + Array("answers.csv".utf8), "is a zip archive"),
    (Array("BZh91AY".utf8), "is compressed with bzip2"),
    (Array("RDX3\nX\n".utf8), "is a file of R's own"),
    (Array("RDA3\nA\n3\n262658\n".utf8), "is a file of R's own"),
    (Array("X\n\0\0\0\u{3}".utf8), "is a file of R's own"),
    // gzip of "X", a line feed and the version 3, as R writes an .rds.
    (
      [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 139, 224, 98, 96, 96, 96, 6, 0, 34, 98, 166, 130, 6, 0, 0,
        0,
      ], "is a file of R's own"
    ),
    (
      Array("version https://git-lfs.github.com/spec/v1\noid sha256:4d\n".utf8),
      "is a pointer of git-lfs"
    ),
    (Array("<!DOCTYPE html><html><body>Login, please</body></html>".utf8), "is an HTML page"),
    (Array("\n<HTML lang='nb'>".utf8), "is an HTML page"),
    (Array("<?xml version='1.0'?><codeBook/>".utf8), "is an XML document"),
    (Array("{\"a\":1}\n".utf8), "is a JSON document"),
    (Array("[{\"a\": 1},\n {\"a\": 2}]".utf8), "is a JSON document"),
    (
      Array("DATA LIST FILE='a.dat' / id 1-4.\nVALUE LABELS sex 1 'M'.\n".utf8),
      "is SPSS or Stata syntax"
    ),
    (Array("* Encoding: UTF-8.\n\nGET\n  FILE=a.sav.\n".utf8), "is SPSS or Stata syntax"),
    (Array("* Labels.\n// of 2024\nVARIABLE LABELS a x.\n".utf8), "is SPSS or Stata syntax"),
    (Array("{\\rtf1\\ansi Hello}".utf8), "is a document in rich text"),
    (Array("infile dictionary using a.raw {\n".utf8), "is SPSS or Stata syntax"),
    (Array("   111 0.500\n   222 0.526\n   313 0.551\n".utf8), "is text in columns of fixed width"),
    (Array("%PDF-1.7\n".utf8), "is a PDF document"),
    (
      [UInt8](repeating: 0, count: 12) + [0xC2, 0xEA, 0x81, 0x63, 0xB3, 0x14],
      "is a catalog of SAS (.sas7bcat)"
    ),
    (
      Array("**COMPRESSED** **COMPRESSED** **COMPRESSED**".utf8),
      "is a transport file of SAS's procedure CPORT"
    ),
    (Array("SQLite format 3\0".utf8), "is an SQLite database"),
    ([UInt8](repeating: 0, count: 1000), "there is a NUL byte"),
  ]

  @Test(arguments: files.indices)
  func `a file of another kind is named, with the way out`(place: Int) throws {
    let file = try TestFile(Self.files[place].bytes, named: "answers.csv")
    let error = try #require(throws: SurveyError.self) { try Dataset(contentsOf: file.path) }
    #expect(error.kind == .data)
    #expect(error.problem.hasPrefix(Self.files[place].what), "\(error)")
    #expect(error.remedy != nil)
  }

  @Test(arguments: [
    "id,sex\n1,2\n", "q\n1\n2\n", "[id],[sex]\n1,2\n", "{id},sex\n1,2\n", "id sex\n1 2\n",
    "1,2\n1,2\n", "12\n13\n14\n", "get\n1\n", "*,b\n1,2\n", "dataset name,b\n1,2\n",
  ])
  func `a table of text is none of them`(text: String) throws {
    let file = try TestFile(Array(text.utf8), named: "answers.csv")
    _ = try Dataset(contentsOf: file.path)
  }

  @Test func `twenty megabytes of NULs are refused at their first`() throws {
    let file = try TestFile([UInt8](repeating: 0, count: 20 << 20), named: "answers.csv")
    let error = try #require(throws: SurveyError.self) { try Dataset(contentsOf: file.path) }
    #expect(error.problem == "there is a NUL byte, which no text holds")
  }

  @Test func `UTF-16 without a mark is guessed in the remedy`() throws {
    let wide = "id,sex\n1,2\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let file = try TestFile(wide, named: "answers.csv")
    let error = try #require(throws: SurveyError.self) { try Dataset(contentsOf: file.path) }
    #expect(error.remedy == "It looks like UTF-16: say '--encoding utf-16le'.")
  }
}
