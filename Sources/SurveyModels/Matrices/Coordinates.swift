internal import SurveyNumerics

/// The combinations of a model's columns that a fit works with in their place, where sums of products
/// of the columns themselves would lose their digits: years with their squares, dates, numbers that
/// are large beside their differences.
///
/// With `X = Q R` a fit on `Q` has the coefficients `R β`; everything that does not name a
/// coefficient is the same.
struct Coordinates: Sendable {
  let columns: OrthogonalColumns
  /// Whether a constant stands before the columns without being one of them, as cut points do.
  var hidesConstant = false

  /// Turns columns of values, or of derivatives, in which a constant has no part.
  func turn(_ elements: inout [Double], count: Int, areSlopes: Bool = false) {
    let constant = areSlopes ? 0.0 : 1
    columns.coordinates(of: &elements, count: count, constant: hidesConstant ? constant : nil)
  }

  /// The parameters of a model as a linear map of those of its coordinates.
  ///
  /// - Parameters:
  ///   - equations: How many linear predictors there are.
  ///   - constants: How many parameters follow them: cut points.
  func parameters(equations: Int = 1, constants: Int = 0) -> Matrix {
    let back = columns.inverse
    let first = hidesConstant ? 1 : 0
    let width = back.rows - first
    let size = equations * width + constants
    var map = Matrix.identity(size)
    for equation in 0..<equations {
      for k in 0..<width {
        for l in 0..<width {
          map[equation * width + k, equation * width + l] = back[k + first, l + first]
        }
      }
    }
    guard hidesConstant else { return map }
    for cut in 0..<constants {
      for l in 0..<width { map[equations * width + cut, l] = -back[0, l + 1] }
    }
    return map
  }
}
