import SurveyData
import SurveyRequests
import SurveyStatistics

extension RProgram {
  /// Shares of the answers within the groups, each with its interval, and what stands beside them.
  mutating func write(_ analysis: ShareAnalysis) throws {
    need(.share)
    add("rows <- tests <- pairs <- list()")
    for name in analysis.names {
      for base in analysis.bases { try write(name, on: base, analysis) }
    }
    writeRows(analysis.groups)
    add("if (length(tests) > 0) report(\"tests\", bind(tests))")
    if let letters = analysis.letters, source.survey.isImputed {
      add("report(\"pairs\", do.call(rbind, pairs))")
      writeCombinedLetters(letters, analysis.groups)
    }
  }

  private mutating func write(
    _ name: String, on base: (base: PercentageBase, kept: Set<MissingReason>),
    _ analysis: ShareAnalysis
  ) throws {
    let groups = analysis.groups
    let shown = analysis.counted[name]
    let answer = try kept(base.kept, of: name, counting: shown)
    let codes =
      try shown.map { [$0.category] }
      ?? source.survey.dataset.categorical(name).keeping(base.kept).categories
    func known(_ column: String) -> String {
      (([column] + groups).map { "!is.na(\(words.name($0)))" } + standardKnown + counted)
        .joined(separator: " & ")
    }
    add("answered <- subset(design, \(known(answer)))")
    try standardize(over: groups)
    if analysis.hasBounds {
      add("asked <- subset(design, \(known(try kept(analysis.asked, of: name, counting: shown))))")
    }
    let inGroup = groups.indices.map { "\(words.name(groups[$0])) == .g\($0 + 1)" }
      .joined(separator: " & ")
    let isAnswer = "\(words.name(answer)) == .k"
    let (whole, hit): (String, String) =
      switch analysis.percentages {
      case .row: (inGroup, isAnswer)
      case .column: (isAnswer, inGroup)
      case .total: ("", groups.isEmpty ? isAnswer : "\(isAnswer) & \(inGroup)")
      }
    add("found <- list()")
    writeLoops(groups)
    if analysis.percentages != .row, !groups.isEmpty {
      add("if (!any(with(answered$variables, \(inGroup)))) next")
    }
    add("for (.k in c(\(codes.map { words.literal($0.code) }.joined(separator: ", ")))) {")
    add("base <- \(whole.isEmpty ? "answered" : "subset(answered, \(whole))")")
    add("if (\(isEmptyBase)) next")
    let hits = hit.isEmpty ? "rep(TRUE, nrow(base))" : "with(base$variables, \(hit))"
    let isNamed = analysis.bases.count > 1
    var columns =
      keys(name, groups, "category = .k\(isNamed ? ", base = \"\(base.base.rawValue)\"" : "")")
      + ", share(base, \(hits), \"\(Self.name(source.interval ?? .logit))\"\(fpc))"
    if analysis.hasBounds { columns += try bounds(name, inGroup, analysis) }
    add("found[[length(found) + 1]] <- cbind(\(columns))")
    close(groups.count + 1)
    add("found <- do.call(rbind, found)")
    if analysis.letters != nil || analysis.test != nil || analysis.shares != nil {
      let by = groups.map { "as.character(\(words.name($0)))" }.joined(separator: ", ")
      add(
        "answered <- update(answered, .by = \(groups.isEmpty ? "\"all\"" : "paste(\(by), sep = \",\")"))"
      )
      let values = "answered$variables$\(words.name(answer))"
      let one = shown.map { words.literal($0.code) }
      add("y <- " + (one.map { "ifelse(\(values) == \($0), \($0), \"\")" } ?? values))
    }
    if let letters = analysis.letters { write(letters, of: name, groups) }
    add("rows[[length(rows) + 1]] <- found")
    if let test = analysis.test { write(test) }
    if let shares = analysis.shares {
      need(.column, .goodnessOfFit)
      let stated =
        "c(\(shares.map { words.literal($0.code) }.joined(separator: ", "))), "
        + "c(\(shares.map { "\($0.share)" }.joined(separator: ", ")))"
      add("for (.g in \(groups.isEmpty ? "\"all\"" : "unique(\(key("found", groups)))")) {")
      add("base <- subset(answered, .by == .g)")
      add(
        "tests[[length(tests) + 1]] <- goodness_of_fit(base, "
          + "base$variables$\(words.name(answer)), \(stated))")
      add("}")
    }
  }

  /// What the missing answers could do to a share, as two more columns.
  private mutating func bounds(
    _ name: String, _ inGroup: String, _ analysis: ShareAnalysis
  ) throws -> String {
    let shown = analysis.counted[name]
    let asked = words.name(try kept(analysis.asked, of: name, counting: shown))
    let valid =
      try source.survey.dataset.categorical(name).keeping(analysis.answers).netting(shown)
      .categories
    let list = valid.map { words.literal($0.code) }.joined(separator: ", ")
    add("part <- \(inGroup.isEmpty ? "asked" : "subset(asked, \(inGroup))")")
    add(
      """
      valid <- c(\(list))
      low <- sum(weights(part)[part$variables$\(asked) == .k]) / sum(weights(part))
      open <- sum(weights(part)[!part$variables$\(asked) %in% valid]) / sum(weights(part))
      bounds <- if (.k %in% valid) c(low, low + open) else c(NA, NA)
      """)
    return ", bound_low = bounds[1], bound_high = bounds[2]"
  }

  /// What svyquantile calls an interval for the share below a quantile; nil where it has none.
  static func woodruff(_ interval: ProportionIntervalMethod?) -> String? {
    switch interval {
    case nil, .wald?: "mean"
    case .beta?: "beta"
    case .asin?: "asin"
    case .logit?, .xlogit?: "xlogit"
    case .wilson?, .likelihood?: nil
    }
  }

  // MARK: Letters and tests

  /// The groups of rows as one text, with commas between the codes.
  private func key(_ rows: String, _ groups: [String]) -> String {
    let columns = groups.indices.map { "\(rows)$group\($0 + 1)" }
    return "paste(\(columns.joined(separator: ", ")), sep = \",\")"
  }

  private mutating func write(_ letters: LetterOptions, of name: String, _ groups: [String]) {
    need(
      .figures, .wald, .joint, .column, .parts, .compare, .numbers, .byGroup, .compareGroups,
      .letterPairs, .letters)
    needShareLimits()
    let places = "found$category, \(key("found", groups))"
    let compared = "letter_pairs(answered, y, \(places))"
    if source.survey.isImputed {
      add("pairs[[length(pairs) + 1]] <- cbind(data.frame(variable = \(words.literal(name))),")
      add("  \(compared))")
    } else {
      add("found <- cbind(found, exceeding(\(compared), \(places),")
      add("  \(letters.level), \"\(Self.name(letters.adjustment))\"))")
    }
  }

  /// Letters by the pairs of groups as all imputed data sets have them.
  private mutating func writeCombinedLetters(_ letters: LetterOptions, _ groups: [String]) {
    let columns = groups.map { "whole$rows[[\(words.literal($0))]]" }.joined(separator: ", ")
    closing = """
      # Letters, by the pairs of groups as all data sets have them.
      whole$rows[c("letter", "exceeds")] <- ""
      group <- paste(\(columns), sep = ",")
      for (.v in unique(whole$rows$variable)) {
        i <- whole$rows$variable == .v
        whole$rows[i, c("letter", "exceeds")] <- exceeding(
          whole$pairs[whole$pairs$variable == .v, ], whole$rows$category[i], group[i],
          \(letters.level), "\(Self.name(letters.adjustment))")
      }
      whole$pairs <- NULL
      """
  }

  private mutating func write(_ test: IndependenceStatistic) {
    let sample = "answered, y, answered$variables$.by"
    let call: String
    let isImputed = source.survey.isImputed
    if isImputed, test == .f || test == .wald {
      need(.wald, .departures)
      call = "departures(\(sample))"
    } else if test == .lincom {
      need(.chanceAbove, .exactIndependence)
      call = "independence_exact(\(sample), \"\(test.testName)\")"
    } else {
      need(.independence)
      call = "independence(\(sample), \"\(test.rawValue)\", \"\(test.testName)\")"
    }
    add("tests[[length(tests) + 1]] <- \(call)")
    if isImputed, test != .f, test != .wald {
      comment("As many departures from independence are tested.")
      add(
        "tests[[length(tests)]]$df1 <- prod(lengths(list(unique(y), "
          + "unique(answered$variables$.by))) - 1)")
    }
  }
}
