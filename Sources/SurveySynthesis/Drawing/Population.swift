internal import SurveyNumerics

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

  /// For each person the combination of their answers to some variables: a number from 0, in the
  /// order of the answers, without gaps.
  func cells(of names: [String]) -> [Int] {
    var cells = Array(repeating: 0, count: count)
    for answers in names.compactMap({ variables[$0] }) {
      for row in cells.indices { cells[row] = cells[row] * answers.width + answers.positions[row] }
      let number = Dictionary(uniqueKeysWithValues: zip(Set(cells).sorted(), 0...))
      cells = cells.map { number[$0, default: 0] }
    }
    return cells
  }
}
