public import SurveyData

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
