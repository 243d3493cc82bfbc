internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

/// The observed prevalence of an outcome at each level of a status, with their covariance.
struct LevelPrevalence: Sendable {
  let levels: [Category]
  let counts: [Int]
  /// The prevalence of each level, with its error.
  let observed: [Difference]
  let source: Source
  let accounting: Accounting
  let notes: [Note]

  /// Where the covariance of the levels comes from.
  enum Source: Sendable {
    case sample(Estimates, order: [Int])
    case imputations([LevelPrevalence])
  }

  init(
    _ outcome: Judgement, over status: String, options: TippingOptions, in survey: Survey
  ) throws {
    let column = try outcome.expression.number(on: survey.dataset)
    let cells = try Cases([(outcome.text, column)], by: [status], in: survey)
    if let odd = People(cells, in: survey).selected(column.values).first(where: {
      $0 != 0 && $0 != 1
    }) {
      throw SurveyError(
        .usage, at: outcome.text,
        "has the value \(canonicalCode(odd)), and the outcome is yes or no",
        remedy:
          "Write a condition, as in '\(outcome.text) >= \(canonicalCode(odd))'.")
    }
    let present = cells.categories
    let order = try Self.order(of: present, status, options.levels)
    let (means, totals) = try cells.means(width: 1) { row, _, f in f[0] = column.values[row] }
    let estimates = Estimates(
      labels: present.map { Estimates.Label(variable: outcome.text, groups: [$0.code]) },
      values: means, counts: cells.respondents, weightedCounts: cells.bases.map(\.weight),
      totals: totals)
    levels = order.map { present[$0] }
    counts = order.map { cells.bases[$0].count }
    observed = order.map { estimates.difference($0, level: options.level) }
    source = .sample(estimates, order: order)
    accounting = cells.accounting
    notes =
      [outcome.note].compactMap { $0 }
      + Note.unknownVariance(
        of: order.filter { estimates.standardErrors[$0].isNaN }.map { "'\(present[$0].code)'" },
        at: status)
  }

  /// The prevalence of each level.
  var values: [Double] { observed.map(\.estimate) }

  /// The places of the levels in their order.
  private static func order(
    of present: [Category], _ status: String, _ codes: [String]?
  ) throws -> [Int] {
    let order = try codes?.map { code in
      guard let place = present.named(code).flatMap(present.firstIndex) else {
        throw SurveyError(
          .usage, at: status,
          "has no level '\(code)' among those with answers: \(present.listedInQuotes)",
          remedy: present.suggestion(for: code))
      }
      return place
    }
    let chosen = order ?? Array(present.indices)
    guard chosen.count > 1, Set(chosen).count == chosen.count else {
      throw SurveyError(
        codes == nil ? .noAnswer : .usage, at: status,
        "a gradient needs two different levels, and there is \(Set(chosen).count)",
        remedy: codes == nil ? nil : "Write --levels LOWEST,…,HIGHEST.")
    }
    return chosen
  }

  /// The weights of the levels in the gradient.
  var contrast: [Double] {
    let places = self.places
    let mean = places.reduce(0, +) / Double(places.count)
    let square = places.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return places.map { ($0 - mean) / square }
  }

  /// The places of the levels, evenly from 0 to 1.
  var places: [Double] { levels.indices.map { Double($0) / Double(levels.count - 1) } }

  /// A function of the prevalences with slopes, and its error: over imputations that of the sum
  /// `Σ slope · prevalence`, combined by Rubin's rules.
  func difference(_ value: Double, slopes: [Double], level: Double) -> Difference {
    switch source {
    case .sample(let estimates, let order):
      let line = Combination.line(
        value, slopes: zip(order, slopes).map { ($0, $1) }, at: estimates.values)
      let found = estimates.functions([line], labels: [Estimates.Label(variable: "")])
      return Difference(
        value, standardError: found.standardErrors[0],
        degreesOfFreedom: estimates.degreesOfFreedom(of: order), level: level)
    case .imputations(let imputations):
      let sums = imputations.map { each in
        each.difference(
          zip(slopes, each.values).reduce(0) { $0 + $1.0 * $1.1 }, slopes: slopes, level: level)
      }
      let pooled = Difference(pooling: sums, level: level)
      var difference = Difference(
        value, standardError: pooled.standardError, degreesOfFreedom: pooled.degreesOfFreedom,
        level: level)
      difference.missingInformation = pooled.missingInformation
      return difference
    }
  }
}
