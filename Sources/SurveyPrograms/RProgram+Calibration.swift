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
      let after = weight(after: place)
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
            "bounds = c(\(words.number(bounds.lowerBound)), \(words.number(bounds.upperBound)))")
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
      if hasWeightless, step.step != .nonresponse {
        need(.weightless)
        add("design <- weightless(design)")
      }
    }
    if steps.count(where: { $0.step != .nonresponse }) > 1 {
      comment(
        "An estimate rests on the last step, and that on those before: residuals are taken backwards. R does so forwards."
      )
      add("design$postStrata <- rev(design$postStrata)")
    }
    add("design$prob <- 1 / d$.weight")
  }

  /// The weights before the steps, as columns of the data.
  ///
  /// A row that has none after a step had no part in it, unless it is one that others answer for.
  mutating func writeWeightsBefore() throws {
    let steps = source.survey.weights.adjustments
    for (place, step) in steps.enumerated() {
      add("d$.before\(place) <- \(column(step.before))")
      add("d$.before\(place)[is.na(d$.before\(place))] <- 0")
    }
    guard hasWeightless else { return }
    for (place, step) in steps.enumerated().reversed() where step.step != .nonresponse {
      let after = weight(after: place)
      add("d$.before\(place)[\(after) == 0] <- 0")
      for name in try inputs(of: step).map(column) {
        add("\(name)[is.na(\(name)) & \(after) == 0] <- \(name)[\(after) > 0][1]")
      }
    }
  }

  /// The weight of the sample, before it was calibrated.
  var drawnWeight: String { source.survey.weights.adjustments.isEmpty ? ".weight" : ".before0" }

  private func weight(after place: Int) -> String {
    place + 1 < source.survey.weights.adjustments.count ? "d$.before\(place + 1)" : "d$.weight"
  }

  /// Whether some have no weight after the steps.
  private var hasWeightless: Bool {
    source.survey.weights.zeroCount + source.survey.weights.missingCount > 0
  }

  /// The variables whose totals the step meets.
  private func inputs(of step: WeightAdjustment) throws -> [String] {
    guard let formula = step.formula else { return step.variables }
    let terms = try CalibrationFormula(formula, in: source.survey.dataset).terms
    return terms.flatMap { $0.factors + $0.numbers }
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

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

extension RFunction {
  static let weightless = RFunction(
    text: """
      # Rows without a weight after the last step, by which R's residuals divide, are no part of it: they are cells
      # of their own.
      weightless <- function(design) {
        apart <- function(cells) {
          none <- attr(cells, "weights") == 0
          cells[none] <- 0L
          for (name in c("weights", "oldweights")) attr(cells, name)[none] <- 1
          cells
        }
        last <- length(design$postStrata)
        step <- design$postStrata[[last]]
        if (inherits(step, "raking")) step[] <- lapply(step, apart)
        else if (inherits(step, "greg_calibration")) step$w[step$w == 0] <- 1
        else step <- apart(step)
        design$postStrata[[last]] <- step
        design
      }
      """)
}
