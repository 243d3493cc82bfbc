public import SurveyData
internal import SurveyReaders

/// How to make up a survey: who is drawn, who answers, and which published shares the weighted
/// answers must meet.
///
/// The format is described in `SampleData/README.md`. A recipe has been checked when it exists: names
/// that it uses are there, shares add up, and every group is accounted for.
public struct Recipe: Sendable {
  /// The study's title.
  public let title: LocalizedText
  /// What a reader of the data must know, first of all that they are made up.
  public let note: LocalizedText
  /// Where the random numbers start; the same recipe gives the same bytes.
  public let seed: UInt64

  let name: String
  let groups: [PopulationGroup]
  let groupColumns: [GroupColumn]
  let missingCodes: MissingCodes
  let sample: SamplePlan
  let background: [RecipeVariable]
  let tendencies: [RecipeVariable]
  let items: [RecipeVariable]

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

  init(
    title: LocalizedText, note: LocalizedText, seed: UInt64, name: String,
    groups: [PopulationGroup], groupColumns: [GroupColumn], missingCodes: MissingCodes,
    sample: SamplePlan, background: [RecipeVariable], tendencies: [RecipeVariable],
    items: [RecipeVariable]
  ) {
    self.title = title
    self.note = note
    self.seed = seed
    self.name = name
    self.groups = groups
    self.groupColumns = groupColumns
    self.missingCodes = missingCodes
    self.sample = sample
    self.background = background
    self.tendencies = tendencies
    self.items = items
  }
}
