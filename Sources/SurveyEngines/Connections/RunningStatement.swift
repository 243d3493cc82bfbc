internal import Synchronization

/// The statement that runs now, so that another thread can reach it and never one that has ended.
final class RunningStatement: Sendable {
  /// What another thread may ask of a statement.
  struct Doors: Sendable {
    /// Cancels it, and says whether the driver can.
    let cancel: @Sendable () -> Bool
    /// How much of it is done, from 0 to 1; nil where the driver does not tell.
    let progress: @Sendable () -> Double?
  }

  private let doors = Mutex<Doors?>(nil)

  /// Runs a statement.
  func with<Result>(_ doors: Doors, _ run: () throws -> Result) rethrows -> Result {
    self.doors.withLock { $0 = doors }
    // Waits for who has come in.
    defer { self.doors.withLock { $0 = nil } }
    return try run()
  }

  /// Cancels what runs; false where it cannot be.
  func cancel() -> Bool { doors.withLock { $0?.cancel() ?? true } }

  /// How much is done of what runs; nil where nobody knows.
  func progress() -> Double? { doors.withLock { $0?.progress() } }
}
