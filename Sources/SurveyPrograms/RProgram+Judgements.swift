import SurveyData
import SurveyModels

extension RProgram {
  /// Those who gave both judgements and whose group is known, the group in the column `.by`.
  private mutating func writeJudgements(_ analysis: JudgementAnalysis) throws {
    need(.figures, .wald, .joint, .column, .parts, .compare, .byGroup, .groupDifferences)
    add(
      "design$variables$.a <- as.numeric(with(design$variables, \(try words.text(analysis.first))))"
    )
    add(
      "design$variables$.b <- as.numeric(with(design$variables, \(try words.text(analysis.second))))"
    )
    let known =
      ["!is.na(.a)", "!is.na(.b)"] + (analysis.group.map { ["!is.na(\(words.name($0)))"] } ?? [])
      + counted
    add("answered <- subset(design, \(known.joined(separator: " & ")))")
    guard let group = analysis.group else { return }
    add("answered$variables$.by <- as.character(answered$variables$\(words.name(group)))")
    let codes = try source.levels(group).map(words.literal).joined(separator: ", ")
    add("groups <- Filter(function(g) g %in% answered$variables$.by, c(\(codes)))")
  }

  /// The gap between two judgements by the same people.
  mutating func writeGap(_ analysis: JudgementAnalysis) throws {
    need(.gap)
    try writeJudgements(analysis)
    add("answered$variables$.gap <- answered$variables$.a - answered$variables$.b")
    add("rows <- list(gap(answered, \"all\"))")
    if analysis.group != nil {
      add("rows <- c(lapply(groups, function(g)")
      add("  gap(answered[answered$variables$.by == g, ], g)), rows)")
    }
    add("report(\"rows\", do.call(rbind, rows))")
    if analysis.hasOdds {
      need(.oddsRatios)
      let groups = analysis.reference.map { "groups, \(words.literal($0))" } ?? "NULL, NULL"
      add("odds <- odds_ratios(answered, \(groups))")
      if source.survey.isImputed { add("odds$scale <- \"ratio\"") }
      add("report(\"odds_ratios\", odds)")
    }
    guard let group = analysis.group, let reference = analysis.reference else { return }
    add()
    comment("Each group's gap minus that of the reference.")
    add("found <- group_differences(answered, answered$variables$.gap, TRUE, groups,")
    add("  \(words.literal(reference)), \"equal-gaps\")")
    add("report(\"differences\", found$rows)")
    guard let controls = analysis.controls else {
      add("report(\"tests\", found$test)")
      return
    }
    add()
    comment("The same with other things held constant.")
    let known = controls.atoms.flatMap(\.expression.variables).map { "!is.na(\(words.name($0)))" }
    let right = try rightSide(of: controls, knots: [:], hasConstant: true)
    add(
      """
      answered <- subset(answered, \(known.joined(separator: " & ")))
      groups <- groups[groups %in% answered$variables$.by]
      others <- setdiff(groups, \(words.literal(reference)))
      answered$variables$.by <- factor(answered$variables$.by, c(\(words.literal(reference)), others))
      fit <- svyglm(.gap ~ .by + \(right), answered)
      i <- 1 + seq_along(others)
      df <- degf(answered) + 1 - sum(!is.na(coef(fit)))
      report("adjusted", cbind(data.frame(group = others, reference = \(words.literal(reference))),
        figures(coef(fit)[i], SE(fit)[i], df),
        n = sapply(others, function(g) sum(answered$variables$.by %in% c(g, \(words.literal(reference)))))))
      report("tests", rbind(found$test, cbind(data.frame(test = "equal-adjusted-gaps"),
        wald(coef(fit)[i], vcov(fit)[i, i, drop = FALSE], df))))
      """)
    _ = group
  }

  /// Those who say yes to one judgement and no to the other.
  mutating func writeDiscordance(_ analysis: JudgementAnalysis) throws {
    need(.bind, .discordance, .independence)
    try writeJudgements(analysis)
    add(
      """
      answered$variables[c(".p11", ".p10", ".p01", ".p00")] <- with(answered$variables,
        lapply(list(.a == 1 & .b == 1, .a == 1 & .b == 0, .a == 0 & .b == 1, .a == 0 & .b == 0),
          as.numeric))
      all <- discordance(answered, "all")
      each <- list()
      """)
    if analysis.group != nil {
      add(
        "each <- lapply(groups, function(g) discordance(answered[answered$variables$.by == g, ], g))"
      )
    }
    add("report(\"rows\", do.call(rbind, lapply(c(each, list(all)), `[[`, \"row\")))")
    add("tests <- Filter(Negate(is.null), lapply(c(list(all), each), `[[`, \"tests\"))")
    if let reference = analysis.reference {
      add(
        """
        # The share of those who say yes to the first judgement and no to the second, among the former.
        found <- group_differences(answered, 1 - answered$variables$.b, answered$variables$.a == 1,
          groups, \(words.literal(reference)), "equal-shares")
        report("differences", found$rows)
        type <- with(answered$variables, paste(.a, .b))
        tests <- c(tests, list(cbind(found$test, term = ""), cbind(independence(answered, type,
          answered$variables$.by, "F", "typology"), term = "")))
        """)
    }
    add("report(\"tests\", bind(tests))")
    if let (fit, effects) = analysis.model { try writeModel(fit, effects) }
  }

  /// The model of those without the second judgement among those with the first.
  private mutating func writeModel(_ fit: ModelFit, _ effects: MarginAnalysis) throws {
    need(.figures)
    let formula = fit.formula
    add()
    comment("Who is without the second judgement, among those with the first.")
    add("design <- subset(design, design$variables$.a %in% 1)")
    try writeAnswered([formula], outcomes: ["1 - .b"])
    let right = try rightSide(of: formula, knots: fit.knots, hasConstant: true)
    add(
      """
      fit <- svyglm(.outcome ~ \(right), answered, family = quasibinomial(),
        control = list(epsilon = 1e-15, maxit = 100))
      b <- na.omit(coef(fit))
      report("model", cbind(data.frame(term = names(b)),
        figures(b, sqrt(diag(vcov(fit))), degf(answered) + 1 - length(b))))
      """)
    try writeMargins(effects)
  }
}
