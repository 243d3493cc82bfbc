internal import SurveyData

/// How an SPSS file says its text is encoded: record 7/20 by name, record 7/3 by number.
struct SPSSEncoding {
  let page: CodePage
  let notes: [Note]

  /// - Throws: ``SurveyError`` when the encoding is not one that can be read.
  init(_ records: SPSSRecords, file: FileBytes, stated: String?, lossy: Bool) throws {
    if let stated {
      page = try Self.page(stated, lossy: lossy, path: file.path)
      notes = []
      return
    }
    let number = try Self.number(records, file: file)
    let name = records.extensions.first { $0.subtype == 20 }
      .map { String(decoding: $0.data.withoutPadding, as: UTF8.self) }
    if let name {
      page = try Self.page(name, lossy: lossy, path: file.path)
      let other = number.flatMap { Self.name(ofNumber: $0) }.flatMap { CodePage($0) }
      if let other, other.name != page.name {
        notes = [
          Note(
            .warning, id: "sav.encoding-conflict",
            "says twice how its text is encoded, \(page.name) and \(other.name); "
              + "\(page.name) is used", at: file.path)
        ]
      } else {
        notes = []
      }
    } else if let number, number == 1 {
      throw SurveyError(.data, at: file.path, "holds text in EBCDIC, which is not supported")
    } else if let number, let declared = Self.name(ofNumber: number) {
      page = try Self.page(declared, lossy: lossy, path: file.path)
      notes = []
    } else {
      page = .detected()
      notes = []
    }
  }

  private static func number(_ records: SPSSRecords, file: FileBytes) throws -> Int? {
    guard let record = records.extensions.first(where: { $0.subtype == 3 }), record.data.count >= 32
    else { return nil }
    var reader = records.reader(of: record, in: file)
    try reader.skip(28)
    return try reader.int32()
  }

  /// Numbers 2 and 3 mean ASCII, which says nothing of other bytes.
  private static func name(ofNumber number: Int) -> String? {
    switch number {
    case 65_001: "utf-8"
    case 1250...1258: "windows-\(number)"
    case 28_591...28_606: "iso-8859-\(number - 28_590)"
    case 437...869, 874: "cp\(number)"
    case 20_866: "koi8-r"
    case 932, 936, 949, 950, 54_936: "cp\(number)"
    default: nil
    }
  }

  private static func page(_ name: String, lossy: Bool, path: String) throws -> CodePage {
    guard let page = CodePage(name, lossy: lossy) else {
      throw SurveyError(
        .data, at: path, "holds text in the encoding '\(name)', which is not known",
        remedy: "State the one that it is: '--encoding NAME', with a name that `iconv -l` lists.")
    }
    return page
  }
}
