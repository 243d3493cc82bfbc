internal import CGSL

/// The one door to GSL: its aborting error handler is off before the first call.
enum GSL {
  /// Touch this before any call that can fail.
  static let ready: Void = {
    gsl_set_error_handler_off()
  }()

  /// Calls `body` with a Swift function in the form that GSL's solvers take.
  static func withFunction<Result>(
    _ function: (Double) -> Double,
    _ body: (UnsafeMutablePointer<gsl_function>) throws -> Result
  ) rethrows -> Result {
    try withoutActuallyEscaping(function) { function in
      let box = FunctionBox(function)
      var callback = gsl_function(
        function: { x, parameters in
          guard let parameters else { return .nan }
          return Unmanaged<FunctionBox>.fromOpaque(parameters).takeUnretainedValue().function(x)
        }, params: Unmanaged.passUnretained(box).toOpaque())
      return try withExtendedLifetime(box) { try body(&callback) }
    }
  }

  /// Turns a status into a Swift error.
  static func check(_ status: Int32, _ operation: String) throws {
    guard status == 0 else {
      throw NumericsError(
        operation: operation, reason: gsl_strerror(status).map { String(cString: $0) } ?? "")
    }
  }
}

/// A computation that has no answer, such as the factor of a matrix that is not positive definite.
public struct NumericsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was computed.
  public let operation: String
  /// Why it failed, in GSL's or our words.
  public let reason: String

  /// `OPERATION: REASON`.
  public var description: String { "\(operation): \(reason)" }
}

/// Holds a function while GSL knows it by an untyped pointer.
private final class FunctionBox {
  let function: (Double) -> Double

  init(_ function: @escaping (Double) -> Double) { self.function = function }
}
