import SurveyData
import SurveyStatistics

extension RProgram {
  /// Comparisons, with the covariance of what is compared.
  mutating func write(_ comparisons: [Comparison], besides: [String]) throws {
    for other in besides { comment("NOT TRANSLATED: \(other)") }
    guard let first = comparisons.first else { return }
    // A ratio is tested on the log scale; its error is reported on its own.
    let (expression, estimate, error): (String, String, String) =
      switch first.measure {
      case .difference: (".(a) - .(b)", "coef(m)[[1]]", "SE(m)[[1]]")
      case .ratio: ("log(.(a) / .(b))", "exp(coef(m)[[1]])", "exp(coef(m)[[1]]) * SE(m)[[1]]")
      case .oddsRatio:
        (
          "log(.(a) * (1 - .(b)) / (.(b) * (1 - .(a))))", "exp(coef(m)[[1]])",
          "exp(coef(m)[[1]]) * SE(m)[[1]]"
        )
      }
    add(
      """
      # Two estimates of one result compared.
      compare <- function(m, a, b, base) {
        m <- svycontrast(m, bquote(\(expression)))
        data.frame(estimate = \(estimate), std_error = \(error), df = degf(base))
      }
      rows <- list()
      """)
    for comparison in comparisons { try write(comparison) }
    writeRows()
  }

  private mutating func write(_ comparison: Comparison) throws {
    let statistic: String =
      switch comparison.estimand.statistic {
      case .share, .mean: "svymean"
      case .total: "svytotal"
      case .median: throw Untranslatable(what: "differences of medians")
      }
    guard let row = comparison.rows.first else { return }
    let name = comparison.variable.name
    let isShare = comparison.estimand.statistic == .share
    let groups = comparison.groupVariables.map(\.name)
    let within = comparison.withinVariable?.name
    var needed = [name] + groups + [within].compactMap { $0 }
    if case .item(let other) = row.reference { needed.append(other) }
    let known = needed.map { "!is.na(\(words.name($0)))" }.joined(separator: " & ")
    add("answered <- subset(design, \(known))")
    add(
      "answered <- update(answered, .by = "
        + (groups.isEmpty
          ? "\"all\"" : "paste(\(groups.map(words.name).joined(separator: ", ")), sep = \",\")")
        + ")")
    var open = 0
    func line(_ text: String) -> String { indented(open, text) }
    if let within {
      add(line("for (.s in levels(\(column(within)))) {"))
      open += 1
      add(line("part <- subset(answered, \(words.name(within)) == .s)"))
    } else {
      add(line("part <- answered"))
    }
    if isShare {
      let codes = comparison.rows.compactMap(\.category?.code)
      let answers = codes.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      add(line("for (.k in c(\(answers.map(words.literal).joined(separator: ", ")))) {"))
      open += 1
    }
    func value(_ name: String) -> String {
      isShare ? "as.numeric(\(words.name(name)) == .k)" : words.name(name)
    }
    switch (row.group, row.reference) {
    case (.group, .group):
      let pairs = comparison.rows.map { [$0.group.code, $0.reference.code] }
        .reduce(into: [[String]]()) { if !$0.contains($1) { $0.append($1) } }
      add(
        line(
          "by <- svyby(~.hit, ~.by, update(part, .hit = \(value(name))), \(statistic), covmat = TRUE)"
        ))
      let list = pairs.map { "c(\($0.map(words.literal).joined(separator: ", ")))" }
      add(
        line("for (.p in list(\(list.joined(separator: ", ")))) if (all(.p %in% names(coef(by))))"))
      add(
        line(
          "  rows[[length(rows) + 1]] <- cbind(\(key(comparison, ".p[1]", ".p[2]")), "
            + "compare(by, as.name(.p[1]), as.name(.p[2]), subset(part, .by %in% .p)))"))
    case (.item, .item(let other)), (.group, .item(let other)):
      try pair(comparison, statistic, value(name), value(other), at: open, "as.name(\".b\")")
    case (_, .value(let number)):
      try pair(
        comparison, statistic, value(name), nil, at: open, canonicalCode(number))
    default: throw Untranslatable(what: "comparisons with the rest or with all")
    }
    for level in (0..<open).reversed() { add(indented(level, "}")) }
  }

  /// Two items of the same people, or one and a number, in every group.
  private mutating func pair(
    _ comparison: Comparison, _ statistic: String, _ a: String, _ b: String?, at open: Int,
    _ reference: String
  ) throws {
    let codes = comparison.rows.map { $0.groups.map(\.code).joined(separator: ",") }
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      .map { $0.isEmpty ? "all" : $0 }
    add(indented(open, "for (.g in c(\(codes.map(words.literal).joined(separator: ", ")))) {"))
    let items = b.map { ".a = \(a), .b = \($0)" } ?? ".a = \(a)"
    add(indented(open + 1, "base <- update(subset(part, .by == .g), \(items))"))
    add(indented(open + 1, "m <- \(statistic)(~.a\(b == nil ? "" : " + .b"), base)"))
    add(
      indented(
        open + 1,
        "rows[[length(rows) + 1]] <- cbind(\(key(comparison, ".g", "\"\"")), "
          + "compare(m, as.name(\".a\"), \(reference), base))"))
    add(indented(open, "}"))
  }

  /// What a row is of.
  private func key(_ comparison: Comparison, _ group: String, _ reference: String) -> String {
    let answer = comparison.estimand.statistic == .share ? ".k" : "NA"
    let stratum = comparison.withinVariable == nil ? "" : ", within = .s"
    return "data.frame(variable = \(words.literal(comparison.variable.name)), category = \(answer)"
      + "\(stratum), group = \(group), reference = \(reference))"
  }
}
