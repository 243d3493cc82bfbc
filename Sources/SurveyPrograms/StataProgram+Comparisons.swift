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
      try writeOverall(comparison)
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

  // MARK: Sides

  /// What a side of a comparison is: a number, and a condition on who is in it.
  private struct Side {
    let value: String
    let condition: String
  }

  /// `region == 1 & sex == 2`.
  private func inside(_ groups: [String], _ categories: [Category]) throws -> String {
    try zip(groups, categories).map { "\(factor($0)) == \(try number($1.code, of: $0))" }
      .joined(separator: " & ")
  }

  /// The number whose mean or total is compared: 1 for those who gave an answer.
  private mutating func value(
    _ variable: String, _ category: Category?, of comparison: Comparison
  ) throws -> String {
    guard let answer = category?.code else { return variable }
    let reasons = comparison.estimand.kept
    let codes = try source.survey.dataset.categorical(variable).keeping(reasons).categories
    guard codes.contains(where: { $0.code == answer }) else { return "0" }
    let place = try keptNumber(answer, reasons, of: variable)
    return "(\(try kept(reasons, of: variable)) == \(place))"
  }

  /// Who is in a comparison at all.
  private mutating func known(
    _ variables: [String], of comparison: Comparison, in stratum: Category?
  ) throws -> String {
    let within = comparison.withinVariable?.name
    let answers = try variables.map { name in
      comparison.estimand.statistic == .share
        ? try kept(comparison.estimand.kept, of: name) : name
    }
    let others =
      comparison.groupVariables.map { factor($0.name) } + (within.map { [factor($0)] } ?? [])
    let needed = (answers + others)
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let place =
      try within.map { " & \(factor($0)) == \(try number(stratum?.code ?? "", of: $0))" } ?? ""
    return "!missing(\(needed.joined(separator: ", ")))\(place)"
  }

  /// Makes the variables of sides; returns the command that estimates all of them.
  private mutating func estimate(
    _ sides: [Side], of comparison: Comparison, known: String
  ) -> (command: String, names: [String]) {
    add("capture drop vekt_in* vekt_y*")
    for (index, side) in sides.enumerated() {
      let condition = side.condition.isEmpty ? "" : " & \(side.condition)"
      add("generate byte vekt_in\(index + 1) = \(known)\(condition)")
      add("generate double vekt_y\(index + 1) = cond(vekt_in\(index + 1), \(side.value), 0)")
    }
    let places = sides.indices.map { $0 + 1 }
    guard comparison.estimand.statistic != .total else {
      let names = places.map { "vekt_y\($0)" }
      return ("total \(names.joined(separator: " "))", names)
    }
    let names = sides.count <= 2 ? Array(["a", "b"].prefix(sides.count)) : places.map { "r\($0)" }
    let parts = zip(names, places).map { "(\($0): vekt_y\($1)/vekt_in\($1))" }
    return ("ratio \(parts.joined(separator: " "))", names)
  }

  // MARK: Comparisons

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
    let known = try known([name, other], of: comparison, in: row.stratum)
    let own = try inside(groups, row.groups)
    let first = try value(name, row.category, of: comparison)
    var sides = [Side(value: first, condition: own)]
    switch row.reference {
    case .group(let categories):
      sides.append(Side(value: first, condition: try inside(groups, categories)))
    case .rest: sides.append(Side(value: first, condition: "!(\(own))"))
    case .total: sides.append(Side(value: first, condition: ""))
    case .item:
      sides.append(
        Side(value: try value(other, row.category, of: comparison), condition: own))
    case .value: break
    }
    let answer = row.category.map { " (\($0.code))" } ?? ""
    comment("\(place): \(name)\(answer), \(row.group.code) and \(row.reference.code)")
    let (command, names) = estimate(sides, of: comparison, known: known)
    let a = "_b[\(names[0])]"
    var b = names.count > 1 ? "_b[\(names[1])]" : ""
    if case .value(let number) = row.reference { b = canonicalCode(number) }
    let function =
      switch comparison.measure {
      case .difference: "\(a) - \(b)"
      case .ratio: "ln(\(a) / \(b))"
      case .oddsRatio: "ln(\(a) * (1 - \(b)) / (\(b) * (1 - \(a))))"
      }
    add(command, then: [function], degreesOfFreedom: row.difference.degreesOfFreedom)
  }

  /// The tests that there is no difference at all, of all answers together, in every stratum.
  private mutating func writeOverall(_ comparison: Comparison) throws {
    let tests = comparison.tests.filter { !$0.df2.isNaN && $0.test == "wald" }
    guard !tests.isEmpty, comparison.estimand.statistic != .median else { return }
    guard !isImputed else {
      comment("NOT TRANSLATED: tests of all groups together; mi test takes coefficients only.")
      return
    }
    let name = comparison.variable.name
    let groups = comparison.groupVariables.map(\.name)
    let strata = comparison.rows.map(\.stratum)
      .reduce(into: [Category?]()) { if !$0.contains($1) { $0.append($1) } }
    for stratum in strata {
      let rows = comparison.rows.filter { $0.stratum == stratum }
      let answers = rows.map(\.category)
        .reduce(into: [Category?]()) { if !$0.contains($1) { $0.append($1) } }
      // The sides of every equation, and which of them are to be equal.
      var sides: [Side] = []
      var pairs: [(Int, Int)] = []
      var names = [name]
      var hasGroups = true
      if case .item(let item) = rows.first?.reference {
        guard rows.first?.groups.isEmpty ?? true else {
          comment("NOT TRANSLATED: the tests of all answers together, group by group.")
          return
        }
        names.append(item)
        hasGroups = false
        for answer in answers {
          pairs.append((sides.count, sides.count + 1))
          for name in names {
            sides.append(Side(value: try value(name, answer, of: comparison), condition: ""))
          }
        }
      } else {
        let all = rows.flatMap { [$0.group.categories, $0.reference.categories] }
          .reduce(into: [[Category]]()) { if !$1.isEmpty, !$0.contains($1) { $0.append($1) } }
        for answer in answers {
          let base = sides.count
          for (index, group) in all.enumerated() {
            if index > 0 { pairs.append((base + index, base)) }
            sides.append(
              Side(
                value: try value(name, answer, of: comparison),
                condition: try inside(groups, group)))
          }
        }
      }
      let df = tests.first { test in
        stratum.map { "\(comparison.withinVariable?.name ?? "")=\($0.code)" == test.term } ?? true
      }?.df2
      guard !pairs.isEmpty, let df else { continue }
      comment(
        "All together\(stratum.map { ", \($0.code)" } ?? "")"
          + (answers.count > 2 && hasGroups ? ", and each answer for itself." : "."))
      let known = try known(names, of: comparison, in: stratum)
      let (command, estimates) = estimate(sides, of: comparison, known: known)
      add("\(svy) \(command)")
      let equations = pairs.map { "(_b[\(estimates[$0.0])] = _b[\(estimates[$0.1])])" }
      let width = equations.count / answers.count
      func test(_ equations: some Sequence<String>) {
        add("test \(equations.joined(separator: " ")), nosvyadjust df(\(canonicalCode(df)))")
      }
      // The shares of one answer follow from the others'.
      test(equations.dropFirst(answers.count > 1 ? width : 0))
      guard answers.count > 2, hasGroups else { continue }
      for index in answers.indices { test(equations[index * width..<(index + 1) * width]) }
    }
  }

  // MARK: Trends

  /// The slope over the groups, and orthogonal polynomials, which Stata scales by their own length.
  private mutating func writeTrend(_ comparison: Comparison) throws {
    guard let variable = comparison.groupVariables.first,
      [.share, .mean].contains(comparison.estimand.statistic)
    else {
      comment("NOT TRANSLATED: the trend of totals and medians.")
      return
    }
    let (name, group) = (comparison.variable.name, factor(variable.name))
    let answers = comparison.rows.map(\.category)
      .reduce(into: [Category?]()) { if !$0.contains($1) { $0.append($1) } }
    let strata = comparison.rows.map(\.stratum)
      .reduce(into: [Category?]()) { if !$0.contains($1) { $0.append($1) } }
    comment("Trend: the slope over the groups, and orthogonal polynomials with their tests.")
    for stratum in strata {
      let known = try known([name], of: comparison, in: stratum)
      let codes = comparison.rows.filter { $0.stratum == stratum }
        .flatMap { $0.group.categories + $0.reference.categories }
      let all = try source.survey.dataset.categorical(variable.name).categories
        .filter { codes.contains($0) }
      let numbers = all.compactMap(\.number)
      let scores = numbers.count == all.count ? numbers : all.indices.map { Double($0 + 1) }
      let center = scores.reduce(0, +) / Double(max(1, scores.count))
      let length = scores.reduce(0) { $0 + ($1 - center) * ($1 - center) }
      let slope = try zip(all, scores).map { category, score in
        "\((score - center) / length) * _b[\(try number(category.code, of: variable.name)).\(group)]"
      }.joined(separator: " + ").replacing("+ -", with: "- ")
      for answer in answers {
        add("capture drop vekt_value")
        add(
          "generate double vekt_value = cond(\(known), \(try value(name, answer, of: comparison)), .)"
        )
        add("regress vekt_value ibn.\(group), noconstant", then: [slope])
        guard !isImputed else { continue }
        add("\(svy) regress vekt_value i.\(group)")
        add("contrast p.\(group), effects nosvyadjust \(level)")
      }
    }
    if isImputed { comment("NOT TRANSLATED: the orthogonal polynomials of imputed data.") }
  }
}
