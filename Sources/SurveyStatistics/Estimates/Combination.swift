internal import Glibc
internal import SurveyNumerics

/// A function of estimates, written out: numbers, estimates by their places, and arithmetic.
///
///     let ratio = Combination.estimate(1) / .estimate(0)
///     let found = estimates.functions([ratio], labels: [Estimates.Label(variable: "ratio")])
public indirect enum Combination: Hashable, Sendable {
  /// A number.
  case number(Double)
  /// An estimate, by its place.
  case estimate(Int)
  /// The negative.
  case negative(Combination)
  /// The sum.
  case sum(Combination, Combination)
  /// The product.
  case product(Combination, Combination)
  /// The first over the second.
  case quotient(Combination, Combination)
  /// The first to the power of the second.
  case power(Combination, Combination)
  /// A function.
  case call(Function, Combination)

  /// The functions of one number.
  public enum Function: String, CaseIterable, Sendable {
    /// As in R; `plogis` is the logistic function, `qlogis` the logit.
    case abs, exp, log, sqrt, plogis, qlogis

    /// The value and the slope at a point.
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

  /// The sum.
  public static func + (a: Combination, b: Combination) -> Combination { .sum(a, b) }
  /// The difference.
  public static func - (a: Combination, b: Combination) -> Combination { .sum(a, .negative(b)) }
  /// The product.
  public static func * (a: Combination, b: Combination) -> Combination { .product(a, b) }
  /// The quotient.
  public static func / (a: Combination, b: Combination) -> Combination { .quotient(a, b) }

  /// The sum of several; zero of none.
  package static func total(_ terms: some Sequence<Combination>) -> Combination {
    terms.reduce(nil) { sum, term in sum.map { $0 + term } ?? term } ?? .number(0)
  }

  /// What is known by its value and its slopes at some estimates alone, as a straight line.
  package static func line(
    _ value: Double, slopes: [(place: Int, slope: Double)], at values: [Double]
  ) -> Combination {
    slopes.reduce(.number(value)) { line, next in
      line + .number(next.slope) * (.estimate(next.place) - .number(values[next.place]))
    }
  }

  /// The value at some estimates, and the slopes along those that it depends on, by the chain rule.
  package func evaluated(at values: [Double]) -> (value: Double, slopes: [Int: Double]) {
    switch self {
    case .number(let value): return (value, [:])
    case .estimate(let place): return (values[place], [place: 1])
    case .negative(let a):
      let a = a.evaluated(at: values)
      return (-a.value, a.slopes.mapValues { -$0 })
    case .sum(let a, let b):
      let (a, b) = (a.evaluated(at: values), b.evaluated(at: values))
      return (a.value + b.value, Self.slopes(a.slopes, b.slopes, +))
    case .product(let a, let b):
      let (a, b) = (a.evaluated(at: values), b.evaluated(at: values))
      return (
        a.value * b.value, Self.slopes(a.slopes, b.slopes) { a.value * $1 + b.value * $0 }
      )
    case .quotient(let a, let b):
      let (a, b) = (a.evaluated(at: values), b.evaluated(at: values))
      let value = a.value / b.value
      return (value, Self.slopes(a.slopes, b.slopes) { ($0 - value * $1) / b.value })
    case .power(let a, let b):
      let (a, b) = (a.evaluated(at: values), b.evaluated(at: values))
      let value = pow(a.value, b.value)
      let (base, exponent) = (
        b.value == 0 ? 0 : b.value * pow(a.value, b.value - 1),
        b.slopes.isEmpty ? 0 : value * Glibc.log(a.value)
      )
      return (value, Self.slopes(a.slopes, b.slopes) { base * $0 + exponent * $1 })
    case .call(let function, let a):
      let a = a.evaluated(at: values)
      let (value, slope) = function.values(a.value)
      return (value, a.slopes.mapValues { slope * $0 })
    }
  }

  /// What is made of two slopes, along every estimate that has one.
  private static func slopes(
    _ a: [Int: Double], _ b: [Int: Double], _ made: (Double, Double) -> Double
  ) -> [Int: Double] {
    var result = a.mapValues { made($0, 0) }
    for (place, slope) in b { result[place] = made(a[place] ?? 0, slope) }
    return result
  }
}

extension Estimates {
  /// Functions of the estimates, with the covariance between them.
  ///
  /// By the delta method `V(f, g) = ∇f V ∇gᵀ`, which is the error of the influence `∇f ζ`; over imputed
  /// data a function is taken in every data set, and combined by Rubin's rules.
  ///
  /// - Parameters:
  ///   - functions: Formulas over the places of the estimates.
  ///   - labels: What each is of.
  /// - Returns: One estimate a function, with the degrees of freedom of all domains that it uses.
  public func functions(_ functions: [Combination], labels: [Label]) -> Estimates {
    inEach { one in
      let found = functions.map { $0.evaluated(at: one.values) }
      let used = Set(found.flatMap { $0.slopes.filter { $0.value != 0 }.keys }).sorted()
      return one.combined(
        Matrix(found.map { function in used.map { function.slopes[$0] ?? 0 } }), of: used,
        labels: labels, values: found.map(\.value)
      ) { values in functions.map { $0.evaluated(at: values).value } }
    }
  }
}
