import SurveyData
import SurveyStatistics

extension RProgram {
  /// Shares of the answers within the groups, each with its interval.
  mutating func writeShares(
    _ names: [String], by groups: [String], _ percentages: Percentages,
    _ test: IndependenceStatistic?
  ) {
    let method = source.interval ?? .logit
    add(
      """
      # One share: its estimate, standard error and interval.
      share <- function(base, .x) {
        base <- update(base, .hit = .x)
        m <- svymean(~.hit, base)
        ci <- tryCatch(
          confint(svyciprop(~.hit, base, method = "\(Self.name(method))", level = \(source.level), df = degf(base))),
          error = function(e) c(NA, NA))
        data.frame(estimate = coef(m)[[1]], std_error = SE(m)[[1]], conf_low = ci[1], conf_high = ci[2], df = degf(base))
      }
      rows <- list()
      """)
    for name in names {
      let answered = ([name] + groups).map { "!is.na(\(words.name($0)))" }
      add("answered <- subset(design, \(answered.joined(separator: " & ")))")
      let inGroup = groups.indices.map { "\(words.name(groups[$0])) == .g\($0 + 1)" }
        .joined(separator: " & ")
      let isAnswer = "\(words.name(name)) == .k"
      let (base, hit): (String, String) =
        switch percentages {
        case .row: (inGroup, isAnswer)
        case .column: (isAnswer, inGroup)
        case .total: ("", groups.isEmpty ? isAnswer : "\(isAnswer) & \(inGroup)")
        }
      var open = 0
      for (index, group) in groups.enumerated() {
        add(indented(open, "for (.g\(index + 1) in levels(\(column(group)))) {"))
        open += 1
      }
      add(indented(open, "for (.k in levels(\(column(name)))) {"))
      open += 1
      add(indented(open, "base <- \(base.isEmpty ? "answered" : "subset(answered, \(base))")"))
      add(indented(open, "if (nrow(base) == 0) next"))
      let hits = hit.isEmpty ? "1" : "as.numeric(with(base$variables, \(hit)))"
      let keys =
        ["variable = \(words.literal(name))", "category = .k"]
        + groups.indices.map { "group\($0 + 1) = .g\($0 + 1)" }
      add(
        indented(
          open,
          "rows[[length(rows) + 1]] <- cbind(data.frame(\(keys.joined(separator: ", "))), "
            + "share(base, \(hits)))"))
      for level in (0..<open).reversed() { add(indented(level, "}")) }
    }
    writeRows(groups)
    guard let test else { return }
    add()
    comment("Independence of the answers and the groups.")
    for name in names {
      let answered = ([name] + groups).map { "!is.na(\(words.name($0)))" }
      let by =
        groups.count == 1
        ? words.name(groups[0]) : "interaction(\(groups.map(words.name).joined(separator: ", ")))"
      add(
        "answered <- subset(update(design, .by = factor(\(by))), "
          + "\(answered.joined(separator: " & ")))")
      add("print(svychisq(~\(words.name(name)) + .by, answered, statistic = \"\(test.rawValue)\"))")
    }
  }

  /// Statistics of numbers within the groups.
  mutating func writeSummaries(
    _ names: [String], _ ratios: [(String, String)], by groups: [String],
    _ statistics: [SummaryStatistic], _ rule: QuantileRule
  ) {
    add("rows <- list()")
    var jobs: [(variable: String, needs: [String], statistic: String, code: String)] = []
    for name in names {
      for statistic in statistics {
        jobs.append((name, [name], statistic.name, code(statistic, of: words.name(name), rule)))
      }
    }
    if names.isEmpty, ratios.isEmpty {
      jobs.append(("", [], "total", "svytotal(~.one, update(base, .one = 1))"))
    }
    for (a, b) in ratios {
      jobs.append(
        ("\(a)/\(b)", [a, b], "ratio", "svyratio(~\(words.name(a)), ~\(words.name(b)), base)"))
    }
    for job in jobs {
      let answered = (job.needs + groups).map { "!is.na(\(words.name($0)))" }
      add(
        "answered <- "
          + (answered.isEmpty
            ? "design" : "subset(design, \(answered.joined(separator: " & ")))"))
      var open = 0
      for (index, group) in groups.enumerated() {
        add(indented(open, "for (.g\(index + 1) in levels(\(column(group)))) {"))
        open += 1
      }
      let inGroup = groups.indices.map { "\(words.name(groups[$0])) == .g\($0 + 1)" }
        .joined(separator: " & ")
      add(indented(open, "base <- \(groups.isEmpty ? "answered" : "subset(answered, \(inGroup))")"))
      if !groups.isEmpty { add(indented(open, "if (nrow(base) == 0) next")) }
      add(indented(open, "m <- \(job.code)"))
      let keys =
        ["variable = \(words.literal(job.variable))", "statistic = \"\(job.statistic)\""]
        + groups.indices.map { "group\($0 + 1) = .g\($0 + 1)" }
      let figures: String
      if job.statistic == "sd" {
        figures =
          "estimate = sqrt(coef(m)[[1]]), std_error = SE(m)[[1]] / (2 * sqrt(coef(m)[[1]]))"
      } else {
        figures = "estimate = as.numeric(coef(m)), std_error = as.numeric(SE(m))"
      }
      add(
        indented(
          open,
          "rows[[length(rows) + 1]] <- data.frame(\(keys.joined(separator: ", ")), \(figures), "
            + "df = degf(base))"))
      for level in (0..<open).reversed() { add(indented(level, "}")) }
    }
    writeRows(groups)
  }

  private func code(
    _ statistic: SummaryStatistic, of name: String, _ rule: QuantileRule
  ) -> String {
    switch statistic {
    case .mean: return "svymean(~\(name), base)"
    case .total: return "svytotal(~\(name), base)"
    case .standardDeviation: return "svyvar(~\(name), base)"
    case .quantile(let p):
      let inner: String =
        switch source.interval {
        case .beta?: "beta"
        case .asin?: "asin"
        case .logit?, .xlogit?: "xlogit"
        default: "mean"
        }
      return "svyquantile(~\(name), base, \(canonicalCode(p)), ci = TRUE, qrule = "
        + "\"\(rule.rawValue)\", interval.type = \"\(inner)\", alpha = 1 - \(source.level))"
    }
  }

  /// Prints the rows as CSV, the group columns under the names of the groups.
  mutating func writeRows(_ groups: [String] = []) {
    add("rows <- do.call(rbind, rows)")
    for (index, group) in groups.enumerated() {
      add("names(rows)[names(rows) == \"group\(index + 1)\"] <- \(words.literal(group))")
    }
    add("report(\"rows\", rows)")
  }

  func indented(_ level: Int, _ line: String) -> String {
    String(repeating: "  ", count: level) + line
  }

  private static func name(_ method: ProportionIntervalMethod) -> String {
    method == .wald ? "mean" : method.rawValue
  }
}
