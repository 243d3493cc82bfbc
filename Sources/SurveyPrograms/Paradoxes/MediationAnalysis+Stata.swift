import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics

extension MediationAnalysis {
  package func write(to program: inout StataProgram) throws {
    let isLinear = found.models.last?.fit.family == .linear
    guard let widest = found.nested.last else { return }
    let columns = widest.rows.map(\.column).filter { !$0.parts.isEmpty }
    let names = formula.atoms.flatMap(\.expression.variables) + [group].compactMap { $0 }
    try program.writeOutcome(
      formula.outcome.expression, event: found.models.last?.fit.event, needing: names)
    try program.writeColumns(columns)
    func list(_ places: some Sequence<Int>) -> String {
      places.map { "vekt_x\($0 + 1)" }.joined(separator: " ")
    }
    let command = isOrdered ? "ologit" : isLinear ? "regress" : "logit"
    let known = found.nested.map { $0.rows.map(\.column) }
    let mediators = columns.indices.filter { !known[0].contains(columns[$0]) }
    let base = columns.indices.filter { !mediators.contains($0) }
    let keys = columns.indices.filter { keyNames.contains(columns[$0].name) }
    program.comment("Nested models on the same respondents; Stata's tests have the design's df.")
    var places = base
    program.add("\(program.svy) \(command) vekt_y \(list(places)), \(program.level)")
    for number in found.blocks.indices.map({ $0 + 1 }) where number < known.count {
      let added = mediators.filter { index in
        known[number].contains(columns[index]) && !known[number - 1].contains(columns[index])
      }
      places += added
      program.add("\(program.svy) \(command) vekt_y \(list(places)), \(program.level)")
      program.add("test \(list(added)), nosvyadjust")
    }
    guard found.scale == .logit else {
      throw Untranslatable(
        what:
          "average partial effects with the error of their mean density; they are the effects of "
          + "--scale logit times the mean of p (1 - p)")
    }
    if errors != .joint {
      program.comment(
        "NOT TRANSLATED: --se \(errors.rawValue); the errors below are joint. khb (SSC) has others."
      )
    }
    let parts = groups.enumerated().map { ($1, "vekt_part == \($0 + 1)") } + [("all", "")]
    if let group {
      program.add("generate byte vekt_part = .")
      for (index, code) in groups.enumerated() {
        program.add(
          "replace vekt_part = \(index + 1) if \(program.factor(group)) == "
            + (try program.number(code, of: group)))
      }
    }
    let equation = isLinear ? "full_mean" : "full_vekt_y"
    for (name, condition) in parts {
      program.comment("Karlson, Holm and Breen: \(name). suest joins the fits; b* = b + D.")
      let svy = program.svy(condition)
      program.add("\(svy) \(command) vekt_y \(list(base + mediators))")
      program.add("estimates store full")
      for mediator in mediators {
        program.add("\(svy) regress \(list([mediator])) \(list(base))")
        program.add("estimates store path\(mediator + 1)")
      }
      let stored = mediators.map { "path\($0 + 1)" }.joined(separator: " ")
      program.add("suest full \(stored), \(program.level)")
      for key in keys {
        let x = "vekt_x\(key + 1)"
        func through(_ places: [Int]) -> String {
          places.map { "[\(equation)]vekt_x\($0 + 1) * [path\($0 + 1)_mean]\(x)" }
            .joined(separator: " + ")
        }
        let all = through(mediators)
        let full = "[\(equation)]\(x)"
        program.comment("\(columns[key].name): without the mediators, beside them, the difference")
        program.add("nlcom \(full) + \(all), \(program.level)")
        program.add("nlcom \(full), \(program.level)")
        program.add("nlcom \(all), \(program.level)")
        for way in ways {
          let names = way.mediators.flatMap { place -> [String] in
            let atom = formula.atoms[baseCount + place - 1]
            return [atom.name] + (atom.form == .plain ? [] : atom.expression.variables)
          }
          let chosen = mediators.filter { index in
            columns[index].parts.contains { names.contains($0.variable) }
          }
          program.comment("through \(way.name), and its share")
          program.add("nlcom \(through(chosen)), \(program.level)")
          program.add("nlcom (\(through(chosen))) / (\(full) + \(all)), \(program.level)")
        }
      }
    }
  }
}
