import SurveyData
import SurveyStatistics

extension StataProgram {
  /// Comparisons, each as a function of two ratios that are estimated together.
  mutating func write(_ analysis: ComparisonAnalysis) throws {
    comment(
      "Each side is a ratio of totals, so that sides may overlap; ratios are on the log scale.")
    for comparison in analysis.comparisons {
      for (index, row) in comparison.rows.enumerated() {
        try write(row, of: comparison, number: index + 1)
      }
      if analysis.hasTrend { try writeTrend(comparison) }
    }
    if analysis.shares != nil {
      comment("NOT TRANSLATED: Rao and Scott's goodness of fit; Stata's svy commands have none.")
    }
    if !analysis.ranked.isEmpty {
      comment("NOT TRANSLATED: rank tests; Stata's svy commands have none.")
    }
    if analysis.adjustment != .none {
      comment("p-values adjusted by \(analysis.adjustment.rawValue) follow from those above.")
    }
  }

  private mutating func write(
    _ row: Comparison.Row, of comparison: Comparison, number place: Int
  ) throws {
    guard comparison.estimand.statistic != .median else {
      throw Untranslatable(what: "medians, which no svy command of Stata estimates")
    }
    let name = comparison.variable.name
    var other = name
    if case .item(let item) = row.reference { other = item }
    let groups = comparison.groupVariables.map(\.name)
    let within = comparison.withinVariable?.name
    let needed = ([name, other] + groups + [within].compactMap { $0 })
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let known = "!missing(\(needed.map(factor).joined(separator: ", ")))"
    let stratum =
      try within.map { " & \(factor($0)) == \(try number(row.stratum?.code ?? "", of: $0))" } ?? ""
    func inside(_ categories: [Category]) throws -> String {
      try zip(groups, categories).map {
        "\(factor($0)) == \(try number($1.code, of: $0))"
      }.joined(separator: " & ")
    }
    func value(_ variable: String) throws -> String {
      guard let answer = row.category?.code else { return variable }
      let levels = try source.levels(variable)
      guard levels.contains(answer) else { return "0" }
      return "(\(factor(variable)) == \(try number(answer, of: variable)))"
    }
    let own = try inside(row.groups)
    let here = own.isEmpty ? "" : " & \(own)"
    var sides = [(try value(name), here)]
    switch row.reference {
    case .group(let categories):
      sides.append((try value(name), " & \(try inside(categories))"))
    case .rest: sides.append((try value(name), " & !(\(own))"))
    case .total: sides.append((try value(name), ""))
    case .item: sides.append((try value(other), here))
    case .value: break
    }
    let answer = row.category.map { " (\($0.code))" } ?? ""
    comment("\(place): \(name)\(answer), \(row.group.code) and \(row.reference.code)")
    add("capture drop vekt_in* vekt_y*")
    for (index, side) in sides.enumerated() {
      add("generate byte vekt_in\(index + 1) = \(known)\(stratum)\(side.1)")
      add("generate double vekt_y\(index + 1) = cond(vekt_in\(index + 1), \(side.0), 0)")
    }
    var b = "_b[b]"
    if case .value(let number) = row.reference { b = canonicalCode(number) }
    let isTotal = comparison.estimand.statistic == .total
    let command =
      isTotal
      ? "total \(sides.indices.map { "vekt_y\($0 + 1)" }.joined(separator: " "))"
      : "ratio "
        + zip(["a", "b"], sides.indices)
        .map { "(\($0): vekt_y\($1 + 1)/vekt_in\($1 + 1))" }.joined(separator: " ")
    let a = isTotal ? "_b[vekt_y1]" : "_b[a]"
    if isTotal, sides.count == 2 { b = "_b[vekt_y2]" }
    let function =
      switch comparison.measure {
      case .difference: "\(a) - \(b)"
      case .ratio: "ln(\(a) / \(b))"
      case .oddsRatio: "ln(\(a) * (1 - \(b)) / (\(b) * (1 - \(a))))"
      }
    add(command, then: [function])
  }

  /// Orthogonal polynomials over the groups, which Stata scales by their own length.
  private mutating func writeTrend(_ comparison: Comparison) throws {
    guard let group = comparison.groupVariables.first?.name, comparison.withinVariable == nil,
      [.share, .mean].contains(comparison.estimand.statistic), !isImputed
    else { throw Untranslatable(what: "this trend") }
    let name = comparison.variable.name
    var answers: [String?] = []
    for row in comparison.rows where !answers.contains(row.category?.code) {
      answers.append(row.category?.code)
    }
    comment("Trend: orthogonal polynomials over the groups; tests of linear and higher contrasts.")
    for answer in answers {
      let value = try answer.map { "\(factor(name)) == \(try number($0, of: name))" } ?? name
      add("generate double vekt_value = \(value) if !missing(\(factor(name)))")
      add("\(svy) regress vekt_value i.\(factor(group))")
      add("contrast p.\(factor(group)), effects \(level)")
      add("drop vekt_value")
    }
  }
}
