import SurveyData
import SurveyStatistics

extension StataProgram {
  mutating func write(_ analysis: ShareAnalysis) throws {
    let citype: String? =
      switch source.interval ?? .logit {
      case .logit, .xlogit: "logit"
      case .wald: "normal"
      case .wilson: "wilson"
      case .beta: "exact"
      case .asin, .likelihood: nil
      }
    if citype == nil { comment("NOT TRANSLATED: Stata has no such interval; logit instead.") }
    let interval = "citype(\(citype ?? "logit")) \(level)"
    let groups = analysis.groups
    for name in analysis.names {
      let answer = try kept(analysis.kept, of: name)
      switch analysis.percentages {
      case .row: add("\(svy) proportion \(answer),\(over(groups)) \(interval)")
      case .column, .total:
        guard let group = groups.first else {
          add("\(svy) proportion \(answer), \(interval)")
          continue
        }
        guard groups.count == 1, !isImputed else {
          throw Untranslatable(what: "such percentages; svy: tabulate takes one group variable")
        }
        let base = analysis.percentages == .column ? "row" : "cell"
        add("\(svy) tabulate \(answer) \(factor(group)), \(base) se ci \(level)")
      }
      if analysis.hasBounds {
        comment("Bounds: a share of those who were asked, and it with the shares of no answer.")
        add("\(svy) proportion \(try kept(analysis.asked, of: name)),\(over(groups)) \(level)")
      }
      if analysis.letters != nil, let group = groups.first, groups.count == 1 {
        comment("Pairs of groups behind the letters; Holm's adjustment is made by hand.")
        for code in try source.survey.dataset.categorical(name).keeping(analysis.kept).categories {
          let place = try keptNumber(code.code, analysis.kept, of: name)
          add("generate byte vekt_hit = \(answer) == \(place) if !missing(\(answer))")
          add("\(svy) regress vekt_hit i.\(factor(group))")
          if !isImputed { add("pwcompare \(factor(group)), effects") }
          add("drop vekt_hit")
        }
      }
      if analysis.shares != nil {
        comment("NOT TRANSLATED: Rao and Scott's goodness of fit; Stata's svy commands have none.")
      }
      try writeTest(analysis, answer)
    }
  }

  private mutating func writeTest(_ analysis: ShareAnalysis, _ answer: String) throws {
    guard let test = analysis.test, let group = analysis.groups.first else { return }
    guard analysis.groups.count == 1, !isImputed else {
      throw Untranslatable(
        what: "this test; svy: tabulate takes one group variable and one data set")
    }
    let statistic: String =
      switch test {
      case .f, .chisq, .lincom, .saddlepoint: "pearson"
      case .wald: "wald noadjust"
      case .adjustedWald: "wald"
      }
    if test != .f, statistic == "pearson" {
      comment("NOT TRANSLATED: the \(test.rawValue) form; Stata gives the second-order F.")
    }
    add("\(svy) tabulate \(answer) \(factor(group)), \(statistic)")
  }

  // MARK: Missing answers that count

  /// The number of an answer, among those that are kept too.
  private func keptNumber(
    _ code: String, _ reasons: Set<MissingReason>, of name: String
  ) throws -> String {
    let column = try source.survey.dataset.categorical(name)
    let all = column.keeping(reasons).categories.map(\.code)
    if column.categories.contains(where: { $0.code == code }) {
      return try number(code, of: name)
    }
    return String(1000 + (all.firstIndex(of: code) ?? 0))
  }

  /// The variable in which reasons for a missing answer are answers, made where it is needed.
  private mutating func kept(_ reasons: Set<MissingReason>, of name: String) throws -> String {
    let column = try source.survey.dataset.categorical(name)
    let categories = column.keeping(reasons).categories
    guard categories.count > column.categories.count else { return factor(name) }
    guard source.keepsRaw(name) else {
      throw Untranslatable(what: "the reasons for a missing \(name), which the file does not hold")
    }
    let new = "vekt_kept\(lines.count { $0.hasPrefix("generate vekt_kept") } + 1)"
    comment("\(name) with reasons for a missing answer as answers: codes from 1000.")
    add("generate \(new) = \(factor(name))")
    var empty: String?
    for code in column.missing where reasons.contains(code.reason) {
      let answer = code.text.isEmpty ? code.reason.rawValue : code.text
      let place = try keptNumber(answer, reasons, of: name)
      switch code.values {
      case .code(let text):
        add("replace \(new) = \(place) if vekt_raw_\(name) == \(words.literal(text))")
      case .range(let low, let high):
        add(
          "replace \(new) = \(place) if inrange(real(vekt_raw_\(name)), "
            + "\(low.isFinite ? canonicalCode(low) : "."), \(high.isFinite ? canonicalCode(high) : "."))"
        )
      case .empty: empty = place
      }
      add("label define \(new) \(place) \(words.literal(answer)), add")
    }
    if let empty { add("replace \(new) = \(empty) if trim(vekt_raw_\(name)) == \"\"") }
    add("label values \(new) \(new)")
    return new
  }

  // MARK: Numbers

  mutating func write(_ analysis: SummaryAnalysis) throws {
    let groups = analysis.groups
    if !analysis.correlated.isEmpty {
      comment("Correlations: the standardized covariances.")
      guard groups.isEmpty, !isImputed else {
        throw Untranslatable(what: "correlations of groups or of imputed data")
      }
      add("\(svy) sem ( <- \(analysis.correlated.joined(separator: " "))), standardized \(level)")
    }
    for name in analysis.names {
      for statistic in analysis.statistics { write(statistic, of: name, groups) }
    }
    if analysis.countsPeople {
      add("generate byte vekt_one = 1")
      add("\(svy) total vekt_one,\(over(groups)) \(level)")
    }
    for (a, b) in analysis.ratios { add("\(svy) ratio \(a)/\(b),\(over(groups)) \(level)") }
    for scale in analysis.scales {
      let items = scale.map { part in
        part.turn.map { "(\(canonicalCode($0)) - \(part.item))" } ?? part.item
      }
      comment("NOT TRANSLATED: the errors of alpha and of item-rest correlations; alpha itself is")
      comment("that of the weighted covariances, which Stata's alpha does not take.")
      add("generate double vekt_score = (\(items.joined(separator: " + "))) / \(items.count)")
      add("\(svy) mean vekt_score,\(over(groups)) \(level)")
      if !isImputed { add("estat sd") }
      add("drop vekt_score")
    }
  }

  private mutating func write(_ statistic: SummaryStatistic, of name: String, _ groups: [String]) {
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
        "_pctile \(name) [pweight = vekt_weight]\(inside), percentiles(\(canonicalCode(p * 100)))")
      add("display r(r1)")
    }
  }
}
