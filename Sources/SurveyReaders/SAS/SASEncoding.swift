internal import SurveyData

/// How a SAS data set says its text is encoded: by a number.
struct SASEncoding {
  let page: CodePage
  let notes: [Note]

  /// Numbers that leave the encoding open: none, ASCII, any.
  private static let open: Set<UInt8> = [0, 28, 204]

  /// - Throws: ``SurveyError`` when the encoding is one that cannot be read.
  init(number: UInt8, lossy: Bool, path: String) throws {
    guard let name = Self.name(ofNumber: number) else {
      page = .detected()
      notes =
        Self.open.contains(number)
        ? []
        : [
          Note(
            .warning, id: "sas.unknown-encoding",
            "says that its text has the encoding \(number) of SAS, which is not known; "
              + "'--encoding NAME' states it", at: path)
        ]
      return
    }
    guard let page = CodePage(name, lossy: lossy) else {
      throw SurveyError(
        .data, at: path, "holds text in the encoding '\(name)', which is not known",
        remedy: "State the one that it is: '--encoding NAME', with a name that `iconv -l` lists.")
    }
    self.page = page
    notes = []
  }

  /// The encoding's name; nil for a number that stands for none, or is not known.
  private static func name(ofNumber number: UInt8) -> String? {
    switch number {
    case 20: "utf-8"
    case 29...37: "iso-8859-\(number - 28)"
    case 39: "iso-8859-11"
    case 40: "iso-8859-15"
    case 41: "cp437"
    case 42: "cp850"
    case 43: "cp852"
    case 44: "cp857"
    case 45: "cp858"
    case 46: "cp862"
    case 47: "cp864"
    case 48: "cp865"
    case 49: "cp866"
    case 50: "cp869"
    case 51: "cp874"
    case 52: "cp921"
    case 53: "cp922"
    case 54: "cp1129"
    case 55: "cp720"
    case 56: "cp737"
    case 57: "cp775"
    case 58: "cp860"
    case 59: "cp863"
    case 60...68: "windows-\(1250 + Int(number) - 60)"
    case 69: "macintosh"
    case 118: "cp950"
    case 119: "euc-tw"
    case 123: "big5"
    case 125: "euc-cn"
    case 126: "cp936"
    case 134: "euc-jp"
    case 138: "cp932"
    case 140: "euc-kr"
    case 141, 142: "cp949"
    case 205: "gb18030"
    case 227: "iso-8859-14"
    case 242: "iso-8859-13"
    default: nil
    }
  }
}
