internal import SurveyModels
internal import SurveyNumerics

/// The covariance of a decomposition's parameters as if there were no design: the models' own, with
/// that of the outcome and those of the mediators independent.
struct ModelCovariance {
  let full: Regression
  let paths: [Regression]
  let naive: Regression
  /// The places of the mediators' columns among the outcome's.
  let mediatorPlaces: [Int]
  /// The places of the keys among the columns of each model.
  let keyPlaces: [Int]
  /// The slopes of the mean density along the outcome's coefficients.
  let slopes: [Double]
  let weights: [Double]
  /// Whether the outcome's models are linear, so that their residuals have a variance of their own.
  let isLinear: Bool

  /// The covariance, parameters in the order of the layout.
  func matrix(_ layout: MediationLayout) -> Matrix {
    var covariance = Matrix(rows: layout.width, columns: layout.width)
    let width = slopes.count
    // Each parameter of the outcome as a row over the coefficients.
    let chosen = keyPlaces + mediatorPlaces
    var map = Matrix(rows: chosen.count + 1, columns: width)
    for (row, place) in chosen.enumerated() { map[row, place] = 1 }
    for k in 0..<width { map[chosen.count, k] = slopes[k] }
    let total = weights.reduce(0, +)
    func dispersion(_ fit: Regression) -> Double {
      guard isLinear else { return 1 }
      return zip(weights, fit.residuals).reduce(0) { $0 + $1.0 * $1.1 * $1.1 } / total
    }
    let outcome = full.inverseInformation.transformed(by: map)
    let scale = dispersion(full)
    for i in layout.outcomeParameters {
      for j in layout.outcomeParameters {
        covariance[i, j] = scale * outcome[i, j]
      }
    }
    for (one, a) in paths.enumerated() {
      for (other, b) in paths.enumerated() {
        let common = weights.indices.reduce(0.0) {
          $0 + weights[$1] * a.residuals[$1] * b.residuals[$1] / total
        }
        for (i, x) in keyPlaces.enumerated() {
          for (j, y) in keyPlaces.enumerated() {
            covariance[layout.path(one, i), layout.path(other, j)] =
              common * a.inverseInformation[x, y]
          }
        }
      }
    }
    let naiveScale = dispersion(naive)
    for (i, x) in keyPlaces.enumerated() {
      for (j, y) in keyPlaces.enumerated() {
        covariance[layout.naive(i), layout.naive(j)] = naiveScale * naive.inverseInformation[x, y]
      }
    }
    return covariance
  }
}
