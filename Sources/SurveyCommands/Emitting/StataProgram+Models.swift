import SurveyData
import SurveyModels
import SurveyStatistics

extension StataProgram {
  /// The right side of a formula, with variables made for its expressions.
  mutating func terms(of formula: Formula, references: [String: String]) throws -> String {
    let factors = RProgram(source).factors(of: formula)
    var names: [String] = []
    for (index, atom) in formula.atoms.enumerated() {
      let variables = atom.expression.variables
      if let name = variables.first, variables.count == 1, factors.contains(name) {
        let base = try references[atom.name].map { "b\(try number($0, of: name))" } ?? "bn"
        names.append("i\(base).\(factor(name))")
        continue
      }
      guard atom.form == .plain else {
        throw Untranslatable(
          what: "the term \(atom.name): Stata's own commands have no such columns")
      }
      guard variables != [atom.name] else {
        names.append("c.\(atom.name)")
        continue
      }
      let new = "vekt_term\(index + 1)"
      add("capture drop \(new)")
      add("generate double \(new) = \(try guarded(atom.expression))")
      names.append("c.\(new)")
    }
    return formula.terms.map { term in
      term.map { names[$0] }.joined(separator: "#")
    }.joined(separator: " ")
  }

  mutating func write(_ models: ModelAnalysis) throws {
    if models.fits.count > 1 {
      let names = models.fits.flatMap { fit in
        ([fit.formula.outcome] + fit.formula.atoms).flatMap(\.expression.variables)
      }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      comment("The models rest on the same respondents.")
      add("generate byte vekt_common = !missing(\(names.map(factor).joined(separator: ", ")))")
    }
    if models.hasLikelihoodIntervals {
      comment("NOT TRANSLATED: --ci likelihood; svy commands give Wald's intervals.")
    }
    for fit in models.fits { try write(fit, models) }
    let names = models.fits[0].rows.map(coefficient)
    try writeMargins(models.margins, coefficients: names)
  }

  private mutating func write(_ fit: ModelFit, _ models: ModelAnalysis) throws {
    let commands = [
      "logistic": "logit", "linear": "regress", "probit": "probit", "cloglog": "cloglog",
      "poisson": "poisson", "gamma": "glm",
    ]
    guard let command = commands[fit.family.rawValue] else {
      throw Untranslatable(what: "the family \(fit.family.rawValue)")
    }
    let formula = fit.formula
    var outcome = try words.text(formula.outcome.expression)
    if let event = fit.event, event != "true" {
      outcome = "\(outcome) == \(words.code(event, of: formula.outcome.name))"
    }
    let missing = formula.outcome.expression.variables.joined(separator: ", ")
    add("capture drop vekt_outcome")
    let common = models.fits.count > 1 ? " & vekt_common" : ""
    add("generate double vekt_outcome = \(outcome) if !missing(\(missing))\(common)")
    let right = try terms(of: formula, references: fit.references)
    var options = [formula.hasIntercept ? "" : "noconstant"]
    if command == "glm" { options.append("family(gamma) link(log)") }
    if !formula.offsets.isEmpty {
      guard command != "regress" else {
        throw Untranslatable(what: "offset(…), which regress does not have")
      }
      add("capture drop vekt_offset")
      let sum = try formula.offsets.map { "(\(try words.text($0.expression)))" }
      add("generate double vekt_offset = \(sum.joined(separator: " + "))")
      options.append("offset(vekt_offset)")
    }
    if models.report.exponentiate {
      options.append(["logit": "or", "poisson": "irr"][command] ?? "eform(exp)")
    }
    let list = (options.filter { !$0.isEmpty } + [level]).joined(separator: " ")
    add("\(svy) \(command) vekt_outcome \(right), \(list)")
    comment(
      "Stata's tests have the design's degrees of freedom; R's and Vekt's have those + 1 - p.")
    try writeTests(of: formula, models.report.termTests)
    if command == "logit", !isImputed { add("estat gof") }
  }

  /// The joint tests of factors and interactions.
  private mutating func writeTests(of formula: Formula, _ test: TermTest) throws {
    guard test == .wald || test == .adjustedWald else {
      comment("NOT TRANSLATED: --term-tests \(test.rawValue); svy commands have Wald's tests only.")
      return
    }
    let factors = RProgram(source).factors(of: formula)
    for term in formula.terms {
      let atoms = term.map { formula.atoms[$0] }
      guard atoms.count > 1 || factors.contains(atoms[0].expression.variables.first ?? "") else {
        continue
      }
      let list = zip(term, atoms).map { index, atom -> String in
        let variables = atom.expression.variables
        if let name = variables.first, variables.count == 1, factors.contains(name) {
          return "i.\(factor(name))"
        }
        return variables == [atom.name] ? "c.\(atom.name)" : "c.vekt_term\(index + 1)"
      }
      guard !isImputed else {
        comment("NOT TRANSLATED: the joint test of \(list.joined(separator: "#")); see mi test.")
        continue
      }
      let option = test == .wald ? ", nosvyadjust" : ""
      add("testparm \(list.joined(separator: "#"))\(option)")
    }
  }

  // MARK: Margins

  /// What is asked after the fit.
  ///
  /// - Parameter coefficients: What Stata calls the coefficients; nil where equations have several.
  private mutating func writeMargins(
    _ models: MarginAnalysis, coefficients: [String]?
  ) throws {
    guard models.asked.asksAnything else { return }
    guard !isImputed else {
      throw Untranslatable(what: "margins and contrasts of imputed data, which mi estimate has not")
    }
    let inside = source.survey.subpopulation == nil ? "" : " subpop(vekt_inside)"
    let over = models.asked.over.map { " over(\(factor($0)))" } ?? ""
    var variance = ""
    switch models.options.covariates {
    case .fixed: break
    case .joint: variance = " vce(unconditional)"
    case .sampled:
      comment("Stata's unconditional errors count the covariance of coefficients and averages too.")
      variance = " vce(unconditional)"
    }
    let end = "\(over)\(variance)\(inside) \(level)"
    if let effects = models.effects {
      let set = try settings(
        effects.rows.first.map { _ in effects.rows.map(\.place.answers) } ?? [])
      for name in models.asked.margins?.names ?? [] {
        let isFactor = effects.rows.contains { $0.variable == name && $0.category != nil }
        switch models.options.contrasts {
        case .sequential where isFactor:
          add("margins ar.\(factor(name)),\(set) contrast(effects nowald)\(end)")
        case .pairwise where isFactor:
          add("margins \(factor(name)),\(set) pwcompare(effects)\(end)")
        default: add("margins, dydx(\(factor(name)))\(set)\(end)")
        }
      }
      if !effects.differences.isEmpty {
        comment("Second differences are those between the rows above, by lincom after `post`.")
      }
    }
    if let predictions = models.predictions {
      add("margins,\(try settings(predictions.rows.map(\.answers)))\(end)")
    }
    for text in models.asked.contrast {
      guard let coefficients else {
        throw Untranslatable(what: "combinations of coefficients of several equations")
      }
      let written = try models.written(text) { position in
        position.map { "_b[\(coefficients[$0])]" } ?? "0"
      }.replacing("plogis(", with: "invlogit(").replacing("qlogis(", with: "logit(")
        .replacing("log(", with: "ln(")
      add("nlcom \(written), \(level)")
    }
  }

  /// What Stata calls a coefficient: `2.g`, `2.g#c.x`, `_cons`.
  private func coefficient(_ row: ModelRow) -> String {
    let parts = row.column.parts
    guard !parts.isEmpty else { return "_cons" }
    return parts.map { part in
      guard let category = part.category else {
        return parts.count > 1 ? "c.\(part.variable)" : part.variable
      }
      let name = part.variable
      return "\((try? number(category.code, of: name)) ?? category.code).\(factor(name))"
    }.joined(separator: "#")
  }

  /// ` at(g=(1 2) x=(0.5))`, once each setting.
  private func settings(_ all: [[SetVariable]]) throws -> String {
    var settings: [String] = []
    for answers in all where !answers.isEmpty {
      let each = try answers.map { answer -> String in
        switch answer.answer {
        case .code(let code):
          "\(factor(answer.variable))=\(try number(code, of: answer.variable))"
        case .number(let value): "\(answer.variable)=\(canonicalCode(value))"
        }
      }
      let text = " at(\(each.joined(separator: " ")))"
      if !settings.contains(text) { settings.append(text) }
    }
    return settings.joined()
  }

  // MARK: Several answers

  mutating func write(_ models: CategoryAnalysis) throws {
    let fit = models.fit
    let formula = fit.formula
    let name = formula.outcome.name
    guard formula.outcome.expression.variables == [name] else {
      throw Untranslatable(what: "an outcome that is an expression")
    }
    let right = try terms(of: formula, references: fit.references)
    switch fit.family {
    case .ordinal:
      let ratios = models.report.exponentiate ? "or " : ""
      add("\(svy) ologit \(factor(name)) \(right), \(ratios)\(level)")
    case .multinomial:
      let base = try number(fit.categories[0].code, of: name)
      let constant = formula.hasIntercept ? "" : " noconstant"
      let ratios = models.report.exponentiate ? " rrr" : ""
      add(
        "\(svy) mlogit \(factor(name)) \(right), baseoutcome(\(base))\(constant)\(ratios) \(level)")
    }
    comment("Stata's tests have the design's degrees of freedom; Vekt's those less the slopes.")
    try writeTests(of: formula, .wald)
    try writeMargins(models.margins, coefficients: nil)
  }
}
