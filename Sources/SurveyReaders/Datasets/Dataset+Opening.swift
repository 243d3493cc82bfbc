public import SurveyData

extension Dataset {
  /// Opens a file of answers: CSV, SPSS (`.sav`, `.zsav`, `.por`), Stata (`.dta`) or SAS (`.sas7bdat`,
  /// `.xpt`).
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
    let format = try FileFormat(of: file)
    let source = try format.source(file, codebook: codebook, options: options)
    if (options.file.sha256 ?? codebook?.file.sha256) != nil { _ = try source.sha256() }
    let codebook = source is CellSource ? codebook?.ofPart : codebook
    self = try Dataset(source, codebook: codebook).findingSeveralAnswers()
  }
}
