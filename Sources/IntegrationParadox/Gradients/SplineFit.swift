internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics

/// A restricted cubic spline of a status on the logit scale, in all and in each group.
struct SplineFit {
  private let sample: GradientSample
  private let knots: [Double]
  private let values: [Double]
  private let at: [String: Double]
  private let notes: [Note]

  init(_ sample: GradientSample, knots: SplineKnots, at: [String: Double]) throws {
    self.sample = sample
    self.at = at
    values = try sample.people.numbers(of: sample.status)
    guard values.allSatisfy(\.isFinite) else {
      throw SurveyError(
        .usage, at: sample.status, "has codes that are no numbers, so it has no spline")
    }
    let names = sample.controls.map(\.column.name)
    for name in at.keys.sorted() where !names.contains(name) {
      throw SurveyError(
        .usage, at: name, "is no control, so the curve cannot be drawn at a value of it",
        remedy: suggestion(for: name, among: names) ?? "Name it in --controls.")
    }
    let wanted: [Double]
    switch knots {
    case .values(let values): wanted = values.sorted()
    case .count(let count):
      guard let shares = Self.harrell[count] else {
        throw SurveyError(
          .usage, at: sample.status, "a spline has 3 to 7 knots, and \(count) are asked for")
      }
      wanted = Self.quantiles(of: values, sample.people.weights, shares)
    }
    self.knots = Set(wanted).sorted()
    notes =
      self.knots.count < wanted.count
      ? [
        Note(
          .warning, id: "paradox.tied-knots",
          "of \(wanted.count) knots \(self.knots.count) differ: "
            + self.knots.map(canonicalCode).joined(separator: ", "),
          naming: [
            String(wanted.count), String(self.knots.count),
            self.knots.map(canonicalCode).joined(separator: ", "),
          ], at: sample.status)
      ]
      : [
        Note(
          .information, id: "paradox.knots",
          "spline knots at " + self.knots.map(canonicalCode).joined(separator: ", "),
          naming: [self.knots.map(canonicalCode).joined(separator: ", ")],
          at: sample.status)
      ]
    guard self.knots.count >= 3 else {
      throw SurveyError(
        .noAnswer, at: sample.status,
        "a spline needs three different knots; there are \(self.knots.count)",
        remedy: "Name them: --spline 8,12,16.")
    }
  }

  /// Harrell's quantiles.
  private static let harrell: [Int: [Double]] = [
    3: [0.1, 0.5, 0.9], 4: [0.05, 0.35, 0.65, 0.95], 5: [0.05, 0.275, 0.5, 0.725, 0.95],
    6: [0.05, 0.23, 0.41, 0.59, 0.77, 0.95],
    7: [0.025, 0.1833, 0.3417, 0.5, 0.6583, 0.8167, 0.975],
  ]

  /// The smallest values below or at which such shares of the weight lie.
  private static func quantiles(
    of values: [Double], _ weights: [Double], _ shares: [Double]
  ) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    let total = weights.reduce(0, +)
    return shares.compactMap { share in
      var sum = 0.0
      return order.first { place in
        sum += weights[place]
        return sum >= share * total
      }.map { values[$0] }
    }
  }

  /// `x`, then Harrell's `s₁ … s₍K−2₎`.
  private func basis(_ x: Double) -> [Double] {
    let last = knots[knots.count - 1]
    let before = knots[knots.count - 2]
    let width = last - knots[0]
    func cube(_ value: Double) -> Double { value > 0 ? value * value * value : 0 }
    return [x]
      + knots.dropLast(2).map { knot in
        (cube(x - knot) - cube(x - before) * (last - knot) / (last - before)
          + cube(x - last) * (before - knot) / (last - before)) / (width * width)
      }
  }

  /// Coefficients, tests and curves: of each group, then of all.
  func parts(level: Double) throws -> GradientParts {
    var parts = GradientParts()
    parts.notes = notes
    for (index, group) in sample.groups.enumerated() {
      parts += try fit(
        sample.people.places.filter { sample.groupOf[$0] == index }, group: group, level: level)
    }
    parts += try fit(Array(sample.people.places), group: nil, level: level)
    return parts
  }

  private func fit(_ places: [Int], group: Category?, level: Double) throws -> GradientParts {
    let people = sample.people.some(places)
    let bases = places.map { basis(values[$0]) }
    let terms = knots.count - 1
    let spline = (0..<terms).map { k in bases.map { $0[k] } }
    var columns = [places.map { _ in 1.0 }] + spline
    columns += sample.controls.map { control in places.map { control.values[$0] } }
    let dependent = Regression.dependentColumns(columns, among: people)
    guard !dependent.contains(where: { $0 <= terms }) else {
      throw SurveyError(
        .noAnswer, at: sample.status,
        "has too few values for a spline" + (group.map { " in group '\($0.code)'" } ?? ""),
        remedy: "Take fewer knots.")
    }
    let controls = sample.controls.indices.filter { !dependent.contains(1 + terms + $0) }
    for index in dependent.reversed() { columns.remove(at: index) }
    let fit: Regression
    do {
      fit = try Regression(
        of: places.map { sample.outcomes[$0] }, on: columns, among: people, family: .logistic)
    } catch let error as SurveyError where group != nil && error.place == nil {
      throw error.located(at: "group '\(group?.code ?? "")'")
    }
    let estimates = try sample.estimates([fit.coefficients])
    let design = estimates.degreesOfFreedom[0]
    let df = Double.model(design, coefficients: columns.count)
    var parts = GradientParts()
    for k in 0..<terms {
      parts.rows.append(
        sample.row(
          .spline, k == 0 ? sample.status : "s\(k)", group: group, count: people.count, estimates,
          1 + k, df: df, level: level))
    }
    let term = group?.code ?? (sample.group == nil ? "" : "all")
    parts.tests = [
      estimates.waldTest(
        "spline", variable: sample.outcome, by: sample.group ?? "", term: term,
        of: Array(1...terms), degreesOfFreedom: df),
      estimates.waldTest(
        "nonlinearity", variable: sample.outcome, by: sample.group ?? "", term: term,
        of: Array(2...terms), degreesOfFreedom: df),
    ]
    parts.curve = try curve(
      fit, people, places: places, controls: controls, group: group, df: design, level: level)
    return parts
  }

  /// The curve at the values that occur, or at twenty-five of them from end to end.
  private func curve(
    _ fit: Regression, _ people: People, places: [Int], controls: [Int], group: Category?,
    df: Double,
    level: Double
  ) throws -> [Gradient.Point] {
    let seen = Set(values).sorted()
    let grid =
      seen.count <= 25
      ? seen : (0...24).map { seen[0] + (seen[seen.count - 1] - seen[0]) * Double($0) / 24 }
    let columns = controls.map { index -> AveragePrediction.Column in
      let control = sample.controls[index]
      return at[control.column.name].map { .same($0) } ?? .own(places.map { control.values[$0] })
    }
    let weights = people.weights
    let averages = grid.map { x in
      AveragePrediction(
        .logit, of: [.same(1)] + basis(x).map { .same($0) } + columns,
        at: fit.coefficients.values, weights: weights)
    }
    let influence = fit.coefficients.functions(
      averages.map(\.value), slopes: averages.map(\.slopes))
    let estimates = try sample.estimates([influence])
    return grid.indices.map { index in
      let (p, error) = (estimates.values[index], estimates.standardErrors[index])
      return Gradient.Point(
        group: group, status: grid[index],
        estimate: Difference(p, standardError: error, degreesOfFreedom: df, level: level),
        interval: Proportion(
          p, standardError: error, base: people.count, kishSize: Double(people.count),
          degreesOfFreedom: df
        ).interval(.logit, level: level))
    }
  }
}
