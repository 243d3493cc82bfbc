import SurveyData
import SurveyModels

extension RProgram {
  /// A regression for several answers.
  mutating func write(_ models: CategoryAnalysis) throws {
    let fit = models.fit
    need(.figures, .wald, .severalAnswers, .columns)
    let formula = fit.formula
    guard formula.offsets.isEmpty else {
      throw Untranslatable(what: "offset(…) in a model of several answers")
    }
    let name = formula.outcome.name
    let codes = fit.categories.map(\.code)
    let isCondition = codes.allSatisfy { $0 == "true" || $0 == "false" }
    let values = codes.map { isCondition ? ($0 == "true" ? "1" : "0") : words.code($0, of: name) }
    let outcome = try words.text(formula.outcome.expression)
    try writeAnswered(
      [formula],
      outcomes: [
        "factor(\(isCondition ? "as.numeric(\(outcome))" : outcome), "
          + "levels = c(\(values.joined(separator: ", "))))"
      ])
    add("answered$variables <- droplevels(answered$variables)")
    let right = try rightSide(of: formula, knots: fit.knots, hasConstant: formula.hasIntercept)
    add("right <- ~ \(right)")
    add("X <- model.matrix(right, answered$variables)")
    add("y <- as.integer(answered$variables$.outcome)")
    switch fit.family {
    case .ordinal: writeOrdinal(right)
    case .multinomial: writeMultinomial()
    }
    add("rows <- cbind(rows, figures(fit$theta, sqrt(diag(fit$V)), df))")
    if models.report.exponentiate {
      add("rows[c(\"exp_estimate\", \"exp_conf_low\", \"exp_conf_high\")] <-")
      add("  exp(rows[c(\"estimate\", \"conf_low\", \"conf_high\")])")
    }
    add("report(\"rows\", rows)")
    try writeTests(fit)
    if models.margins.asked.asksAnything {
      let family = fit.family.rawValue
      if fit.family == .ordinal { need(.ordinalChances) } else { need(.multinomialChances) }
      add(
        """
        fit$terms <- terms(model.frame(right, answered$variables))
        fit$columns <- colnames(X)
        fit$chances <- \(family)_chances
        fit$survey.design <- answered
        """)
      try writeMargins(models.margins)
    }
    add("if (length(tests) > 0) report(\"tests\", do.call(rbind, tests))")
  }

  private mutating func writeOrdinal(_ right: String) {
    need(.ordinalScores)
    comment(
      "svyolr has numerical derivatives, so that the last digits are found by Newton's steps.")
    add(
      """
      start <- svyolr(.outcome ~ \(right), update(answered, .outcome = ordered(.outcome)))
      columns <- attr(X, "assign")
      X <- structure(X[, columns > 0, drop = FALSE], assign = columns[columns > 0])
      fit <- several_answers(answered, X, y, c(start$coefficients, start$zeta), ordinal_scores)
      df <- degf(answered) - ncol(X)
      rows <- data.frame(term = c(colnames(X), names(start$zeta)))
      """)
  }

  private mutating func writeMultinomial() {
    need(.multinomialScores)
    comment("The package survey has no multinomial model: nnet's coefficients, the errors by hand.")
    add(
      """
      start <- nnet::multinom(.outcome ~ X - 1, answered$variables,
        weights = weights(answered) / mean(weights(answered)), trace = FALSE, maxit = 5000)
      fit <- several_answers(answered, X, y, c(t(coef(start))), multinomial_scores)
      df <- degf(answered) - ncol(X) + 1
      rows <- data.frame(outcome = rep(levels(answered$variables$.outcome)[-1], each = ncol(X)),
        term = rep(colnames(X), nlevels(answered$variables$.outcome) - 1))
      """)
  }

  private mutating func writeTests(_ fit: CategoryFit) throws {
    let formula = fit.formula
    let texts = try termTexts(of: formula, knots: fit.knots)
    add("tests <- list()")
    let equations = fit.family == .ordinal ? 1 : fit.categories.count - 1
    for (index, term) in formula.terms.enumerated()
    where equations > 1 || term.count > 1 || term.contains(where: { isJoint(formula.atoms[$0]) }) {
      let name = term.map { formula.atoms[$0].name }.joined(separator: ":")
      add("i <- term_columns(X, right, ~\(texts[index]))")
      if equations > 1 {
        add("i <- c(outer(i, (1:\(equations) - 1) * ncol(X), \"+\"))")
      }
      add(
        "tests[[length(tests) + 1]] <- cbind(data.frame(test = \"wald-f\", "
          + "term = \(words.literal(name))),")
      add("  wald(fit$theta[i], fit$V[i, i, drop = FALSE], df))")
    }
    if fit.tests.contains(where: { $0.test == "proportional-odds" }) {
      need(.proportionalOdds)
      let each = formula.terms.enumerated().map { index, term in
        let name = term.map { formula.atoms[$0].name }.joined(separator: ":")
        return "\(words.literal(name)) = term_columns(X, right, ~\(texts[index]))"
      }
      add("terms_of <- list(\(each.joined(separator: ", ")))")
      add("tests[[length(tests) + 1]] <- proportional_odds(answered, X, y,")
      add(
        "  c(setNames(list(seq_len(ncol(X))), \" \")"
          + (formula.terms.count > 1 ? ", terms_of" : "") + "), df)")
    }
  }
}
