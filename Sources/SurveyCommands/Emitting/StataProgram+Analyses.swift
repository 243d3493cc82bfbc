import SurveyData
import SurveyModels
import SurveyStatistics

extension StataProgram {
  /// The commands that estimate.
  mutating func writeAnalysis() throws {
    switch source.analysis {
    case .shares(let analysis):
      try writeShares(
        analysis.names, by: analysis.groups, analysis.percentages, analysis.test)
    case .summaries(let analysis):
      writeSummaries(
        analysis.names, analysis.ratios, by: analysis.groups, analysis.statistics)
    case .comparisons(let analysis): for one in analysis.comparisons { try write(one) }
    case .models(let models):
      for fit in models.fits { try writeModel(fit) }
      write(models.asked)
    case .categories(let models): try writeCategories(models.fit)
    case .gap(let analysis), .discordance(let analysis):
      try writeGap(
        analysis.first, analysis.second, by: analysis.group, from: analysis.reference)
    }
  }

  /// `svy, subpop(vekt_inside):` or `svy:`.
  private var svy: String {
    source.survey.subpopulation == nil ? "svy:" : "svy, subpop(vekt_inside):"
  }

  private func factor(_ name: String) -> String { source.isText(name) ? "\(name)_code" : name }

  /// The number that stands for a code in Stata.
  private func number(_ code: String, of name: String) throws -> String {
    guard source.isText(name) else { return code }
    guard let place = try source.levels(name).firstIndex(of: code) else {
      throw Untranslatable(what: "the code '\(code)' of \(name)")
    }
    return String(place + 1)
  }

  private var level: String { "level(\(canonicalCode(source.level * 100)))" }

  private func over(_ groups: [String]) -> String {
    groups.isEmpty ? "" : " over(\(groups.map(factor).joined(separator: " ")))"
  }

  // MARK: Tables

  private mutating func writeShares(
    _ names: [String], by groups: [String], _ percentages: Percentages,
    _ test: IndependenceStatistic?
  ) throws {
    let citype: String? =
      switch source.interval ?? .logit {
      case .logit, .xlogit: "logit"
      case .wald: "normal"
      case .wilson: "wilson"
      case .beta: "exact"
      case .asin, .likelihood: nil
      }
    if citype == nil { comment("NOT TRANSLATED: Stata has no such interval; logit instead.") }
    for name in names {
      switch percentages {
      case .row:
        add(
          "\(svy) proportion \(factor(name)),\(over(groups)) citype(\(citype ?? "logit")) \(level)")
      case .column, .total:
        guard let group = groups.first else {
          add("\(svy) proportion \(factor(name)), citype(\(citype ?? "logit")) \(level)")
          continue
        }
        if groups.count > 1 {
          comment("NOT TRANSLATED: svy: tabulate takes one group variable; the first is used.")
        }
        let base = percentages == .column ? "row" : "cell"
        add("\(svy) tabulate \(factor(name)) \(factor(group)), \(base) se ci \(level)")
      }
      guard let test, let group = groups.first else { continue }
      let statistic: String =
        switch test {
        case .f, .chisq, .lincom, .saddlepoint: "pearson"
        case .wald: "wald noadjust"
        case .adjustedWald: "wald"
        }
      if test != .f, statistic == "pearson" {
        comment("NOT TRANSLATED: the \(test.rawValue) form; Stata gives the second-order F.")
      }
      add("\(svy) tabulate \(factor(name)) \(factor(group)), \(statistic)")
    }
  }

  private mutating func writeSummaries(
    _ names: [String], _ ratios: [(String, String)], by groups: [String],
    _ statistics: [SummaryStatistic]
  ) {
    for name in names {
      for statistic in statistics {
        switch statistic {
        case .mean: add("\(svy) mean \(name),\(over(groups)) \(level)")
        case .total: add("\(svy) total \(name),\(over(groups)) \(level)")
        case .standardDeviation:
          add("\(svy) mean \(name),\(over(groups)) \(level)")
          add("estat sd")
        case .quantile(let p):
          comment("NOT TRANSLATED: svy has no quantiles; the estimate only, without its error.")
          let inside = source.survey.subpopulation == nil ? "" : " if vekt_inside == 1"
          add(
            "_pctile \(name) [pweight = vekt_weight]\(inside), percentiles(\(canonicalCode(p * 100)))"
          )
          add("display r(r1)")
        }
      }
    }
    if names.isEmpty, ratios.isEmpty {
      add("generate byte vekt_one = 1")
      add("\(svy) total vekt_one,\(over(groups)) \(level)")
    }
    for (a, b) in ratios { add("\(svy) ratio \(a)/\(b),\(over(groups)) \(level)") }
  }

  // MARK: Differences

  /// Groups against each other, as differences of means and shares.
  private mutating func write(_ comparison: Comparison) throws {
    let groups = comparison.groupVariables.map(\.name)
    let name = comparison.variable.name
    guard comparison.measure == .difference, groups.count == 1, comparison.withinVariable == nil,
      [.share, .mean].contains(comparison.estimand.statistic)
    else { throw Untranslatable(what: "this comparison; Stata has lincom and nlcom for it") }
    let isShare = comparison.estimand.statistic == .share
    var answers: [String?] = []
    for row in comparison.rows where !answers.contains(row.category?.code) {
      answers.append(row.category?.code)
    }
    for answer in answers {
      var variable = name
      if isShare, let answer {
        let place = try number(answer, of: name)
        variable = "vekt_share\(place)"
        add(
          "generate byte \(variable) = \(factor(name)) == \(place) if !missing(\(factor(name)))")
      }
      add("\(svy) mean \(variable),\(over(groups))")
      for row in comparison.rows where row.category?.code == answer {
        guard case (.group, .group) = (row.group, row.reference) else {
          throw Untranslatable(what: "comparisons with anything but groups")
        }
        let sides = try [row.group.code, row.reference.code].map {
          "c.\(variable)@\(try number($0, of: groups[0])).\(factor(groups[0]))"
        }
        add("lincom \(sides[0]) - \(sides[1]), \(level)")
      }
    }
  }

  private mutating func writeGap(
    _ a: Expression, _ b: Expression, by group: String?, from reference: String?
  ) throws {
    add("generate double vekt_a = \(try guarded(a))")
    add("generate double vekt_b = \(try guarded(b))")
    add("generate double vekt_gap = vekt_a - vekt_b")
    add("\(svy) mean vekt_a vekt_b vekt_gap, \(level)")
    guard let group, let reference else { return }
    add("\(svy) mean vekt_gap,\(over([group])) \(level)")
    let base = try number(reference, of: group)
    for other in try source.levels(group) where other != reference {
      add(
        "lincom c.vekt_gap@\(try number(other, of: group)).\(factor(group)) - "
          + "c.vekt_gap@\(base).\(factor(group)), \(level)")
    }
  }

  // MARK: Models

  private func terms(of formula: Formula, references: [String: String]) throws -> String {
    let factors = RProgram(source).factors(of: formula)
    let names = try formula.atoms.map { atom -> String in
      guard atom.expression.variables == [atom.name], atom.form == .plain || atom.isFactor else {
        throw Untranslatable(what: "the term \(atom.name); make a variable of it first")
      }
      guard factors.contains(atom.name) else { return "c.\(atom.name)" }
      let base = try references[atom.name].map { "b\(try number($0, of: atom.name))" } ?? "bn"
      return "i\(base).\(factor(atom.name))"
    }
    guard formula.offsets.isEmpty else { throw Untranslatable(what: "offset(…)") }
    return formula.terms.map { term in
      term.map { names[$0] }.joined(separator: "#")
    }.joined(separator: " ")
  }

  private mutating func writeModel(_ fit: ModelFit) throws {
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
    add("generate double vekt_outcome = cond(missing(\(missing)), ., \(outcome))")
    let right = try terms(of: formula, references: fit.references)
    let constant = formula.hasIntercept ? "" : " noconstant"
    let glm = command == "glm" ? " family(gamma) link(log)" : ""
    add("\(svy) \(command) vekt_outcome \(right),\(glm)\(constant) \(level)")
    comment(
      "Stata's tests have the design's degrees of freedom; R's and Vekt's have those + 1 - p.")
    let factors = RProgram(source).factors(of: formula)
    for term in formula.terms {
      let names = term.map { formula.atoms[$0].name }
      guard names.count > 1 || factors.contains(names[0]) else { continue }
      let list = names.map { factors.contains($0) ? "i.\(factor($0))" : "c.\($0)" }
      add("testparm \(list.joined(separator: "#")), nosvyadjust")
    }
  }

  /// What is asked after the fit: average marginal effects are Stata's own.
  private mutating func write(_ margins: MarginArguments) {
    if let variables = margins.margins?.names, margins.at == nil, margins.effects == .reference {
      let inside = source.survey.subpopulation == nil ? "" : " subpop(vekt_inside)"
      let over = margins.over.map { " over(\(factor($0)))" } ?? ""
      add(
        "margins, dydx(\(variables.map(factor).joined(separator: " ")))\(over)\(inside) \(level)")
    } else if margins.margins != nil {
      comment("NOT TRANSLATED: these marginal effects; see Stata's margins and contrast")
    }
  }

  private mutating func writeCategories(_ fit: CategoryFit) throws {
    let formula = fit.formula
    let name = formula.outcome.name
    guard formula.outcome.expression.variables == [name] else {
      throw Untranslatable(what: "an outcome that is an expression")
    }
    let right = try terms(of: formula, references: fit.references)
    switch fit.family {
    case .ordinal: add("\(svy) ologit \(factor(name)) \(right), \(level)")
    case .multinomial:
      let base = try number(fit.categories[0].code, of: name)
      let constant = formula.hasIntercept ? "" : " noconstant"
      add("\(svy) mlogit \(factor(name)) \(right), baseoutcome(\(base))\(constant) \(level)")
    }
    comment("Stata's tests have the design's degrees of freedom; Vekt's those less the slopes.")
  }
}
