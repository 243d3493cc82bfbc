import SurveyData
import SurveyModels
import SurveyRequests

extension RProgram {
  /// Regressions for several answers, and what is asked after them.
  mutating func write(_ models: ModelAnalysis<CategoryFit>) throws {
    need(.figures, .wald, .columns, .parameters, .severalAnswers, .modelColumns)
    try writeAnswered(models.fits.map(\.formula), outcomes: models.fits.map(outcome))
    add("answered$variables <- droplevels(answered$variables)")
    try writeSeries(models, { try $0.write($1, place: $2, models) }) { program, terms, name, _ in
      program.test(terms, of: name, models.report.termTests)
    }
    need(.deviance, .answersStatistics)
    writeStatistics("answers_statistics", models.fits, sizes: models.fits.map(\.rows.count)) {
      "\($0)$df"
    }
  }

  /// The answers as a factor, in their order.
  private func outcome(of fit: CategoryFit) throws -> String {
    let name = fit.formula.outcome.name
    let codes = fit.categories.map(\.code)
    let isCondition = codes.allSatisfy { $0 == "true" || $0 == "false" }
    let values = codes.map { isCondition ? ($0 == "true" ? "1" : "0") : words.code($0, of: name) }
    let outcome = try words.text(fit.formula.outcome.expression)
    return "factor(\(isCondition ? "as.numeric(\(outcome))" : outcome), "
      + "levels = c(\(values.joined(separator: ", ")))"
      + (isCondition ? ", labels = c(\(codes.map(words.literal).joined(separator: ", "))))" : ")")
  }

  private mutating func write(
    _ fit: CategoryFit, place: Int?, _ models: ModelAnalysis<CategoryFit>
  ) throws {
    let formula = fit.keptFormula
    switch fit.family {
    case .ordinal: need(.ordinalScores, .ordinalChances, .ordinalModel)
    case .multinomial: need(.multinomialScores, .multinomialChances, .multinomialModel)
    }
    let name = place.map { "fit\($0)" } ?? "fit"
    let number = place.map(String.init) ?? ""
    let right = try rightSide(of: formula, knots: fit.knots, hasConstant: formula.hasIntercept)
    add("\(name) <- \(fit.family.rawValue)_model(answered, answered$variables$.outcome\(number),")
    add("  ~ \(right))")
    add("df <- \(name)$df")
    let key = place.map { "model = \($0), " } ?? ""
    add("found <- cbind(\(key)\(name)$rows,")
    add("  figures(\(name)$theta, sqrt(diag(\(name)$V)), df))")
    if models.hasLikelihoodIntervals {
      need(.deviance, .heldFit, .answersProfile)
      add("found[c(\"conf_low\", \"conf_high\")] <- answers_limits(\(name))")
    }
    keepRows(models.report)
    try writeTests(of: fit, named: name, key: key, models.report.termTests)
  }

  private mutating func writeTests(
    of fit: CategoryFit, named model: String, key: String, _ form: TermTest
  ) throws {
    let formula = fit.keptFormula
    let texts = try termTexts(of: formula, knots: fit.knots)
    let isOrdinal = fit.family == .ordinal
    for (index, term) in formula.terms.enumerated()
    where !isOrdinal && fit.categories.count > 2 || term.count > 1
      || term.contains(where: { isJoint(formula.atoms[$0]) })
    {
      let name = term.map { formula.atoms[$0].name }.joined(separator: ":")
      add(
        "tests[[length(tests) + 1]] <- cbind(data.frame(\(key)test = \"\(Self.name(form))\", "
          + "term = \(words.literal(name))),")
      add("  \(test([texts[index]], of: model, form)))")
    }
    if fit.tests.contains(where: { $0.test == "proportional-odds" }) {
      need(.proportionalOdds)
      let each = formula.terms.enumerated().map { index, term in
        let name = term.map { formula.atoms[$0].name }.joined(separator: ":")
        return "\(words.literal(name)) = parameters(\(model), ~\(texts[index]))"
      }
      add("terms_of <- list(\(each.joined(separator: ", ")))")
      let model = "\(model)$survey.design, \(model)$X, \(model)$y"
      add("tests[[length(tests) + 1]] <- \(key.isEmpty ? "" : "cbind(\(key)")proportional_odds(")
      lines[lines.count - 1] += "\(model),"
      add(
        "  c(setNames(list(seq_along(unlist(terms_of))), \" \")"
          + (formula.terms.count > 1 ? ", terms_of" : "") + "), df)\(key.isEmpty ? "" : ")")")
    }
  }

  /// The joint test of some terms.
  private mutating func test(_ terms: [String], of model: String, _ form: TermTest) -> String {
    need(.answersTest)
    if form == .likelihoodRatio { need(.deviance, .heldFit) }
    let list = terms.map { "~\($0)" }.joined(separator: ", ")
    return "answers_test(\(model), parameters(\(model), \(list)), \"\(Self.name(form))\")"
  }
}
