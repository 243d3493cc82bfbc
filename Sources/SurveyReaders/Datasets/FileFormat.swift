internal import SurveyData

/// A format of data files: how it is told by its first bytes, and what reads it.
enum FileFormat: CaseIterable {
  case spss
  /// SPSS's portable format.
  case portable
  case stata
  /// A data set of SAS.
  case sas
  /// SAS's transport format.
  case transport
  /// Text with a line of names and a line a respondent: what is nothing else.
  case csv

  /// Tells a file's format by its first bytes, not by its name.
  ///
  /// - Throws: ``SurveyError`` of kind data that names a file of another kind, with the way out.
  init(of file: FileBytes) throws {
    if let known = Self.allCases.first(where: { $0.begins(file.bytes) }) {
      self = known
      return
    }
    if let foreign = ForeignFile(file.bytes) { throw foreign.fault(at: file.path) }
    self = .csv
  }

  private func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .spss: bytes.starts(with: "$FL2".utf8) || bytes.starts(with: "$FL3".utf8)
    case .portable: PortableText.begins(bytes)
    case .stata:
      bytes.starts(with: "<stata_dta>".utf8)
        || bytes.count > 2 && 0x66...0x73 ~= bytes[0] && 1...2 ~= bytes[1] && bytes[2] == 1
    case .sas: SASDataHeader.begins(bytes)
    case .transport: SASTransportParser.begins(bytes)
    case .csv: false
    }
  }

  /// Opens a file of this format.
  func source(
    _ file: FileBytes, codebook: Codebook?, options: ReadingOptions
  ) throws -> any ColumnSource {
    if let catalog = options.file.catalog, self != .sas, self != .transport {
      throw SurveyError(
        .usage, "--catalog is '\(catalog)', but '\(file.path)' is no data set of SAS",
        remedy: "Leave it out: other files hold their labels themselves, or a codebook does.")
    }
    let source: any ColumnSource =
      switch self {
      case .spss: try SPSSSource(file, codebook: codebook, options: options)
      case .portable: try PortableSource(file, codebook: codebook, options: options)
      case .stata: try StataSource(file, codebook: codebook, options: options)
      case .sas, .transport: try SASSource(file, codebook: codebook, options: options)
      case .csv where CellsFile.isOne(file):
        try CellsFile.source(file, codebook: codebook, options: options)
      case .csv: try CSVSource(file, codebook: codebook, options: options)
      }
    if self != .csv, source.embeddedCodebook.variable(named: CellColumn.people) != nil {
      throw SurveyError(
        .data, at: file.path,
        "has '\(CellColumn.people)', so that its rows are cells, which are read from CSV only",
        remedy: "Write them as CSV, with all their columns.")
    }
    return source
  }
}
