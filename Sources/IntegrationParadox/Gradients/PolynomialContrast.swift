/// A contrast of levels that sees one bend of a curve: linear, quadratic, cubic.
struct PolynomialContrast {
  /// `linear`, `quadratic`, `cubic`.
  let name: String
  /// What multiplies each level, in whole numbers where there are any.
  let factors: [Double]

  private static let names = ["linear", "quadratic", "cubic"]

  /// The contrasts of levels with these scores, made orthogonal by Gram and Schmidt: at four equal
  /// steps −3, −1, 1, 3; 1, −1, −1, 1; −1, 3, −3, 1.
  static func all(scores: [Double]) -> [PolynomialContrast] {
    let count = Double(scores.count)
    let mean = scores.reduce(0, +) / count
    let centred = scores.map { $0 - mean }
    let scale = centred.map(abs).max() ?? 1
    var basis: [[Double]] = [scores.map { _ in 1 }]
    for degree in 1..<max(min(scores.count, names.count + 1), 1) {
      var next = centred.map { score in
        (0..<degree).reduce(1.0) { power, _ in power * score / scale }
      }
      // Twice, so that rounding leaves nothing of the lower degrees.
      for _ in 0..<2 {
        for lower in basis {
          let share = dot(next, lower) / dot(lower, lower)
          next = zip(next, lower).map { $0 - share * $1 }
        }
      }
      basis.append(next)
    }
    return zip(names, basis.dropFirst()).map {
      PolynomialContrast(name: $0, factors: whole($1))
    }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The smallest whole numbers in these proportions, or length 1 where there are none.
  private static func whole(_ factors: [Double]) -> [Double] {
    let most = factors.map(abs).max() ?? 1
    guard let least = factors.map(abs).filter({ $0 > 1e-9 * most }).min() else { return factors }
    for multiple in 1...120 {
      let candidates = factors.map { $0 / least * Double(multiple) }
      if candidates.allSatisfy({ abs($0 - $0.rounded()) < 1e-7 }) {
        return candidates.map { $0.rounded() + 0 }
      }
    }
    let length = dot(factors, factors).squareRoot()
    return factors.map { $0 / length }
  }
}
