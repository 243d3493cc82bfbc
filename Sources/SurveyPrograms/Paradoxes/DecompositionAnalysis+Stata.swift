import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics

extension DecompositionAnalysis {
  package func write(to program: inout StataProgram) throws {
    let names = [group] + covariates.atoms.flatMap(\.expression.variables)
    try program.writeOutcome(outcome, event: found.event, needing: names)
    program.add("generate byte vekt_group = .")
    for (index, category) in [found.group, found.reference].enumerated() {
      program.add(
        "replace vekt_group = \(index + 1) if \(program.factor(group)) == "
          + (try program.number(category.code, of: group)))
    }
    program.add("replace vekt_y = . if missing(vekt_group)")
    program.add("\(program.svy) mean vekt_y, over(vekt_group) \(program.level)")
    guard isLinear else {
      let right = try program.terms(of: covariates, references: references)
      program.comment("The models of the other group and of the reference.")
      for place in [1, 2] {
        program.add(
          "\(program.svy("vekt_group == \(place)")) logit vekt_y \(right), \(program.level)")
      }
      throw Untranslatable(
        what:
          "Yun's shares with the errors of a design, which no svy command gives; --emit r writes "
          + "them, and --method oaxaca has a program for Stata too")
    }
    program.comment("oaxaca is Jann's: ssc install oaxaca.")
    var terms: [String] = []
    for (index, atom) in covariates.atoms.enumerated() {
      guard RProgram(program.source).isFactor(atom), let name = atom.expression.variables.first
      else {
        guard atom.form == .plain else { throw Untranslatable(what: "the covariate \(atom.name)") }
        if atom.expression.variables == [atom.name] {
          terms.append(atom.name)
        } else {
          program.add(
            "generate double vekt_c\(index + 1) = \(try program.guarded(atom.expression))")
          terms.append("vekt_c\(index + 1)")
        }
        continue
      }
      let levels = try program.source.levels(name)
      let dummies = try levels.enumerated().map { place, code in
        program.add(
          "generate byte vekt_f\(index + 1)_\(place + 1) = \(program.factor(name)) == "
            + (try program.number(code, of: name)))
        return
          "\(code == references[atom.name] ?? levels[0] ? "b." : "")vekt_f\(index + 1)_\(place + 1)"
      }
      terms.append("(\(name): normalize(\(dummies.joined(separator: " "))))")
    }
    let weights =
      options.isThreefold
      ? ""
      : options.coefficients == .pooled
        ? "pooled " : "weight(\(options.coefficients == .group0 ? 0 : 1)) "
    let inside =
      program.source.survey.subpopulation == nil ? "svy" : "svy(linearized, subpop(vekt_inside))"
    program.add(
      "oaxaca vekt_y \(terms.joined(separator: " ")), by(vekt_group) \(weights)\(inside) \(program.level)"
    )
  }
}
