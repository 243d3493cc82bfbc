import SurveyData
import SurveyStatistics

/// Small samples, and larger ones from a linear congruential generator.
enum Answers {
  static func numbers(_ values: [Double?]) -> Column {
    .numbers(
      NumericColumn(values: values.map { $0 ?? NumericColumn.missingValue(0) }, missing: [.system]))
  }

  static func codes(_ answers: [String?], _ categories: [String]) -> Column {
    .codes(
      CategoricalColumn(
        positions: Positions(
          answers.map { answer in
            answer.flatMap(categories.firstIndex) ?? categories.count
          }, valueCount: categories.count + 1),
        categories: categories.map { Category($0) }, missing: [.system]))
  }

  /// A survey of which nobody has said how it was drawn.
  static func survey(
    _ columns: [(name: String, column: Column)], codebook: Codebook? = nil,
    weight: String? = nil, strata: String? = nil, psu: [String] = [],
    subpopulation: Expression? = nil
  ) throws -> Survey {
    try Survey(
      Dataset(MemorySource(columns), codebook: codebook),
      weight: weight.map { WeightDeclaration($0, source: .expression($0)) },
      design: DesignDeclaration(strata: strata, psu: psu), subpopulation: subpopulation)
  }

  /// A codebook of categorical variables.
  static func codebook(_ variables: [(name: String, codes: [String])], reference: String? = nil)
    -> Codebook
  {
    Codebook(
      variables: variables.map { name, codes in
        var variable = Variable(name)
        variable.measure = .nominal
        variable.categories = codes.map { Category($0) }
        variable.reference = reference.flatMap { codes.contains($0) ? $0 : nil }
        return variable
      })
  }

  /// 240 made-up respondents in 4 strata of 6 PSUs; `order` puts them in another order.
  static func sample(order: (Int) -> Int = { $0 }) -> [(name: String, column: Column)] {
    var state = 20_240_604
    func uniform() -> Double {
      state = state * 16_807 % 2_147_483_647
      return Double(state) / 2_147_483_647
    }
    var table: [[Double]] = []
    for person in 0..<240 {
      let group = (uniform() * 3).rounded(.down) + 1
      let sex = (uniform() * 2).rounded(.down) + 1
      let x = uniform() * 4 - 2
      let y: Double = uniform() < 0.25 + 0.15 * group + 0.05 * x ? 1 : 0
      let weight = 0.5 + 2 * uniform()
      table.append([
        group, sex, x, y, weight, Double(person / 60), Double(person / 10), 3 * x + uniform(),
      ])
    }
    let rows = table.indices.map { table[order($0)] }
    return ["g", "sex", "x", "y", "w", "stratum", "psu", "score"].enumerated().map { index, name in
      (name, numbers(rows.map { $0[index] }))
    }
  }
}
