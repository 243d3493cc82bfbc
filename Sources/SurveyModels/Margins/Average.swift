internal import SurveyNumerics
internal import SurveyStatistics

/// Weighted means of what a model predicts for every row, in groups of rows, with their derivatives
/// by the parameters.
struct Average {
  /// groups × outcomes.
  var values: [Double]
  /// One row a value, one column a parameter.
  var jacobian: Matrix
  /// What the means are of, outcomes × rows; empty when nobody asks.
  var rows: [Double]
  /// How far they are from what the data tell.
  var defects: Defects

  /// Differences, group by group.
  static func - (a: Average, b: Average) -> Average {
    var result = a
    for index in result.values.indices { result.values[index] -= b.values[index] }
    for index in result.jacobian.elements.indices {
      result.jacobian.elements[index] -= b.jacobian.elements[index]
    }
    for index in result.rows.indices { result.rows[index] -= b.rows[index] }
    result.defects = a.defects - b.defects
    return result
  }
}

extension PredictionBasis {
  /// Averages means over groups, or their derivatives by a number.
  ///
  /// Means: `Σ w F(η) ∕ W`, gradient `Σ w F′ x ∕ W`. Derivatives: `Σ w F′ η′ ∕ W` with `η′ = x′β`,
  /// gradient `Σ w (F″ η′ x + F′ x′) ∕ W`; with several inputs a sum over them.
  ///
  /// - Parameters:
  ///   - matrix: The model matrix at the answers.
  ///   - offsets: What is added to the linear predictor; empty when nothing is.
  ///   - slopes: Their derivatives by the number; nil for means.
  ///   - groups: The groups.
  ///   - keepsRows: Whether the values of rows are wanted, for covariates that are sampled.
  /// - Complexity: O(rows × columns × inputs × outcomes).
  func average(
    _ matrix: ModelMatrix, offsets: [Double], slopes: Slopes? = nil, over groups: CaseGroups,
    keepsRows: Bool
  ) -> Average {
    let (count, width) = (matrix.rowCount, matrix.width)
    let (outcomes, inputCount) = (curve.outcomeCount, curve.inputCount)
    let predictors = curve.predictorCount
    let elements = matrix.elements()
    let levels = curve.inputs(
      elements, width: width, of: count, at: parameters, offsets: offsets)
    let rates = slopes.map {
      curve.inputs(
        $0.elements, width: width, of: count, at: parameters, offsets: $0.offsets, isSlope: true)
    }
    var result = Average(
      values: Array(repeating: 0, count: groups.count * outcomes),
      jacobian: Matrix(rows: groups.count * outcomes, columns: parameters.count),
      rows: Array(repeating: 0, count: keepsRows ? outcomes * count : 0),
      defects: Defects(matrix, slopes, groups: groups.count, isLinear: curve.isLinear) { index in
        let group = Int(groups.ofCase[index])
        return group < 0
          ? nil : (group, frame.weights[index] * frame.meanWeight / groups.weights[group])
      })
    let size = outcomes * inputCount * count
    // What multiplies x, and with slopes x′, in the gradient: outcomes × inputs × rows.
    withUnsafeTemporaryAllocation(
      of: Double.self, capacity: slopes == nil ? size : 2 * size
    ) { factors in
      factors.initialize(repeating: 0)
      guard let direct = factors.baseAddress else { return }
      let through = slopes == nil ? direct : direct + size
      weigh(levels, rates, over: groups, keepsRows: keepsRows, into: &result, direct, through)
      elements.withUnsafeBufferPointer { x in
        for c in 0..<outcomes {
          for k in 0..<inputCount {
            let first = (c * inputCount + k) * count
            guard k < predictors else {
              let parameter = predictors * width + k - predictors
              add(direct + first, nil, over: groups, outcome: c, parameter, to: &result.jacobian)
              continue
            }
            for m in 0..<width {
              let parameter = k * width + m
              add(
                direct + first, x.baseAddress.map { $0 + m * count }, over: groups, outcome: c,
                parameter, to: &result.jacobian)
            }
            guard let slopes else { continue }
            slopes.elements.withUnsafeBufferPointer { x in
              for m in 0..<width {
                add(
                  through + first, x.baseAddress.map { $0 + m * count }, over: groups, outcome: c,
                  k * width + m, to: &result.jacobian)
              }
            }
          }
        }
      }
    }
    return result
  }

  /// Adds up the means, and finds by what their gradients multiply the columns of the model matrix.
  private func weigh(
    _ levels: [Double], _ rates: [Double]?, over groups: CaseGroups, keepsRows: Bool,
    into result: inout Average, _ direct: UnsafeMutablePointer<Double>,
    _ through: UnsafeMutablePointer<Double>
  ) {
    let count = groups.ofCase.count
    let (outcomes, inputCount) = (curve.outcomeCount, curve.inputCount)
    let point = CurvePoint(outcomes: outcomes, inputs: inputCount)
    defer { point.deallocate() }
    for i in 0..<count {
      let group = Int(groups.ofCase[i])
      for k in 0..<inputCount { point.inputs[k] = levels[k * count + i] }
      curve.evaluate(at: point)
      let share = group < 0 ? 0 : frame.weights[i] * frame.meanWeight / groups.weights[group]
      for c in 0..<outcomes {
        var value = point.means[c]
        if let rates {
          value = 0
          for k in 0..<inputCount {
            value += point.slopes[c * inputCount + k] * rates[k * count + i]
          }
        }
        if keepsRows { result.rows[c * count + i] = value }
        guard group >= 0 else { continue }
        result.values[group * outcomes + c] += share * value
        for k in 0..<inputCount {
          let place = (c * inputCount + k) * count + i
          let slope = point.slopes[c * inputCount + k]
          guard let rates else {
            direct[place] = share * slope
            continue
          }
          var bend = 0.0
          for l in 0..<inputCount {
            bend += point.curvatures[(c * inputCount + k) * inputCount + l] * rates[l * count + i]
          }
          direct[place] = share * bend
          through[place] = share * slope
        }
      }
    }
  }

  /// Adds the products of factors and a column, which is 1 for a constant, to the gradient of the
  /// means of an outcome by a parameter.
  private func add(
    _ factors: UnsafePointer<Double>, _ column: UnsafePointer<Double>?, over groups: CaseGroups,
    outcome: Int, _ parameter: Int, to jacobian: inout Matrix
  ) {
    let count = groups.ofCase.count
    if groups.count == 1, let column {
      jacobian[outcome, parameter] += dot(factors, column, count)
      return
    }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: groups.count) { sums in
      sums.initialize(repeating: 0)
      groups.ofCase.withUnsafeBufferPointer { ofCase in
        for i in 0..<count where ofCase[i] >= 0 {
          sums[Int(ofCase[i])] += factors[i] * (column?[i] ?? 1)
        }
      }
      for group in sums.indices {
        jacobian[group * curve.outcomeCount + outcome, parameter] += sums[group]
      }
    }
  }
}
