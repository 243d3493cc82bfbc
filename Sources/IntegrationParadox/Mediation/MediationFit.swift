internal import SurveyData
internal import SurveyModels
internal import SurveyNumerics
internal import SurveyStatistics

/// The places of the parameters of a decomposition.
struct MediationLayout {
  /// The keys' columns.
  let keys: [ModelColumn]
  /// The mediator, as a position among all, of each mediator column.
  let mediatorOfColumn: [Int]
  /// The largest value, by size, of each mediator column.
  let columnSizes: [Double]
  /// Whether the model with residuals was fitted.
  let hasThird: Bool

  /// The number of parameters.
  var width: Int { naive(0) + (hasThird ? 2 : 1) * keyCount }
  var keyCount: Int { keys.count }
  var columnCount: Int { mediatorOfColumn.count }
  /// `b` of a key.
  func full(_ key: Int) -> Int { key }
  /// `γ` of a mediator column.
  func slope(_ column: Int) -> Int { keyCount + column }
  /// `m`.
  var density: Int { keyCount + columnCount }
  /// `θ` of a mediator column and a key.
  func path(_ column: Int, _ key: Int) -> Int { density + 1 + column * keyCount + key }
  /// The coefficient of a key without mediators.
  func naive(_ key: Int) -> Int { density + 1 + columnCount * keyCount + key }
  /// The coefficient of a key beside the mediators' residuals.
  func third(_ key: Int) -> Int { naive(key) + keyCount }
  /// The parameters that belong to the outcome's full model.
  var outcomeParameters: Range<Int> { 0..<density + 1 }
  /// The parameters that belong to the mediators' models.
  var pathParameters: Range<Int> { density + 1..<naive(0) }
}

/// The fits that a decomposition is made of, for some of the respondents, joined.
struct MediationFit {
  let layout: MediationLayout
  let parts: [Influence]
  let notes: [Note]
  /// The coefficients of the full model, and of that without mediators.
  let coefficientCounts: (full: Int, naive: Int)
  private let count: Int
  /// The covariance as if there were no design; nil unless it is asked for.
  private let modelCovariance: Matrix?

  /// Fits the full model, the mediators' models and the model without mediators.
  ///
  /// - Parameters:
  ///   - places: The respondents, as places in the sample; nil means all.
  ///   - name: What they are called in errors.
  init(
    _ plan: MediationPlan, _ sample: ModelSample, places: [Int]? = nil, called name: String = "",
    errors: MediationErrors, isUnconditional: Bool = false, isOrdered: Bool
  ) throws {
    func chosen<T>(_ values: [T]) -> [T] { places.map { $0.map { values[$0] } } ?? values }
    let people = places.map(sample.people.some) ?? sample.people
    let y = chosen(sample.outcomes)
    count = people.count
    let columns = sample.columns.filter { ($0.term ?? 0) < plan.blockTerms.last?.upperBound ?? 0 }
      .map { (column: $0.column, term: $0.term, values: chosen($0.values)) }
    // A factor of one category has no column at all.
    for (index, variable) in (plan.keys + plan.mediators).enumerated() {
      let isKey = index < plan.keys.count
      let term = isKey ? index : index - plan.keys.count + plan.baseTerms.upperBound
      guard !columns.contains(where: { $0.term == term }) else { continue }
      throw Self.fault(
        variable, values: [1], people: count, isKey: isKey, called: name)
    }
    let dependent = Regression.dependentColumns(columns.map(\.values), among: people)
    let controls = plan.keys.count..<plan.baseTerms.upperBound
    let kept = columns.indices.filter { !dependent.contains($0) }
    for index in dependent where columns[index].term.map({ !controls.contains($0) }) ?? true {
      throw Self.fault(
        columns[index].column.name, values: columns[index].values, people: count,
        isKey: (columns[index].term ?? 0) < plan.keys.count, called: name)
    }
    notes = dependent.map { index in
      Note(
        .warning, id: "model.dependent-column",
        "'\(columns[index].column.name)' follows from the terms before it, so it is left out"
          + (name.isEmpty ? "" : " in \(name)"),
        naming: [columns[index].column.name, name], at: columns[index].column.name)
    }
    let base = kept.filter { (columns[$0].term ?? 0) < plan.baseTerms.upperBound }
    let mediators = kept.filter { (columns[$0].term ?? 0) >= plan.baseTerms.upperBound }
    let keys = base.filter { index in columns[index].term.map { $0 < plan.keys.count } ?? false }
    layout = MediationLayout(
      keys: keys.map { columns[$0].column },
      mediatorOfColumn: mediators.map { (columns[$0].term ?? 0) - plan.baseTerms.upperBound },
      columnSizes: mediators.map { columns[$0].values.reduce(0) { max($0, abs($1)) } },
      hasThird: errors == .fixed)

    /// A model; the outcome's is an ordered logit where its answers have an order.
    func fit(_ y: [Double], on x: [[Double]], _ family: ModelFamily?) throws -> Regression {
      do {
        guard let family else {
          return try Regression(ordered: y, on: x, among: people)
        }
        return try Regression(of: y, on: x, among: people, family: family)
      } catch let error as SurveyError where !name.isEmpty && error.place == nil {
        throw error.located(at: name)
      }
    }
    let baseColumns = base.map { columns[$0].values }
    let keyPlaces = keys.compactMap { base.firstIndex(of: $0) }
    let x = baseColumns + mediators.map { columns[$0].values }
    coefficientCounts = (x.count, base.count)
    let family = isOrdered ? nil : sample.family
    let full = try fit(y, on: x, family)
    let paths = try mediators.map { try fit(columns[$0].values, on: baseColumns, .linear) }
    let naive = try fit(y, on: baseColumns, family)
    var parts = [
      full.coefficients.selecting(keyPlaces + mediators.indices.map { base.count + $0 }),
      Self.density(
        full, x, among: people, family: sample.family, isUnconditional: isUnconditional),
    ]
    parts += paths.map { $0.coefficients.selecting(keyPlaces) }
    parts.append(naive.coefficients.selecting(keyPlaces))
    if errors == .fixed {
      let third = try fit(y, on: baseColumns + paths.map(\.residuals), family)
      parts.append(third.coefficients.selecting(keyPlaces))
    }
    self.parts = parts
    modelCovariance =
      errors == .model
      ? ModelCovariance(
        full: full, paths: paths, naive: naive,
        mediatorPlaces: mediators.indices.map { base.count + $0 },
        keyPlaces: keyPlaces, slopes: Self.slopes(full, x, among: people, sample.family),
        weights: people.weights, isLinear: family == .linear
      ).matrix(layout) : nil
  }

  /// The parameters with their joint covariance.
  func estimates(among people: People) throws -> Estimates {
    try Self.estimates([self], names: [""], among: people)
  }

  /// The same of several groups.
  static func estimates(
    _ fits: [MediationFit], names: [String], among people: People
  ) throws -> Estimates {
    let totals = try people.totals(ofBlocks: fits.map(\.parts))
    let values = fits.flatMap { $0.parts.flatMap(\.values) }
    let estimates = Estimates(
      labels: values.indices.map { place in
        Estimates.Label(
          variable: "\(place % totals.width)", groups: [names[place / totals.width]])
      }, values: values,
      counts: fits.flatMap { Array(repeating: $0.count, count: totals.width) },
      weightedCounts: Array(repeating: .nan, count: values.count), totals: totals)
    let models = fits.compactMap(\.modelCovariance)
    guard models.count == fits.count else { return estimates }
    var covariance = Matrix(rows: values.count, columns: values.count)
    for (block, model) in models.enumerated() {
      for i in 0..<model.rows {
        for j in 0..<model.columns {
          covariance[block * model.rows + i, block * model.rows + j] = model[i, j]
        }
      }
    }
    return Estimates(
      labels: estimates.labels, values: values, covariance: covariance,
      degreesOfFreedom: estimates.degreesOfFreedom, counts: estimates.counts,
      weightedCounts: estimates.weightedCounts)
  }

  /// `m = Σ w p(1 − p) ∕ Σ w`, with `∇m = Σ w p(1 − p)(1 − 2p) x ∕ Σ w`; 1 for a linear model.
  ///
  /// With predictors random, `(p(1 − p) − m) ∕ Σ w` besides.
  private static func density(
    _ full: Regression, _ x: [[Double]], among people: People, family: ModelFamily,
    isUnconditional: Bool
  ) -> Influence {
    guard family == .logistic else { return Influence([1], of: people) { _, _ in } }
    let weights = people.weights
    let total = weights.reduce(0, +)
    let density = zip(weights, full.means).reduce(0) { $0 + $1.0 * $1.1 * (1 - $1.1) / total }
    let slopes = slopes(full, x, among: people, family)
    let through = full.coefficients.functions([density], slopes: [slopes])
    guard isUnconditional else { return through }
    return Influence([density], of: people) { place, u in
      let p = full.means[place]
      u[0] = through.elements[place] + (p * (1 - p) - density) / total
    }
  }

  /// `∇m` along the coefficients; zero for a linear model.
  private static func slopes(
    _ full: Regression, _ x: [[Double]], among people: People, _ family: ModelFamily
  ) -> [Double] {
    guard family == .logistic else { return x.map { _ in 0 } }
    let weights = people.weights
    let total = weights.reduce(0, +)
    let curve = full.means.indices.map { place in
      let p = full.means[place]
      return weights[place] * p * (1 - p) * (1 - 2 * p) / total
    }
    return x.map { column in zip(column, curve).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  private static func fault(
    _ variable: String, values: [Double], people count: Int, isKey: Bool, called name: String
  ) -> SurveyError {
    let what = isKey ? "the key" : "the mediator"
    let place = name.isEmpty ? "" : " in \(name)"
    let people = "\(count) respondent\(count == 1 ? "" : "s")"
    let isConstant = values.allSatisfy { $0 == values.first }
    return SurveyError(
      .noAnswer, at: variable,
      isConstant
        ? "\(what) is the same for all \(people)\(place), so it explains nothing"
        : "\(what) follows from the variables before it\(place), so it explains nothing of its own",
      remedy: "Leave it out"
        + (name.isEmpty ? "." : ", or leave the group out with --where."))
  }
}
