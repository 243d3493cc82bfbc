internal import SurveyData
internal import SurveyStatistics

extension RProgram {
  /// The steps by which the weight came about, from the weight before the first, so that the variance
  /// takes them in.
  mutating func writeCalibration() throws {
    let steps = source.survey.weights.adjustments
    guard !steps.isEmpty else { return }
    comment("The totals are those of the weights that Vekt used.")
    for (place, step) in steps.enumerated() {
      let after = place + 1 < steps.count ? "d$.before\(place + 1)" : "d$.weight"
      switch step.step {
      case .rake:
        let margins = step.variables.map { "~\(words.name($0))" }
        let totals = step.variables.map { population([$0], after) }
        add("design <- rake(design, list(\(margins.joined(separator: ", "))),")
        add("  list(\(totals.joined(separator: ",\n    "))),")
        add("  control = list(maxit = 1000, epsilon = 1e-10))")
      case .calibrate:
        let model = try modelFormula(step)
        add("design <- calibrate(design, \(model),")
        add("  population = colSums(model.matrix(\(model), d) * \(after)),")
        var arguments = ["calfun = \"\((step.method ?? .linear).rawValue)\""]
        if let bounds = step.bounds {
          arguments.append(
            "bounds = c(\(canonicalCode(bounds.lowerBound)), \(canonicalCode(bounds.upperBound)))")
        }
        add("  \(arguments.joined(separator: ", ")), maxit = 500, epsilon = 1e-10)")
      case .nonresponse:
        comment(
          "NOT TRANSLATED: that those who answered stand for all who were asked; errors differ a little."
        )
        add("design$prob <- 1 / \(after)")
      default:
        let cells = step.variables.map(words.name).joined(separator: " + ")
        add("design <- postStratify(design, ~\(cells), \(population(step.variables, after)))")
      }
    }
    add("design$prob <- 1 / d$.weight")
  }

  /// The weights before the steps, as columns of the data.
  mutating func writeWeightsBefore() {
    for (place, step) in source.survey.weights.adjustments.enumerated() {
      add("d$.before\(place) <- \(column(step.before))")
      add("d$.before\(place)[is.na(d$.before\(place))] <- 0")
    }
  }

  /// The weight of the sample, before it was calibrated.
  var drawnWeight: String { source.survey.weights.adjustments.isEmpty ? ".weight" : ".before0" }

  /// The formula of a calibration as R's model matrix has it, with the same totals.
  private func modelFormula(_ step: WeightAdjustment) throws -> String {
    let formula = try CalibrationFormula(step.formula ?? "", in: source.survey.dataset)
    let terms = formula.terms.map { term in
      let factors = term.factors.map { "factor(\(words.name($0)))" }
      return (factors + term.numbers.map(words.name))
        .joined(separator: term.numbers.isEmpty ? " * " : ":")
    }
    // R's constant is what the cells of a factor add up to.
    let hasConstant = formula.hasAll || formula.terms.contains { $0.numbers.isEmpty }
    return "~" + (terms.isEmpty ? ["1"] : terms).joined(separator: " + ")
      + (hasConstant ? "" : " - 1")
  }

  private func population(_ names: [String], _ weight: String) -> String {
    let columns = names.map(words.literal).joined(separator: ", ")
    return "aggregate(list(Freq = \(weight)), d[c(\(columns))], sum)"
  }
}
