internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics

/// A restricted cubic spline of a status on the logit scale, in all and in each group.
struct SplineFit {
  private let sample: GradientSample
  private let knots: [Double]
  private let values: [Double]
  private let at: [String: Double]
  fileprivate let notes: [Note]

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

  /// The coefficients and the curve of some of the respondents.
  fileprivate func fit(_ places: [Int], group: Category?) throws -> SplineFinding {
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
    return SplineFinding(
      count: people.count, terms: terms,
      coefficients: try sample.estimates([fit.coefficients]).leaving(columns.count),
      curve: try curve(fit, people, places: places, controls: controls))
  }

  /// The values that occur, or twenty-five from end to end.
  fileprivate var grid: [Double] {
    let seen = Set(values).sorted()
    return seen.count <= 25
      ? seen : (0...24).map { seen[0] + (seen[seen.count - 1] - seen[0]) * Double($0) / 24 }
  }

  /// The curve at the values of the grid.
  private func curve(
    _ fit: Regression, _ people: People, places: [Int], controls: [Int]
  ) throws -> Estimates {
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
    return try sample.estimates([
      fit.coefficients.functions(averages.map(\.value), slopes: averages.map(\.slopes))
    ])
  }
}

/// A spline of some of the respondents in one data set.
private struct SplineFinding {
  let count: Int
  /// How many terms the spline has, after the constant.
  let terms: Int
  let coefficients: Estimates
  /// The chances at the values of the grid.
  let curve: Estimates
}

extension GradientSamples {
  /// Coefficients, tests and curves of a spline: of each group, then of all.
  func splineParts(
    _ knots: SplineKnots, at values: [String: Double], level: Double
  ) throws -> GradientParts {
    let splines = try found.map { try SplineFit($0, knots: knots, at: values) }
    if let other = splines.each.first(where: { $0.notes != splines.first.notes }) {
      let texts = [splines.first, other].map { $0.notes.first?.text ?? "no knots" }
      throw SurveyError(
        .usage, at: splines.first.notes.first?.place,
        "the spline bends elsewhere in some imputations: \(texts.joined(separator: "; "))",
        remedy: "Name the knots: --spline 8,12,16.")
    }
    let grid = try splines.agreed(at: first.status, \.grid)
    let pairs = Findings(each: Array(zip(found.each, splines.each)))
    var parts = GradientParts()
    parts.notes = splines.first.notes
    for (index, group) in first.groups.enumerated() {
      parts += try splineParts(
        pairs.map { sample, spline in
          try spline.fit(sample.people.places.filter { sample.groupOf[$0] == index }, group: group)
        }, grid, group: group, level: level)
    }
    parts += try splineParts(
      pairs.map { sample, spline in try spline.fit(Array(sample.people.places), group: nil) }, grid,
      group: nil, level: level)
    return parts
  }

  private func splineParts(
    _ found: Findings<SplineFinding>, _ grid: [Double], group: Category?, level: Double
  ) throws -> GradientParts {
    let coefficients = try found.estimates(\.coefficients)
    let (count, terms) = (found.counts { [$0.count] }[0], found.first.terms)
    var parts = GradientParts()
    for k in 0..<terms {
      parts.rows.append(
        row(
          .spline, k == 0 ? first.status : "s\(k)", group: group, count: count, coefficients,
          1 + k, level: level))
    }
    let term = group?.code ?? (first.group == nil ? "" : "all")
    parts.tests = [("spline", 1), ("nonlinearity", 2)].map { name, start in
      coefficients.waldTest(
        name, variable: first.outcome, by: first.group ?? "", term: term,
        of: Array(start...terms))
    }
    let curve = try found.estimates(\.curve)
    parts.curve = grid.indices.map { index in
      let chance = curve.difference(index, level: level)
      return Gradient.Point(
        group: group, status: grid[index], estimate: chance,
        interval: Proportion(
          chance.estimate, standardError: chance.standardError, base: count,
          kishSize: Double(count), degreesOfFreedom: chance.degreesOfFreedom,
          isKnown: chance.standardError == 0
        ).interval(.logit, level: level))
    }
    return parts
  }
}
