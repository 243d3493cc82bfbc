internal import SurveyData
internal import SurveyStatistics

extension StataProgram {
  /// What `svyset` takes in of the step by which the weight came about: the weight before it, and its option.
  ///
  /// One step alone, of which Stata makes the same weights and, from the residuals of a regression on what the
  /// totals are of, the same variance.
  ///
  /// - Throws: ``Untranslatable`` for other steps, by name.
  mutating func writeCalibration() throws -> (weight: String, option: String)? {
    let weights = source.survey.weights
    guard let step = weights.adjustments.first else { return nil }
    func refusal(_ why: String) -> Untranslatable {
      Untranslatable(what: "a weight by the step '\(step.step.rawValue)'\(why)")
    }
    let all =
      source.survey.dataset.codebook.weights.first { $0.name == weights.name }?.adjustments
      ?? weights.adjustments
    let others = all.filter { $0 != step && $0.step != .normalize }
    guard others.isEmpty else {
      throw refusal(
        " and by \(others.map(\.step.rawValue).joined(separator: ", ")): svyset takes one step")
    }
    let formula = try step.formula.map {
      try CalibrationFormula($0, in: source.survey.dataset)
    }
    let isConstantInIt = formula.map { $0.hasAll || $0.terms.contains { $0.numbers.isEmpty } }
    guard all.count == 1 || isConstantInIt ?? true else {
      throw refusal(" without a constant, and scaled: svyset makes other weights")
    }
    guard !isImputed else { throw refusal(" of imputed data") }
    guard step.totalsCovariance == nil else {
      throw refusal(" to estimated totals, whose variance svyset leaves out")
    }
    let option: String
    switch (step.step, step.method ?? .linear) {
    case (.poststratify, _):
      add("egen vekt_cell = group(\(step.variables.joined(separator: " ")))")
      add("egen double vekt_total = total(vekt_weight), by(vekt_cell)")
      option = "poststrata(vekt_cell) postweight(vekt_total)"
    case (.calibrate, let method) where step.bounds == nil && method != .logit:
      guard let formula, let columns = writeColumns(formula) else {
        throw refusal(" by terms that share variables")
      }
      option = "\(method == .linear ? "regress" : "rake")(\(columns))"
    case (.calibrate, .logit): throw refusal(" and the method logit, which svyset does not know")
    case (.calibrate, _):
      throw refusal(" within bounds, of whose variance svyset's ll() and ul() say nothing")
    case (.rake, _):
      throw refusal(
        ", whose residuals Vekt and R take margin after margin, Stata from one regression; "
          + "--calibrate 'a + b' --method raking makes the same weights with Stata's variance")
    default: throw refusal(", which svyset does not know")
    }
    comment("The totals are those of the weights that Vekt used.")
    add("generate double vekt_before = \(step.before)")
    if hasWeightless { add("replace vekt_before = 0 if missing(vekt_before) | vekt_weight == 0") }
    return ("vekt_before", option)
  }

  /// The columns of a formula that the others do not make up, and their totals.
  /// - Returns: What stands within `regress()` or `rake()`; nil for terms that share variables.
  private mutating func writeColumns(_ formula: CalibrationFormula) -> String? {
    let cells = formula.terms.filter(\.numbers.isEmpty).flatMap(\.factors)
    let numbers = formula.terms.map(\.numbers).filter { !$0.isEmpty }
    guard Set(cells).count == cells.count, Set(numbers).count == numbers.count else { return nil }
    var columns: [String] = []
    if formula.hasAll {
      add("generate byte vekt_all = 1")
      columns.append("vekt_all")
    }
    var hasCells = false
    for (place, term) in formula.terms.enumerated() {
      let name = "vekt_c\(place + 1)_"
      let product = term.numbers.map { "cond(missing(\($0)), 0, \($0))" }.joined(separator: " * ")
      guard !term.factors.isEmpty else {
        add("generate double \(name) = \(product)")
        columns.append(name)
        continue
      }
      add("egen vekt_cell\(place + 1) = group(\(term.factors.joined(separator: " ")))")
      add("quietly tabulate vekt_cell\(place + 1), generate(\(name))")
      if term.numbers.isEmpty, hasCells {
        comment("The first category follows from the columns before it.")
        add("drop \(name)1")
      }
      hasCells = hasCells || term.numbers.isEmpty
      if !term.numbers.isEmpty || hasWeightless {
        add("foreach x of varlist \(name)* {")
        add("recast double `x'")
        add(
          "replace `x' = cond(missing(`x'), 0, `x')\(product.isEmpty ? "" : " * \(product)")")
        add("}")
      }
      columns.append("\(name)*")
    }
    add("unab vekt_columns : \(columns.joined(separator: " "))")
    add("matrix vecaccum vekt_totals = vekt_weight `vekt_columns', noconstant")
    return "`vekt_columns', totals(vekt_totals) noconstant"
  }
}
