internal import CZlib
internal import SurveyData

/// What a file is that is neither of the formats that are read nor a table of text.
struct ForeignFile {
  /// What it is, such as `a PDF document`.
  let what: String
  /// How to get at its answers.
  let remedy: String

  /// The fault of reading it.
  func fault(at path: String) -> SurveyError {
    SurveyError(.data, at: path, "is \(what)", remedy: remedy)
  }

  /// Tells what a file is by its first bytes; nil for what may be a table of text.
  init?(_ bytes: UnsafeRawBufferPointer) {
    let known =
      Self.marks.first { bytes.starts(with: $0.mark) }.map(\.file)
      ?? Self.compressed(bytes) ?? Self.zipped(bytes) ?? Self.words(bytes)
    guard let known else { return nil }
    self = known
  }

  private init(_ what: String, _ remedy: String) {
    self.what = what
    self.remedy = remedy
  }

  private static let marks: [(mark: [UInt8], file: ForeignFile)] = [
    (Array("BZh".utf8), .init("compressed with bzip2", "Unpack it: `bunzip2 FILE.bz2`.")),
    ([0xFD] + Array("7zXZ".utf8), .init("compressed with xz", "Unpack it: `unxz FILE.xz`.")),
    ([0x28, 0xB5, 0x2F, 0xFD], .init("compressed with zstd", "Unpack it: `unzstd FILE.zst`.")),
    ([0x37, 0x7A, 0xBC, 0xAF], .init("a 7z archive", "Unpack it: `7z x FILE.7z`.")),
    (
      [0xD0, 0xCF, 0x11, 0xE0],
      .init("an old Excel workbook (.xls) or another Office document", "Save the sheet as CSV.")
    ),
    (
      Array("PAR1".utf8),
      .init(
        "a Parquet file",
        "Write it as CSV, for instance with DuckDB: COPY (FROM 'FILE.parquet') TO 'FILE.csv'.")
    ),
    (
      Array("ARROW1".utf8),
      .init("an Arrow (Feather) file", "Write it as CSV, for instance with pandas or R's arrow.")
    ),
    (
      Array("FEA1".utf8),
      .init("a Feather file", "Write it as CSV, for instance with pandas or R's arrow.")
    ),
    (
      Array("SQLite format 3".utf8),
      .init(
        "an SQLite database",
        "Write the table as CSV: `sqlite3 -header -csv FILE 'SELECT * FROM TABLE'`.")
    ),
    (
      [0x89] + Array("HDF".utf8),
      .init("an HDF5 file", "Write the table as CSV, for instance with pandas.")
    ),
    (
      Array("%PDF".utf8),
      .init("a PDF document", "Ask for the data themselves: CSV, SPSS or Stata.")
    ),
    (
      [0x89] + Array("PNG".utf8),
      .init("a picture (PNG)", "Ask for the data themselves: CSV, SPSS or Stata.")
    ),
    (Array("RDX2\n".utf8), r), (Array("RDX3\n".utf8), r), (Array("RDA2\n".utf8), r),
    (Array("RDA3\n".utf8), r), (Array("X\n\0\0".utf8), r), (Array("A\n2\n".utf8), r),
    (Array("A\n3\n".utf8), r), (Array("B\n".utf8) + [2, 0, 0, 0], r),
    (Array("B\n".utf8) + [3, 0, 0, 0], r),
    (
      Array(repeating: 0, count: 12) + [0xC2, 0xEA, 0x81, 0x63],
      .init(
        "a catalog of SAS (.sas7bcat), which holds formats and not data",
        "Name the data set (.sas7bdat), and the catalog beside it: `--catalog FILE.sas7bcat`."
      )
    ),
    (
      Array("**COMPRESSED** **COMPRESSED**".utf8),
      .init(
        "a transport file of SAS's procedure CPORT, whose format is not public",
        "Unpack it in SAS (PROC CIMPORT), and save the data as .sas7bdat or with the engine XPORT.")
    ),
    (
      Array("version https://git-lfs.github.com/".utf8),
      .init(
        "a pointer of git-lfs, and not the file that it stands for",
        "Fetch the file: `git lfs pull`.")
    ),
    (
      [0xEF, 0xBB, 0xBF] + Array("$FL".utf8),
      .init(
        "an SPSS file behind a byte order mark",
        "A program has treated it as text and damaged it; fetch it anew.")
    ),
  ]

  private static let r = ForeignFile(
    "a file of R's own (.rds or .rdata)", "Save the data with haven::write_sav or write.csv.")

  /// A gzip file, which tells what is in it.
  private static func compressed(_ bytes: UnsafeRawBufferPointer) -> ForeignFile? {
    guard bytes.starts(with: [0x1F, 0x8B]) else { return nil }
    let head = inflatedHead(bytes)
    let isOfR = marks.contains { $0.file.what == r.what && head.starts(with: $0.mark) }
    return isOfR ? r : .init("compressed with gzip", "Unpack it: `gunzip FILE.gz`.")
  }

  /// The first bytes of a gzip file; empty where it is damaged.
  private static func inflatedHead(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var stream = z_stream()
    // 16 beside the largest window means gzip.
    guard inflateInit2_(&stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return [] }
    defer { inflateEnd(&stream) }
    var head = [UInt8](repeating: 0, count: 32)
    let left = head.withUnsafeMutableBufferPointer { target in
      stream.next_in = UnsafeMutablePointer(
        mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(min(bytes.count, 4096))
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(target.count)
      _ = inflate(&stream, Z_SYNC_FLUSH)
      return Int(stream.avail_out)
    }
    return Array(head.dropLast(left))
  }

  private static func zipped(_ bytes: UnsafeRawBufferPointer) -> ForeignFile? {
    guard bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) else { return nil }
    let head = UnsafeRawBufferPointer(rebasing: bytes[..<min(bytes.count, 4096)])
    func holds(_ text: String) -> Bool { head.firstRange(of: text) != nil }
    if holds("xl/") || holds("[Content_Types].xml") {
      return .init("an Excel workbook or another Office document", "Save the sheet as CSV.")
    }
    if holds("opendocument.spreadsheet") {
      return .init("an OpenDocument spreadsheet", "Save the sheet as CSV.")
    }
    return .init("a zip archive", "Unpack it: `unzip FILE.zip`.")
  }

  // MARK: Text

  private static func words(_ bytes: UnsafeRawBufferPointer) -> ForeignFile? {
    let head = UnsafeRawBufferPointer(rebasing: bytes[..<min(bytes.count, 4096)])
    let text = String(decoding: head, as: UTF8.self).drop { $0.isWhitespace }
    let start = text.prefix(40).lowercased()
    if ["<!doctype html", "<html", "<head", "<body", "<table"].contains(where: start.hasPrefix) {
      return .init(
        "an HTML page, perhaps of a login or an error",
        "Fetch the data anew, and look at what comes.")
    }
    if start.hasPrefix("<?xml") || start.hasPrefix("<codebook") {
      return .init("an XML document", "A DDI codebook describes data; name the data themselves.")
    }
    if isJSON(text, bytes) {
      return .init("a JSON document", "Write the answers as CSV, one respondent a line.")
    }
    if start.hasPrefix("{\\rtf") {
      return .init(
        "a document in rich text (RTF)", "Ask for the data themselves: CSV, SPSS or Stata.")
    }
    let command = afterComments(text).prefix(40).lowercased()
    if let keyword = syntax.first(where: { word in
      [start, command].contains { $0.hasPrefix(word.lowercased()) }
    }) {
      return .init(
        "SPSS or Stata syntax, which begins with '\(keyword)', and not the data",
        "Run it there and save the data as .sav or .dta; or name the data that it describes.")
    }
    return isFixedWidth(head) ? fixedWidth : nil
  }

  /// What follows the lines that begin with a star or two slashes, comments of SPSS and Stata.
  private static func afterComments(_ text: Substring) -> Substring {
    var rest = text
    for _ in 0..<20 where rest.hasPrefix("*") || rest.hasPrefix("//") {
      rest = rest.drop { !$0.isNewline }.drop { $0.isWhitespace }
    }
    return rest
  }

  private static let fixedWidth = ForeignFile(
    "text in columns of fixed width, with neither delimiters nor names",
    "Read it with the syntax that came with it (SPSS DATA LIST, Stata infix), and save it as .sav, .dta "
      + "or CSV.")

  private static let syntax = [
    "DATA LIST", "GET FILE", "GET DATA", "* Encoding:", "GET /FILE", "VARIABLE LABELS",
    "VALUE LABELS",
    "FILE HANDLE", "infile dictionary", "infix dictionary", "dictionary {", "dictionary{",
    "dictionary using", "#delimit", "label define", "label variable",
  ]

  private static func isJSON(_ text: Substring, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let first = text.first, first == "{" || first == "[" else { return false }
    let next = text.dropFirst().first { !$0.isWhitespace }
    guard next == nil || "\"{[}]0123456789".contains(next ?? " ") else { return false }
    let last = bytes.last { $0 > 0x20 }
    return last == UInt8(ascii: "}") || last == UInt8(ascii: "]")
  }

  /// Whether lines of digits, points and blanks, of one length, have neither names nor delimiters.
  private static func isFixedWidth(_ head: UnsafeRawBufferPointer) -> Bool {
    let lines = Array(head.split(separator: 10).prefix(20))
    guard lines.count > 1 else { return false }
    let width = lines[0].count
    let isNumeric = lines.dropLast().allSatisfy { line in
      line.count == width && line.allSatisfy { 0x30...0x39 ~= $0 || " .-\r".utf8.contains($0) }
    }
    return isNumeric && width > 2 && (width > 20 || lines[0].contains(0x20))
  }
}

extension UnsafeRawBufferPointer {
  /// The place of a text's bytes.
  fileprivate func firstRange(of text: String) -> Int? {
    let wanted = Array(text.utf8)
    guard wanted.count <= count else { return nil }
    return (0...(count - wanted.count)).first { start in
      self[start..<(start + wanted.count)].elementsEqual(wanted)
    }
  }
}
