internal import Glibc
internal import SurveyData
internal import SurveyNumerics

extension Calibration {
  /// The factors `F(xᵀλ)` of patterns by Newton's method.
  ///
  /// Linear: `F(u) = 1 + u`; raking: `e^u`; logit: Deville and Särndal's between the bounds. Bounds of the first
  /// two cut. Columns that others make up have no part of their own; whether their totals fit the others' is
  /// seen at the end.
  ///
  /// - Throws: ``SurveyError`` of kind no answer where no factors within the bounds meet the totals.
  /// - Complexity: O(rounds × patterns × columns of a pattern²) and O(columns³) a round.
  /// - Note: Agrees with `calibrate` of R's survey 4.1 (`calfun` linear, raking, logit), which ends at
  ///   1e-7.
  /// - SeeAlso: Deville and Särndal (1992), Journal of the American Statistical Association 87.
  func solved(
    _ sums: [Double], to targets: [Double], _ distance: WeightAdjustment.Method,
    bounds: ClosedRange<Double>?, context: String
  ) throws -> [Double] {
    let function = DistanceFunction(distance, bounds: bounds)
    let width = targets.count
    let (start, scales) = frame.moment(sums)
    let free = Self.independentColumns(start)
    func factors(_ lambda: [Double]) -> [(value: Double, slope: Double)] {
      frame.patterns.map { pattern in
        function.at(
          pattern.reduce(0) { $0 + $1.value / scales[Int($1.column)] * lambda[Int($1.column)] })
      }
    }
    func gaps(_ factors: [(value: Double, slope: Double)]) -> [Double] {
      let totals = frame.totals(of: zip(sums, factors).map { $0 * $1.value })
      return free.map { (targets[$0] - totals[$0]) / scales[$0] }
    }
    let size = free.map { abs(targets[$0]) / scales[$0] }.reduce(1e-300, max)
    func length(_ gaps: [Double]) -> Double {
      let norm = gaps.reduce(0) { max($0, abs($1)) } / size
      return norm.isNaN ? .infinity : norm
    }
    var lambda = Array(repeating: 0.0, count: width)
    var current = factors(lambda)
    var gap = gaps(current)
    for _ in 0..<100 where length(gap) > 1e-15 {
      let slopes = frame.moment(zip(sums, current).map { $0 * $1.slope }, scales: scales).matrix
      // Where bounds bind, a column may have no slope left.
      let moving = free.filter { slopes[$0, $0] > 0 }
      var system = Matrix(rows: moving.count, columns: moving.count)
      for (i, a) in moving.enumerated() {
        for (j, b) in moving.enumerated() { system[i, j] = slopes[a, b] }
      }
      let gapOf = Dictionary(uniqueKeysWithValues: zip(free, gap))
      guard let step = try? system.solve(moving.map { gapOf[$0] ?? 0 }) else { break }
      var (share, isBetter) = (1.0, false)
      while share > 1e-6, !isBetter {
        var next = lambda
        for (place, change) in zip(moving, step) { next[place] += share * change }
        let candidate = factors(next)
        let left = gaps(candidate)
        isBetter = length(left) < length(gap)
        if isBetter { (lambda, current, gap) = (next, candidate, left) }
        share /= 2
      }
      guard isBetter else { break }
    }
    let result = current.map(\.value)
    let (place, off) = worst(zip(sums, result).map(*), targets)
    guard off <= Self.misfit else { throw unmet(place, off, bounds, context) }
    return zip(sums, result).map { $0 == 0 ? 1 : $1 }
  }

  private func unmet(
    _ place: Int, _ off: Double, _ bounds: ClosedRange<Double>?, _ context: String
  ) -> SurveyError {
    let column = frame.columns[place]
    let name =
      column.category.isEmpty
      ? "'\(column.variable)'" : "'\(column.category)' of '\(column.variable)'"
    let percent = canonicalCode((off * 1e6).rounded() / 1e4)
    guard let bounds else {
      return SurveyError(
        .noAnswer, at: column.variable,
        "\(context)no weights meet the totals: \(name) is \(percent) % from its own",
        remedy: "The totals contradict each other or the sample: look at them, or drop a term.")
    }
    return SurveyError(
      .noAnswer, at: column.variable,
      "\(context)no factors from \(Self.text(bounds, " to ")) "
        + "meet the totals: \(name) is \(percent) % from its own",
      remedy: "Widen --bounds, or merge small categories.")
  }

  /// Bounds as `--bounds` takes them, with something between them.
  static func text(_ bounds: ClosedRange<Double>, _ between: String) -> String {
    [bounds.lowerBound, bounds.upperBound].map {
      $0.isFinite ? canonicalCode($0) : $0 < 0 ? "-inf" : "inf"
    }.joined(separator: between)
  }

  /// Columns that no others make up, found by Cholesky's method with pivots.
  static func independentColumns(_ moment: Matrix) -> [Int] {
    let width = moment.rows
    let whole = moment.diagonal
    var left = moment
    var chosen: [Int] = []
    var rest = Set(0..<width)
    while let pivot = rest.filter({ left[$0, $0] > 1e-10 * whole[$0] })
      .max(by: { (left[$0, $0], $1) < (left[$1, $1], $0) })
    {
      rest.remove(pivot)
      chosen.append(pivot)
      for i in rest {
        let share = left[i, pivot] / left[pivot, pivot]
        for j in rest { left[i, j] -= share * left[pivot, j] }
      }
      for i in rest { (left[i, pivot], left[pivot, i]) = (0, 0) }
    }
    return chosen.sorted()
  }
}

extension CalibrationFrame {
  /// The weighted moment matrix of the columns, each divided by its largest number, so that no column drowns in
  /// another.
  ///
  /// - Parameter scales: What columns are divided by; nil takes the largest numbers that have a weight.
  func moment(
    _ weights: [Double], scales known: [Double]? = nil
  ) -> (matrix: Matrix, scales: [Double]) {
    let width = columns.count
    var scales = known ?? Array(repeating: 0.0, count: width)
    if known == nil {
      for (pattern, weight) in zip(patterns, weights) where weight != 0 {
        for entry in pattern {
          scales[Int(entry.column)] = max(scales[Int(entry.column)], abs(entry.value))
        }
      }
      scales = scales.map { $0 > 0 ? $0 : 1 }
    }
    var matrix = Matrix(rows: width, columns: width)
    for (pattern, weight) in zip(patterns, weights) where weight != 0 {
      for a in pattern {
        let (i, scaled) = (Int(a.column), weight * a.value / scales[Int(a.column)])
        for b in pattern { matrix[i, Int(b.column)] += scaled * b.value / scales[Int(b.column)] }
      }
    }
    return (matrix, scales)
  }
}

/// How factors depend on `u = xᵀλ`.
struct DistanceFunction {
  private let distance: WeightAdjustment.Method
  private let bounds: ClosedRange<Double>

  init(_ distance: WeightAdjustment.Method, bounds: ClosedRange<Double>?) {
    self.distance = distance
    self.bounds = bounds ?? -.infinity...(.infinity)
  }

  /// The factor and its derivative.
  func at(_ u: Double) -> (value: Double, slope: Double) {
    let (low, high) = (bounds.lowerBound, bounds.upperBound)
    switch distance {
    case .linear: return cut(1 + u, slope: 1)
    case .raking: return cut(exp(u), slope: exp(u))
    case .logit:
      let a = (high - low) / ((high - 1) * (1 - low))
      // Divided by the larger of 1 and e^{au}, so that nothing overflows.
      let e = exp(-abs(a * u))
      let (one, power) = u > 0 ? (e, 1.0) : (1.0, e)
      let below = (high - 1) * one + (1 - low) * power
      let value = (low * (high - 1) * one + high * (1 - low) * power) / below
      return (value, (value - low) * (high - value) * a / (high - low))
    }
  }

  private func cut(_ value: Double, slope: Double) -> (value: Double, slope: Double) {
    if value < bounds.lowerBound { return (bounds.lowerBound, 0) }
    if value > bounds.upperBound { return (bounds.upperBound, 0) }
    return (value, slope)
  }
}
