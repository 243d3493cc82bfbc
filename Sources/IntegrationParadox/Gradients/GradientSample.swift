internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics

/// The respondents of a gradient: outcome, status, group and controls.
struct GradientSample {
  let people: People
  let outcome: String
  let status: String
  let group: String?
  let outcomes: [Double]
  /// The levels that occur, in the codebook's order, and the level of each respondent; no levels
  /// for a number with many values.
  let levels: [Category]
  let levelOf: [Int]
  /// The groups that occur, and the group of each respondent; no groups without a variable.
  let groups: [Category]
  let groupOf: [Int]
  /// The controls' columns.
  let controls: [(column: ModelColumn, values: [Double])]
  let accounting: Accounting
  let notes: [Note]

  /// With more values a status is a number, not a row of levels.
  static let mostLevels = 12

  init(
    outcome: String, status: String, group: String?, controls: [String], in survey: Survey
  ) throws {
    let dataset = survey.dataset
    let roles = [outcome, status] + [group].compactMap { $0 } + controls
    for (place, name) in roles.enumerated() where roles[..<place].contains(name) {
      throw SurveyError(
        .usage, at: name, "has two parts in the analysis", remedy: "Give each variable one part.")
    }
    for name in [status, group].compactMap({ $0 }) { _ = try dataset.variable(name) }
    let described = try dataset.variable(status)
    let isFactor = described.isCategorical || described.type == .text
    let factors =
      [isFactor ? "factor(\(dataset.term(status)))" : dataset.term(status)]
      + (group.map { ["factor(\(dataset.term($0)))"] } ?? [])
    let formula = try Formula(
      "\(dataset.term(outcome)) ~ "
        + (factors + controls.map(dataset.term)).joined(separator: " + "))
    let sample = try ModelSample(
      formula, family: .logistic, otherwise: "as a gradient is one of a chance", in: survey)
    people = sample.people
    self.outcome = outcome
    self.status = status
    self.group = group
    outcomes = sample.outcomes
    (levels, levelOf) =
      try isFactor
      ? sample.people.categories(of: status)
      : Self.levels(of: sample.people.numbers(of: status))
    (groups, groupOf) =
      try group.map { try sample.people.categories(of: $0) }
      ?? ([], people.places.map { _ in 0 })
    guard levels.count != 1 else {
      throw SurveyError(
        .noAnswer, at: status,
        "is \(levels.first?.code ?? "missing") for all \(sample.count) respondents, "
          + "so there is no gradient", remedy: "Look at the status and at --where.")
    }
    let own = sample.columns.filter { ($0.term ?? 0) >= factors.count }
    // What the levels and groups tell already cannot be held constant beside them.
    let width = max(levels.count, 1)
    let cells = people.places.map { [groupOf, levelOf] in groupOf[$0] * width + levelOf[$0] }
    let before = Set(cells).sorted().map { cell in cells.map { $0 == cell ? 1.0 : 0 } }
    let dependent = Regression.dependentColumns(
      before + own.map(\.values), among: people
    ).map { $0 - before.count }
    self.controls = own.enumerated().filter { !dependent.contains($0.offset) }.map {
      ($0.element.column, $0.element.values)
    }
    accounting = sample.accounting
    notes =
      sample.notes.filter { $0.place != group || group == nil }
      + dependent.map { index in
        Note(
          .warning, id: "model.dependent-column",
          "'\(own[index].column.name)' follows from the terms before it, so it is left out",
          naming: [own[index].column.name, ""], at: own[index].column.name)
      }
  }

  /// The numbers of the levels: their codes where all are numbers, otherwise 0, 1, ….
  var scores: [Double] {
    let numbers = levels.compactMap(\.number)
    return numbers.count == levels.count ? numbers : levels.indices.map(Double.init)
  }

  /// The values that occur as categories; none when they are too many for levels.
  private static func levels(of numbers: [Double]) -> (categories: [Category], of: [Int]) {
    var found = Set<Double>()
    for number in numbers where found.count <= mostLevels { found.insert(number) }
    guard found.count <= mostLevels else { return ([], numbers.map { _ in 0 }) }
    let values = found.sorted()
    let place = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
    return (
      values.map { Category(canonicalCode($0)) }, numbers.map { place[$0, default: 0] }
    )
  }

  /// Makes one estimate set of several influences on the same respondents, on the design's degrees of
  /// freedom.
  func estimates(_ parts: [Influence]) throws -> Estimates {
    let totals = try people.totals(of: parts)
    let values = parts.flatMap(\.values)
    let estimates = Estimates(
      // Each cell is of people of its own.
      labels: values.indices.map { Estimates.Label(variable: "\($0)", groups: ["\($0)"]) },
      values: values,
      counts: values.map { _ in people.count },
      weightedCounts: values.map { _ in people.weights.reduce(0, +) }, totals: totals)
    return estimates.on(degreesOfFreedom: estimates.degreesOfFreedom.first ?? .nan)
  }

  /// 1 for the respondents of a cell, one column a cell.
  func dummies(_ cells: [Int], size: Int) -> [[Double]] {
    (0..<size).map { cell in cells.map { $0 == cell ? 1 : 0 } }
  }
}

/// The respondents of a gradient in each data set.
struct GradientSamples {
  let found: Findings<GradientSample>

  /// - Throws: ``SurveyError`` where data sets have other levels or groups.
  init(_ found: Findings<GradientSample>) throws {
    self.found = found
    _ = try found.agreed(at: first.status) { $0.levels.map(\.code) }
    _ = try found.agreed(at: first.group) { $0.groups.map(\.code) }
  }

  /// The names that hold for all.
  var first: GradientSample { found.first }
}
