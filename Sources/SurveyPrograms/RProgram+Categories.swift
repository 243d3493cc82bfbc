import SurveyData
import SurveyModels
import SurveyRequests

extension RProgram {
  /// Regressions for several answers, and what is asked after them.
  mutating func write(_ models: CategoryAnalysis) throws {
    need(.figures, .wald, .columns, .parameters, .severalAnswers, .modelColumns)
    try writeAnswered(models.fits.map(\.formula), outcomes: models.fits.map(outcome))
    add("answered$variables <- droplevels(answered$variables)")
    add("rows <- tests <- list()")
    let isSeries = models.fits.count > 1
    for (index, fit) in models.fits.enumerated() {
      add()
      try write(fit, place: isSeries ? index + 1 : nil, models)
    }
    if isSeries { try writeDifferences(models) }
    add("report(\"rows\", do.call(rbind, rows))")
    try writeMargins(models.margins)
    writeTests()
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
    _ fit: CategoryFit, place: Int?, _ models: CategoryAnalysis
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
    if models.report.exponentiate {
      add("found[c(\"exp_estimate\", \"exp_conf_low\", \"exp_conf_high\")] <-")
      add("  exp(found[c(\"estimate\", \"conf_low\", \"conf_high\")])")
    }
    add("rows[[length(rows) + 1]] <- found")
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

  /// What each model says beyond the one before it.
  private mutating func writeDifferences(_ models: CategoryAnalysis) throws {
    let form = models.report.termTests
    let differences = try ModelDifference.between(models.fits, test: form)
    guard !differences.isEmpty else { return }
    add("differences <- list()")
    for difference in differences {
      let (large, small) = (models.fits[difference.larger], models.fits[difference.smaller])
      let known = try termTexts(of: small.keptFormula, knots: small.knots)
      let added = try termTexts(of: large.keptFormula, knots: large.knots)
        .filter { !known.contains($0) }
      add("differences[[length(differences) + 1]] <- cbind(")
      add(
        "  data.frame(model = \(difference.larger + 1), than = \(difference.smaller + 1), "
          + "test = \"\(Self.name(form))\"),")
      add("  \(test(added, of: "fit\(difference.larger + 1)", form)))")
    }
    add("report(\"differences\", do.call(rbind, differences))")
  }

  /// How models fit; their BIC is measured against the one with most parameters.
  mutating func writeStatistics(
    _ function: String, _ fits: [some FormulaFit], sizes: [Int], more: String = "",
    degreesOfFreedom: (String) -> String
  ) {
    let isSeries = fits.count > 1
    let isImputed = source.survey.isImputed
    let largest = sizes.firstIndex(of: sizes.max() ?? 0) ?? 0
    let each = fits.indices.map { index in
      let name = isSeries ? "fit\(index + 1)" : "fit"
      var other = ""
      if isSeries {
        let isSame = fits[index].formula.outcome == fits[largest].formula.outcome
        other = ", \(isSame ? "fit\(largest + 1)" : "NULL")"
      }
      let df = isImputed ? "NULL" : degreesOfFreedom(name)
      let call = "\(function)(\(name), \(df)\(other)\(more))"
      return isSeries ? "  cbind(model = \(index + 1), \(call))" : "  \(call)"
    }
    add("report(\"fit\", rbind(\n\(each.joined(separator: ",\n"))))")
    if isImputed {
      let first = isSeries ? "!duplicated(whole$rows$model)" : "1"
      closing = "whole$fit$df <- whole$rows$df[\(first)]"
    }
  }
}
