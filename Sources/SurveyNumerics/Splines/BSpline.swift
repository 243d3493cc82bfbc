internal import CGSL

/// Cubic B-splines over some breakpoints.
///
/// The functions are zero but between five neighbouring breakpoints and add up to one. Beyond the
/// first and the last breakpoint the cubic of the end goes on.
public struct BSpline: Hashable, Sendable {
  /// Where the cubics meet, increasing, both ends of the range included.
  public let breakpoints: [Double]

  /// Makes a basis.
  /// - Parameter breakpoints: At least two, strictly increasing.
  public init(breakpoints: [Double]) {
    precondition(
      breakpoints.count > 1 && zip(breakpoints, breakpoints.dropFirst()).allSatisfy { $0 < $1 },
      "breakpoints increase")
    self.breakpoints = breakpoints
  }

  /// The number of functions.
  public var count: Int { breakpoints.count + 2 }

  private static let order = 4

  /// The functions' values.
  ///
  /// - Parameter values: Where they are wanted.
  /// - Returns: One array a function, a number for each value.
  /// - Throws: ``NumericsError`` when there is no memory.
  /// - Complexity: O(values × functions).
  /// - SeeAlso: De Boor (2001), A Practical Guide to Splines, chapter IX.
  public func functions(at values: [Double]) throws -> [[Double]] {
    try evaluated(at: values, isSlope: false)
  }

  /// The functions' derivatives.
  ///
  /// - Parameter values: Where they are wanted.
  /// - Returns: One array a function, a number for each value.
  /// - Throws: ``NumericsError`` when there is no memory.
  /// - Complexity: O(values × functions).
  public func slopes(at values: [Double]) throws -> [[Double]] {
    try evaluated(at: values, isSlope: true)
  }

  private func evaluated(at values: [Double], isSlope: Bool) throws -> [[Double]] {
    GSL.ready
    guard let workspace = gsl_bspline_alloc(Self.order, breakpoints.count) else {
      throw NumericsError(operation: "spline", reason: "no memory")
    }
    defer { gsl_bspline_free(workspace) }
    var knots = breakpoints
    try knots.withUnsafeMutableBufferPointer { buffer in
      var view = gsl_vector_view_array(buffer.baseAddress, buffer.count)
      try GSL.check(gsl_bspline_knots(&view.vector, workspace), "spline")
    }
    var result = Array(repeating: Array(repeating: 0.0, count: values.count), count: count)
    let (low, high) = (breakpoints[0], breakpoints[breakpoints.count - 1])
    var derivatives = Array(repeating: 0.0, count: Self.order * Self.order)
    try derivatives.withUnsafeMutableBufferPointer { buffer in
      var one = gsl_vector_view_array(buffer.baseAddress, Self.order)
      var all = gsl_matrix_view_array(buffer.baseAddress, Self.order, Self.order)
      var first = 0
      var last = 0
      for (place, value) in values.enumerated() {
        guard value.isFinite else {
          for function in 0..<count { result[function][place] = .nan }
          continue
        }
        if !isSlope, value >= low, value <= high {
          try GSL.check(
            gsl_bspline_eval_nonzero(value, &one.vector, &first, &last, workspace), "spline")
          for k in 0..<Self.order { result[first + k][place] = buffer[k] }
          continue
        }
        // Taylor's series at the end is the cubic itself.
        let end = min(max(value, low), high)
        try GSL.check(
          gsl_bspline_deriv_eval_nonzero(
            end, Self.order - 1, &all.matrix, &first, &last, workspace), "spline")
        let distance = value - end
        for k in 0..<Self.order {
          let d = buffer[(k * Self.order)..<((k + 1) * Self.order)].map { $0 }
          result[first + k][place] =
            isSlope
            ? d[1] + distance * (d[2] + distance / 2 * d[3])
            : d[0] + distance * (d[1] + distance / 2 * (d[2] + distance / 3 * d[3]))
        }
      }
    }
    return result
  }
}
