public import SurveyData

/// Writes Stata files of format 118, or 119 where there are more than 32,767 variables.
public struct StataWriter {
  /// The most variables of format 119.
  private static let mostVariables = 120_000

  /// Writes all variables of a dataset with their labels; missing codes become `.a`–`.z`.
  ///
  /// - Parameters:
  ///   - dataset: What to write.
  ///   - path: The file to make.
  ///   - language: The language of labels; nil means the codebook's default.
  /// - Returns: What Stata cannot hold, each as a note `convert.loss.…`.
  /// - Throws: ``SurveyError`` when the data cannot be read or the file cannot be made.
  public static func write(
    _ dataset: Dataset, to path: String, language: String? = nil
  ) throws -> [Note] {
    var export = try Export(dataset, to: path, language: language)
    guard export.columns.count <= mostVariables else {
      throw SurveyError(
        .usage, at: path,
        "would have \(export.columns.count) variables, and a Stata file has at most \(mostVariables)",
        remedy: "Write CSV or SPSS.")
    }
    var names = StataNames.maker()
    var variables: [StataExport] = []
    for column in export.columns {
      variables.append(StataExport(column, names: &names, export: &export))
    }
    for group in export.codebook.groups {
      export.lose("groups", "has no place for the group '\(group.name)'")
    }
    let file = StataFileWriter(variables, export: &export)
    try OutputFile.write(file.bytes, to: path)
    return export.notes
  }
}
