import SurveyData
import SurveyModels
import SurveyRequests
import SurveyStatistics

extension StataProgram {
  /// What is asked after the fit.
  ///
  /// - Parameters:
  ///   - degreesOfFreedom: Those of combinations of coefficients.
  ///   - coefficient: What Stata calls the coefficient at a position.
  mutating func writeMargins(
    _ margins: MarginAnalysis, degreesOfFreedom: Double?, coefficient: (Int) -> String
  ) throws {
    guard margins.asked.asksAnything else { return }
    guard !isImputed else {
      throw Untranslatable(what: "margins and contrasts of imputed data, which mi estimate has not")
    }
    try writeContrasts(margins, degreesOfFreedom, coefficient)
    var variance = ""
    switch margins.options.covariates {
    case .fixed: break
    case .joint: variance = " vce(unconditional)"
    case .sampled:
      comment("Stata's unconditional errors count the covariance of coefficients and averages too.")
      variance = " vce(unconditional)"
    }
    let end = "\(variance)\(hasSubpopulation ? " subpop(vekt_inside)" : "")"
    if let effects = margins.effects { try write(effects, margins, end) }
    guard let predictions = margins.predictions else { return }
    comment(
      "Stata's intervals of predictions are estimate ± t·se, Vekt's are made on the link's scale.")
    let over = margins.asked.over.map { " over(\(factor($0)))" } ?? ""
    let df = degrees(predictions.rows.first?.degreesOfFreedom)
    add(
      "margins,\(try settings(predictions.rows.map(\.answers), margins))\(over)\(end)\(df) \(level)"
    )
  }

  private func degrees(_ number: Double?) -> String {
    number.map { " df(\(canonicalCode($0)))" } ?? ""
  }

  private mutating func writeContrasts(
    _ margins: MarginAnalysis, _ df: Double?, _ coefficient: (Int) -> String
  ) throws {
    let written = try margins.asked.contrast.map { text in
      try margins.written(text) { position in position.map(coefficient) ?? "0" }
        .replacing("plogis(", with: "invlogit(").replacing("qlogis(", with: "logit(")
        .replacing("log(", with: "ln(")
    }
    for text in written { add("nlcom \(text),\(degrees(df)) \(level)") }
    guard written.count > 1 else { return }
    let list = written.map { "(\($0) = 0)" }.joined(separator: " ")
    add("testnl \(list), nosvyadjust\(degrees(df))")
  }

  private mutating func write(
    _ effects: MarginalEffects, _ margins: MarginAnalysis, _ end: String
  ) throws {
    let set = try settings(effects.rows.map(\.place.answers), margins)
    for name in margins.asked.margins ?? [] { try check(name, margins) }
    let df = degrees(effects.rows.first?.difference.degreesOfFreedom)
    let over = margins.asked.over.map(factor)
    func command(_ what: String, _ how: String, over: String?, contrast: String) -> String {
      let parts = [how, set, over.map { " over(\($0))" } ?? "", contrast, end, df, " \(level)"]
      return "margins\(what),\(parts.joined())"
    }
    for name in margins.asked.margins ?? [] {
      let isFactor = effects.rows.contains { $0.variable == name && $0.category != nil }
      switch margins.options.contrasts {
      case .sequential where isFactor:
        add(
          command(" ar.\(factor(name))", "", over: over, contrast: " contrast(effects nowald)"))
      case .pairwise where isFactor:
        add(command(" \(factor(name))", "", over: over, contrast: " pwcompare(effects)"))
      default:
        add(command("", " dydx(\(factor(name)))", over: over, contrast: ""))
      }
      guard !effects.differences.isEmpty else { continue }
      comment("The same effect in two places.")
      let places = over == nil ? "atcontrast(r) effects nowald" : "effects nowald"
      if isFactor, margins.options.contrasts == .pairwise {
        comment("NOT TRANSLATED: second differences of all pairs; these are against the reference.")
      }
      let isSequential = isFactor && margins.options.contrasts == .sequential
      add(
        command(
          isSequential ? " ar.\(factor(name))" : "",
          isSequential ? "" : " dydx(\(factor(name)))", over: over.map { "r.\($0)" },
          contrast: " contrast(\(places))"))
    }
  }

  /// ` at(g=(1 2) x=(0.5))`, once each setting.
  private func settings(_ all: [[SetVariable]], _ margins: MarginAnalysis) throws -> String {
    var settings: [String] = []
    for answers in all where !answers.isEmpty {
      for answer in answers { try check(answer.variable, margins) }
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

  /// Checks that a variable is a term of its own, which Stata's margins can move.
  /// - Throws: ``Untranslatable`` for one that stands in an expression.
  private func check(_ name: String, _ margins: MarginAnalysis) throws {
    let formula = margins.formula
    let expressions = (formula.atoms + formula.offsets).map(\.expression)
    let isPlain =
      RProgram(source).factors(of: formula).contains(name)
      || formula.atoms.contains { $0.name == name }
    let isElsewhere =
      expressions.contains { $0.variables.contains(name) && $0.source != name }
      && !RProgram(source).factors(of: formula).contains(name)
    guard isPlain, !isElsewhere else {
      throw Untranslatable(what: "a margin of \(name), which is no term of its own")
    }
  }

  // MARK: Several answers

  /// Regressions for several answers.
  mutating func write(_ models: ModelAnalysis<CategoryFit>) throws {
    writeCommon(models.fits.map(\.formula))
    writeRemarks(models.report, hasLikelihoodIntervals: models.hasLikelihoodIntervals)
    let differences = try ModelDifference.between(models.fits, test: .wald)
    for (index, fit) in models.fits.enumerated() {
      writeName(of: fit.formula)
      try write(fit, models)
      for difference in differences where difference.larger == index {
        try writeDifference(
          of: fit.keptFormula, than: models.fits[difference.smaller].keptFormula,
          number: difference.smaller + 1, models.report.termTests,
          fit.rows.first?.degreesOfFreedom ?? .nan)
      }
    }
    let (fit, names) = (models.fits[0], self)
    try writeMargins(models.margins, degreesOfFreedom: fit.rows.first?.degreesOfFreedom) {
      switch fit.rows[$0].place {
      case .cut(_, let below, _):
        let place = fit.categories.firstIndex { $0.code == below.code } ?? 0
        return "_b[/cut\(place + 1)]"
      case .column(let column, let outcome):
        let equation = outcome.flatMap { outcome in
          fit.categories.firstIndex { $0.code == outcome.code }
        }
        let name = names.coefficient(column, of: fit.formula)
        return "_b[\(equation.map { "answer\($0 + 1)" } ?? "vekt_outcome"):\(name)]"
      }
    }
  }

  private mutating func write(_ fit: CategoryFit, _ models: ModelAnalysis<CategoryFit>) throws {
    let formula = fit.keptFormula
    let codes = fit.categories.map(\.code)
    let isCondition = codes.allSatisfy { $0 == "true" || $0 == "false" }
    let outcome = try words.text(formula.outcome.expression)
    let missing = formula.outcome.expression.variables.joined(separator: ", ")
    let common = models.fits.count > 1 ? " & vekt_common" : ""
    comment("The answers by their place: \(codes.joined(separator: ", ")).")
    add("capture drop vekt_outcome")
    add("generate byte vekt_outcome = .")
    add("label define vekt_answers 0 \"\", replace")
    add("label values vekt_outcome vekt_answers")
    for (index, code) in codes.enumerated() {
      let value =
        isCondition ? (code == "true" ? "1" : "0") : words.code(code, of: formula.outcome.name)
      add(
        "replace vekt_outcome = \(index + 1) if (\(outcome)) == \(value) & !missing(\(missing))\(common)"
      )
      add("label define vekt_answers \(index + 1) \"answer\(index + 1)\", add")
    }
    let right = try terms(of: formula, references: fit.references)
    let df = fit.rows.first?.degreesOfFreedom ?? .nan
    let prefix = svy(degreesOfFreedom: df)
    switch fit.family {
    case .ordinal:
      let options = [models.report.exponentiate ? "or" : "", level].filter { !$0.isEmpty }
      add("\(prefix) ologit vekt_outcome \(right), \(options.joined(separator: " "))")
    case .multinomial:
      let options = [
        "baseoutcome(1)", formula.hasIntercept ? "" : "noconstant",
        models.report.exponentiate ? "rrr" : "", level,
      ].filter { !$0.isEmpty }
      add("\(prefix) mlogit vekt_outcome \(right), \(options.joined(separator: " "))")
    }
    try writeTests(
      of: formula, models.report.termTests, df,
      all: fit.family == .multinomial && fit.categories.count > 2)
    if fit.tests.contains(where: { $0.test == "proportional-odds" }) {
      comment("NOT TRANSLATED: the test of proportional odds; Stata has none after svy.")
    }
  }
}
