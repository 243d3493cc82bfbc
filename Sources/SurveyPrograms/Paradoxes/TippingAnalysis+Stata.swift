import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics

extension TippingAnalysis {
  package func write(to program: inout StataProgram) throws {
    try program.writeOutcome(outcome, event: nil, needing: [status])
    program.add("generate byte vekt_level = .")
    for (index, code) in levels.enumerated() {
      program.add(
        "replace vekt_level = \(index + 1) if \(program.factor(status)) == "
          + (try program.number(code, of: status)))
    }
    program.add("replace vekt_y = . if missing(vekt_level)")
    program.add("\(program.svy) mean vekt_y, over(vekt_level) \(program.level)")
    let count = levels.count
    let places = levels.indices.map { Double($0) / Double(count - 1) }
    let mean = places.reduce(0, +) / Double(count)
    let square = places.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let slopes = places.map { ($0 - mean) / square }
    let isRising = found.gradient.estimate >= 0
    for way in found.ways {
      let isOver = way.kind == .overReporting
      /// The corrected gradient at a parameter.
      let gradient = levels.indices.map { index in
        let t = isRising ? places[index] : 1 - places[index]
        let (se, sp) = (options.sensitivity, options.specificity)
        let p = "_b[c.vekt_y@\(index + 1).vekt_level]"
        return isOver
          ? "(\(slopes[index])) * (\(p) + \(sp) - \(t) * `delta' - 1) / (\(se) + \(sp) - \(t) * `delta' - 1)"
          : "(\(slopes[index])) * (\(p) + \(sp) - 1) / (\(se) - \(1 - t) * `delta' + \(sp) - 1)"
      }.joined(separator: " + ")
      let steps = way.curve.map { canonicalCode(($0.parameter * 1e6).rounded() / 1e6) }
      program.comment("\(way.kind.rawValue): the gradient as corrected at each parameter.")
      program.add("foreach delta in \(steps.joined(separator: " ")) {")
      program.add("  nlcom (d_`=round(1000 * `delta')': \(gradient)), \(program.level)")
      program.add("}")
      guard let point = way.point else { continue }
      program.comment(
        "At the tipping point \(point.estimate) it is zero; the point's error is that of this over the "
          + "slope along the parameter.")
      program.add("local delta = \(point.estimate)")
      program.add("nlcom \(gradient), \(program.level)")
    }
  }
}
