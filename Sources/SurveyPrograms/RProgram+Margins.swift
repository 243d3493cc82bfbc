import SurveyData
import SurveyModels
import SurveyRequests

extension RProgram {
  /// What is asked after the fit: effects, predictions, combinations.
  mutating func writeMargins(_ margins: MarginAnalysis) throws {
    guard margins.asked.asksAnything else { return }
    need(.averages)
    if margins.answers.isEmpty {
      need(.answering, .expected)
    } else {
      need(.answering, .expectedChances)
    }
    if let effects = margins.effects { try write(effects, margins) }
    if let predictions = margins.predictions { try write(predictions, margins) }
    if !margins.asked.contrast.isEmpty { try writeContrasts(margins) }
  }

  private mutating func write(_ effects: MarginalEffects, _ margins: MarginAnalysis) throws {
    add()
    comment("Average marginal effects: what is averaged, and over whom.")
    add("effects <- list(")
    for (index, row) in effects.rows.enumerated() {
      let what: String
      if let category = row.category, let reference = row.reference {
        let sides = try [category, reference].map { side in
          try expected(
            row.place.answers, besides: [(row.variable, side.code)], row.outcome, margins)
        }
        what = sides.joined(separator: " - ")
      } else {
        need(.slope)
        let set = try settings(row.place.answers, besides: [], margins).map { ", \($0)" } ?? ""
        let answer = answer(row.outcome, margins)
        what = "slope(fit, \(words.literal(row.variable))\(set)\(answer))"
      }
      let end = index + 1 < effects.rows.count ? "," : ")"
      let code = row.outcome.map { "outcome = \(words.literal($0.code)), " } ?? ""
      add(
        "  list(\(code)term = \(words.literal(row.term)), contrast = \(words.literal(row.contrast)),"
      )
      add("    is = \(what), who = \(who(row.place.group, margins)))\(end)")
    }
    add("m <- averages(fit, effects, \"\(margins.options.covariates.rawValue)\")")
    add(
      """
      rows <- cbind(
        data.frame(term = sapply(effects, `[[`, "term"), contrast = sapply(effects, `[[`, "contrast")),
        figures(m$values, sqrt(diag(m$V)), degf(answered)), n = m$n)
      rows$outcome <- unlist(lapply(effects, `[[`, "outcome"))
      """)
    addPlaces(
      effects.rows.map { ($0.place.answers, $0.place.group) }, to: "rows", margins.asked.over)
    add("report(\"\(margins.table)\", rows)")
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
        report("second_differences", cbind(rows[first, intersect(c("term", "contrast", "outcome"), names(rows))],
          figures(b, sqrt(diag(V)), degf(answered))))
        """)
    }
    if margins.hasTests { writeTests(effects, differences, margins) }
  }

  /// The joint tests of each variable's effects, or of their differences between places.
  private mutating func writeTests(
    _ effects: MarginalEffects, _ differences: [(effect: Int, reference: Int)],
    _ margins: MarginAnalysis
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
          && (row.outcome.map { margins.tested.contains($0.code) } ?? true)
          && (margins.options.contrasts != .pairwise || row.reference == base)
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

  private mutating func write(_ predictions: Predictions, _ margins: MarginAnalysis) throws {
    add()
    comment("Adjusted predictions; their intervals are made on the scale of the linear predictor.")
    add("predictions <- list(")
    for (index, row) in predictions.rows.enumerated() {
      let end = index + 1 < predictions.rows.count ? "," : ")"
      add(
        "  list(is = \(try expected(row.answers, besides: [], row.outcome, margins)), "
          + "who = \(who(row.group, margins)))\(end)")
    }
    let link = margins.answers.isEmpty ? "fit$family$link" : "\"logit\""
    add("m <- averages(fit, predictions, \"\(margins.options.covariates.rawValue)\")")
    add(
      """
      link <- make.link(\(link))
      eta <- link$linkfun(m$values)
      found <- figures(eta, sqrt(diag(m$V)) / link$mu.eta(eta), degf(answered))
      rows <- data.frame(scale = \(link), estimate = m$values, std_error = sqrt(diag(m$V)),
        df = degf(answered), conf_low = link$linkinv(found$conf_low),
        conf_high = link$linkinv(found$conf_high), n = m$n)
      """)
    addPlaces(predictions.rows.map { ($0.answers, $0.group) }, to: "rows", margins.asked.over)
    add("report(\"predictions\", rows)")
  }

  private mutating func writeContrasts(_ margins: MarginAnalysis) throws {
    need(.contrast)
    add()
    comment("Combinations of coefficients: b[1] is the first.")
    add("combinations <- function(b) c(")
    for (index, text) in margins.asked.contrast.enumerated() {
      let end = index + 1 < margins.asked.contrast.count ? "," : ")"
      add("  " + (try margins.written(text) { $0.map { "b[\($0 + 1)]" } ?? "0" }) + end)
    }
    add(
      margins.answers.isEmpty
        ? "m <- combination(combinations, coef(fit), vcov(fit))"
        : "m <- combination(combinations, fit$theta, fit$V)")
    let names = margins.asked.contrast.map(words.literal).joined(separator: ", ")
    add("report(\"contrasts\", cbind(data.frame(contrast = c(\(names))),")
    add("  figures(m$values, sqrt(diag(m$V)), df)))")
    guard margins.asked.contrast.count > 1 else { return }
    need(.wald)
    add("tests[[length(tests) + 1]] <- cbind(data.frame(test = \"contrasts\", term = \"\"),")
    add("  wald(m$values, m$V, df))")
  }

  /// What was set and whom was averaged over, as columns before the figures.
  private mutating func addPlaces(
    _ places: [(answers: [SetVariable], group: Category?)], to rows: String, _ over: String?
  ) {
    var columns: [(name: String, values: [String])] = []
    for index in places.first?.answers.indices ?? 0..<0 {
      let values = places.map { place -> String in
        switch place.answers[index].answer {
        case .code(let code): words.literal(code)
        case .number(let number): "\(number)"
        }
      }
      columns.append((places[0].answers[index].variable, values))
    }
    if let over {
      columns.append((over, places.map { $0.group.map { words.literal($0.code) } ?? "NA" }))
    }
    for column in columns {
      add(
        "\(rows)[[\(words.literal(column.name))]] <- c(\(column.values.joined(separator: ", ")))")
    }
  }

  // MARK: Settings

  private func who(_ group: Category?, _ margins: MarginAnalysis) -> String {
    guard let group, let over = margins.asked.over else { return "TRUE" }
    return "answered$variables$\(words.name(over)) == \(words.code(group.code, of: over))"
  }

  /// `expected(fit, list(sex = 1))`.
  private func expected(
    _ answers: [SetVariable], besides: [(String, String)], _ outcome: Category?,
    _ margins: MarginAnalysis
  ) throws -> String {
    let set = try settings(answers, besides: besides, margins).map { ", \($0)" } ?? ""
    return "expected(fit\(set)\(answer(outcome, margins)))"
  }

  /// `, answer = 2`: the place of the answer whose chance it is.
  private func answer(_ outcome: Category?, _ margins: MarginAnalysis) -> String {
    outcome.flatMap { margins.answers.firstIndex(of: $0.code) }.map { ", answer = \($0 + 1)" } ?? ""
  }

  /// `list(sex = 1)`; nil when nothing is set.
  /// - Throws: ``Untranslatable`` for a variable from which another one is derived.
  private func settings(
    _ answers: [SetVariable], besides: [(String, String)], _ margins: MarginAnalysis
  ) throws -> String? {
    let used = margins.formula
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
