import SurveyData
import SurveyStatistics

extension RProgram {
  /// The design object of strata, sampling units and population sizes of every stage that counts.
  mutating func writeSample(_ design: DesignDeclaration) {
    let stages = Array(design.usedStages)
    if design.psu.count > stages.count {
      comment(
        stages.count == 1
          ? "Only the first stage counts in the variance: its population sizes are not given."
          : "Later stages add nothing to the variance: population sizes above them are not given.")
    }
    let placed = ([design.strata].compactMap { $0 } + stages).map { "!is.na(\(column($0)))" }
    if !placed.isEmpty {
      add("d <- d[\(placed.joined(separator: " & ")), ]")
    }
    var sizes = design.fpc.map(words.name)
    if !sizes.isEmpty, stages.count > sizes.count {
      comment("The last stage has no population size: as drawn with replacement.")
      // Of fractions 0 says the same.
      add("d$.size <- if (all(\(column(design.fpc[0])) <= 1)) 0 else Inf")
      sizes.append(".size")
    }
    func formula(_ names: [String]) -> String { "~" + names.joined(separator: " + ") }
    var arguments = ["ids = \(stages.isEmpty ? "~1" : formula(stages.map(words.name)))"]
    if let strata = design.strata { arguments.append("strata = ~\(words.name(strata))") }
    if !sizes.isEmpty { arguments.append("fpc = \(formula(sizes))") }
    if let pps = design.pps { arguments.append("pps = \"\(pps.rawValue)\"") }
    arguments += ["weights = ~\(drawnWeight)", "data = d"]
    if !stages.isEmpty { arguments.append("nest = TRUE") }
    add("design <- svydesign(\(arguments.joined(separator: ", ")))")
  }
}
