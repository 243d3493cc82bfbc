public import SurveyData

extension Dataset {
  /// Opens a file of answers: CSV, SPSS (`.sav`, `.zsav`) or Stata (`.dta`).
  ///
  /// The format is told by the file's first bytes, not by its name.
  /// - Parameters:
  ///   - path: The file.
  ///   - codebook: What the codes mean; nil means what the file itself says.
  ///   - options: What is stated about the file; it goes before the codebook.
  /// - Throws: ``SurveyError`` when the file cannot be opened or understood.
  public init(
    contentsOf path: String, codebook: Codebook? = nil, options: ReadingOptions = ReadingOptions()
  ) throws {
    let file = try FileBytes(path)
    let open = try FileFormat(of: file).open
    self.init(try open(file, codebook, options), codebook: codebook)
  }
}

/// A format of data files, and how to open one.
private struct FileFormat {
  typealias Open = @Sendable (FileBytes, Codebook?, ReadingOptions) throws -> any ColumnSource

  let open: Open

  init(of file: FileBytes) throws {
    let format = Self.all.first { format in format.marks.contains { file.bytes.starts(with: $0) } }
    if let format {
      open = format.open
    } else if file.bytes.starts(with: Self.markedSPSS) {
      throw SurveyError(
        .data, at: file.path, "is an SPSS file behind a byte order mark",
        remedy: "A program has treated it as text and damaged it; fetch it anew.")
    } else {
      open = { try CSVSource($0, codebook: $1, options: $2) }
    }
  }

  /// The formats that are told by their first bytes; everything else is CSV.
  private static let all: [(marks: [[UInt8]], open: Open)] = [
    (
      [Array("$FL2".utf8), Array("$FL3".utf8)],
      { try SPSSSource($0, codebook: $1, options: $2) }
    ),
    (
      [Array("<stata_dta>".utf8)]
        + (0x69...0x73).flatMap { release in [1, 2].map { [release, $0, 1] } },
      { try StataSource($0, codebook: $1, options: $2) }
    ),
  ]

  private static let markedSPSS = [0xEF, 0xBB, 0xBF] + Array("$FL".utf8)
}
