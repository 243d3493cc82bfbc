import SurveyData
import SurveyModels
import SurveyRequests
import SurveyStatistics

extension StataProgram {
  /// The commands that estimate.
  mutating func write(_ analysis: Analysis) throws {
    switch analysis {
    case .shares(let analysis): try write(analysis)
    case .summaries(let analysis): try write(analysis)
    case .comparisons(let analysis): try write(analysis)
    case .models(let models): try write(models)
    case .categories(let models): try write(models)
    case .gap(let analysis): try writeGap(analysis)
    case .discordance(let analysis): try writeDiscordance(analysis)
    case .translated(let analysis): try analysis.write(to: &self)
    }
  }

  // MARK: Commands

  /// `svy:` or `svy, subpop(vekt_inside):`, over imputations where there are some.
  var svy: String { svy() }

  /// The prefix of a command that estimates.
  ///
  /// - Parameters:
  ///   - condition: Whose estimates they are, besides the subpopulation.
  ///   - degreesOfFreedom: Those of tests and intervals; nil means the design's.
  ///   - functions: Functions of the estimates, of which the combined ones are wanted.
  func svy(
    _ condition: String = "", degreesOfFreedom: Double? = nil, functions: [String] = []
  ) -> String {
    let inside =
      ((hasSubpopulation ? ["vekt_inside"] : []) + (condition.isEmpty ? [] : ["if \(condition)"]))
      .joined(separator: " ")
    let options =
      (inside.isEmpty ? [] : ["subpop(\(inside))"])
      + (degreesOfFreedom.map { isImputed ? [] : ["dof(\(canonicalCode($0)))"] } ?? [])
    let svy = options.isEmpty ? "svy:" : "svy, \(options.joined(separator: " ")):"
    guard isImputed else { return svy }
    let list = functions.enumerated().map { " (f\($0 + 1): \($1))" }.joined()
    return "mi estimate\(list), level(\(canonicalCode(source.level * 100))): \(svy)"
  }

  var isImputed: Bool { source.survey.isImputed }

  /// A command, and functions of its estimates: of imputed data in one, since each is combined.
  ///
  /// - Parameters:
  ///   - condition: Whose estimates they are, besides the subpopulation.
  ///   - degreesOfFreedom: Those of the functions' tests; nil means the design's.
  mutating func add(
    _ command: String, then functions: [String], _ condition: String = "",
    degreesOfFreedom: Double? = nil
  ) {
    add("\(svy(condition, functions: functions)) \(command)")
    guard !isImputed else { return }
    let df = degreesOfFreedom.map(canonicalCode) ?? "`=e(df_r)'"
    for function in functions { add("nlcom \(function), df(\(df)) \(level)") }
  }

  /// The variable that holds a factor's numbers.
  func factor(_ name: String) -> String { isCoded(name) ? "\(name.prefix(27))_code" : name }

  /// The number that stands for a code in Stata.
  func number(_ code: String, of name: String) throws -> String {
    guard isCoded(name) else { return code }
    guard let place = try source.levels(name).firstIndex(of: code) else {
      throw Untranslatable(what: "the code '\(code)' of \(name)")
    }
    return String(place + 1)
  }

  /// The level of intervals; of imputed data it stands in front.
  var level: String { isImputed ? "" : "level(\(canonicalCode(source.level * 100)))" }

  /// The variable of several groups crossed, made where it is needed.
  mutating func crossed(_ groups: [String]) -> String {
    guard groups.count > 1 else { return groups.first.map(factor) ?? "" }
    if !lines.contains(where: { $0.hasPrefix("egen vekt_group") }) {
      add("egen vekt_group = group(\(groups.map(factor).joined(separator: " "))), label")
    }
    return "vekt_group"
  }

  /// Writes commands for every group by itself; `condition` says who is in it.
  mutating func forEach(
    _ groups: [String], _ write: (inout StataProgram, _ condition: String) throws -> Void
  ) rethrows {
    guard !groups.isEmpty else { return try write(&self, "") }
    let group = crossed(groups)
    add("levelsof \(group)\(hasSubpopulation ? " if vekt_inside == 1" : ""), local(vekt_groups)")
    add("foreach g of local vekt_groups {")
    add("display \"\(group) = `g'\"")
    try write(&self, "\(group) == `g'")
    add("}")
  }

  func over(_ groups: [String]) -> String {
    groups.isEmpty ? "" : " over(\(groups.map(factor).joined(separator: " ")))"
  }

  // MARK: Judgements

  private mutating func writeJudgements(_ analysis: JudgementAnalysis) throws {
    add("generate double vekt_a = \(try guarded(analysis.first))")
    add("generate double vekt_b = \(try guarded(analysis.second))")
    let group = analysis.group.map { ", \(factor($0))" } ?? ""
    add("generate byte vekt_both = !missing(vekt_a, vekt_b\(group))")
    add("foreach judgement in vekt_a vekt_b {")
    add("  replace `judgement' = . if !vekt_both")
    add("}")
  }

  private mutating func writeGap(_ analysis: JudgementAnalysis) throws {
    try writeJudgements(analysis)
    add("generate double vekt_gap = vekt_a - vekt_b")
    add("\(svy) mean vekt_a vekt_b vekt_gap, \(level)")
    if analysis.hasOdds { try writeOdds(analysis) }
    guard let group = analysis.group, let reference = analysis.reference else { return }
    add("\(svy) mean vekt_a vekt_b vekt_gap,\(over([group])) \(level)")
    comment("Each group's gap minus that of the reference, and the test that all are equal.")
    let base = try number(reference, of: group)
    add("\(svy) regress vekt_gap ib\(base).\(factor(group)), \(level)")
    if !isImputed { add("testparm i.\(factor(group)), nosvyadjust") }
    guard let controls = analysis.controls else { return }
    comment("The same with other things held constant.")
    let right = try terms(of: controls, references: [:])
    add("\(svy) regress vekt_gap ib\(base).\(factor(group)) \(right), \(level)")
    if !isImputed { add("testparm i.\(factor(group)), nosvyadjust") }
  }

  /// The odds of the first judgement over those of the second, on the log scale.
  private mutating func writeOdds(_ analysis: JudgementAnalysis) throws {
    func odds(_ place: String) -> String {
      let (a, b) = (
        "_b[\(place.isEmpty ? "" : "c.")vekt_a\(place)]",
        "_b[\(place.isEmpty ? "" : "c.")vekt_b\(place)]"
      )
      return "ln(\(a) * (1 - \(b)) / (\(b) * (1 - \(a))))"
    }
    comment("The odds of the first judgement over those of the second, on the log scale.")
    add("nlcom \(odds("")), \(level)")
    guard let group = analysis.group, let reference = analysis.reference else { return }
    add("\(svy) mean vekt_a vekt_b,\(over([group])) \(level)")
    let codes = try source.levels(group)
    func own(_ code: String) throws -> String {
      odds("@\(try number(code, of: group)).\(factor(group))")
    }
    for code in codes {
      let ratio = code == reference ? "" : " - \(try own(reference))"
      add("capture noisily nlcom \(try own(code)), \(level)")
      if !ratio.isEmpty { add("capture noisily nlcom \(try own(code))\(ratio), \(level)") }
    }
  }

  /// The model of those without the second judgement among those with the first.
  private mutating func writeModel(_ fit: ModelFit, _ effects: MarginAnalysis) throws {
    comment("Who is without the second judgement, among those with the first.")
    let inside = source.survey.subpopulation == nil ? "" : " & vekt_inside == 1"
    add("generate byte vekt_among = vekt_a == 1\(inside)")
    add("generate byte vekt_without = vekt_b == 0 if !missing(vekt_b)")
    let right = try terms(of: fit.formula, references: fit.references)
    add("svy, subpop(vekt_among): logit vekt_without \(right), \(level)")
    let names = (effects.asked.margins ?? []).map(factor).joined(separator: " ")
    add("margins, dydx(\(names)) subpop(vekt_among) \(level)")
  }

  private mutating func writeDiscordance(_ analysis: JudgementAnalysis) throws {
    try writeJudgements(analysis)
    for (name, a, b) in [("p11", 1, 1), ("p10", 1, 0), ("p01", 0, 1), ("p00", 0, 0)] {
      add(
        "generate byte vekt_\(name) = vekt_a == \(a) & vekt_b == \(b) if vekt_both")
    }
    add("generate byte vekt_type = 1 * vekt_p11 + 2 * vekt_p10 + 3 * vekt_p01 + 4 * vekt_p00")
    let groups = [analysis.group].compactMap { $0 }
    add("\(svy) mean vekt_p11 vekt_p10 vekt_p01 vekt_p00,\(over(groups)) \(level)")
    comment("The share without the second judgement among those with the first.")
    add("\(svy) ratio (share_among_a: vekt_p10/vekt_a),\(over(groups)) \(level)")
    comment("Whether as many say yes to the one only as to the other only.")
    add("mean vekt_p10 vekt_p01", then: ["_b[vekt_p10] - _b[vekt_p01]"])
    add("mean vekt_p10 vekt_p01", then: ["ln(_b[vekt_p10] / _b[vekt_p01])"])
    if let group = groups.first, !isImputed {
      add("\(svy) tabulate vekt_type \(factor(group)), pearson")
    }
    if let (fit, effects) = analysis.model { try writeModel(fit, effects) }
  }
}
