public import SurveyData

extension Dataset {
  /// Writes all variables, with their labels and missing codes, in the format that the path ends in.
  ///
  /// - Parameters:
  ///   - path: The file to make: `.sav` or `.zsav` (SPSS), `.dta` (Stata).
  ///   - language: The language of labels; nil means the codebook's default.
  /// - Returns: What the format cannot hold, each as a note `convert.loss.…`.
  /// - Throws: ``SurveyError`` when the data cannot be read, or when the format cannot hold them
  ///   without being wrong.
  public func write(to path: String, language: String? = nil) throws -> [Note] {
    let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    switch ending {
    case "sav": return try SPSSWriter.write(self, to: path, language: language)
    case "zsav": return try SPSSWriter.write(self, to: path, language: language, deflated: true)
    case "dta": return try StataWriter.write(self, to: path, language: language)
    default:
      throw SurveyError(
        .usage, at: path, "no format is known by the ending '.\(ending)'",
        remedy: "Write to a file that ends in '.csv', '.sav', '.zsav' or '.dta'.")
    }
  }
}
