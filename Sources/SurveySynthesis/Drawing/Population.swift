internal import SurveyData

/// The people drawn so far, and every variable made for them.
struct Population {
  /// The position of each person's group in the recipe.
  private(set) var groups: [Int]
  /// How many groups the recipe has.
  let groupCount: Int
  /// The running number of each person in the sample drawn.
  private(set) var ids: [Int]
  /// Each person's weight.
  var weights: [Double]
  /// The variables made so far; names are those of the recipe.
  private(set) var variables: [String: Answers] = [:]

  /// The people drawn from each group, in random order.
  init(drawing groups: [PopulationGroup], seed: UInt64) {
    groupCount = groups.count
    let everybody = groups.indices.flatMap { Array(repeating: $0, count: groups[$0].drawn) }
    var stream = RandomStream(seed: seed, name: "order of the sample")
    self.groups = stream.permutation(of: everybody.count).map { everybody[$0] }
    ids = Array(1..<everybody.count + 1)
    weights = self.groups.map { groups[$0].population / Double(groups[$0].drawn) }
  }

  var count: Int { groups.count }

  subscript(name: String) -> Answers? {
    get { variables[name] }
    set { variables[name] = newValue }
  }

  /// The people in `kept`, in the same order.
  func keeping(_ kept: [Int]) -> Population {
    var population = self
    population.groups = kept.map { groups[$0] }
    population.ids = kept.map { ids[$0] }
    population.weights = kept.map { weights[$0] }
    population.variables = variables.mapValues { $0.keeping(kept) }
    return population
  }

  /// For each person the combination of their answers to some variables, as a number.
  func cells(of names: [String]) -> [Int] {
    var cells = Array(repeating: 0, count: count)
    for name in names {
      guard let answers = variables[name] else { continue }
      for row in cells.indices { cells[row] = cells[row] * answers.width + answers.positions[row] }
    }
    return cells
  }
}

/// The answers of everybody to one variable, or their scores on a tendency.
struct Answers {
  /// The valid codes; empty for a tendency.
  let codes: [String]
  /// The missing codes after the system-missing value.
  let missing: [(reason: MissingReason, code: String)]
  /// Positions as in ``CategoricalColumn``: valid codes, then the system-missing value, then `missing`.
  var positions: [Int]
  /// The value of everybody who has one, otherwise NaN: a band's number, a tendency's score, or the
  /// position of the answer.
  var values: [Double]
  /// Whether the column shows `values` instead of codes.
  var isBanded = false

  /// One more than the highest position.
  var width: Int { codes.count + 1 + missing.count }

  /// The position of a missing reason.
  func position(of reason: MissingReason) -> Int {
    let index = missing.firstIndex { $0.reason == reason }
    return codes.count + (index.map { $0 + 1 } ?? 0)
  }

  func keeping(_ kept: [Int]) -> Answers {
    var answers = self
    answers.positions = kept.map { positions[$0] }
    answers.values = kept.map { values[$0] }
    return answers
  }

  /// The values with mean 0 and standard deviation 1; who has none is at the mean.
  func standardized() -> [Double] {
    let valid = values.filter { !$0.isNaN }
    guard !valid.isEmpty else { return values.map { _ in 0 } }
    let mean = valid.reduce(0, +) / Double(valid.count)
    let variance = valid.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(valid.count)
    let scale = variance > 0 ? 1 / variance.squareRoot() : 0
    return values.map { $0.isNaN ? 0 : ($0 - mean) * scale }
  }

  /// The column as the rest of Vekt knows it.
  var column: Column {
    let missing =
      [MissingCode.system] + self.missing.map { MissingCode(.code($0.code), reason: $0.reason) }
    guard isBanded else {
      return .codes(
        CategoricalColumn(
          positions: Positions(positions, valueCount: width),
          categories: codes.map { Category($0) }, missing: missing))
    }
    let numbers = zip(positions, values).map { position, value in
      position < codes.count ? value : NumericColumn.missingValue(position - codes.count)
    }
    return .numbers(NumericColumn(values: numbers, missing: missing))
  }
}
