internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

/// How far averages are from what the data tell: a linear function of the coefficients is estimable
/// when it lies in the row space of the model matrix, so that it is the same whichever of the columns
/// that depend on each other has no coefficient.
///
/// Where a column `d` was left out as `x_d = Σ a x`, the function at other answers has the defect
/// `x_d − Σ a x`. On a bent curve every case must be without one, on a straight line their average.
///
/// - SeeAlso: Searle (1971), Linear Models, section 5.4; `nonest.basis` of R's estimability.
struct Defects {
  /// groups × columns that were left out.
  private var values: [Double] = []
  /// The sizes of what they are differences of.
  private var scales: [Double] = []
  private let isLinear: Bool

  /// A defect of no more than this share is rounding.
  private static let tolerance = 1e-8

  /// Averages the defects of cases.
  ///
  /// - Parameters:
  ///   - matrix: The model matrix at the answers.
  ///   - slopes: Its derivatives by a number; nil for means.
  ///   - share: The group of a case and its share of that; nil for a case in none.
  init(
    _ matrix: ModelMatrix, _ slopes: PredictionBasis.Slopes?, groups: Int, isLinear: Bool,
    share: (_ case: Int) -> (group: Int, share: Double)?
  ) {
    self.isLinear = isLinear
    guard !matrix.dropped.isEmpty else { return }
    values = Array(repeating: 0, count: groups * matrix.dropped.count)
    scales = values
    var parts = slopes.map { [$0.defects] } ?? []
    if slopes == nil || !isLinear { parts.append(matrix.defects()) }
    for part in parts {
      for column in matrix.dropped.indices {
        for index in 0..<matrix.rowCount {
          guard let (group, share) = share(index) else { continue }
          let place = group * matrix.dropped.count + column
          let (value, scale) = part[column][index]
          let isNone = abs(value) <= Self.tolerance * scale
          values[place] += isNone ? 0 : share * (isLinear ? value : abs(value))
          scales[place] += share * scale
        }
      }
    }
  }

  /// The defects of a difference.
  static func - (a: Defects, b: Defects) -> Defects {
    var result = a
    for place in result.values.indices {
      result.values[place] += a.isLinear ? -b.values[place] : b.values[place]
      result.scales[place] += b.scales[place]
    }
    return result
  }

  /// The columns, as positions among those left out, on which the average of a group depends.
  func columns(of group: Int, among count: Int) -> [Int] {
    guard count > 0, !values.isEmpty else { return [] }
    return (0..<count).filter {
      let place = group * count + $0
      return abs(values[place]) > Self.tolerance * scales[place]
    }
  }
}

extension ModelMatrix {
  /// `x_d − Σ a x` of every column that was left out and every case, with the size of what it is a
  /// difference of.
  func defects() -> [[(value: Double, scale: Double)]] {
    let products = products(plan.map(\.parts) + dropped.map(\.product.parts))
    return defects(products, constant: 1)
  }

  /// The same of columns, or of their derivatives, those that were left out last.
  func defects(
    _ elements: [Double], constant: Double
  ) -> [[(value: Double, scale: Double)]] {
    dropped.enumerated().map { place, column in
      (0..<rowCount).map { index in
        var value = elements[(width + place) * rowCount + index]
        var scale = abs(value)
        for (k, a) in column.combination.enumerated() where a != 0 {
          let part = a * elements[k * rowCount + index]
          value -= part
          scale += abs(part)
        }
        let part = column.constant * constant
        return (value - part, scale + abs(part))
      }
    }
  }
}

extension PredictionBasis {
  /// Directions in which the parameters can move without changing any prediction for the respondents,
  /// had the columns that were left out coefficients; parameters of the columns, not the coordinates.
  var idleDirections: [[Double]] {
    plan.dropped.flatMap { column in
      (0..<curve.predictorCount).map { equation in
        var direction = Array(repeating: 0.0, count: parameters.count)
        for (k, a) in column.combination.enumerated() {
          direction[equation * plan.width + k] = -a
        }
        for cut in 0..<curve.constantCount {
          direction[curve.predictorCount * plan.width + cut] = column.constant
        }
        return direction
      }
    }
  }

  /// That averages are not estimable, and on which columns they depend.
  ///
  /// - Parameter averages: What each is called, with its defects and group.
  func notes(notEstimable averages: [(name: String, defects: Defects, group: Int)]) -> [Note] {
    let found = averages.compactMap { average -> (String, [Int])? in
      let columns = average.defects.columns(of: average.group, among: plan.dropped.count)
      return columns.isEmpty ? nil : (average.name, columns)
    }
    guard !found.isEmpty else { return [] }
    let most = 8
    let names = found.prefix(most).map { "'\($0.0)'" }.joined(separator: ", ")
    let more = max(0, found.count - most)
    let columns = Set(found.flatMap(\.1)).sorted().map { "'\(plan.dropped[$0].column.name)'" }
      .joined(separator: ", ")
    return [.notEstimable(names, more: more, columns: columns)]
  }
}

extension Note {
  /// That numbers depend on what has no coefficient.
  static func notEstimable(_ names: String, more: Int, columns: String) -> Note {
    Note(
      .warning, id: "margins.not-estimable",
      names + (more == 0 ? "" : " and \(more) more")
        + " cannot be estimated: it depends on the coefficient of \(columns), about which the "
        + "respondents tell nothing",
      naming: [names, String(more), columns])
  }
}

extension Estimates {
  /// The same with some of them unknown.
  func unknown(at places: [Int]) -> Estimates {
    guard !places.isEmpty else { return self }
    return inEach { one in
      var (values, covariance) = (one.values, one.covariance())
      for place in places {
        values[place] = .nan
        for k in values.indices { (covariance[place, k], covariance[k, place]) = (.nan, .nan) }
      }
      return Estimates(
        labels: labels, values: values, covariance: covariance,
        degreesOfFreedom: one.degreesOfFreedom, counts: one.counts,
        weightedCounts: one.weightedCounts)
    }
  }
}
