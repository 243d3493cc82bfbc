import SurveyData
import SurveyModels

extension RProgram {
  /// What is asked after the fit: effects, predictions, combinations.
  mutating func writeMargins(_ models: ModelAnalysis) throws {
    if let effects = models.effects { try write(effects, models) }
    if let predictions = models.predictions { try write(predictions, models) }
    if !models.asked.contrast.isEmpty { try writeContrasts(models) }
  }

  private mutating func write(_ effects: MarginalEffects, _ models: ModelAnalysis) throws {
    need(.expected, .averages)
    add()
    comment("Average marginal effects: what is averaged, and over whom.")
    add("effects <- list(")
    for (index, row) in effects.rows.enumerated() {
      let what: String
      if let category = row.category, let reference = row.reference {
        let sides = try [category, reference].map { side in
          try expected(row.place.answers, besides: [(row.variable, side.code)], models)
        }
        what = sides.joined(separator: " - ")
      } else {
        need(.slope)
        let set = try settings(row.place.answers, besides: [], models)
        what = "slope(fit, \(words.literal(row.variable))\(set.map { ", \($0)" } ?? ""))"
      }
      let end = index + 1 < effects.rows.count ? "," : ")"
      add("  list(term = \(words.literal(row.term)), contrast = \(words.literal(row.contrast)),")
      add("    is = \(what), who = \(who(row.place.group, models)))\(end)")
    }
    add("m <- averages(fit, effects, \"\(models.options.covariates.rawValue)\")")
    add(
      """
      rows <- cbind(
        data.frame(term = sapply(effects, `[[`, "term"), contrast = sapply(effects, `[[`, "contrast")),
        figures(m$values, sqrt(diag(m$V)), degf(answered)), n = m$n)
      report("margins", rows)
      """)
    let differences = effects.differences.compactMap { difference in
      effects.rows.firstIndex(of: difference.effect).flatMap { effect in
        effects.rows.firstIndex(of: difference.reference).map { (effect + 1, $0 + 1) }
      }
    }
    if !differences.isEmpty {
      comment("The same effect in two places.")
      add("first <- c(\(differences.map { "\($0.0)" }.joined(separator: ", ")))")
      add("second <- c(\(differences.map { "\($0.1)" }.joined(separator: ", ")))")
      add(
        """
        L <- diag(length(effects))[first, , drop = FALSE] - diag(length(effects))[second, , drop = FALSE]
        b <- drop(L %*% m$values)
        V <- L %*% m$V %*% t(L)
        report("second_differences", cbind(rows[first, c("term", "contrast")],
          figures(b, sqrt(diag(V)), degf(answered))))
        """)
    }
    writeTests(effects, differences, models)
  }

  /// The joint tests of each variable's effects, or of their differences between places.
  private mutating func writeTests(
    _ effects: MarginalEffects, _ differences: [(effect: Int, reference: Int)],
    _ models: ModelAnalysis
  ) {
    var variables: [String] = []
    for row in effects.rows where !variables.contains(row.variable) {
      variables.append(row.variable)
    }
    for variable in variables {
      let base = effects.rows.first { $0.variable == variable }?.reference
      let independent = effects.rows.indices.filter { index in
        let row = effects.rows[index]
        return row.variable == variable
          && (models.options.contrasts != .pairwise || row.reference == base)
      }
      let isSecond = !differences.isEmpty
      let chosen =
        isSecond
        ? differences.indices.filter { independent.contains(differences[$0].effect - 1) }
        : independent
      guard isSecond || chosen.count > 1 else { continue }
      need(.wald)
      let test = isSecond ? "second-differences" : "marginal-effects"
      let (b, V) = isSecond ? ("b", "V") : ("m$values", "m$V")
      add("i <- c(\(chosen.map { "\($0 + 1)" }.joined(separator: ", ")))")
      add(
        "tests[[length(tests) + 1]] <- cbind(data.frame(test = \"\(test)\", "
          + "term = \(words.literal(variable))),")
      add("  wald(\(b)[i], \(V)[i, i, drop = FALSE], degf(answered)))")
    }
  }

  private mutating func write(_ predictions: Predictions, _ models: ModelAnalysis) throws {
    need(.expected, .averages)
    add()
    comment("Adjusted predictions; their intervals are made on the scale of the linear predictor.")
    add("predictions <- list(")
    for (index, row) in predictions.rows.enumerated() {
      let end = index + 1 < predictions.rows.count ? "," : ")"
      add(
        "  list(is = \(try expected(row.answers, besides: [], models)), "
          + "who = \(who(row.group, models)))\(end)")
    }
    add("m <- averages(fit, predictions, \"\(models.options.covariates.rawValue)\")")
    add(
      """
      eta <- fit$family$linkfun(m$values)
      found <- figures(eta, sqrt(diag(m$V)) / fit$family$mu.eta(eta), degf(answered))
      report("predictions", data.frame(scale = fit$family$link, estimate = m$values, std_error = sqrt(diag(m$V)),
        df = degf(answered), conf_low = fit$family$linkinv(found$conf_low),
        conf_high = fit$family$linkinv(found$conf_high), n = m$n))
      """)
  }

  private mutating func writeContrasts(_ models: ModelAnalysis) throws {
    need(.contrast)
    add()
    comment("Combinations of coefficients: b[1] is the first.")
    add("combinations <- function(b) c(")
    for (index, text) in models.asked.contrast.enumerated() {
      let end = index + 1 < models.asked.contrast.count ? "," : ")"
      add("  " + (try models.fits[0].written(text) { $0.map { "b[\($0 + 1)]" } ?? "0" }) + end)
    }
    add("m <- combination(fit, combinations)")
    let names = models.asked.contrast.map(words.literal).joined(separator: ", ")
    add("report(\"contrasts\", cbind(data.frame(contrast = c(\(names))),")
    add("  figures(m$values, sqrt(diag(m$V)), df)))")
    guard models.asked.contrast.count > 1 else { return }
    need(.wald)
    add("tests[[length(tests) + 1]] <- cbind(data.frame(test = \"contrasts\", term = \"\"),")
    add("  wald(m$values, m$V, df))")
  }

  // MARK: Settings

  private func who(_ group: Category?, _ models: ModelAnalysis) -> String {
    guard let group, let over = models.asked.over else { return "TRUE" }
    return "answered$variables$\(words.name(over)) == \(words.code(group.code, of: over))"
  }

  /// `expected(fit, list(sex = 1))`.
  private func expected(
    _ answers: [SetVariable], besides: [(String, String)], _ models: ModelAnalysis
  ) throws -> String {
    let set = try settings(answers, besides: besides, models)
    return "expected(fit\(set.map { ", \($0)" } ?? ""))"
  }

  /// `list(sex = 1)`; nil when nothing is set.
  /// - Throws: ``Untranslatable`` for a variable from which another one is derived.
  private func settings(
    _ answers: [SetVariable], besides: [(String, String)], _ models: ModelAnalysis
  ) throws -> String? {
    let used = models.fits[0].formula
    let names = Set((used.atoms + used.offsets).flatMap(\.expression.variables))
    let all =
      answers.map { answer -> (String, String) in
        switch answer.answer {
        case .code(let code): (answer.variable, words.code(code, of: answer.variable))
        case .number(let number): (answer.variable, "\(number)")
        }
      } + besides.map { ($0.0, words.code($0.1, of: $0.0)) }
    for (name, _) in all {
      let follows = names.first {
        $0 != name && source.survey.dataset.origins(of: $0).contains(name)
      }
      if let follows {
        throw Untranslatable(what: "setting \(name), from which \(follows) is derived")
      }
    }
    guard !all.isEmpty else { return nil }
    return "list(\(all.map { "\(words.name($0.0)) = \($0.1)" }.joined(separator: ", ")))"
  }
}
