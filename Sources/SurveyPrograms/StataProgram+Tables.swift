import SurveyData
import SurveyStatistics

extension StataProgram {
  /// Statistics of numbers within the groups, correlations and scales.
  mutating func write(_ analysis: SummaryAnalysis) throws {
    let groups = analysis.groups
    if !analysis.correlated.isEmpty { writeCorrelations(analysis.correlated, groups) }
    for name in analysis.names {
      for statistic in analysis.statistics { write(statistic, of: name, analysis) }
    }
    if analysis.countsPeople {
      add("generate byte vekt_one = 1")
      add("\(svy) total vekt_one,\(over(groups)) \(level)")
    }
    for (a, b) in analysis.ratios { add("\(svy) ratio \(a)/\(b),\(over(groups)) \(level)") }
    for scale in analysis.scales { write(scale, analysis) }
  }

  private mutating func write(
    _ statistic: SummaryStatistic, of name: String, _ analysis: SummaryAnalysis
  ) {
    switch statistic {
    case .mean: add("\(svy) mean \(name),\(over(analysis.groups)) \(level)")
    case .total: add("\(svy) total \(name),\(over(analysis.groups)) \(level)")
    case .standardDeviation:
      comment("The standard deviation as a function of two means.")
      add("capture drop vekt_square")
      add("generate double vekt_square = \(name)^2")
      let deviation = "sqrt(_b[vekt_square] - _b[\(name)]^2)"
      if isImputed {
        comment("Stata's functions of combined estimates know no n: sqrt(n / (n - 1)) is left out.")
      }
      forEach(analysis.groups) { program, condition in
        guard !program.isImputed else {
          return program.add("mean \(name) vekt_square", then: [deviation], condition)
        }
        program.add("\(program.svy(condition)) mean \(name) vekt_square")
        program.add(
          "local n = \(condition.isEmpty && !program.hasSubpopulation ? "e(N)" : "e(N_sub)")")
        program.add(
          "nlcom \(deviation) * sqrt(`n' / (`n' - 1)), df(`=e(df_r)') \(program.level)")
      }
    case .quantile(let p):
      comment("NOT TRANSLATED: the error of a quantile; svy has none, so the estimate only. Stata")
      comment("takes the middle of two numbers where a share of the weight is met exactly.")
      guard !isImputed else {
        comment("NOT TRANSLATED: quantiles of imputed data.")
        return
      }
      forEach(analysis.groups) { program, condition in
        let parts =
          [condition, program.hasSubpopulation ? "vekt_inside == 1" : ""].filter { !$0.isEmpty }
        let inside = parts.isEmpty ? "" : " if \(parts.joined(separator: " & "))"
        program.add(
          "_pctile \(name) [pweight = vekt_weight]\(inside), percentiles(\(canonicalCode(p * 100)))"
        )
        program.add("display r(r1)")
      }
    }
  }

  // MARK: Correlations and scales

  /// `(E xy − E x E y) ∕ √((E x² − E² x)(E y² − E² y))` of means that are estimated together.
  private func correlation(_ x: String, _ y: String, _ xy: String) -> String {
    "(_b[\(xy)] - _b[\(x)] * _b[\(y)]) / sqrt((_b[\(x)_2] - _b[\(x)]^2) * (_b[\(y)_2] - _b[\(y)]^2))"
  }

  private mutating func writeCorrelations(_ names: [String], _ groups: [String]) {
    comment("Correlations as functions of means of the numbers, their squares and products; their")
    comment("intervals in Vekt are made on Fisher's scale.")
    let numbers = names.indices.map { "vekt_x\($0 + 1)" }
    var means = numbers
    for (number, name) in zip(numbers, names) {
      add("generate double \(number) = \(name)")
      add("generate double \(number)_2 = \(name)^2")
      means.append("\(number)_2")
    }
    var functions: [String] = []
    for i in names.indices {
      for j in names.indices.dropFirst(i + 1) {
        let product = "vekt_x\(i + 1)_x\(j + 1)"
        add("generate double \(product) = \(names[i]) * \(names[j])")
        means.append(product)
        functions.append(correlation(numbers[i], numbers[j], product))
      }
    }
    forEach(groups) {
      $0.add("mean \(means.joined(separator: " "))", then: functions, $1)
    }
  }

  private mutating func write(
    _ scale: [(item: String, turn: Double?)], _ analysis: SummaryAnalysis
  ) {
    let groups = analysis.groups
    let items = scale.map { part in
      part.turn.map { "(\(canonicalCode($0)) - \(part.item))" } ?? part.item
    }
    comment(
      "Cronbach's alpha of the scale, alpha without each item, and the correlation of each item")
    comment(
      "with the rest, as functions of means; Vekt's intervals of the last are on Fisher's scale.")
    add("capture drop vekt_item* vekt_sum* vekt_rest* vekt_prod* vekt_score")
    let sum = items.joined(separator: " + ")
    for (index, item) in items.enumerated() {
      let number = index + 1
      add("generate double vekt_item\(number) = \(item)")
      add("generate double vekt_item\(number)_2 = vekt_item\(number)^2")
      add("generate double vekt_rest\(number) = \(sum) - \(item)")
      add("generate double vekt_rest\(number)_2 = vekt_rest\(number)^2")
      add("generate double vekt_prod\(number) = vekt_item\(number) * vekt_rest\(number)")
    }
    add("generate double vekt_sum = \(sum)")
    add("generate double vekt_sum_2 = vekt_sum^2")
    let numbers = items.indices.map { $0 + 1 }
    func variance(_ name: String) -> String { "(_b[\(name)_2] - _b[\(name)]^2)" }
    func alpha(_ chosen: [Int], _ whole: String) -> String {
      let k = chosen.count
      let parts = chosen.map { variance("vekt_item\($0)") }.joined(separator: " + ")
      return "\(k) / \(k - 1) * (1 - (\(parts)) / \(variance(whole)))"
    }
    var functions = [alpha(numbers, "vekt_sum")]
    if items.count > 2 {
      functions += numbers.map { left in alpha(numbers.filter { $0 != left }, "vekt_rest\(left)") }
    }
    functions += numbers.map { correlation("vekt_item\($0)", "vekt_rest\($0)", "vekt_prod\($0)") }
    let means =
      numbers.flatMap {
        [
          "vekt_item\($0)", "vekt_item\($0)_2", "vekt_rest\($0)", "vekt_rest\($0)_2",
          "vekt_prod\($0)",
        ]
      } + ["vekt_sum", "vekt_sum_2"]
    forEach(groups) { $0.add("mean \(means.joined(separator: " "))", then: functions, $1) }
    comment("The items, and the score: its mean, deviation and quartiles.")
    for number in numbers { add("\(svy) mean vekt_item\(number),\(over(groups)) \(level)") }
    add("generate double vekt_score = vekt_sum / \(items.count)")
    let statistics: [SummaryStatistic] = [
      .mean, .standardDeviation, .quantile(0.25), .quantile(0.5), .quantile(0.75),
    ]
    for statistic in statistics { write(statistic, of: "vekt_score", analysis) }
  }
}
