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

  /// Differences, group by group.
  static func - (a: Average, b: Average) -> Average {
    var result = a
    for index in result.values.indices { result.values[index] -= b.values[index] }
    for index in result.jacobian.elements.indices {
      result.jacobian.elements[index] -= b.jacobian.elements[index]
    }
    for index in result.rows.indices { result.rows[index] -= b.rows[index] }
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
    let levels = curve.inputs(
      matrix.elements, width: width, of: count, at: parameters, offsets: offsets)
    let rates = slopes.map {
      curve.inputs(
        $0.elements, width: width, of: count, at: parameters, offsets: $0.offsets, isSlope: true)
    }
    var result = Average(
      values: Array(repeating: 0, count: groups.count * outcomes),
      jacobian: Matrix(rows: groups.count * outcomes, columns: parameters.count),
      rows: Array(repeating: 0, count: keepsRows ? outcomes * count : 0))
    // What multiplies x, and x′, in the gradient: outcomes × inputs × rows.
    var direct = Array(repeating: 0.0, count: outcomes * inputCount * count)
    var through = slopes == nil ? [] : direct
    var point = CurvePoint(outcomes: outcomes, inputs: inputCount)
    var here = Array(repeating: 0.0, count: inputCount)
    for i in 0..<count {
      let group = Int(groups.ofCase[i])
      for k in 0..<inputCount { here[k] = levels[k * count + i] }
      here.withUnsafeBufferPointer { curve.evaluate($0, into: &point) }
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
    for c in 0..<outcomes {
      for k in 0..<inputCount {
        let first = (c * inputCount + k) * count
        for m in 0..<(k < predictors ? width : 1) {
          let parameter = k < predictors ? k * width + m : predictors * width + k - predictors
          var sums = Array(repeating: 0.0, count: groups.count)
          for i in 0..<count {
            let group = Int(groups.ofCase[i])
            guard group >= 0 else { continue }
            var part = direct[first + i]
            if k < predictors { part *= matrix.elements[m * count + i] }
            if let slopes, k < predictors {
              part += through[first + i] * slopes.elements[m * count + i]
            }
            sums[group] += part
          }
          for group in sums.indices {
            result.jacobian[group * outcomes + c, parameter] = sums[group]
          }
        }
      }
    }
    return result
  }
}
