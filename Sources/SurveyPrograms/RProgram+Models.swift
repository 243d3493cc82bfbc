import SurveyData
import SurveyModels
import SurveyRequests

extension RProgram {
  /// The variables of a formula that are factors.
  func factors(of formula: Formula) -> [String] {
    formula.atoms.compactMap { isFactor($0) ? $0.expression.variables.first : nil }
  }

  func isFactor(_ atom: Formula.Atom) -> Bool {
    guard let name = soleVariable(of: atom),
      let variable = try? source.survey.dataset.variable(name)
    else { return false }
    return atom.isFactor
      || (atom.form == .plain && (variable.isCategorical || variable.type == .text))
  }

  /// The variable that an atom is nothing but, perhaps in a function.
  private func soleVariable(of atom: Formula.Atom) -> String? {
    guard let name = atom.expression.variables.first, case .name = atom.expression.root.form else {
      return nil
    }
    return name
  }

  /// An atom in R's words.
  private func term(_ atom: Formula.Atom, knots: [String: [Double]]) throws -> String {
    let name = soleVariable(of: atom).map(words.name)
    switch atom.form {
    case .polynomial(let degree): return "poly(\(try words.text(atom.expression)), \(degree))"
    case .spline:
      guard let points = knots[atom.name], points.count > 1 else {
        throw Untranslatable(what: "the knots of \(atom.name)")
      }
      let inner = points.dropFirst().dropLast().map { "\($0)" }.joined(separator: ", ")
      let knots = points.count > 2 ? "knots = c(\(inner)), " : ""
      return "splines::bs(\(try words.text(atom.expression)), \(knots)"
        + "Boundary.knots = c(\(points[0]), \(points[points.count - 1])))"
    case .plain, .factor, .number:
      if let own = try ownReference(of: atom) {
        return "relevel(\(name ?? ""), ref = \(words.literal(own)))"
      }
      return try name ?? "I(as.numeric(\(try words.text(atom.expression))))"
    }
  }

  /// The reference of a factor of which models have several, unless it is the first level.
  private func ownReference(of atom: Formula.Atom) throws -> String? {
    guard let name = soleVariable(of: atom), references(of: name).count > 1 else { return nil }
    let own = source.analysis.formulas.first {
      $0.formula.atoms.contains(atom) && $0.references[atom.name] != nil
    }?.references[atom.name]
    return try own == source.levels(name).first ? nil : own
  }

  /// The terms of a formula.
  func termTexts(of formula: Formula, knots: [String: [Double]]) throws -> [String] {
    let names = try formula.atoms.map { try term($0, knots: knots) }
    return formula.terms.map { $0.map { names[$0] }.joined(separator: ":") }
  }

  /// The right side of a formula.
  func rightSide(
    of formula: Formula, knots: [String: [Double]], hasConstant: Bool
  ) throws -> String {
    let terms = try termTexts(of: formula, knots: knots)
    let constant = hasConstant ? (terms.isEmpty ? ["1"] : []) : ["-1"]
    let offsets = try formula.offsets.map { "offset(\(try words.text($0.expression)))" }
    return (constant + terms + offsets).joined(separator: " + ")
  }

  /// Those who have all outcomes and all predictors.
  mutating func writeAnswered(_ formulas: [Formula], outcomes: [String]) throws {
    let names = outcomes.count == 1 ? [".outcome"] : outcomes.indices.map { ".outcome\($0 + 1)" }
    for (name, outcome) in zip(names, outcomes) {
      add("design <- update(design, \(name) = \(outcome))")
    }
    var tests = names.map { "!is.na(\($0))" }
    for name in formulas.flatMap({ ($0.atoms + $0.offsets).flatMap(\.expression.variables) }) {
      let test = "!is.na(\(words.name(name)))"
      if !tests.contains(test) { tests.append(test) }
    }
    add("answered <- subset(design, \((tests + counted).joined(separator: " & ")))")
  }

  private func outcome(of fit: ModelFit) throws -> String {
    let outcome = try words.text(fit.formula.outcome.expression)
    guard let event = fit.event else { return outcome }
    return event == "true"
      ? "as.numeric(\(outcome))"
      : "as.numeric(\(words.isAnswer(event, outcome, of: fit.formula.outcome.name)))"
  }

  /// Regressions for one mean or chance, and what is asked after them.
  mutating func write(_ models: ModelAnalysis<ModelFit>) throws {
    need(.figures)
    try writeAnswered(models.fits.map(\.formula), outcomes: models.fits.map(outcome))
    comment("R stops its iteration early unless it is told not to.")
    try writeSeries(models, { try $0.write($1, place: $2, models) }) { program, terms, name, fit in
      try program.test(
        terms, of: name, Self.name(models.report.termTests),
        program.rightSide(
          of: fit.keptFormula, knots: fit.knots, hasConstant: fit.formula.hasIntercept))
    }
    need(.goodness, .fitStatistics)
    writeStatistics(
      "fit_statistics", models.fits, sizes: models.fits.map(\.rows.count),
      more: source.survey.isImputed ? ", goodness = FALSE" : ""
    ) { "df.residual(\($0))" }
  }

  /// The tests below each other; not all of imputed data keep what they have tested.
  mutating func writeTests() {
    let isImputed = source.survey.isImputed
    if isImputed { need(.bind) }
    let all = isImputed ? "bind(tests)" : "do.call(rbind, tests)"
    add("if (length(tests) > 0) report(\"tests\", \(all))")
  }

  private static let families = [
    "logistic": "quasibinomial()", "linear": "gaussian()",
    "probit": "quasibinomial(link = \"probit\")", "cloglog": "quasibinomial(link = \"cloglog\")",
    "poisson": "quasipoisson()", "gamma": "Gamma(link = \"log\")",
  ]

  private mutating func write(_ fit: ModelFit, place: Int?, _ models: ModelAnalysis<ModelFit>)
    throws
  {
    guard let family = Self.families[fit.family.rawValue] else {
      throw Untranslatable(what: "the family \(fit.family.rawValue)")
    }
    let formula = fit.keptFormula
    let name = place.map { "fit\($0)" } ?? "fit"
    let right = try rightSide(
      of: formula, knots: fit.knots, hasConstant: formula.hasIntercept)
    add(
      "\(name) <- svyglm(.outcome\(place.map(String.init) ?? "") ~ \(right), answered, family = \(family),"
    )
    add("  control = list(epsilon = 1e-15, maxit = 100))")
    add("df <- degf(answered) + 1 - sum(!is.na(coef(\(name))))")
    let key = place.map { "model = \($0), " } ?? ""
    add("b <- na.omit(coef(\(name)))")
    if fit.notes.contains(where: { $0.id == "model.dependent-column" }) {
      comment("Some columns follow from others; R must keep the same.")
      add("stopifnot(length(b) == \(fit.rows.count))")
    }
    add(
      "found <- cbind(data.frame(\(key)term = names(b)), figures(b, sqrt(diag(vcov(\(name)))), df))"
    )
    if models.hasLikelihoodIntervals, fit.family != .linear {
      need(.profile)
      add("found[c(\"conf_low\", \"conf_high\")] <- profile_limits(\(name), df)")
    }
    keepRows(models.report)
    let joint = formula.terms.indices.filter { index in
      let term = formula.terms[index]
      return term.count > 1 || term.contains { isJoint(formula.atoms[$0]) }
    }
    let texts = try termTexts(of: formula, knots: fit.knots)
    for index in joint {
      let term = formula.terms[index].map { formula.atoms[$0].name }.joined(separator: ":")
      let form = Self.name(models.report.termTests)
      add(
        "tests[[length(tests) + 1]] <- cbind(data.frame(\(key)test = \"\(form)\", "
          + "term = \(words.literal(term))),")
      add("  \(try test([texts[index]], of: name, form, right)))")
    }
  }

  /// The joint test of some terms; Wald's of imputed data by the coefficients, so that it can be made
  /// anew over all.
  private mutating func test(
    _ terms: [String], of fit: String, _ form: String, _ right: String
  ) throws -> String {
    guard source.survey.isImputed, form == Self.name(TermTest.wald) else {
      need(.termTest)
      return "term_test(\(fit), ~\(terms.joined(separator: " + ")), \"\(form)\")"
    }
    need(.wald, .columns, .coefficientTest)
    let list = terms.map { "~\($0)" }.joined(separator: ", ")
    return "coefficient_test(\(fit), ~\(right), list(\(list)))"
  }

  func isJoint(_ atom: Formula.Atom) -> Bool {
    switch atom.form {
    case .polynomial, .spline: true
    case .plain, .factor: isFactor(atom)
    case .number: false
    }
  }

  static func name(_ test: TermTest) -> String {
    test == .wald ? "wald-f" : test.rawValue
  }
}
