import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics

/// The gap between two judgements in each part of a survey, pooled over the parts.
struct PooledGapAnalysis {
  let first: Expression
  let second: Expression
  let over: String
  /// The codes of the parts and their names.
  let parts: [(code: String, name: String)]
}

extension PooledGapAnalysis: TranslatedAnalysis {
  package var factors: [String] { [over] }
  package var inputs: [String] { first.variables + second.variables }
  package var formulas: [(formula: Formula, references: [String: String])] { [] }

  package func write(to program: inout RProgram) throws {
    program.need(.figures, .gap, .pool)
    let words = program.words
    try program.writeRespondents(
      "as.numeric(\(try words.text(first))) - as.numeric(\(try words.text(second)))", .right([]),
      group: over)
    program.add(
      """
      gaps <- do.call(rbind, lapply(\(program.quoted(parts.map(\.code))), function(g) {
      m <- svymean(~.outcome, answered[answered$variables$.by == g, ])
      data.frame(y = coef(m)[[1]], error = SE(m)[[1]])
      }))
      pool(\(program.quoted(parts.map(\.name))), gaps$y, gaps$error^2, method = "REML", test = "knha")
      """)
  }

  package func write(to program: inout StataProgram) throws {
    let factor = program.factor(over)
    program.add("generate double vekt_a = \(try program.guarded(first))")
    program.add("generate double vekt_gap = vekt_a - (\(try program.guarded(second)))")
    program.add("\(program.svy) mean vekt_gap, over(\(factor)) \(program.level)")
    program.add(
      """
      matrix vekt_table = r(table)'
      clear
      svmat double vekt_table
      meta set vekt_table1 vekt_table2, random(reml)
      meta summarize, random(reml) se(khartung) predinterval \(program.level)
      """)
  }
}
