internal import SurveyData

/// The outcome of a model of several answers: the categories that occur and everybody's answer.
struct CategoryOutcome {
  /// The categories that occur, in the order of the codes; in a multinomial model the base first.
  let categories: [Category]
  /// The position among them of every row of the frame.
  let answers: [Int32]
  /// What the user must know.
  let notes: [Note]

  /// The most categories that a model of chances takes.
  private static let mostCategories = 50

  init(
    _ model: ModelTerms, _ frame: ModelFrame, family: CategoryFamily, in dataset: Dataset
  ) throws {
    let name = model.formula.outcome.name
    var found = Set<Double>()
    for value in frame.outcomes {
      found.insert(value)
      if found.count > Self.mostCategories { break }
    }
    guard found.count <= Self.mostCategories else {
      throw SurveyError(
        .usage, at: name,
        "takes more than \(Self.mostCategories) values, too many for \(family.article) model",
        remedy: "Cut it into a few categories with --derive, or choose --family linear.")
    }
    var values = found.sorted()
    var notes: [Note] = []
    let all: [Category]?
    switch model.outcome {
    case .categories(let variable):
      let categories = try dataset.categorical(variable.name).categories
      all = categories
      if family == .ordinal, variable.measure == .nominal {
        notes.append(
          Note(
            .warning, id: "model.nominal-outcome",
            "the codebook calls it nominal; the order of its codes counts as that of the answers",
            at: name))
      }
      let empty = categories.indices.filter { !found.contains(Double($0)) }
      if !empty.isEmpty {
        let codes = empty.map { categories[$0].code }.joined(separator: ", ")
        notes.append(
          Note(
            .warning, id: "model.empty-outcome",
            "nobody in the model answered \(codes), so "
              + (empty.count == 1 ? "it is" : "they are") + " left out of the outcome",
            naming: [codes], at: name))
      }
      if family == .multinomial,
        let base = values.firstIndex(where: { categories[Int($0)].code == variable.reference })
      {
        values.insert(values.remove(at: base), at: 0)
      }
    case .condition, .number: all = nil
    }
    let isCondition = if case .condition = model.outcome { true } else { false }
    let categories = values.map { value in
      all.map { $0[Int(value)] }
        ?? Category(isCondition ? (value == 1 ? "true" : "false") : canonicalCode(value))
    }
    guard categories.count > 1 else {
      throw SurveyError(
        .noAnswer, at: name,
        "is \(categories[0].code) for all \(frame.count) respondents of the model, "
          + "so there is nothing to explain",
        remedy: "Look at the outcome and at --where.")
    }
    let places = Dictionary(uniqueKeysWithValues: zip(values, categories.indices.map(Int32.init)))
    self.categories = categories
    answers = frame.outcomes.map { places[$0, default: 0] }
    self.notes = notes
  }
}

extension CategoryFamily {
  /// The name with its article, for sentences.
  var article: String { self == .ordinal ? "an ordinal" : "a multinomial" }
}
