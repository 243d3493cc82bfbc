import SurveyData
import SurveyModels

extension RProgram {
  /// The variables of a formula that are factors.
  func factors(of formula: Formula) -> [String] {
    formula.atoms.compactMap { isFactor($0) ? $0.expression.variables.first : nil }
  }

  private func isFactor(_ atom: Formula.Atom) -> Bool {
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
  private func term(_ atom: Formula.Atom) throws -> String {
    let name = soleVariable(of: atom).map(words.name)
    switch atom.form {
    case .polynomial(let degree): return "poly(\(try words.text(atom.expression)), \(degree))"
    case .spline:
      throw Untranslatable(what: "the weighted knots of \(atom.name); take bs(x, knots = …) there")
    case .plain, .factor: return try name ?? "I(as.numeric(\(try words.text(atom.expression))))"
    }
  }

  /// The right side of a formula.
  private func terms(of formula: Formula, hasConstant: Bool) throws -> String {
    let names = try formula.atoms.map(term)
    let terms = formula.terms.map { $0.map { names[$0] }.joined(separator: ":") }
    let constant = hasConstant ? (terms.isEmpty ? ["1"] : []) : ["-1"]
    let offsets = try formula.offsets.map { "offset(\(try words.text($0.expression)))" }
    return (constant + terms + offsets).joined(separator: " + ")
  }

  /// Those who have an outcome and all predictors.
  private mutating func writeAnswered(_ formula: Formula, outcome: String) throws {
    add("design <- update(design, .outcome = \(outcome))")
    let variables = (formula.atoms + formula.offsets).flatMap(\.expression.variables)
    var tests = ["!is.na(.outcome)"]
    for name in variables {
      let test = "!is.na(\(words.name(name)))"
      if !tests.contains(test) { tests.append(test) }
    }
    add("answered <- subset(design, \(tests.joined(separator: " & ")))")
  }

  /// A regression for one mean or chance.
  mutating func writeModel(_ fit: ModelFit) throws {
    let families = [
      "logistic": "quasibinomial()", "linear": "gaussian()",
      "probit": "quasibinomial(link = \"probit\")", "cloglog": "quasibinomial(link = \"cloglog\")",
      "poisson": "quasipoisson()", "gamma": "Gamma(link = \"log\")",
    ]
    guard let family = families[fit.family.rawValue] else {
      throw Untranslatable(what: "the family \(fit.family.rawValue)")
    }
    let formula = fit.formula
    var outcome = try words.text(formula.outcome.expression)
    if let event = fit.event {
      outcome =
        event == "true"
        ? "as.numeric(\(outcome))"
        : "as.numeric(\(outcome) == \(words.code(event, of: formula.outcome.name)))"
    }
    try writeAnswered(formula, outcome: outcome)
    let right = try terms(of: formula, hasConstant: formula.hasIntercept)
    comment("R stops its iteration early unless it is told not to.")
    add("fit <- svyglm(.outcome ~ \(right), answered, family = \(family),")
    add("  control = list(epsilon = 1e-15, maxit = 100))")
    add(
      """
      rows <- data.frame(term = names(coef(fit)), estimate = coef(fit), std_error = SE(fit),
        df = degf(answered) + 1 - sum(!is.na(coef(fit))))
      write.csv(rows, row.names = FALSE)
      """)
    let joint = formula.terms.filter { term in
      term.count > 1 || term.contains { isFactor(formula.atoms[$0]) }
    }
    if !joint.isEmpty {
      add()
      comment("Joint tests of factors and interactions.")
      for term in joint {
        let name = try term.map { try self.term(formula.atoms[$0]) }.joined(separator: ":")
        add("print(regTermTest(fit, ~\(name)))")
      }
    }
  }

  /// A regression for several answers.
  mutating func writeCategories(_ fit: CategoryFit) throws {
    let formula = fit.formula
    let name = formula.outcome.name
    let codes = fit.categories.map(\.code)
    let values = codes.map { code -> String in
      if code == "true" || code == "false" { return code == "true" ? "1" : "0" }
      return words.code(code, of: name)
    }
    let isCondition = codes.allSatisfy { $0 == "true" || $0 == "false" }
    let outcome = try words.text(formula.outcome.expression)
    try writeAnswered(
      formula,
      outcome: "factor(\(isCondition ? "as.numeric(\(outcome))" : outcome), "
        + "levels = c(\(values.joined(separator: ", "))))")
    add("answered$variables <- droplevels(answered$variables)")
    let right = try terms(of: formula, hasConstant: formula.hasIntercept)
    switch fit.family {
    case .ordinal:
      comment("svyolr has numerical derivatives: it agrees to about five digits.")
      add(
        """
        answered <- update(answered, .outcome = ordered(.outcome))
        fit <- svyolr(.outcome ~ \(right), answered, control = list(reltol = 1e-15, maxit = 1000))
        theta <- c(fit$coefficients, fit$zeta)
        rows <- data.frame(term = names(theta), estimate = theta, std_error = sqrt(diag(vcov(fit))),
          df = degf(answered) - length(fit$coefficients))
        write.csv(rows, row.names = FALSE)
        """)
    case .multinomial:
      comment("The package survey has no multinomial model: coefficients by nnet, errors by hand.")
      add(
        """
        X <- model.matrix(~ \(right), answered$variables)
        y <- answered$variables$.outcome
        w <- weights(answered) / mean(weights(answered))
        fit <- nnet::multinom(y ~ X - 1, weights = w, trace = FALSE, reltol = 1e-15, maxit = 5000)
        K <- nlevels(y)
        B <- matrix(t(coef(fit)), ncol(X))
        P <- exp(cbind(0, X %*% B))
        P <- (P / rowSums(P))[, -1, drop = FALSE]
        Y <- outer(as.integer(y), 2:K, "==")
        scores <- do.call(cbind, lapply(1:(K - 1), function(k) X * (Y[, k] - P[, k])))
        A <- do.call(rbind, lapply(1:(K - 1), function(a) do.call(cbind, lapply(1:(K - 1), function(b)
          crossprod(X, X * (weights(answered) * P[, a] * ((a == b) - P[, b])))))))
        influence <- scores %*% solve(A)
        V <- vcov(svytotal(influence, answered))
        rows <- data.frame(outcome = rep(levels(y)[-1], each = ncol(X)), term = rep(colnames(X), K - 1),
          estimate = as.numeric(B), std_error = sqrt(diag(V)))
        write.csv(rows, row.names = FALSE)
        """)
    }
  }
}
