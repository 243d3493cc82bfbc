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

  /// The codebook of the CSV file that ``write(to:language:)`` makes: the same labels and missing
  /// codes, derived variables as the columns that they have become.
  public func codebookOfCSV(at path: String) throws -> Codebook {
    var book = codebook
    try load(namesOfCSV.map { ($0, ExportedColumn.view(of: try described($0))) })
    book.variables = try namesOfCSV.map { name in
      var variable = try withFoundTags(name)
      variable.isFromFile = false
      return variable
    }
    book.derived = []
    book.path = nil
    book.file = FileStatement()
    book.file.path = path.split(separator: "/").last.map(String.init)
    book.file.format = "csv"
    book.file.delimiter = ","
    book.file.decimal = "."
    book.file.encoding = "utf-8"
    book.file.rows = try rowCount
    return book
  }

  /// The columns of a CSV file: a cell of several answers is one, whose answers its codebook knows.
  var namesOfCSV: [String] {
    let answers = Set(codebook.derived.filter(\.isChosenAnswer).map(\.variable.name))
    return variableNames.filter { !answers.contains($0) }
  }

  /// A variable with the tagged missing values that its rows hold, which nothing marks in a CSV file
  /// but its codebook.
  private func withFoundTags(_ name: String) throws -> Variable {
    var found = try variable(name)
    let column = try ExportedColumn(name, of: self)
    guard !column.isText else { return found }
    for (code, occurs) in zip(column.missing, column.occurring)
    where occurs && code.text.isTaggedMissing
      && !found.missing.contains(where: { $0.values == code.values })
    { found.missing.append(code) }
    return found
  }
}
