import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics

extension GradientAnalysis {
  package func write(to program: inout StataProgram) throws {
    let names =
      [status] + [group].compactMap { $0 } + controls.atoms.flatMap(\.expression.variables)
    try program.writeOutcome(outcome, event: event, needing: names)
    let right = try program.terms(of: controls, references: references)
    let more = right.isEmpty ? "" : " \(right)"
    let level = program.level
    let inside = program.source.survey.subpopulation == nil ? "" : "subpop(vekt_inside) "
    if !found.levels.isEmpty {
      program.add("generate byte vekt_level = .")
      program.add("generate double vekt_score = .")
      for (index, category) in found.levels.enumerated() {
        let code =
          hasCodes ? try program.number(category.code, of: status) : category.code
        let name = hasCodes ? program.factor(status) : status
        program.add("replace vekt_level = \(index) if \(name) == \(code)")
        program.add("replace vekt_score = \(canonicalCode(scores[index])) if \(name) == \(code)")
      }
      let isEven = scores == scores.indices.map { scores[0] + Double($0) * (scores[1] - scores[0]) }
      program.comment(
        "Levels, each against the first, orthogonal polynomials of Stata's own scale.")
      program.add("\(program.svy) logit vekt_y i.vekt_level\(more), \(level)")
      program.add("margins vekt_level, \(inside)\(level)")
      program.add("margins r.vekt_level, contrast(effects) \(inside)\(level)")
      if isEven {
        program.add("margins p.vekt_level, contrast(effects nowald) \(inside)\(level)")
      } else {
        program.comment("NOT TRANSLATED: polynomials of levels at uneven steps.")
      }
      if let group, let reference {
        let factor = program.factor(group)
        let base = try program.number(reference, of: group)
        program.comment("By group, and the groups' steps against those of the reference.")
        program.add(
          "\(program.svy) logit vekt_y i.vekt_level##ib\(base).\(factor)\(more), \(level)")
        program.add("margins vekt_level#\(factor), \(inside)\(level)")
        program.add("margins r.vekt_level#rb\(base).\(factor), contrast(effects) \(inside)\(level)")
        program.add("testparm i.vekt_level#i.\(factor), nosvyadjust")
      }
      program.comment("A straight line on the logit scale, and what the levels have beyond it.")
      for condition in try conditions(in: program) {
        program.add("\(program.svy(condition)) logit vekt_y vekt_score\(more), \(level)")
        program.add(
          "\(program.svy(condition)) logit vekt_y vekt_score i.vekt_level\(more), \(level)")
        program.add("testparm i.vekt_level, nosvyadjust")
      }
    }
    guard spline != nil else { return }
    let note = found.notes.first { $0.id == "paradox.knots" || $0.id == "paradox.tied-knots" }
    guard let knots = note?.values.last else {
      throw Untranslatable(what: "the knots of the spline")
    }
    let count = knots.split(separator: ",").count
    program.comment("A restricted cubic spline; the curve itself is not drawn.")
    program.add(
      "mkspline vekt_s = \(status), cubic knots(\(knots.replacing(",", with: "")))")
    for condition in try conditions(in: program) {
      program.add("\(program.svy(condition)) logit vekt_y vekt_s*\(more), \(level)")
      program.add("testparm vekt_s*, nosvyadjust")
      program.add("test \((2..<count).map { "vekt_s\($0)" }.joined(separator: " ")), nosvyadjust")
    }
  }

  /// Those of each group, then everybody.
  private func conditions(in program: StataProgram) throws -> [String] {
    guard let group else { return [""] }
    return try groups.map {
      "\(program.factor(group)) == \(try program.number($0, of: group))"
    } + [""]
  }
}
