internal import Glibc
internal import SurveyData

/// A combination of coefficients as it is written, `education=2 - education=3`, with its value and
/// its derivatives.
indirect enum WrittenContrast: Sendable {
  case number(Double)
  /// A coefficient, by its position; nil for that of a reference category, which is zero.
  case coefficient(Int?)
  case negative(WrittenContrast)
  case sum(WrittenContrast, WrittenContrast)
  case product(WrittenContrast, WrittenContrast)
  case quotient(WrittenContrast, WrittenContrast)
  case power(WrittenContrast, WrittenContrast)
  case call(Function, WrittenContrast)

  /// The functions.
  enum Function: String, CaseIterable, Sendable {
    case abs, exp, log, sqrt, plogis, qlogis

    /// The value and the derivative at a point.
    func values(_ x: Double) -> (value: Double, slope: Double) {
      switch self {
      case .abs: (Swift.abs(x), x < 0 ? -1 : 1)
      case .exp: (Glibc.exp(x), Glibc.exp(x))
      case .log: (Glibc.log(x), 1 / x)
      case .sqrt: (x.squareRoot(), 0.5 / x.squareRoot())
      case .plogis:
        (1 / (1 + Glibc.exp(-x)), 1 / (2 + Glibc.exp(x) + Glibc.exp(-x)))
      case .qlogis: (Glibc.log(x / (1 - x)), 1 / (x * (1 - x)))
      }
    }
  }

  /// A value and its derivatives by all coefficients.
  struct Dual {
    var value: Double
    var gradient: [Double]

    /// `a·x + b·y` in the gradients, around a value.
    static func chained(_ value: Double, _ a: Double, _ x: Dual, _ b: Double, _ y: Dual) -> Dual {
      Dual(value: value, gradient: zip(x.gradient, y.gradient).map { a * $0 + b * $1 })
    }
  }

  /// The value at some coefficients, with its gradient, by the chain rule.
  func evaluated(at coefficients: [Double]) -> Dual {
    let zero = Array(repeating: 0.0, count: coefficients.count)
    switch self {
    case .number(let value): return Dual(value: value, gradient: zero)
    case .coefficient(let position):
      guard let position else { return Dual(value: 0, gradient: zero) }
      var gradient = zero
      gradient[position] = 1
      return Dual(value: coefficients[position], gradient: gradient)
    case .negative(let inner):
      let x = inner.evaluated(at: coefficients)
      return Dual(value: -x.value, gradient: x.gradient.map { -$0 })
    case .sum(let a, let b):
      let (x, y) = (a.evaluated(at: coefficients), b.evaluated(at: coefficients))
      return .chained(x.value + y.value, 1, x, 1, y)
    case .product(let a, let b):
      let (x, y) = (a.evaluated(at: coefficients), b.evaluated(at: coefficients))
      return .chained(x.value * y.value, y.value, x, x.value, y)
    case .quotient(let a, let b):
      let (x, y) = (a.evaluated(at: coefficients), b.evaluated(at: coefficients))
      return .chained(x.value / y.value, 1 / y.value, x, -x.value / (y.value * y.value), y)
    case .power(let a, let b):
      let (x, y) = (a.evaluated(at: coefficients), b.evaluated(at: coefficients))
      let value = pow(x.value, y.value)
      let isFixed = y.gradient.allSatisfy { $0 == 0 }
      return .chained(
        value, y.value == 0 ? 0 : y.value * pow(x.value, y.value - 1), x,
        isFixed ? 0 : value * Glibc.log(x.value), y)
    case .call(let function, let inner):
      let x = inner.evaluated(at: coefficients)
      let (value, slope) = function.values(x.value)
      return Dual(value: value, gradient: x.gradient.map { slope * $0 })
    }
  }
}
