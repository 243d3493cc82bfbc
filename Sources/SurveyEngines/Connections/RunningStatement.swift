internal import Synchronization

/// The statement that runs now, so that another thread can cancel it and never one that has ended.
final class RunningStatement: Sendable {
  private let cancelling = Mutex<(@Sendable () -> Bool)?>(nil)

  /// Runs a statement.
  func with<Result>(
    cancelling action: @escaping @Sendable () -> Bool, _ run: () throws -> Result
  ) rethrows -> Result {
    cancelling.withLock { $0 = action }
    // Waits for a cancellation that has begun.
    defer { cancelling.withLock { $0 = nil } }
    return try run()
  }

  /// Cancels what runs; false where it cannot be.
  func cancel() -> Bool { cancelling.withLock { $0?() ?? true } }
}
