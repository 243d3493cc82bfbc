internal import Glibc
internal import SurveyNumerics

/// The weighted likelihood of a model of several answers.
///
/// The parameters of an ordinal model are the coefficients and then the cut points; those of a
/// multinomial one the coefficients of the second category, of the third, and so on.
struct CategoryLikelihood {
  let family: CategoryFamily
  /// Without a constant in an ordinal model, whose cut points take its place.
  let matrix: ModelMatrix
  /// The position of every row's answer.
  let answers: [Int32]
  let weights: [Double]
  let categoryCount: Int

  /// What a pass over the rows finds.
  struct Pass {
    var deviance = 0.0
    var score: [Double]
    /// The negative second derivatives.
    var information: Matrix
  }

  /// The number of parameters.
  var parameterCount: Int {
    family == .ordinal
      ? matrix.width + categoryCount - 1 : matrix.width * (categoryCount - 1)
  }

  /// Where Newton's method begins: the model without predictors for cut points, otherwise zero.
  var start: [Double] {
    var start = Array(repeating: 0.0, count: parameterCount)
    guard family == .ordinal else { return start }
    let shares = shares
    var below = 0.0
    for cut in 0..<categoryCount - 1 {
      below += shares[cut]
      start[matrix.width + cut] = log(below / (1 - below))
    }
    return start
  }

  /// `−2 ln L` of the model whose chances are the shares of the answers.
  var nullDeviance: Double {
    let total = weights.reduce(0, +)
    return -2 * total * shares.reduce(0) { $0 + $1 * log($1) }
  }

  /// The weighted share of every category.
  private var shares: [Double] {
    var sums = Array(repeating: 0.0, count: categoryCount)
    for (answer, weight) in zip(answers, weights) { sums[Int(answer)] += weight }
    let total = sums.reduce(0, +)
    return sums.map { $0 / total }
  }

  /// Evaluates the likelihood.
  ///
  /// - Complexity: O(rows × parameters²).
  func pass(at parameters: [Double]) -> Pass {
    let size = parameterCount
    var pass = Pass(
      score: Array(repeating: 0, count: size), information: Matrix(rows: size, columns: size))
    var x = Array(repeating: 0.0, count: matrix.width)
    for row in answers.indices {
      matrix.copy(row: row, into: &x)
      switch family {
      case .ordinal: addOrdinal(row, x, parameters, to: &pass)
      case .multinomial: addMultinomial(row, x, parameters, to: &pass)
      }
    }
    for k in 0..<size { for l in 0..<k { pass.information[l, k] = pass.information[k, l] } }
    return pass
  }

  /// The derivatives of the logarithm of one row's chance by the parameters, without its weight.
  func score(
    of row: Int, at parameters: [Double], x: inout [Double],
    into score: UnsafeMutableBufferPointer<Double>
  ) {
    matrix.copy(row: row, into: &x)
    let width = matrix.width
    let answer = Int(answers[row])
    for k in score.indices { score[k] = 0 }
    switch family {
    case .ordinal:
      let chance = ordinal(answer, x, parameters)
      for k in 0..<width { score[k] = -(chance.scoreAbove + chance.scoreBelow) * x[k] }
      if answer < categoryCount - 1 { score[width + answer] = chance.scoreAbove }
      if answer > 0 { score[width + answer - 1] = chance.scoreBelow }
    case .multinomial:
      let chances = multinomial(x, parameters).map { exp($0) }
      for category in 1..<categoryCount {
        let residual = (answer == category ? 1 : 0) - chances[category]
        for k in 0..<width { score[(category - 1) * width + k] = residual * x[k] }
      }
    }
  }

  // MARK: Ordinal

  /// The chance of an answer between the cut points below (a) and above (b) it, both minus xβ.
  private struct OrdinalChance {
    var logarithm = 0.0
    /// The derivatives of the logarithm by b and by a.
    var (scoreAbove, scoreBelow) = (0.0, 0.0)
    /// The density at b and a.
    var (densityAbove, densityBelow) = (0.0, 0.0)
    /// The mixed second derivative of the logarithm by a and b.
    var mixed = 0.0
  }

  /// With `δ = b − a`, `F(b) − F(a) = F(b) F(−a) (1 − e^−δ)`, which loses no digits in the tails.
  private func ordinal(_ answer: Int, _ x: [Double], _ parameters: [Double]) -> OrdinalChance {
    var eta = 0.0
    for k in x.indices { eta += x[k] * parameters[k] }
    var chance = OrdinalChance()
    let hasAbove = answer < categoryCount - 1
    let hasBelow = answer > 0
    if hasAbove {
      let b = parameters[x.count + answer] - eta
      let (share, rest) = logistic(b)
      chance.logarithm += logLogistic(b)
      chance.scoreAbove = rest
      chance.densityAbove = share * rest
    }
    if hasBelow {
      let a = parameters[x.count + answer - 1] - eta
      let (share, rest) = logistic(a)
      chance.logarithm += logLogistic(-a)
      chance.scoreBelow = -share
      chance.densityBelow = share * rest
    }
    if hasAbove, hasBelow {
      let gap = parameters[x.count + answer] - parameters[x.count + answer - 1]
      let ratio = 1 / expm1(gap)
      chance.logarithm += log(-expm1(-gap))
      chance.scoreAbove += ratio
      chance.scoreBelow -= ratio
      chance.mixed = ratio * (1 + ratio)
    }
    return chance
  }

  private func addOrdinal(_ row: Int, _ x: [Double], _ parameters: [Double], to pass: inout Pass) {
    let width = x.count
    let answer = Int(answers[row])
    let weight = weights[row]
    let chance = ordinal(answer, x, parameters)
    pass.deviance -= 2 * weight * chance.logarithm
    let slope = -weight * (chance.scoreAbove + chance.scoreBelow)
    let curve = weight * (chance.densityAbove + chance.densityBelow)
    for k in 0..<width {
      pass.score[k] += slope * x[k]
      let factor = curve * x[k]
      for l in 0...k { pass.information[k, l] += factor * x[l] }
    }
    if answer < categoryCount - 1 {
      let cut = width + answer
      pass.score[cut] += weight * chance.scoreAbove
      pass.information[cut, cut] += weight * (chance.densityAbove + chance.mixed)
      let factor = weight * chance.densityAbove
      for k in 0..<width { pass.information[cut, k] -= factor * x[k] }
      if answer > 0 { pass.information[cut, cut - 1] -= weight * chance.mixed }
    }
    if answer > 0 {
      let cut = width + answer - 1
      pass.score[cut] += weight * chance.scoreBelow
      pass.information[cut, cut] += weight * (chance.densityBelow + chance.mixed)
      let factor = weight * chance.densityBelow
      for k in 0..<width { pass.information[cut, k] -= factor * x[k] }
    }
  }

  // MARK: Multinomial

  /// The logarithms of the chances of all answers.
  private func multinomial(_ x: [Double], _ parameters: [Double]) -> [Double] {
    var eta = Array(repeating: 0.0, count: categoryCount)
    for category in 1..<categoryCount {
      let first = (category - 1) * x.count
      for k in x.indices { eta[category] += x[k] * parameters[first + k] }
    }
    let most = eta.max() ?? 0
    let total = eta.reduce(0) { $0 + exp($1 - most) }
    return eta.map { $0 - most - log(total) }
  }

  private func addMultinomial(
    _ row: Int, _ x: [Double], _ parameters: [Double], to pass: inout Pass
  ) {
    let width = x.count
    let answer = Int(answers[row])
    let weight = weights[row]
    let logarithms = multinomial(x, parameters)
    let chances = logarithms.map { exp($0) }
    pass.deviance -= 2 * weight * logarithms[answer]
    for a in 1..<categoryCount {
      let first = (a - 1) * width
      let residual = weight * ((answer == a ? 1 : 0) - chances[a])
      for k in 0..<width { pass.score[first + k] += residual * x[k] }
      for b in 1...a {
        let curve = weight * chances[a] * ((a == b ? 1 : 0) - chances[b])
        let second = (b - 1) * width
        for k in 0..<width {
          let factor = curve * x[k]
          for l in 0...(a == b ? k : width - 1) {
            pass.information[first + k, second + l] += factor * x[l]
          }
        }
      }
    }
  }
}

extension ModelMatrix {
  /// Copies one row.
  func copy(row: Int, into x: inout [Double]) {
    for column in x.indices { x[column] = elements[column * rowCount + row] }
  }
}

/// `1 ∕ (1 + e^−z)` and what is left to 1, both to full precision.
func logistic(_ z: Double) -> (share: Double, rest: Double) {
  let e = exp(-abs(z))
  let (small, large) = (e / (1 + e), 1 / (1 + e))
  return z < 0 ? (small, large) : (large, small)
}

/// The logarithm of the logistic function.
private func logLogistic(_ z: Double) -> Double { min(z, 0) - log1p(exp(-abs(z))) }
