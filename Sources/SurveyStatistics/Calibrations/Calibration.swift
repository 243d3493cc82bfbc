internal import SurveyData
internal import SurveyNumerics

/// Weights that are fitted to totals: `Σ w g x = t`, with a factor `g` of every pattern of `x`.
///
/// A calibration is made once and then takes any weights of the same rows, those of the sample and those
/// of each replicate.
struct Calibration: Sendable {
  /// How the factors are found.
  enum Method: Hashable, Sendable {
    /// Each cell by itself, `g = t ∕ Σ w`.
    case cells
    /// Margin by margin until they settle.
    case margins(tolerance: Double, iterations: Int)
    /// `g = F(xᵀλ)`.
    case distance(WeightAdjustment.Method, bounds: ClosedRange<Double>?)
  }

  let frame: CalibrationFrame
  let method: Method
  /// The totals of the frame's columns.
  let targets: [Double]
  /// Their covariance where they were estimated; nil where they are known.
  var covariance: [[Double]]?

  /// How near totals must be met at last, relative to them.
  static let misfit = 1e-10

  /// The weights whose totals are the targets.
  ///
  /// - Parameters:
  ///   - weights: One a row.
  ///   - targets: Other totals than its own, as replicates of estimated ones have.
  ///   - context: What is fitted, in front of errors: empty, or `replicate 7: `.
  /// - Throws: ``SurveyError`` where a category has no weight, where bounds cannot be met, and where
  ///   margins do not settle.
  func adjusted(
    _ weights: [Double], to targets: [Double]? = nil, context: String = ""
  ) throws -> [Double] {
    let sums = frame.sums(weights)
    let targets = targets ?? self.targets
    try requireSomebody(sums, targets, context)
    let factors: [Double] =
      switch method {
      case .cells:
        zip(frame.patterns, sums).map { pattern, sum in
          sum == 0 ? 1 : targets[Int(pattern[0].column)] / sum
        }
      case .margins(let tolerance, let iterations):
        try raked(
          sums, to: targets, tolerance: tolerance, iterations: iterations, context: context)
      case .distance(let distance, let bounds):
        try solved(sums, to: targets, distance, bounds: bounds, context: context)
      }
    return frame.multiplied(weights, by: factors)
  }

  /// Throws where a total is to be reached and nobody is there.
  private func requireSomebody(
    _ sums: [Double], _ targets: [Double], _ context: String
  ) throws {
    let totals = frame.totals(of: sums)
    for place in frame.margins.joined() where totals[place] == 0 && targets[place] > 0 {
      let column = frame.columns[place]
      throw SurveyError(
        .noAnswer, at: column.variable,
        "\(context)nobody with a weight is in '\(column.category)', so that its total cannot be reached",
        remedy: context.isEmpty
          ? "Merge it with a neighbour in both, such as with --derive."
          : "Merge small categories, or make replicates that leave nobody out: fay.")
    }
  }

  /// The column that is furthest from its total, and by how much relative to it.
  func worst(_ sums: [Double], _ targets: [Double]) -> (place: Int, misfit: Double) {
    let totals = frame.totals(of: sums)
    var worst = (place: 0, misfit: 0.0)
    for place in targets.indices {
      let misfit = abs(totals[place] - targets[place]) / max(abs(targets[place]), 1e-300)
      if !(misfit <= worst.misfit), targets[place] != 0 || abs(totals[place]) > 1e-9 {
        worst = (place, targets[place] == 0 ? abs(totals[place]) : misfit)
      }
    }
    return worst
  }

  /// Columns `l` with `Σ l lᵀ = V`, for a covariance of any rank.
  static func roots(of covariance: Matrix) -> [[Double]] {
    var left = covariance
    let largest = covariance.diagonal.reduce(0, max)
    var roots: [[Double]] = []
    let places = 0..<covariance.rows
    while let pivot = places.max(by: { left[$0, $0] < left[$1, $1] }),
      left[pivot, pivot] > 1e-12 * largest
    {
      let scale = left[pivot, pivot].squareRoot()
      let root = places.map { left[$0, pivot] / scale }
      for i in places { for j in places { left[i, j] -= root[i] * root[j] } }
      left[pivot, pivot] = 0
      roots.append(root)
    }
    return roots
  }
}
