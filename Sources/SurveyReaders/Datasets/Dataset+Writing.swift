public import SurveyData

extension Dataset {
  /// Writes all variables, with their labels and missing codes, in the format that the path ends in.
  ///
  /// - Parameters:
  ///   - path: The file to make: `.csv`, `.sav` or `.zsav` (SPSS), `.dta` (Stata). CSV holds codes
  ///     only; its labels belong in a codebook, see ``Dataset/codebookOfCSV(at:)``.
  ///   - language: The language of labels; nil means the codebook's default.
  /// - Returns: What the format cannot hold, each as a note `convert.loss.…`.
  /// - Throws: ``SurveyError`` when the data cannot be read, or when the format cannot hold them
  ///   without being wrong.
  public func write(to path: String, language: String? = nil) throws -> [Note] {
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    switch ending {
    case "csv": return try CSVWriter.write(self, to: path)
    case "sav": return try SPSSWriter.write(self, to: path, language: language)
    case "zsav": return try SPSSWriter.write(self, to: path, language: language, deflated: true)
    case "dta": return try StataWriter.write(self, to: path, language: language)
    case "por", "sas7bdat", "xpt":
      throw SurveyError(
        .usage, at: path, "files that end in '.\(ending)' are read, and not written",
        remedy: Self.writable)
    default:
      throw SurveyError(
        .usage, at: path, "no format is known by the ending '.\(ending)'",
        remedy: Self.writable)
    }
  }

  private static let writable = "Write to a file that ends in '.csv', '.sav', '.zsav' or '.dta'."
}
