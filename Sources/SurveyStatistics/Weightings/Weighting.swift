package import SurveyData
internal import SurveyNumerics
internal import Synchronization

/// Weights on their way from those of a design to those of an analysis, a step after the other.
///
///     var weighting = Weighting(survey)
///     try weighting.take(WeightingStep(WeightAdjustment(.rake, by: ["sex", "age3"]), totals: totals))
///     try weighting.replicate(ReplicatePlan(.jkn))
///
/// Replicate weights, those that the survey has or those that are made, go through the same steps; trimming
/// and normalizing multiply them by the factors of the whole sample, since the variance takes these as
/// given.
public struct Weighting: Sendable {
  /// The survey that is weighted; its weights are those before the first step.
  public let survey: Survey
  /// The weights, one a row, zero for rows that do not count.
  public private(set) var weights: [Double]
  /// The weights before each step.
  package private(set) var before: [[Double]] = []
  /// The steps that were taken.
  package private(set) var steps: [WeightingStep] = []
  private var changes: [WeightChange] = []
  /// What each step did.
  package private(set) var lines: [WeightingLine] = []
  /// The replicate weights after all steps; empty without.
  package private(set) var replicates: [[Double]] = []
  /// How they make a variance; nil without.
  package private(set) var declaration: ReplicateDeclaration?
  /// How they were made; nil without, and where the survey had them.
  package private(set) var kind: ReplicatePlan.Kind?
  /// What the user must know.
  package internal(set) var notes: [Note] = []

  /// What the codebook says of the weights before the first step; nil where it says nothing.
  var declaredWeight: WeightDeclaration? {
    guard let name = survey.weights.name else { return nil }
    let weights = survey.dataset.codebook.weights
    return weights.first { $0.name == name } ?? weights.first { $0.source == .variable(name) }
  }

  /// Whether the totals of a step were estimated.
  package var hasEstimatedTotals: Bool {
    steps.contains { $0.adjustment.totalsCovariance != nil }
  }

  /// Where every row of the file went: each with a weight takes part, as a step refuses missing answers.
  package var accounting: Accounting {
    Accounting(
      read: weights.count, used: survey.weights.values.count { $0 != 0 }, outside: 0,
      outsideUnknown: 0, missing: [])
  }

  /// Begins with a survey's weights.
  public init(_ survey: Survey) {
    self.survey = survey
    weights = survey.weights.values
  }

  /// Takes a step.
  ///
  /// - Throws: ``SurveyError`` for totals that do not fit the sample or each other, for weights that cannot meet
  ///   them, and for bounds without room.
  /// - Complexity: O(rows), and what the fit to totals takes on the patterns of its variables.
  package mutating func take(_ step: WeightingStep) throws {
    let old = weights
    let (change, frame) = try change(for: step)
    weights = try change.applied(to: old)
    let number = steps.count
    before.append(old)
    var step = step
    if case .calibration(let calibration) = change {
      step.adjustment.totalsCovariance = calibration.covariance
    }
    steps.append(step)
    changes.append(change)
    if let frame {
      addLines(number, frame, change, old)
    } else {
      addLine(number, step, old)
    }
    tell(step.adjustment, old)
  }

  private func change(for step: WeightingStep) throws -> (WeightChange, CalibrationFrame?) {
    let adjustment = step.adjustment
    let dataset = survey.dataset
    func calibration(
      _ frame: CalibrationFrame, _ method: Calibration.Method
    ) throws -> (WeightChange, CalibrationFrame) {
      guard let totals = try step.totals ?? step.source?.estimatedTotals(like: frame) else {
        throw SurveyError(
          .usage, "step '\(adjustment.step.rawValue)' has no totals",
          remedy: "Name a file of totals: --totals, or `totals:` in a recipe.")
      }
      let targets = try totals.targets(of: frame, sum: weights.reduce(0, +)) { name in
        (try? dataset.categorical(name))?.categories.map(\.code) ?? []
      }
      return (
        .calibration(
          Calibration(
            frame: frame, method: method, targets: targets,
            covariance: totals.covariance(of: frame))), frame
      )
    }
    switch adjustment.step {
    case .poststratify:
      return try calibration(
        .cells(of: adjustment.variables, in: dataset, weights: weights), .cells)
    case .rake:
      return try calibration(
        .margins(of: adjustment.variables, in: dataset, weights: weights),
        .margins(tolerance: step.tolerance, iterations: step.iterations))
    case .calibrate:
      let formula = try CalibrationFormula(adjustment.formula ?? "", in: dataset)
      let distance = adjustment.method ?? .linear
      try Self.check(adjustment.bounds, distance)
      return try calibration(
        CalibrationFrame(
          terms: formula.terms, hasAll: formula.hasAll, in: dataset, weights: weights),
        .distance(distance, bounds: adjustment.bounds))
    case .nonresponse:
      let frame = try CalibrationFrame.cells(
        of: adjustment.variables, in: dataset, weights: weights)
      return (.response(frame, responded: try responded(adjustment.responded ?? "")), frame)
    case .trim: return (try trimming(adjustment.bounds ?? 0...(.infinity)), nil)
    case .normalize:
      let sum = weights.reduce(0, +)
      let people = Double(weights.count { $0 != 0 })
      let target: Double
      switch adjustment.target {
      case "n": target = people
      case "N":
        let first = steps.firstIndex { $0.adjustment.step == .normalize }
        target = first.map { before[$0].reduce(0, +) } ?? sum
      default: target = adjustment.target.flatMap { Double($0) } ?? .nan
      }
      guard target > 0, target.isFinite else {
        throw SurveyError(
          .usage, "--normalize is '\(adjustment.target ?? "")'; it is n, N or a number above 0")
      }
      return (.factors(weights.map { _ in target / sum }), nil)
    case .other:
      throw SurveyError(
        .usage, "'other' is no step that can be taken",
        remedy: "It tells of what was done elsewhere.")
    }
  }

  private static func check(
    _ bounds: ClosedRange<Double>?, _ distance: WeightAdjustment.Method
  ) throws {
    guard let bounds else {
      guard distance != .logit else {
        throw SurveyError(
          .usage, "the method logit has its factors between bounds",
          remedy: "Give them: --bounds 0.3,3.")
      }
      return
    }
    let isFinite = bounds.lowerBound.isFinite && bounds.upperBound.isFinite
    guard bounds.contains(1), bounds.lowerBound < 1, bounds.upperBound > 1,
      isFinite || distance != .logit
    else {
      throw SurveyError(
        .usage,
        "the bounds of factors lie on both sides of 1, and these are "
          + Calibration.text(bounds, " and "),
        remedy: "Give them as --bounds 0.3,3.")
    }
  }

  /// Who answered.
  private func responded(_ source: String) throws -> [Bool] {
    let expression = try Expression(source)
    try expression.check(against: survey.dataset)
    let answers = try expression.condition(on: survey.dataset).bytes
    let unknown = answers.indices.filter { answers[$0] > 1 && weights[$0] != 0 }
    if let first = unknown.first {
      throw SurveyError(
        .data, at: "row \(first + 1)",
        "whether `\(source)` holds is not known"
          + (unknown.count > 1 ? ", and in \(unknown.count - 1) more rows" : ""),
        remedy: "Say what a missing answer means, such as \"not missing(\(source))\".")
    }
    return answers.map { $0 == 1 }
  }

  private func trimming(_ bounds: ClosedRange<Double>) throws -> WeightChange {
    guard bounds.lowerBound <= 1, bounds.upperBound >= 1, bounds.lowerBound >= 0 else {
      throw SurveyError(
        .usage,
        "the bounds of weights lie on both sides of their median, 1, and these are "
          + Calibration.text(bounds, " and "),
        remedy: "Give them as --trim 0.3,3.")
    }
    guard let trimmed = Trimming(weights, bounds: bounds) else {
      throw SurveyError(
        .noAnswer,
        "no weights from \(Calibration.text(bounds, " to ")) medians have "
          + "the same sum", remedy: "Widen the bounds.")
    }
    return .factors(zip(weights, trimmed.weights).map { $0 == 0 ? 1 : $1 / $0 })
  }

  // MARK: Lines

  private mutating func addLines(
    _ number: Int, _ frame: CalibrationFrame, _ change: WeightChange, _ old: [Double]
  ) {
    let (first, last) = (frame.totals(of: frame.sums(old)), frame.totals(of: frame.sums(weights)))
    // Who did not answer has no factor.
    let counted = zip(old, weights).map {
      steps[number].adjustment.step == .nonresponse && $1 == 0 ? 0 : $0
    }
    let counts = frame.counts(counted)
    let factors = frame.factors(counted, weights)
    let own =
      steps[number].adjustment.step == .calibrate
      ? Set(Calibration.independentColumns(frame.moment(frame.sums(old)).matrix))
      : Set(frame.columns.indices)
    for (place, column) in frame.columns.enumerated() {
      var target = first[place]
      var start = first[place]
      if case .calibration(let calibration) = change { target = calibration.targets[place] }
      if case .response = change { start = frame.totals(of: frame.sums(counted))[place] }
      lines.append(
        WeightingLine(
          step: number, variables: column.variables, codes: column.codes,
          isImplied: !own.contains(place), count: counts[place], target: target, before: start,
          after: last[place],
          lowFactor: factors[place].low, highFactor: factors[place].high))
    }
  }

  private mutating func addLine(_ number: Int, _ step: WeightingStep, _ old: [Double]) {
    let factors = zip(old, weights).filter { $0.0 != 0 }.map { $1 / $0 }
    let sum = weights.reduce(0, +)
    lines.append(
      WeightingLine(
        step: number, variables: [PopulationTotals.all], codes: [], count: factors.count,
        target: sum, before: old.reduce(0, +), after: sum,
        lowFactor: factors.min() ?? .nan, highFactor: factors.max() ?? .nan))
  }

  // MARK: Replicates

  /// Makes replicate weights of the weights before the first step, or takes those of the survey, and lets each go
  /// through all steps.
  ///
  /// - Parameter plan: What is to be made; nil takes the survey's own, where it has some.
  /// - Throws: ``SurveyError`` where the design has no such replicates, where it has some already, and where a
  ///   replicate cannot meet the totals.
  /// - Complexity: O(rows × replicates) and the steps for each.
  package mutating func replicate(_ plan: ReplicatePlan?) throws {
    var base: (_ replicate: Int) -> [Double]
    var declared: ReplicateDeclaration
    let count: Int
    let own = survey.weights.values
    if let plan {
      guard survey.weights.replicates == nil else {
        throw SurveyError(
          .usage, "there are replicate weights already, which go through the same steps",
          remedy: "Leave out --replicates.")
      }
      try requireUnadjusted()
      let (factors, unitOfRow) = try survey.replicateFactors(plan)
      (declared, kind, count) = (factors.declaration, factors.kind, factors.columns.count)
      tellOfLaterStages()
      base = { number in
        let column = factors.columns[number]
        return own.indices.map { row in
          unitOfRow[row] < 0 ? 0 : own[row] * column[Int(unitOfRow[row])]
        }
      }
    } else {
      guard let replicates = survey.weights.replicates,
        let known = survey.roster.declaration.replicates
      else { return }
      (declared, count) = (known, replicates.count)
      declared.areFactors = false
      declared.degreesOfFreedom = known.degreesOfFreedom
      base = { replicates.columns[$0] }
    }
    let rule = try ReplicateRule(declared, count: count)
    let shifts = try shifts(rule, seed: plan?.seed ?? 1)
    if shifts.contains(where: { !$0.isEmpty }) { declared.isCentredOnEstimate = true }
    let (changes, factors) = (changes, base)
    let fault = Mutex<(place: Int, error: any Error)?>(nil)
    replicates = ReplicateWeights.concurrently(count) { number in
      var weights = factors(number)
      do {
        for (place, change) in changes.enumerated() {
          weights = try change.applied(
            to: weights, targets: shifts[place][number], context: "replicate \(number + 1): ")
        }
      } catch {
        fault.withLock { if number < $0?.place ?? count { $0 = (number, error) } }
      }
      return weights
    }
    if let first = fault.withLock({ $0 }) { throw first.error }
    tellOfNegativeReplicates()
    declaration = declared
  }

  /// Throws where the weights before the first step were fitted to totals already, which replicates of them
  /// would not know.
  private func requireUnadjusted() throws {
    guard let step = declaredWeight?.adjustments.first(where: \.step.countsInVariance) else {
      return
    }
    throw SurveyError(
      .usage, at: survey.weights.name,
      "the weight was adjusted already (\(step.step.rawValue)), and replicates must go through that step too",
      remedy:
        "Begin with the weight before it, --weights \(step.before), and take all steps in a recipe."
    )
  }

  /// The totals of each replicate in each step, where those of the step were estimated.
  ///
  /// With `V = L Lᵀ` one replicate for each column `l` of `L`, chosen by chance, takes the totals `t + l ∕ √a` with
  /// its scale `a`, so that what replicates vary by has the covariance `V`.
  ///
  /// - SeeAlso: Opsomer and Erciulescu (2021), Survey Methodology 47; Fuller (1998), Statistica Sinica 8.
  private func shifts(_ rule: ReplicateRule, seed: UInt64) throws -> [[Int: [Double]]] {
    var random = RandomStream(seed: seed, name: "estimated totals")
    let order = random.permutation(of: rule.factors.count).filter { rule.factors[$0] > 0 }
    var next = 0
    return try changes.map { change in
      guard case .calibration(let calibration) = change,
        let covariance = calibration.covariance
      else { return [:] }
      var found: [Int: [Double]] = [:]
      for root in Calibration.roots(of: Matrix(covariance)) {
        guard next < order.count else {
          throw SurveyError(
            .noAnswer,
            "the estimated totals vary in more ways than there are replicates, \(order.count)",
            remedy: "Make more replicates, or use fewer categories.")
        }
        let place = order[next]
        next += 1
        let scale = rule.factors[place].squareRoot()
        found[place] = zip(calibration.targets, root).map { $0 + $1 / scale }
      }
      return found
    }
  }
}
