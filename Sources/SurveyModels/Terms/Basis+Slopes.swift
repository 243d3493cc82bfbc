internal import SurveyNumerics

extension Basis {
  /// The derivatives of the columns at some values.
  func slopes(at values: [Double]) throws -> [[Double]] {
    switch self {
    case .spline(let spline): return Array(try spline.slopes(at: values).dropFirst())
    case .polynomial(let centers, let norms):
      // The recursion and its derivative, p′₍ⱼ₊₁₎ = pⱼ + (x − centerⱼ) p′ⱼ − factorⱼ p′₍ⱼ₋₁₎.
      let zero = Array(repeating: 0.0, count: values.count)
      var (before, beforeSlope) = (zero, zero)
      var (now, slope) = (Array(repeating: 1.0, count: values.count), zero)
      return centers.indices.map { degree in
        let factor = degree == 0 ? 0 : norms[degree] / norms[degree - 1]
        let length = norms[degree + 1].squareRoot()
        var column = zero
        for i in values.indices {
          let distance = values[i] - centers[degree]
          let next = distance * now[i] - factor * before[i]
          let nextSlope = now[i] + distance * slope[i] - factor * beforeSlope[i]
          (before[i], beforeSlope[i]) = (now[i], slope[i])
          (now[i], slope[i]) = (next, nextSlope)
          column[i] = nextSlope / length
        }
        return column
      }
    }
  }
}
