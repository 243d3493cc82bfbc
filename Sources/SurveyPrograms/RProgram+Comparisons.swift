import SurveyData
import SurveyStatistics

extension RProgram {
  /// Comparisons, with the covariance of what is compared, and what stands beside them.
  mutating func write(_ analysis: ComparisonAnalysis) throws {
    need(.figures, .wald, .joint, .column, .parts, .compare, .numbers)
    add("rows <- tests <- trends <- ranks <- list()")
    for comparison in analysis.comparisons {
      guard let row = comparison.rows.first else { continue }
      switch row.reference {
      case .item, .value: try writeItems(comparison, analysis)
      default: try writeGroups(comparison, analysis)
      }
      for ranked in analysis.ranked where ranked.variable == comparison.variable.name {
        writeRanks(ranked, comparison, ties: analysis.ties)
      }
    }
    add("rows <- do.call(rbind, rows)")
    let hasGroups = analysis.comparisons.contains { $0.rows.contains { !$0.groups.isEmpty } }
    // Without groups all answers are adjusted together, unless there are two.
    let areAnswers = !hasGroups && analysis.comparisons.contains { $0.rows.count > 2 }
    need(.adjust)
    let family = areAnswers ? "" : ", rows$category"
    add("rows$family <- paste(rows$variable\(family), rows$within)")
    add("rows$method <- \"\(Self.name(analysis.adjustment))\"")
    add("rows$p_adjusted <- adjust(rows)")
    if analysis.comparisons.contains(where: { $0.measure.isRatio }) {
      add("rows$scale <- \"ratio\"")
    }
    add("report(\"rows\", rows)")
    add("if (length(tests) > 0) report(\"tests\", do.call(rbind, tests))")
    if analysis.hasTrend { add("report(\"trends\", do.call(rbind, trends))") }
    if !analysis.ranked.isEmpty { add("report(\"ranks\", do.call(rbind, ranks))") }
  }

  /// Those who have all that is needed, their group in the column `.by`.
  private mutating func writeAnswered(
    _ comparison: Comparison, _ columns: [String]
  ) throws {
    let groups = comparison.groupVariables.map(\.name)
    let needed = columns + groups + [comparison.withinVariable?.name].compactMap { $0 }
    let known = needed.map { "!is.na(\(words.name($0)))" } + standardKnown + counted
    add("answered <- subset(design, \(known.joined(separator: " & ")))")
    try standardize(over: [comparison.withinVariable?.name].compactMap { $0 } + groups)
    let by = groups.map { "as.character(\(words.name($0)))" }
    add(
      "answered <- update(answered, .by = "
        + (by.isEmpty ? "\"all\"" : "paste(\(by.joined(separator: ", ")), sep = \",\")") + ")")
  }

  /// `c("a", "b")` of codes as texts, each once.
  private func texts(_ codes: [String]) -> String {
    let once = codes.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return "c(\(once.map(words.literal).joined(separator: ", ")))"
  }

  /// The codes of what is compared, or NULL for a number.
  private func answers(_ comparison: Comparison) -> String {
    let codes = comparison.rows.compactMap(\.category?.code)
    return codes.isEmpty ? "NULL" : texts(codes)
  }

  private mutating func writeGroups(
    _ comparison: Comparison, _ analysis: ComparisonAnalysis
  ) throws {
    need(.byGroup, .compareGroups, .tTest, .groupTests)
    let name = comparison.variable.name
    let answer = try kept(
      comparison.estimand.kept, of: name, counting: comparison.estimand.counted)
    let statistic = comparison.estimand.statistic.rawValue
    needShares(comparison)
    try writeAnswered(comparison, [answer])
    let pairs = comparison.rows.map { [$0.group.code, $0.reference.code] }
      .reduce(into: [[String]]()) { if !$0.contains($1) { $0.append($1) } }
    add("codes <- \(answers(comparison))")
    add("pairs <- list(\(pairs.map(texts).joined(separator: ", ")))")
    // The groups in their order, the one that others are compared with first.
    let codes = comparison.groupVariables.reduce([[Category]()]) { found, variable in
      let all = (try? source.survey.dataset.categorical(variable.name).categories) ?? []
      return found.flatMap { start in all.map { start + [$0] } }
    }
    let order = codes.map { Comparison.Side.group($0).code }
    var inOrder = order
    if case .reference = analysis.baseline, let base = comparison.rows.first?.reference.code {
      inOrder = [base] + order.filter { $0 != base }
    }
    add("groups <- \(texts(inOrder))")
    let within = comparison.withinVariable?.name
    if analysis.hasTrend { add("later <- list()") }
    if let within {
      add("for (.s in levels(\(column(within)))) {")
      add("part <- subset(answered, \(words.name(within)) == .s)")
      add(
        "if (!any(sapply(pairs, function(p) all(p %in% c(part$variables$.by, \"rest\", \"total\"))))) next"
      )
      add("if (length(unique(part$variables$.by)) < 2) next")
    } else {
      add("part <- answered")
    }
    add(
      "found <- compare_groups(part, part$variables$\(words.name(answer)), codes, pairs, "
        + "\"\(statistic)\", \"\(comparison.measure.rawValue)\")")
    let key = "variable = \(words.literal(name)), within = \(within == nil ? "NA" : ".s")"
    add("rows[[length(rows) + 1]] <- cbind(data.frame(\(key)), found$rows)")
    if !comparison.tests.isEmpty {
      add(
        "tests[[length(tests) + 1]] <- cbind(data.frame(\(key)), "
          + "group_tests(found, groups, \"\(statistic)\"))")
    }
    if analysis.hasTrend {
      need(.trend)
      let isNumeric = comparison.rows.allSatisfy {
        ($0.group.categories + $0.reference.categories).allSatisfy { $0.number != nil }
      }
      add("found <- trend(found, \(texts(order)), \(isNumeric ? "TRUE" : "FALSE"))")
      add("trends[[length(trends) + 1]] <- cbind(data.frame(\(key)), found$rows)")
      add("later[[length(later) + 1]] <- cbind(data.frame(\(key)), found$tests)")
    }
    if within != nil { add("}") }
    if analysis.hasTrend { add("tests <- c(tests, later)") }
  }

  /// What limits differences of shares whose error is unknown.
  private mutating func needShares(_ comparison: Comparison) {
    guard comparison.estimand.statistic == .share, !comparison.measure.isRatio else { return }
    needShareLimits()
  }

  /// Two items of the same people, or one and a value, in every group.
  private mutating func writeItems(
    _ comparison: Comparison, _ analysis: ComparisonAnalysis
  ) throws {
    need(.compareItems)
    needShares(comparison)
    let name = comparison.variable.name
    var other: String?
    var values: [String] = []
    for row in comparison.rows {
      if case .item(let item) = row.reference { other = item }
      if case .value(let value) = row.reference, row.groups == comparison.rows[0].groups {
        values.append("\(value)")
      }
    }
    let reasons = comparison.estimand.kept
    let counted = comparison.estimand.counted
    let answer = try kept(reasons, of: name, counting: counted)
    let otherAnswer = try other.map { try kept(reasons, of: $0, counting: counted) }
    try writeAnswered(comparison, [answer, otherAnswer].compactMap { $0 })
    add("codes <- \(answers(comparison))")
    let groups = comparison.rows.map { $0.groups.map(\.code).joined(separator: ",") }
      .map { $0.isEmpty ? "all" : $0 }
    add("for (.g in \(texts(groups))) {")
    add("base <- subset(answered, .by == .g)")
    add("base <- with_numbers(base, base$variables$\(words.name(answer)), codes, \".a\")")
    if let otherAnswer {
      add("base <- with_numbers(base, base$variables$\(words.name(otherAnswer)), codes, \".b\")")
    }
    let value = other == nil ? ", c(\(values.joined(separator: ", ")))" : ""
    add(
      "found <- compare_items(base, codes, \"\(comparison.estimand.statistic.rawValue)\", "
        + "\"\(comparison.measure.rawValue)\"\(value))")
    let sides = [comparison.rows[0].group.code, comparison.rows[0].reference.code]
    let key =
      "variable = \(words.literal(name)), within = NA, "
      + (other == nil
        ? "group = .g"
        : "by = .g, group = \(words.literal(sides[0])), reference = \(words.literal(sides[1]))")
    add("rows[[length(rows) + 1]] <- cbind(data.frame(\(key)), found$rows)")
    if let shares = analysis.shares {
      need(.column, .goodnessOfFit)
      add(
        "tests[[length(tests) + 1]] <- goodness_of_fit(base, base$variables$\(words.name(name)), "
          + "codes, c(\(shares.map { "\($0.share)" }.joined(separator: ", "))))")
    } else {
      add("if (!is.null(found$tests)) tests[[length(tests) + 1]] <- found$tests")
    }
    add("}")
  }

  private mutating func writeRanks(
    _ ranked: ComparisonAnalysis.Ranked, _ comparison: Comparison, ties: TieRule
  ) {
    need(.byGroup, .tTest, .ranks)
    let number = words.name(ranked.variable)
    let places = ranked.isText ? "as.integer(part$variables$\(number))" : "part$variables$\(number)"
    let within = comparison.withinVariable?.name
    let key =
      "variable = \(words.literal(ranked.variable)), within = \(within == nil ? "NA" : ".s")"
    for test in ranked.tests {
      if let within {
        add("for (.s in levels(\(column(within)))) {")
        add("part <- subset(answered, \(words.name(within)) == .s)")
        add("if (length(unique(part$variables$.by)) < 2) next")
      } else {
        add("part <- answered")
      }
      add(
        "found <- rank_test(part, \(numeric(places, ranked)), \"\(test.rawValue)\", "
          + "\"\(ties.rawValue)\", levels(\(column(comparison.groupVariables[0].name))))")
      add(
        "tests[[length(tests) + 1]] <- "
          + "cbind(data.frame(\(key), category = NA), found$test)")
      add("ranks[[length(ranks) + 1]] <- cbind(data.frame(\(key)), found$ranks)")
      if within != nil { add("}") }
    }
  }

  /// Numbers that stand as the levels of a factor, because shares of them are compared besides.
  private func numeric(_ values: String, _ ranked: ComparisonAnalysis.Ranked) -> String {
    !ranked.isText && source.analysis.factors.contains(ranked.variable)
      ? "as.numeric(as.character(\(values)))" : values
  }
}
