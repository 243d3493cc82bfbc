internal import SurveyData

/// The outcome as the family wants it, and how its values are called.
struct Response {
  let family: ModelFamily
  /// One number a row of the frame; 0 and 1 in a logistic model.
  let outcomes: [Double]
  /// What the two outcomes are called; empty for a linear model.
  let names: (no: String, yes: String)
  /// What the user must know.
  let notes: [Note]

  /// The value whose chance is modelled; nil for a linear model.
  var event: String? { family == .logistic ? names.yes : nil }

  /// Decides the family where nobody has, and codes the outcome for it.
  ///
  /// A condition, and whatever takes two values, has a logistic model by default.
  init(
    _ model: ModelTerms, _ frame: ModelFrame, family wanted: ModelFamily?, in dataset: Dataset
  ) throws {
    let name = model.formula.outcome.name
    var found = Set<Double>()
    for value in frame.outcomes {
      found.insert(value)
      if found.count > Self.mostShown { break }
    }
    let values = found.sorted()
    switch model.outcome {
    case .condition:
      self = try Self.binary(
        wanted, values, frame, name: name, all: [0, 1], names: { $0 == 1 ? "true" : "false" })
    case .categories(let variable):
      let categories = try dataset.categorical(variable.name).categories
      let two = categories.count == 2 ? [0.0, 1] : values
      if wanted == .logistic || (wanted == nil && two.count <= 2) {
        self = try Self.binary(
          wanted, values, frame, name: name, all: two, names: { categories[Int($0)].code })
      } else {
        self = try Self.scores(variable, categories, frame, isStated: wanted != nil)
      }
    case .number:
      let isFlag = values == [0] || values == [1]
      if wanted == .logistic || (wanted == nil && (values.count == 2 || isFlag)) {
        self = try Self.binary(
          wanted, values, frame, name: name, all: isFlag ? [0, 1] : values, names: canonicalCode)
      } else {
        self.init(family: .linear, outcomes: frame.outcomes, names: ("", ""), notes: [])
      }
    }
  }

  private init(
    family: ModelFamily, outcomes: [Double], names: (no: String, yes: String), notes: [Note]
  ) {
    self.family = family
    self.outcomes = outcomes
    self.names = names
    self.notes = notes
  }

  private static let mostShown = 10

  /// An outcome of two values; the second is the event.
  private static func binary(
    _ wanted: ModelFamily?, _ values: [Double], _ frame: ModelFrame, name: String,
    all: [Double], names: (Double) -> String
  ) throws -> Self {
    guard values.count > 1 else {
      throw SurveyError(
        .noAnswer, at: name,
        "is \(names(values[0])) for all \(frame.rows.count) respondents of the model, "
          + "so there is nothing to explain",
        remedy: "Look at the outcome and at --where.")
    }
    guard values.count == 2 else {
      let shown = values.prefix(mostShown).map(names).joined(separator: ", ")
      throw SurveyError(
        .usage, at: name,
        "a logistic model needs an outcome of two values; it has "
          + shown + (values.count > mostShown ? " and more" : ""),
        remedy: "Write a condition, as in `\(name) == \(names(values[0])) ~ …`, "
          + "or choose --family linear.")
    }
    let (no, yes) = (names(all[0]), names(all[1]))
    if wanted == .linear {
      return Self(family: .linear, outcomes: frame.outcomes, names: ("", ""), notes: [])
    }
    let isPlain = (no == "0" && yes == "1") || (no == "false" && yes == "true")
    let note = Note(
      .information, id: "model.event", "models the chance that '\(name)' is \(yes) and not \(no)",
      at: name)
    return Self(
      family: .logistic, outcomes: frame.outcomes.map { $0 == all[1] ? 1 : 0 }, names: (no, yes),
      notes: isPlain ? [] : [note])
  }

  /// Categories as numbers, for a linear model.
  private static func scores(
    _ variable: Variable, _ categories: [Category], _ frame: ModelFrame, isStated: Bool
  ) throws -> Self {
    let numbers = categories.compactMap(\.number)
    guard numbers.count == categories.count, isStated || variable.measure != .nominal else {
      let codes = categories.prefix(mostShown).map(\.code).joined(separator: ", ")
      let literal = categories.first.map { $0.number == nil ? "'\($0.code)'" : $0.code } ?? "1"
      throw SurveyError(
        .usage, at: variable.name,
        "has \(categories.count) categories (\(codes)), which are neither two nor numbers",
        remedy: "Write a condition, as in `\(variable.name) == \(literal) ~ …`.")
    }
    let note = Note(
      .information, id: "model.codes-as-numbers",
      "its codes \(categories.prefix(mostShown).map(\.code).joined(separator: ", ")) "
        + "count as numbers", at: variable.name)
    return Self(
      family: .linear, outcomes: frame.outcomes.map { numbers[Int($0)] }, names: ("", ""),
      notes: isStated ? [] : [note])
  }
}
