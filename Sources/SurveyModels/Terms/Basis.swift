internal import SurveyData
internal import SurveyNumerics

/// Several columns made of one number: a polynomial or a spline.
///
/// What it rests on, the respondents of the fit, is stored, so that the columns at any other values
/// are those of the same functions.
enum Basis: Hashable, Sendable {
  /// Orthogonal polynomials of rising degree by their recursion
  /// `p₍ⱼ₊₁₎ = (x − centerⱼ) pⱼ − (normⱼ ∕ norm₍ⱼ₋₁₎) p₍ⱼ₋₁₎`, each divided by the root of its norm.
  case polynomial(centers: [Double], norms: [Double])
  /// Cubic B-splines but the first, which the constant stands for.
  case spline(BSpline)

  /// The number of columns.
  var width: Int {
    switch self {
    case .polynomial(let centers, _): centers.count
    case .spline(let spline): spline.count - 1
    }
  }

  /// The columns at some values.
  func columns(at values: [Double]) throws -> [[Double]] {
    switch self {
    case .spline(let spline): return Array(try spline.functions(at: values).dropFirst())
    case .polynomial(let centers, let norms):
      var before = Array(repeating: 0.0, count: values.count)
      var now = Array(repeating: 1.0, count: values.count)
      return centers.indices.map { degree in
        let factor = degree == 0 ? 0 : norms[degree] / norms[degree - 1]
        let length = norms[degree + 1].squareRoot()
        var column = now
        for i in values.indices {
          let next = (values[i] - centers[degree]) * now[i] - factor * before[i]
          before[i] = now[i]
          now[i] = next
          column[i] = next / length
        }
        return column
      }
    }
  }

  /// Orthogonal polynomials over the respondents of a fit, each counted once whatever their weight,
  /// as R's `poly`.
  ///
  /// - Parameters:
  ///   - values: The numbers.
  ///   - counts: The respondents who have each.
  /// - Throws: ``SurveyError`` when there are not more different values than the degree.
  static func polynomial(
    of values: [Double], counts: [Double], degree: Int, name: String
  ) throws -> Self {
    try requireValues(degree + 1, in: values, name: name)
    var before = Array(repeating: 0.0, count: values.count)
    var now = Array(repeating: 1.0, count: values.count)
    var norms = [counts.reduce(0, +)]
    var centers: [Double] = []
    for step in 0..<degree {
      // Around one of the values, so that large numbers keep the digits in which they differ.
      var sum = 0.0
      for i in values.indices { sum += counts[i] * (values[i] - values[0]) * now[i] * now[i] }
      let center = values[0] + sum / norms[step]
      let factor = step == 0 ? 0 : norms[step] / norms[step - 1]
      var norm = 0.0
      for i in values.indices {
        let next = (values[i] - center) * now[i] - factor * before[i]
        before[i] = now[i]
        now[i] = next
        norm += counts[i] * next * next
      }
      centers.append(center)
      norms.append(norm)
    }
    return .polynomial(centers: centers, norms: norms)
  }

  /// Cubic splines with knots where equal shares of the weight lie between them: each the least
  /// value up to which at least its share of the weight lies.
  ///
  /// - Throws: ``SurveyError`` when two knots fall on one value.
  static func spline(
    of values: [Double], weights: [Double], columns: Int, name: String
  ) throws -> Self {
    let knots = columns - 3
    try requireValues(knots + 2, in: values, name: name)
    let order = values.indices.sorted { values[$0] < values[$1] }
    let total = weights.reduce(0, +)
    var breakpoints = [values[order[0]]]
    var sum = 0.0
    for place in order {
      sum += weights[place]
      while breakpoints.count <= knots,
        sum >= total * Double(breakpoints.count) / Double(knots + 1) * (1 - 1e-12)
      {
        breakpoints.append(values[place])
      }
    }
    breakpoints.append(values[order[order.count - 1]])
    guard zip(breakpoints, breakpoints.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw SurveyError(
        .usage, at: name,
        "two of its knots fall on one value: \(breakpoints.map(canonicalCode).joined(separator: ", "))",
        remedy: "Ask for fewer columns.")
    }
    return .spline(BSpline(breakpoints: breakpoints))
  }

  private static func requireValues(_ wanted: Int, in values: [Double], name: String) throws {
    var found = Set<Double>()
    for value in values {
      found.insert(value)
      if found.count >= wanted { return }
    }
    throw SurveyError(
      .usage, at: name,
      "needs \(wanted) different values, and there are \(found.count)",
      remedy: "Lower the number, or take the variable itself.")
  }
}
