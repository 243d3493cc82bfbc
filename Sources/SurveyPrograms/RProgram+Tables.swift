import SurveyData
import SurveyStatistics

extension RProgram {
  /// `, fpc = TRUE` where design effects compare with samples without replacement.
  var fpc: String {
    let sizes: DesignEffectMethod = source.survey.roster.hasPopulationSizes ? .srs : .replace
    return (source.designEffect ?? sizes) == .srs ? ", fpc = TRUE" : ""
  }

  static func name(_ adjustment: Adjustment) -> String {
    adjustment == .bh ? "BH" : adjustment.rawValue
  }

  /// Opens a loop for every group variable.
  mutating func writeLoops(_ groups: [String]) {
    for (index, group) in groups.enumerated() {
      add("for (.g\(index + 1) in levels(\(column(group)))) {")
    }
  }

  func keys(_ variable: String, _ groups: [String], _ more: String) -> String {
    let keys =
      ["variable = \(words.literal(variable))", more]
      + groups.indices.map { "group\($0 + 1) = .g\($0 + 1)" }
    return "data.frame(\(keys.joined(separator: ", ")))"
  }

  // MARK: Numbers

  /// Statistics of numbers within the groups, correlations and scales.
  mutating func write(_ analysis: SummaryAnalysis) throws {
    need(.summary)
    if !analysis.scales.isEmpty
      || analysis.statistics.contains(where: { if case .quantile = $0 { true } else { false } })
    {
      need(.quantileRule)
    }
    if Self.woodruff(source.interval) == nil { need(.proportionLimits, .woodruff) }
    add("rows <- list()")
    try writeCorrelations(analysis)
    let groups = analysis.groups
    for name in analysis.names {
      for statistic in analysis.statistics {
        try write(
          statistic, name, of: column(name, in: "base$variables"), needs: [name], groups,
          analysis.rule)
      }
    }
    if analysis.countsPeople {
      try writeStatistic(
        "total", "", needs: [], groups,
        code: "m <- svytotal(~.one, update(base, .one = 1))\n"
          + "found <- statistic(base, coef(m)[[1]], SE(m)[[1]])")
    }
    for (a, b) in analysis.ratios {
      try writeStatistic(
        "ratio", "\(a)/\(b)", needs: [a, b], groups,
        code: "m <- svyratio(~\(words.name(a)), ~\(words.name(b)), base)\n"
          + "found <- statistic(base, coef(m)[[1]], SE(m)[[1]])")
    }
    for scale in analysis.scales { try writeScale(scale, analysis) }
    writeRows(groups)
  }

  private func column(_ name: String, in frame: String) -> String {
    "\(frame)$\(words.name(name))"
  }

  /// A statistic in every group, by the code that makes `found` of `base`.
  private mutating func writeStatistic(
    _ statistic: String, _ variable: String, needs: [String], _ groups: [String], code: String
  ) throws {
    try writeBases(needs: needs, groups)
    add(code)
    add("rows[[length(rows) + 1]] <- cbind(")
    add("  \(keys(variable, groups, "statistic = \"\(statistic)\"")), found)")
    close(groups.count)
  }

  /// Opens the loops in which `base` is those of a group who have all that is needed.
  mutating func writeBases(needs: [String], _ groups: [String]) throws {
    let answered =
      (needs + groups).map { "!is.na(\(words.name($0)))" } + standardKnown + counted
    add(
      "answered <- "
        + (answered.isEmpty ? "design" : "subset(design, \(answered.joined(separator: " & ")))"))
    try standardize(over: groups)
    writeLoops(groups)
    let inGroup = groups.indices.map { "\(words.name(groups[$0])) == .g\($0 + 1)" }
      .joined(separator: " & ")
    add("base <- \(groups.isEmpty ? "answered" : "subset(answered, \(inGroup))")")
    if !groups.isEmpty { add("if (\(isEmptyBase)) next") }
  }

  /// A mean, total, deviation or quantile of a number `y`.
  private mutating func write(
    _ statistic: SummaryStatistic, _ variable: String, of y: String, needs: [String],
    _ groups: [String], _ rule: QuantileRule
  ) throws {
    try writeStatistic(
      statistic.name, variable, needs: needs, groups,
      code: "base <- update(base, .y = \(y))\n" + code(statistic, rule))
  }

  /// The code that makes `found` of a number `.y`.
  private func code(_ statistic: SummaryStatistic, _ rule: QuantileRule) -> String {
    switch statistic {
    case .mean:
      return "m <- svymean(~.y, base)\n"
        + "found <- statistic(base, coef(m)[[1]], SE(m)[[1]], base$variables$.y\(fpc))"
    case .total:
      return "m <- svytotal(~.y, base)\n"
        + "found <- statistic(base, coef(m)[[1]], SE(m)[[1]], base$variables$.y, TRUE\(fpc))"
    case .standardDeviation:
      return "m <- svyvar(~.y, base)\n"
        + "found <- statistic(base, sqrt(coef(m)[[1]]), SE(m)[[1]] / (2 * sqrt(coef(m)[[1]])))"
    case .quantile(let p):
      guard let inner = Self.woodruff(source.interval) else {
        return "q <- woodruff(base, \(canonicalCode(p)), \"\(rule.rawValue)\", "
          + "\"\(Self.name(source.interval ?? .wald))\")\n"
          + "found <- statistic(base, q$value, q$error, limits = q$limits)"
      }
      return "m <- svyquantile(~.y, base, \(canonicalCode(p)), ci = TRUE, "
        + "qrule = quantile_rule(\"\(rule.rawValue)\"), interval.type = \"\(inner)\", alpha = 1 - level)\n"
        + "found <- statistic(base, coef(m)[[1]], SE(m)[[1]], limits = c(confint(m)))"
    }
  }

  private mutating func writeCorrelations(_ analysis: SummaryAnalysis) throws {
    let names = analysis.correlated
    guard !names.isEmpty else { return }
    need(.moments)
    let groups = analysis.groups
    try writeBases(needs: names, groups)
    let list = names.map(words.literal).joined(separator: ", ")
    add(
      """
      pairs <- utils::combn(\(names.count), 2)
      names <- c(\(list))
      found <- of_covariances(base, base$variables[names], function(S)
        S[t(pairs)] / sqrt(diag(S)[pairs[1, ]] * diag(S)[pairs[2, ]]), TRUE)
      """)
    add("rows[[length(rows) + 1]] <- cbind(\(keys("", groups, "statistic = \"correlation\"")),")
    add("  data.frame(with = names[pairs[2, ]], place = seq_len(ncol(pairs))), found)")
    add("rows[[length(rows)]]$variable <- names[pairs[1, ]]")
    close(groups.count)
    add("rows <- do.call(rbind, rows)")
    add("rows <- list(rows[order(rows$place), ])")
  }

  private mutating func writeScale(
    _ scale: [(item: String, turn: Double?)], _ analysis: SummaryAnalysis
  ) throws {
    need(.moments, .scale)
    let groups = analysis.groups
    let items = scale.map(\.item)
    func number(_ part: (item: String, turn: Double?)) -> String {
      let column = column(part.item, in: "base$variables")
      return part.turn.map { "\(canonicalCode($0)) - \(column)" } ?? column
    }
    let numbers = scale.map { "\(words.name($0.item)) = \(number($0))" }.joined(separator: ", ")
    add("before <- rows")
    add("rows <- list()")
    try writeBases(needs: items, groups)
    add("rows[[length(rows) + 1]] <- cbind(\(keys("", groups, "x = 1")),")
    add("  scale_figures(base, data.frame(\(numbers), check.names = FALSE)))[-(1:2)]")
    close(groups.count)
    add("rows <- do.call(rbind, rows)")
    add("rows <- c(before, list(rows[order(rows$place), ]))")
    for part in scale {
      try write(.mean, part.item, of: number(part), needs: [part.item], groups, analysis.rule)
    }
    let score = "(\(scale.map { "(\(number($0)))" }.joined(separator: " + "))) / \(scale.count)"
    let statistics: [SummaryStatistic] = [
      .mean, .standardDeviation, .quantile(0.25), .quantile(0.5), .quantile(0.75),
    ]
    for statistic in statistics {
      try write(
        statistic, items.joined(separator: "+"), of: score, needs: items, groups, analysis.rule)
    }
  }

  /// Prints the rows, the group columns under the names of the groups.
  mutating func writeRows(_ groups: [String] = []) {
    need(.bind)
    add("rows <- bind(rows)")
    for (index, group) in groups.enumerated() {
      add("names(rows)[names(rows) == \"group\(index + 1)\"] <- \(words.literal(group))")
    }
    add("report(\"rows\", rows)")
  }

  static func name(_ method: ProportionIntervalMethod) -> String {
    method == .wald ? "mean" : method.rawValue
  }
}
