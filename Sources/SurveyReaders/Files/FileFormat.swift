internal import SurveyData

/// A format of data files: how it is told by its first bytes, and what reads it.
enum FileFormat: CaseIterable {
  case spss
  case stata
  /// Text with a line of names and a line a respondent: what is nothing else.
  case csv

  /// Tells a file's format by its first bytes, not by its name.
  ///
  /// - Throws: ``SurveyError`` of kind data that names a file of another kind, with the way out.
  init(of file: FileBytes) throws {
    let known = Self.allCases.first { format in
      format.marks.contains { file.bytes.starts(with: $0) }
    }
    if let known {
      self = known
      return
    }
    if let foreign = ForeignFile(file.bytes) { throw foreign.fault(at: file.path) }
    self = .csv
  }

  private var marks: [[UInt8]] {
    switch self {
    case .spss: [Array("$FL2".utf8), Array("$FL3".utf8)]
    case .stata:
      [Array("<stata_dta>".utf8)]
        + (0x66...0x73).flatMap { release in [1, 2].map { [release, $0, 1] } }
    case .csv: []
    }
  }

  /// Opens a file of this format.
  func source(
    _ file: FileBytes, codebook: Codebook?, options: ReadingOptions
  ) throws -> any ColumnSource {
    switch self {
    case .spss: try SPSSSource(file, codebook: codebook, options: options)
    case .stata: try StataSource(file, codebook: codebook, options: options)
    case .csv: try CSVSource(file, codebook: codebook, options: options)
    }
  }
}
