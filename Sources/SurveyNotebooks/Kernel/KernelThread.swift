internal import Glibc

/// A thread of its own for a piece of work that may be left alone and forgotten.
///
/// Not one of a pool: work that nobody waits for any longer would keep a place in it.
enum KernelThread {
  private final class Body {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }

  /// Starts a thread.
  /// - Returns: Whether the system had one.
  @discardableResult
  static func start(_ work: @escaping @Sendable () -> Void) -> Bool {
    let body = Unmanaged.passRetained(Body(work))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { pointer in
        if let pointer { Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().work() }
        return nil
      }, body.toOpaque())
    guard status == 0 else {
      body.release()
      return false
    }
    pthread_detach(thread)
    return true
  }
}
