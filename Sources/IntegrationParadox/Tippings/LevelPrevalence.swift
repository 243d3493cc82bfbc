internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

/// The observed prevalence of an outcome at each level of a status, with their covariance.
struct LevelPrevalence: Sendable {
  let levels: [Category]
  /// The respondents of each level.
  let counts: [Int]
  /// The prevalence of each level, with its error.
  let observed: [Difference]
  /// The prevalences, level after level.
  private let estimates: Estimates
  let accounting: Accounting
  let notes: [Note]

  init(
    _ outcome: Judgement, over status: String, options: TippingOptions, in survey: Survey
  ) throws {
    let found = try survey.findings { survey in
      let (survey, numbers) = try survey.numbers(of: [outcome], by: status)
      let values = numbers[0].column.values
      let cells = try Cases(numbers, by: [status], in: survey)
      if let odd = People(cells, in: survey).selected(values).first(where: { $0 != 0 && $0 != 1 }) {
        throw SurveyError(
          .usage, at: outcome.text,
          "has the value \(canonicalCode(odd)), and the outcome is yes or no",
          remedy:
            "Write a condition, as in '\(outcome.text) >= \(canonicalCode(odd))'.")
      }
      let present = cells.categories
      let (means, totals) = try cells.means(width: 1) { row, _, f in f[0] = values[row] }
      return (
        present: present,
        estimates: Estimates(
          labels: present.map { Estimates.Label(variable: outcome.text, groups: [$0.code]) },
          values: means, counts: cells.respondents, weightedCounts: cells.bases.map(\.weight),
          totals: totals), accounting: cells.accounting
      )
    }
    accounting = try found.accounting(\.accounting)
    let all = try found.estimates(\.estimates)
    let present = found.first.present
    let order = try Self.order(of: present, status, options.levels)
    levels = order.map { present[$0] }
    counts = order.map { all.counts[$0] }
    observed = order.map { all.difference($0, level: options.level) }
    // What is made of the levels has the degrees of freedom of all of them.
    estimates = all.inEach { one in
      one.combined(
        Matrix(order.map { place in present.indices.map { $0 == place ? 1 : 0 } }),
        labels: order.map { one.labels[$0] }
      ).on(degreesOfFreedom: one.degreesOfFreedom(of: order))
    }
    notes =
      [outcome.note].compactMap { $0 }
      + Note.unknownVariance(
        of: order.filter { all.standardErrors[$0].isNaN }.map { "'\(present[$0].code)'" },
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

  /// A function of the prevalences with slopes, and its error, that of the sum `Σ slope · prevalence`.
  func difference(_ value: Double, slopes: [Double], level: Double) -> Difference {
    let line = Combination.total(
      slopes.enumerated().map { .number($1) * .estimate($0) })
    let found = estimates.functions([line], labels: [Estimates.Label(variable: "")])
    var difference = Difference(
      value, standardError: found.standardErrors[0], degreesOfFreedom: found.degreesOfFreedom[0],
      level: level)
    difference.missingInformation = found.information(0)
    return difference
  }
}
