import SurveyData
import SurveyStatistics

extension RProgram {
  /// Shares of the answers within the groups, each with its interval, and what stands beside them.
  mutating func write(_ analysis: ShareAnalysis) throws {
    need(.share)
    if source.imputations.areSeveral {
      guard analysis.test == nil, analysis.letters == nil else {
        throw Untranslatable(
          what: "tests of independence and letters of imputed data, which no package of R combines")
      }
      guard [nil, .logit, .xlogit, .wald].contains(source.interval) else {
        throw Untranslatable(what: "intervals of combined shares but logit and wald")
      }
    }
    add("rows <- tests <- list()")
    for name in analysis.names { try write(name, analysis) }
    writeRows(analysis.groups)
    add("if (length(tests) > 0) report(\"tests\", do.call(rbind, tests))")
  }

  private mutating func write(_ name: String, _ analysis: ShareAnalysis) throws {
    let groups = analysis.groups
    let answer = try kept(analysis.kept, of: name)
    let codes = try source.survey.dataset.categorical(name).keeping(analysis.kept).categories
    let answered = ([answer] + groups).map { "!is.na(\(words.name($0)))" }
    add("answered <- subset(design, \(answered.joined(separator: " & ")))")
    let asked = try kept(analysis.asked, of: name)
    if analysis.hasBounds {
      add(
        "asked <- subset(design, \(([asked] + groups).map { "!is.na(\(words.name($0)))" }.joined(separator: " & ")))"
      )
    }
    let inGroup = groups.indices.map { "\(words.name(groups[$0])) == .g\($0 + 1)" }
      .joined(separator: " & ")
    let isAnswer = "\(words.name(answer)) == .k"
    let (base, hit): (String, String) =
      switch analysis.percentages {
      case .row: (inGroup, isAnswer)
      case .column: (isAnswer, inGroup)
      case .total: ("", groups.isEmpty ? isAnswer : "\(isAnswer) & \(inGroup)")
      }
    add("found <- list()")
    writeLoops(groups)
    add("for (.k in c(\(codes.map { words.literal($0.code) }.joined(separator: ", ")))) {")
    add("base <- \(base.isEmpty ? "answered" : "subset(answered, \(base))")")
    add("if (nrow(base) == 0) next")
    let hits = hit.isEmpty ? "rep(TRUE, nrow(base))" : "with(base$variables, \(hit))"
    var columns =
      "\(keys(name, groups, "category = .k")), share(base, \(hits), "
      + "\"\(Self.name(source.interval ?? .logit))\"\(fpc))"
    if analysis.hasBounds {
      let valid = try source.survey.dataset.categorical(name).keeping(analysis.answers).categories
      let list = valid.map { words.literal($0.code) }.joined(separator: ", ")
      add("part <- \(inGroup.isEmpty ? "asked" : "subset(asked, \(inGroup))")")
      add(
        """
        valid <- c(\(list))
        low <- sum(weights(part)[part$variables$\(words.name(asked)) == .k]) / sum(weights(part))
        open <- sum(weights(part)[!part$variables$\(words.name(asked)) %in% valid]) / sum(weights(part))
        bounds <- if (.k %in% valid) c(low, low + open) else c(NA, NA)
        """)
      columns += ", bound_low = bounds[1], bound_high = bounds[2]"
    }
    add("found[[length(found) + 1]] <- cbind(\(columns))")
    close(groups.count + 1)
    add("found <- do.call(rbind, found)")
    if analysis.letters != nil || analysis.test != nil || analysis.shares != nil {
      let by = groups.map { "as.character(\(words.name($0)))" }.joined(separator: ", ")
      add(
        "answered <- update(answered, .by = \(groups.isEmpty ? "\"all\"" : "paste(\(by), sep = \",\")"))"
      )
      add("y <- answered$variables$\(words.name(answer))")
    }
    if let letters = analysis.letters {
      need(
        .figures, .wald, .joint, .column, .parts, .compare, .numbers, .byGroup, .compareGroups,
        .letters)
      let key = groups.indices.map { "found$group\($0 + 1)" }.joined(separator: ", ")
      add(
        "found <- cbind(found, exceeding(answered, y, found$category, paste(\(key), sep = \",\"),")
      add("  \(letters.lettersLevel), \"\(Self.name(letters.lettersAdjust))\"))")
    }
    add("rows[[length(rows) + 1]] <- found")
    if let test = analysis.test {
      need(.independence)
      add(
        "tests[[length(tests) + 1]] <- independence(answered, y, answered$variables$.by, "
          + "\"\(test.rawValue)\", \"\(test.testName)\")")
    }
    if let shares = analysis.shares {
      need(.column, .goodnessOfFit)
      let stated =
        "c(\(shares.map { words.literal($0.code) }.joined(separator: ", "))), "
        + "c(\(shares.map { "\($0.share)" }.joined(separator: ", ")))"
      let key = groups.indices.map { "found$group\($0 + 1)" }.joined(separator: ", ")
      add("for (.g in \(groups.isEmpty ? "\"all\"" : "unique(paste(\(key), sep = \",\"))")) {")
      add("base <- subset(answered, .by == .g)")
      add(
        "tests[[length(tests) + 1]] <- goodness_of_fit(base, "
          + "base$variables$\(words.name(answer)), \(stated))")
      add("}")
    }
  }

  /// `, fpc = TRUE` where population sizes are given.
  private var fpc: String { source.survey.roster.declaration.fpc.isEmpty ? "" : ", fpc = TRUE" }

  static func name(_ adjustment: Adjustment) -> String {
    adjustment == .bh ? "BH" : adjustment.rawValue
  }

  /// Opens a loop for every group variable.
  private mutating func writeLoops(_ groups: [String]) {
    for (index, group) in groups.enumerated() {
      add("for (.g\(index + 1) in levels(\(column(group)))) {")
    }
  }

  private func keys(_ variable: String, _ groups: [String], _ more: String) -> String {
    let keys =
      ["variable = \(words.literal(variable))", more]
      + groups.indices.map { "group\($0 + 1) = .g\($0 + 1)" }
    return "data.frame(\(keys.joined(separator: ", ")))"
  }

  // MARK: Numbers

  /// Statistics of numbers within the groups, correlations and scales.
  mutating func write(_ analysis: SummaryAnalysis) {
    need(.summary)
    add("rows <- list()")
    writeCorrelations(analysis)
    let groups = analysis.groups
    for name in analysis.names {
      for statistic in analysis.statistics {
        write(
          statistic, name, of: column(name, in: "base$variables"), needs: [name], groups,
          analysis.rule)
      }
    }
    if analysis.countsPeople {
      writeStatistic(
        "total", "", needs: [], groups,
        code: "m <- svytotal(~.one, update(base, .one = 1))\n"
          + "found <- statistic(base, coef(m)[[1]], SE(m)[[1]])")
    }
    for (a, b) in analysis.ratios {
      writeStatistic(
        "ratio", "\(a)/\(b)", needs: [a, b], groups,
        code: "m <- svyratio(~\(words.name(a)), ~\(words.name(b)), base)\n"
          + "found <- statistic(base, coef(m)[[1]], SE(m)[[1]])")
    }
    for scale in analysis.scales { writeScale(scale, analysis) }
    writeRows(groups)
  }

  private func column(_ name: String, in frame: String) -> String {
    "\(frame)$\(words.name(name))"
  }

  /// A statistic in every group, by the code that makes `found` of `base`.
  private mutating func writeStatistic(
    _ statistic: String, _ variable: String, needs: [String], _ groups: [String], code: String
  ) {
    writeBases(needs: needs, groups)
    add(code)
    add("rows[[length(rows) + 1]] <- cbind(")
    add("  \(keys(variable, groups, "statistic = \"\(statistic)\"")), found)")
    close(groups.count)
  }

  /// Opens the loops in which `base` is those of a group who have all that is needed.
  private mutating func writeBases(needs: [String], _ groups: [String]) {
    let answered = (needs + groups).map { "!is.na(\(words.name($0)))" }
    add(
      "answered <- "
        + (answered.isEmpty ? "design" : "subset(design, \(answered.joined(separator: " & ")))"))
    writeLoops(groups)
    let inGroup = groups.indices.map { "\(words.name(groups[$0])) == .g\($0 + 1)" }
      .joined(separator: " & ")
    add("base <- \(groups.isEmpty ? "answered" : "subset(answered, \(inGroup))")")
    if !groups.isEmpty { add("if (nrow(base) == 0) next") }
  }

  /// A mean, total, deviation or quantile of a number `y`.
  private mutating func write(
    _ statistic: SummaryStatistic, _ variable: String, of y: String, needs: [String],
    _ groups: [String], _ rule: QuantileRule
  ) {
    writeStatistic(
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
      let inner: String =
        switch source.interval {
        case .beta?: "beta"
        case .asin?: "asin"
        case .logit?, .xlogit?: "xlogit"
        default: "mean"
        }
      return "m <- svyquantile(~.y, base, \(canonicalCode(p)), ci = TRUE, "
        + "qrule = \"\(rule.rawValue)\", interval.type = \"\(inner)\", alpha = 1 - level)\n"
        + "found <- statistic(base, coef(m)[[1]], SE(m)[[1]], limits = c(confint(m)))"
    }
  }

  private mutating func writeCorrelations(_ analysis: SummaryAnalysis) {
    let names = analysis.correlated
    guard !names.isEmpty else { return }
    need(.moments)
    let groups = analysis.groups
    writeBases(needs: names, groups)
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
  ) {
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
    writeBases(needs: items, groups)
    add("rows[[length(rows) + 1]] <- cbind(\(keys("", groups, "x = 1")),")
    add("  scale_figures(base, data.frame(\(numbers), check.names = FALSE)))[-(1:2)]")
    close(groups.count)
    add("rows <- do.call(rbind, rows)")
    add("rows <- c(before, list(rows[order(rows$place), ]))")
    for part in scale {
      write(.mean, part.item, of: number(part), needs: [part.item], groups, analysis.rule)
    }
    let score = "(\(scale.map { "(\(number($0)))" }.joined(separator: " + "))) / \(scale.count)"
    let statistics: [SummaryStatistic] = [
      .mean, .standardDeviation, .quantile(0.25), .quantile(0.5), .quantile(0.75),
    ]
    for statistic in statistics {
      write(
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

  private static func name(_ method: ProportionIntervalMethod) -> String {
    method == .wald ? "mean" : method.rawValue
  }
}
