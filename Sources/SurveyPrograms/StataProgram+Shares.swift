import SurveyData
import SurveyRequests
import SurveyStatistics

extension StataProgram {
  /// Shares of the answers within the groups, and what stands beside them.
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
    if isImputed { comment("Intervals of combined shares are estimate ± t·se in Stata.") }
    if source.reliability == .nchs { comment("Stata has no flags of reliability.") }
    let interval = isImputed ? "" : "citype(\(citype ?? "logit")) \(level)"
    for name in analysis.names {
      for base in analysis.bases {
        if analysis.bases.count > 1 { comment("Percentages of: \(base.base.rawValue)") }
        try write(name, kept: base.kept, analysis, interval)
      }
    }
  }

  private mutating func write(
    _ name: String, kept reasons: Set<MissingReason>, _ analysis: ShareAnalysis, _ interval: String
  ) throws {
    let groups = analysis.groups
    let answer = try kept(reasons, of: name)
    let distributed: String
    var within: [String] = []
    switch analysis.percentages {
    case _ where groups.isEmpty: distributed = answer
    case .row: (distributed, within) = (answer, groups.map(factor))
    case .column: (distributed, within) = (crossed(groups), [answer])
    case .total:
      add("capture drop vekt_cell")
      add(
        "egen vekt_cell = group(\(([answer] + groups.map(factor)).joined(separator: " "))), label")
      distributed = "vekt_cell"
    }
    let over = within.isEmpty ? "" : " over(\(within.joined(separator: " ")))"
    add("\(svy) proportion \(distributed),\(over) \(interval)")
    if analysis.hasBounds {
      comment("Bounds: a share of those who were asked, and it with the shares of no answer.")
      let over = groups.isEmpty ? "" : " over(\(groups.map(factor).joined(separator: " ")))"
      add("\(svy) proportion \(try kept(analysis.asked, of: name)),\(over) \(level)")
    }
    if let letters = analysis.letters {
      let codes = try source.survey.dataset.categorical(name).keeping(reasons).categories
      let places = try codes.map { try keptNumber($0.code, reasons, of: name) }
      write(letters, of: answer, places, crossed(groups))
    }
    if analysis.shares != nil {
      comment("NOT TRANSLATED: Rao and Scott's goodness of fit; Stata's svy commands have none.")
    }
    if let test = analysis.test { write(test, of: answer, crossed(groups)) }
  }

  private mutating func write(
    _ letters: LetterOptions, of answer: String, _ places: [String], _ group: String
  ) {
    comment("Pairs of groups behind the letters, answer by answer.")
    guard !isImputed else {
      comment(
        "NOT TRANSLATED: mi estimate has no pairs of groups; see `vekt compare --emit stata`.")
      return
    }
    let adjustment =
      letters.adjustment == .bonferroni ? " mcompare(bonferroni)" : ""
    if ![.none, .bonferroni].contains(letters.adjustment) {
      comment("p-values are not adjusted; \(letters.adjustment.rawValue) is made by hand.")
    }
    for place in places {
      add("generate byte vekt_hit = \(answer) == \(place) if !missing(\(answer))")
      add("\(svy) regress vekt_hit i.\(group)")
      add("pwcompare \(group), effects\(adjustment) \(level)")
      add("drop vekt_hit")
    }
  }

  private mutating func write(
    _ test: IndependenceStatistic, of answer: String, _ group: String
  ) {
    guard !isImputed else {
      comment("NOT TRANSLATED: the test of independence; svy: tabulate takes one data set.")
      return
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
    add("\(svy) tabulate \(answer) \(group), \(statistic)")
  }

  // MARK: Missing answers that count

  /// The number of an answer, among those that are kept too.
  func keptNumber(
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
  mutating func kept(_ reasons: Set<MissingReason>, of name: String) throws -> String {
    let column = try source.survey.dataset.categorical(name)
    let categories = column.keeping(reasons).categories
    guard categories.count > column.categories.count else { return factor(name) }
    guard let field = source.field(of: name), source.keepsRaw(field) else {
      throw Untranslatable(what: "the reasons for a missing \(name), which the file does not hold")
    }
    let key =
      "* \(name) with \(reasons.map(\.rawValue).sorted().joined(separator: ", ")) as answers"
    if let made = lines.firstIndex(where: { $0.hasPrefix(key) }) {
      return lines[made + 1].split(separator: " ").map(String.init)[1]
    }
    let new = "vekt_kept\(lines.count { $0.hasPrefix("generate vekt_kept") } + 1)"
    add("\(key): codes from 1000.")
    add("generate \(new) = \(factor(name))")
    var empty: String?
    for code in column.missing where reasons.contains(code.reason) {
      let answer = code.text.isEmpty ? code.reason.rawValue : code.text
      let place = try keptNumber(answer, reasons, of: name)
      switch code.values {
      case .code(let text):
        add(
          "replace \(new) = \(place) if strtrim(\(raw(field))) == \(words.literal(text))")
      case .range(let low, let high):
        let number = "real(\(raw(field)))"
        add(
          "replace \(new) = \(place) if \(number) >= \(low.isFinite ? canonicalCode(low) : "-8e307") "
            + "& \(number) <= \(high.isFinite ? canonicalCode(high) : "8e307")")
      case .empty: empty = place
      }
      add("label define \(new) \(place) \(words.literal(answer)), add")
    }
    if let empty { add("replace \(new) = \(empty) if strtrim(\(raw(field))) == \"\"") }
    add("label values \(new) \(new)")
    return new
  }
}
