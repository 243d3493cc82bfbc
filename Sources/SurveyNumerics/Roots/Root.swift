internal import CGSL

/// The zero of a continuous function by Brent's method.
///
/// - Parameters:
///   - function: The function; it must have different signs at the ends of the bracket.
///   - bracket: Where the zero lies.
/// - Returns: The zero, to full precision.
/// - Throws: ``NumericsError`` when the signs at the ends agree or the function is not finite.
public func root(of function: (Double) -> Double, in bracket: ClosedRange<Double>) throws -> Double
{
  GSL.ready
  if function(bracket.lowerBound) == 0 { return bracket.lowerBound }
  if function(bracket.upperBound) == 0 { return bracket.upperBound }
  return try GSL.withFunction(function) { callback in
    guard let solver = gsl_root_fsolver_alloc(vekt_root_brent()) else {
      throw NumericsError(operation: "root", reason: "no memory")
    }
    defer { gsl_root_fsolver_free(solver) }
    try GSL.check(
      gsl_root_fsolver_set(solver, callback, bracket.lowerBound, bracket.upperBound), "root")
    for _ in 0..<200 {
      try GSL.check(gsl_root_fsolver_iterate(solver), "root")
      let (low, high) = (gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver))
      if gsl_root_test_interval(low, high, 1e-300, 4e-16) == 0 { break }
    }
    return gsl_root_fsolver_root(solver)
  }
}
