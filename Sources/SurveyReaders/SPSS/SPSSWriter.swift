public import SurveyData

/// Writes SPSS system files.
public struct SPSSWriter {
  /// Writes all variables of a dataset, compressed, with their labels and missing values.
  ///
  /// - Parameters:
  ///   - dataset: What to write.
  ///   - path: The file to make.
  ///   - language: The language of labels; nil means the codebook's default.
  ///   - deflated: Whether to make a `.zsav`, which is smaller.
  /// - Returns: What SPSS cannot hold, each as a note `convert.loss.…`.
  /// - Throws: ``SurveyError`` when the missing values of a variable do not fit without making valid
  ///   values missing, or the file cannot be made.
  public static func write(
    _ dataset: Dataset, to path: String, language: String? = nil, deflated: Bool = false
  ) throws -> [Note] {
    var export = try Export(dataset, to: path, language: language)
    var names = SPSSNames()
    let variables = try export.columns.map {
      try SPSSExport($0, names: &names, export: &export)
    }
    let dictionary = SPSSDictionaryWriter(variables, export: &export, deflated: deflated)
    var file = dictionary.bytes
    let cases = SPSSCaseWriter.bytecodes(variables, rows: export.rowCount)
    if deflated {
      try SPSSDeflater.append(cases, to: &file, path: path)
    } else {
      file.append(cases)
    }
    try OutputFile.write(file.bytes, to: path)
    return export.notes
  }
}
