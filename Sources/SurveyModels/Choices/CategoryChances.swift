internal import Glibc
package import SurveyNumerics

/// The chance of every answer for given values of the predictors, and how it changes.
enum CategoryChances {
  /// The chances of a multinomial model and their logarithms.
  static func multinomial(
    _ x: [Double], _ parameters: [Double], count: Int
  ) -> (values: [Double], logarithms: [Double]) {
    var eta = Array(repeating: 0.0, count: count)
    for category in 1..<count {
      let first = (category - 1) * x.count
      for k in x.indices { eta[category] += x[k] * parameters[first + k] }
    }
    let most = eta.max() ?? 0
    var total = 0.0
    for category in eta.indices { total += exp(eta[category] - most) }
    let logarithms = eta.map { $0 - most - log(total) }
    return (logarithms.map(exp), logarithms)
  }

  /// The chances of an ordinal model.
  static func ordinal(_ x: [Double], _ parameters: [Double], count: Int) -> [Double] {
    let eta = x.indices.reduce(0) { $0 + x[$1] * parameters[$1] }
    let cuts = (0..<count - 1).map { parameters[x.count + $0] - eta }
    return (0..<count).map { answer in
      let above = answer < count - 1 ? logistic(cuts[answer]).share : 1
      let below = answer > 0 ? logistic(cuts[answer - 1]).rest : 1
      guard answer > 0, answer < count - 1 else { return above * below }
      return -above * below * expm1(cuts[answer - 1] - cuts[answer])
    }
  }
}

extension CategoryFit {
  /// The chance of every category for one row of the model matrix.
  ///
  /// - Parameter x: One number a column of ``columns``.
  /// - Returns: Chances between 0 and 1 that add up to 1, in the order of ``categories``.
  package func chances(at x: [Double]) -> [Double] {
    switch family {
    case .ordinal:
      CategoryChances.ordinal(x, estimates.values, count: categories.count)
    case .multinomial:
      CategoryChances.multinomial(x, estimates.values, count: categories.count).values
    }
  }

  /// The derivatives of every chance by the parameters, for one row of the model matrix.
  ///
  /// Ordinal: `∂P_j∕∂ζ_j = f_j`, `∂P_j∕∂ζ_{j−1} = −f_{j−1}`, `∂P_j∕∂β = (f_{j−1} − f_j) x` with
  /// `f` the logistic density. Multinomial: `∂P_j∕∂β_k = P_j (1[j = k] − P_k) x`.
  ///
  /// - Returns: Categories × parameters.
  package func chanceGradient(at x: [Double]) -> Matrix {
    let count = categories.count
    let values = estimates.values
    var gradient = Matrix(rows: count, columns: values.count)
    switch family {
    case .ordinal:
      let densities = densities(at: x)
      for answer in 0..<count {
        for k in x.indices {
          gradient[answer, k] = (densities[answer] - densities[answer + 1]) * x[k]
        }
        if answer < count - 1 { gradient[answer, x.count + answer] = densities[answer + 1] }
        if answer > 0 { gradient[answer, x.count + answer - 1] = -densities[answer] }
      }
    case .multinomial:
      let chances = chances(at: x)
      for answer in 0..<count {
        for category in 1..<count {
          let slope = chances[answer] * ((answer == category ? 1 : 0) - chances[category])
          for k in x.indices { gradient[answer, (category - 1) * x.count + k] = slope * x[k] }
        }
      }
    }
    return gradient
  }

  /// The derivatives of every chance by the columns of the model matrix, for one row of it.
  ///
  /// - Returns: Categories × columns.
  package func chanceSlopes(at x: [Double]) -> Matrix {
    let count = categories.count
    var slopes = Matrix(rows: count, columns: x.count)
    switch family {
    case .ordinal:
      let densities = densities(at: x)
      for answer in 0..<count {
        for k in x.indices {
          slopes[answer, k] = (densities[answer] - densities[answer + 1]) * estimates.values[k]
        }
      }
    case .multinomial:
      let chances = chances(at: x)
      for k in x.indices {
        let coefficients = [0] + (1..<count).map { estimates.values[($0 - 1) * x.count + k] }
        let mean = zip(chances, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        for answer in 0..<count {
          slopes[answer, k] = chances[answer] * (coefficients[answer] - mean)
        }
      }
    }
    return slopes
  }

  /// The logistic density at every cut point minus xβ, with a zero before the first and after the
  /// last.
  private func densities(at x: [Double]) -> [Double] {
    let eta = x.indices.reduce(0) { $0 + x[$1] * estimates.values[$1] }
    let inner = estimates.values[x.count...].map { cut in
      let (share, rest) = logistic(cut - eta)
      return share * rest
    }
    return [0] + inner + [0]
  }
}
