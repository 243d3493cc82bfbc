internal import Glibc
internal import SurveyNumerics

/// A smooth function of estimates: its value and its gradient, carried through arithmetic.
///
/// Write a formula with `estimates.variables` as its letters, and `Estimates/functions(_:labels:)`
/// has its error by the delta method: `V(f, g) = ∇f V ∇gᵀ`, which is the error of the influence
/// `∇f ζ`.
package struct Smooth: Sendable {
  /// The value.
  package let value: Double
  /// The slope along each estimate.
  package let gradient: [Double]

  /// Makes a function from its value and slopes.
  package init(_ value: Double, gradient: [Double]) {
    self.value = value
    self.gradient = gradient
  }

  /// Applies a function of one number, given its value and slope here.
  package func through(_ value: Double, slope: Double) -> Smooth {
    Smooth(value, gradient: gradient.map { slope * $0 })
  }

  /// The natural logarithm.
  package var logarithm: Smooth { through(log(value), slope: 1 / value) }

  /// The sum.
  package static func + (a: Smooth, b: Smooth) -> Smooth {
    Smooth(a.value + b.value, gradient: zip(a.gradient, b.gradient).map(+))
  }

  /// The difference.
  package static func - (a: Smooth, b: Smooth) -> Smooth {
    Smooth(a.value - b.value, gradient: zip(a.gradient, b.gradient).map(-))
  }

  /// The product.
  package static func * (a: Smooth, b: Smooth) -> Smooth {
    Smooth(
      a.value * b.value,
      gradient: zip(a.gradient, b.gradient).map { a.value * $1 + b.value * $0 })
  }

  /// The quotient.
  package static func / (a: Smooth, b: Smooth) -> Smooth {
    let value = a.value / b.value
    return Smooth(
      value, gradient: zip(a.gradient, b.gradient).map { ($0 - value * $1) / b.value })
  }

  /// A multiple.
  package static func * (factor: Double, a: Smooth) -> Smooth {
    a.through(factor * a.value, slope: factor)
  }

  /// A constant added.
  package static func + (constant: Double, a: Smooth) -> Smooth {
    a.through(constant + a.value, slope: 1)
  }

  /// A constant less a function.
  package static func - (constant: Double, a: Smooth) -> Smooth {
    a.through(constant - a.value, slope: -1)
  }

  /// The sum of functions of the same estimates; nil for none.
  package static func sum(_ terms: some Sequence<Smooth>) -> Smooth? {
    terms.reduce(nil) { sum, term in sum.map { $0 + term } ?? term }
  }
}

extension Estimates {
  /// The estimates as the letters of formulas.
  package var variables: [Smooth] { values.indices.map(variable) }

  /// One of the letters.
  /// - Complexity: O(estimates).
  package func variable(_ place: Int) -> Smooth {
    var gradient = Array(repeating: 0.0, count: values.count)
    gradient[place] = 1
    return Smooth(values[place], gradient: gradient)
  }

  /// Smooth functions of the estimates, with the covariance between them.
  ///
  /// - Parameters:
  ///   - functions: Formulas over `variables`.
  ///   - labels: What each is of.
  /// - Returns: One estimate a function, with the degrees of freedom of all domains that it uses.
  package func functions(_ functions: [Smooth], labels: [Label]) -> Estimates {
    let used = values.indices.filter { place in
      functions.contains { $0.gradient[place] != 0 }
    }
    return combined(
      Matrix(functions.map { function in used.map { function.gradient[$0] } }), of: used,
      labels: labels, values: functions.map(\.value))
  }
}
