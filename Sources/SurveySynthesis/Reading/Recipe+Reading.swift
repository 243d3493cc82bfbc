internal import SurveyData
internal import SurveyReaders

extension Recipe {
  /// Reads a recipe from a file.
  /// - Throws: ``SurveyError`` at `file:line:column` for whatever the format does not know.
  public init(contentsOf path: String) throws {
    let file = try FileBytes(path)
    let text = withExtendedLifetime(file) { String(validating: file.bytes, as: UTF8.self) }
    guard let text else { throw SurveyError(.data, at: path, "is not text in UTF-8") }
    try self.init(parsing: text, name: path)
  }

  /// Reads a recipe from text.
  /// - Parameters:
  ///   - text: The recipe in YAML.
  ///   - name: The file's name, for the places of errors.
  /// - Throws: ``SurveyError`` at `name:line:column` for whatever the format does not know.
  public init(parsing text: String, name: String) throws {
    var reader = RecipeReader(name: name)
    self = try reader.recipe(from: RecipeNode(yaml: YAMLNode(parsing: text, name: name)))
  }
}
