import SurveyData
import SurveyModels
import SurveyRequests
import SurveyStatistics

extension StataProgram {
  /// The right side of a formula, with variables made for its expressions.
  mutating func terms(of formula: Formula, references: [String: String]) throws -> String {
    var names: [String] = []
    for (index, atom) in formula.atoms.enumerated() {
      let name = try word(for: atom, at: index, of: formula, references)
      if name.hasPrefix("c.vekt_term") {
        add("capture drop \(name.dropFirst(2))")
        add("generate double \(name.dropFirst(2)) = \(try guarded(atom.expression))")
      }
      names.append(name)
    }
    return formula.terms.map { term in
      term.map { names[$0] }.joined(separator: "#")
    }.joined(separator: " ")
  }

  /// What an atom is called among the terms of a command: `ib1.g`, `c.x`, `c.vekt_term2`.
  ///
  /// - Parameter references: The references of factors; nil where a command wants `i.g` alone.
  private func word(
    for atom: Formula.Atom, at index: Int, of formula: Formula, _ references: [String: String]?
  ) throws -> String {
    let variables = atom.expression.variables
    if let name = variables.first, variables.count == 1,
      RProgram(source).factors(of: formula).contains(name)
    {
      guard let references else { return "i.\(factor(name))" }
      let base = try references[atom.name].map { "b\(try number($0, of: name))" } ?? "bn"
      return "i\(base).\(factor(name))"
    }
    guard atom.form == .plain || atom.form == .number else {
      throw Untranslatable(what: "the term \(atom.name): Stata's own commands have no such columns")
    }
    return variables == [atom.name] ? "c.\(atom.name)" : "c.vekt_term\(index + 1)"
  }

  /// Some terms as a test names them.
  func tested(_ terms: [[Int]], of formula: Formula) throws -> String {
    try terms.map { term in
      try term.map { try word(for: formula.atoms[$0], at: $0, of: formula, nil) }
        .joined(separator: "#")
    }.joined(separator: " ")
  }

  /// The terms that have a joint test: factors, interactions, or all of them.
  func jointTerms(of formula: Formula, all: Bool = false) -> [[Int]] {
    let factors = RProgram(source).factors(of: formula)
    return formula.terms.filter { term in
      all || term.count > 1
        || factors.contains(formula.atoms[term[0]].expression.variables.first ?? "")
    }
  }

  /// A variable that says who has answered all that several models ask.
  mutating func writeCommon(_ formulas: [Formula]) {
    guard formulas.count > 1 else { return }
    let names = formulas.flatMap { formula in
      ([formula.outcome] + formula.atoms + formula.offsets).flatMap(\.expression.variables)
    }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    comment("The models rest on the same respondents.")
    add("generate byte vekt_common = !missing(\(names.joined(separator: ", ")))")
  }

  /// What Stata does otherwise.
  mutating func writeRemarks(_ report: ModelReportOptions, hasLikelihoodIntervals: Bool) {
    if hasLikelihoodIntervals {
      comment("NOT TRANSLATED: --ci likelihood; svy commands give Wald's intervals.")
    }
    comment("NOT TRANSLATED: AIC, BIC and pseudo-R² of a design; Stata has none after svy.")
    if isImputed {
      comment("Stata takes the design's degrees of freedom before it combines; Vekt those + 1 - p.")
      if report.termTests == .wald || report.termTests == .adjustedWald {
        comment(
          "NOT TRANSLATED: joint tests of terms; mi test has others (equal fractions missing).")
      }
    } else {
      comment("dof(), df(): the degrees of freedom are those of R and Vekt, the design's + 1 - p.")
    }
    if report.termTests == .workingWald || report.termTests == .likelihoodRatio {
      comment(
        "NOT TRANSLATED: --term-tests \(report.termTests.rawValue); svy commands have Wald's only.")
    }
  }

  mutating func write(_ models: ModelAnalysis<ModelFit>) throws {
    writeCommon(models.fits.map(\.formula))
    writeRemarks(models.report, hasLikelihoodIntervals: models.hasLikelihoodIntervals)
    let differences = try ModelDifference.between(models.fits, test: .wald)
    for (index, fit) in models.fits.enumerated() {
      writeName(of: fit.formula)
      try write(fit, models)
      for difference in differences where difference.larger == index {
        let small = models.fits[difference.smaller].keptFormula
        let df = fit.rows.first?.degreesOfFreedom ?? .nan
        try writeDifference(
          of: fit.keptFormula, than: small, number: difference.smaller + 1, models.report.termTests,
          df)
      }
      if models.fits.count > 1 { try writeGoodness(of: fit) }
    }
    let (fit, names) = (models.fits[0], self)
    try writeMargins(models.margins, degreesOfFreedom: fit.rows.first?.degreesOfFreedom) {
      "_b[\(names.coefficient(fit.rows[$0].column, of: fit.formula))]"
    }
    if models.fits.count == 1 { try writeGoodness(of: fit) }
  }

  /// What a model is called; slashes would begin another comment, or join lines.
  mutating func writeName(of formula: Formula) {
    guard let name = formula.name else { return }
    comment("\(name.replacing("/", with: "-")): \(formula.source.replacing("/*", with: "/ *"))")
  }

  private static let commands = [
    "logistic": "logit", "linear": "regress", "probit": "probit", "cloglog": "cloglog",
    "poisson": "poisson", "gamma": "glm",
  ]

  private mutating func write(_ fit: ModelFit, _ models: ModelAnalysis<ModelFit>) throws {
    guard let command = Self.commands[fit.family.rawValue] else {
      throw Untranslatable(what: "the family \(fit.family.rawValue)")
    }
    let formula = fit.keptFormula
    var outcome = try words.text(formula.outcome.expression)
    if let event = fit.event, event != "true" {
      outcome = words.isAnswer(event, outcome, of: formula.outcome.name)
    }
    let missing = formula.outcome.expression.variables.joined(separator: ", ")
    add("capture drop vekt_outcome")
    let common = models.fits.count > 1 ? " & vekt_common" : ""
    add("generate double vekt_outcome = \(outcome) if !missing(\(missing))\(common)")
    let right = try terms(of: formula, references: fit.references)
    var options = [formula.hasIntercept ? "" : "noconstant"]
    if command == "glm" { options.append("family(gamma) link(log)") }
    if ["glm", "probit", "cloglog"].contains(command) {
      comment(
        "Stata's errors rest on the observed information here, Vekt's and R's on the expected.")
    }
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
      let ratios = ["logit": "or", "poisson": "irr", "glm": "eform", "cloglog": "eform"]
      if let option = ratios[command] {
        options.append(option)
      } else {
        comment("NOT TRANSLATED: exponentiated coefficients, which \(command) does not print.")
      }
    }
    let df = fit.rows.first?.degreesOfFreedom ?? .nan
    let list = (options + [level]).filter { !$0.isEmpty }.joined(separator: " ")
    add("\(svy(degreesOfFreedom: df)) \(command) vekt_outcome \(right), \(list)")
    try writeTests(of: formula, models.report.termTests, df)
  }

  /// The joint tests of terms.
  ///
  /// - Parameter all: Whether single numbers have one too, as where every answer has an equation.
  mutating func writeTests(
    of formula: Formula, _ test: TermTest, _ df: Double, all: Bool = false
  ) throws {
    guard test == .wald || test == .adjustedWald, !isImputed else { return }
    for term in jointTerms(of: formula, all: all) {
      add("testparm \(try tested([term], of: formula))\(option(test, df))")
    }
  }

  /// The degrees of freedom of a joint test: R's, or the design's as Stata adjusts them.
  private func option(_ test: TermTest, _ df: Double) -> String {
    test == .wald
      ? ", nosvyadjust df(\(canonicalCode(df)))" : ", df(`=e(N_psu) - e(N_strata)')"
  }

  /// What a model says beyond a smaller one.
  mutating func writeDifference(
    of large: Formula, than small: Formula, number: Int, _ test: TermTest, _ df: Double
  ) throws {
    guard test == .wald || test == .adjustedWald, !isImputed else { return }
    let known = small.terms.map { Set($0.map { small.atoms[$0].name }) }
    let added = large.terms.filter { term in !known.contains(Set(term.map { large.atoms[$0].name }))
    }
    guard !added.isEmpty else { return }
    comment("What it says beyond model \(number).")
    add("testparm \(try tested(added, of: large))\(option(test, df))")
  }

  /// Archer and Lemeshow's test, which takes the design's own degrees of freedom.
  private mutating func writeGoodness(of fit: ModelFit) throws {
    guard let command = Self.commands[fit.family.rawValue], ["logit", "probit"].contains(command),
      !isImputed
    else { return }
    let formula = fit.keptFormula
    var options = [formula.hasIntercept ? "" : "noconstant"]
    if !formula.offsets.isEmpty { options.append("offset(vekt_offset)") }
    let list = options.filter { !$0.isEmpty }.joined(separator: " ")
    let right = try formula.terms.map { term in
      try term.map {
        try word(for: formula.atoms[$0], at: $0, of: formula, fit.references)
      }.joined(separator: "#")
    }.joined(separator: " ")
    comment("Archer and Lemeshow's test, with the design's degrees of freedom.")
    add("quietly \(svy) \(command) vekt_outcome \(right)\(list.isEmpty ? "" : ", \(list)")")
    add("estat gof")
  }

  /// What Stata calls a coefficient: `2.g`, `2.g#c.x`, `_cons`.
  func coefficient(_ column: ModelColumn, of formula: Formula) -> String {
    guard !column.parts.isEmpty else { return "_cons" }
    return column.parts.map { part in
      guard let category = part.category else {
        let place = formula.atoms.firstIndex { $0.name == part.variable }
        let isPlain = place.map { formula.atoms[$0].expression.variables == [part.variable] }
        let name = isPlain ?? true ? part.variable : "vekt_term\((place ?? 0) + 1)"
        return column.parts.count > 1 ? "c.\(name)" : name
      }
      let atom = formula.atoms.first { $0.name == part.variable }
      let name = atom?.expression.variables.first ?? part.variable
      return "\((try? number(category.code, of: name)) ?? category.code).\(factor(name))"
    }.joined(separator: "#")
  }
}
