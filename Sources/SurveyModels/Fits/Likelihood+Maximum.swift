internal import SurveyData
internal import SurveyNumerics

extension Likelihood {
  /// Where the likelihood is greatest.
  struct Maximum {
    let coefficients: [Double]
    /// The expected information, with weights whose mean is 1.
    let information: Matrix
    /// Its inverse.
    let inverse: Matrix
    /// `(y − μ) μ′ ∕ v` of every row.
    let scores: [Double]
    let deviance: Double
  }

  /// The scores of a maximum without those of a linear model that are the last digits of the outcomes,
  /// which say nothing of how much these vary.
  static func speaking(
    _ scores: [Double], _ family: ModelFamily, outcomes: [Double]
  ) -> [Double] {
    guard family == .linear else { return scores }
    let largest = outcomes.reduce(0) { max($0, abs($1)) }
    return scores.map { abs($0) <= 2e-15 * largest ? 0 : $0 }
  }

  /// How the search for a maximum ended.
  enum Search {
    case found(Maximum)
    /// The likelihood grows for ever in a direction.
    case endless(direction: [Double])
  }

  /// The first pass of a search, and the scores that it found.
  struct Opening {
    let pass: Pass
    let scores: [Double]
    /// Where it begins; nil means from the outcomes alone, or at zero.
    var coefficients: [Double]?
  }

  private static let mostSteps = 100

  /// Begins a search.
  func opening() -> Opening {
    var scores = Array(repeating: 0.0, count: outcomes.count)
    let zero = Array(repeating: 0.0, count: width)
    return Opening(pass: pass(at: startsAtZero ? zero : nil, scores: &scores), scores: scores)
  }

  /// Begins a search at some coefficients.
  func opening(at coefficients: [Double]) -> Opening {
    var scores = Array(repeating: 0.0, count: outcomes.count)
    return Opening(
      pass: pass(at: coefficients, scores: &scores), scores: scores, coefficients: coefficients)
  }

  /// Fisher's steps, halved where they lead down, until a step moves the linear predictor by less
  /// than 1e-12 of its scale in the mean.
  ///
  /// A maximum is found in about ten steps. Where the outcome is separated, each step moves the
  /// predictor of the separated rows by about one for ever, and the step shows the direction.
  /// Probit and complementary log-log models may seem to settle there, or to go another way; whether
  /// they are separated is then asked of the logistic model, since it does not depend on the link. A
  /// Poisson model is separated where counts are 0 on one side and the others move along.
  ///
  /// - Parameter opening: The first pass, if it has been made.
  func maximum(from opening: Opening? = nil) throws -> Search {
    let opening = opening ?? self.opening()
    var (pass, scores) = (opening.pass, opening.scores)
    var coefficients = opening.coefficients ?? Array(repeating: 0.0, count: width)
    var isStart = opening.coefficients == nil && !startsAtZero
    var step = Array(repeating: 0.0, count: width)
    let scale = scale
    for number in 1...Self.mostSteps {
      guard let inverse = try? pass.information.positiveDefiniteInverse() else {
        return try endless(step)
      }
      step = inverse * pass.score
      let gain = zip(step, pass.score).reduce(0) { $0 + $1.0 * $1.1 }
      if !isStart, gain <= 1e-24 * scale {
        if pass.isExtreme, family.isBinary, family != .logistic,
          case .endless(let way) = try logistic.maximum()
        {
          return .endless(direction: way)
        }
        return .found(
          Maximum(
            coefficients: zip(coefficients, step).map(+), information: pass.information,
            inverse: inverse, scores: scores, deviance: pass.deviance))
      }
      if number >= 15, separates(step) { return .endless(direction: step) }
      var length = 1.0
      let start = coefficients
      let before = isStart ? .infinity : pass.deviance
      repeat {
        coefficients = zip(start, step).map { $0 + length * $1 }
        pass = self.pass(at: coefficients, scores: &scores)
        length /= 2
      } while !(pass.deviance <= before + 1e-10 * abs(before) && pass.deviance.isFinite)
        && length > 1e-6
      isStart = false
    }
    return try endless(step)
  }

  /// A search that ends without a maximum; where a link hides that the outcome is separated, the
  /// logistic model shows the way.
  private func endless(_ step: [Double]) throws -> Search {
    if family.isBinary, family != .logistic, !separates(step),
      case .endless(let way) = try logistic.maximum()
    {
      return .endless(direction: way)
    }
    return .endless(direction: step)
  }

  /// Whether zero coefficients are a good place to start from.
  private var startsAtZero: Bool { family.isBinary || family == .linear }

  /// The logistic model of the same rows.
  private var logistic: Likelihood {
    var copy = self
    copy.family = .logistic
    return copy
  }

  /// The size of a row's linear predictor squared, added up.
  private var scale: Double {
    switch family {
    case .logistic, .probit, .cloglog, .gamma: weights.reduce(0, +)
    case .poisson: zip(outcomes, weights).reduce(.leastNormalMagnitude) { $0 + $1.0 * $1.1 }
    case .linear: zip(outcomes, weights).reduce(.leastNormalMagnitude) { $0 + $1.0 * $1.0 * $1.1 }
    }
  }

  /// Whether a direction raises the chance of what happened in some rows and lowers it in none: the
  /// predictor may rise where the outcome is 1, fall where it is 0, and must rest elsewhere.
  func separates(_ direction: [Double]) -> Bool {
    guard family.isBinary || family == .poisson else { return false }
    let predictor = predictors(direction)
    let certain = family.isBinary ? 1.0 : .infinity
    var most = 0.0
    var least = 0.0
    for i in predictor.indices where weights[i] > 0 {
      let towards =
        outcomes[i] == certain
        ? predictor[i] : outcomes[i] == 0 ? -predictor[i] : -abs(predictor[i])
      most = max(most, towards)
      least = min(least, towards)
    }
    return most > 0.1 && least > -1e-4 * most
  }
}
