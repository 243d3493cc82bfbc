internal import Dispatch
internal import Synchronization

/// How long a query has been waited for, and how far it is, for whoever shows it; said only of queries that take a while.
package final class QueryProgress: Sendable {
  /// Shows that an engine is waited for; nil takes it away.
  package typealias Display = @Sendable (_ waiting: Waiting?) -> Void

  /// A query that is waited for.
  package struct Waiting: Equatable, Sendable {
    /// The engine.
    package let engine: String
    /// How long.
    package let seconds: Int
    /// How much of it is done; nil where the engine does not tell.
    package let percent: Int?
  }

  private static let shared = Mutex<Display?>(nil)

  /// Lets all queries show it, on any thread; nil shows nothing.
  package static func show(by display: Display?) { shared.withLock { $0 = display } }

  /// Takes away what may be shown, as the program ends in the midst of a query.
  static func takeAway() { shared.withLock { $0 }?(nil) }

  private let engine: String
  private let patience: DispatchTimeInterval
  private let interval: DispatchTimeInterval
  private let display: Display?
  private let isShown = Atomic(false)

  /// Prepares to show queries of an engine.
  ///
  /// - Parameters:
  ///   - patience: How long nothing is shown.
  ///   - interval: How often it is shown anew.
  init(
    of engine: String, patience: DispatchTimeInterval, every interval: DispatchTimeInterval,
    display: Display?
  ) {
    (self.engine, self.patience, self.interval) = (engine, patience, interval)
    self.display = display
  }

  /// Prepares to show queries of an engine where all are, each second from the second on.
  convenience init(of engine: String) {
    self.init(
      of: engine, patience: .seconds(2), every: .seconds(1), display: Self.shared.withLock { $0 })
  }

  /// Runs a query.
  ///
  /// - Parameter part: How much of it is done, from 0 to 1, asked on another thread; nil where nobody knows.
  func during<Result>(
    _ part: @escaping @Sendable () -> Double?, _ run: () throws -> Result
  ) rethrows -> Result {
    guard let display else { return try run() }
    let start = ContinuousClock.now
    let queue = DispatchQueue(label: "vekt.progress")
    let clock = DispatchSource.makeTimerSource(queue: queue)
    clock.schedule(deadline: .now() + patience, repeating: interval)
    clock.setEventHandler { @Sendable [engine, self] in
      let percent = part().map { Int(100 * min(max($0, 0), 1)) }
      isShown.store(true, ordering: .relaxed)
      display(
        Waiting(
          engine: engine, seconds: Int((ContinuousClock.now - start).components.seconds),
          percent: percent))
    }
    clock.resume()
    defer {
      clock.cancel()
      // Behind what is just being shown.
      queue.sync { if isShown.load(ordering: .relaxed) { display(nil) } }
    }
    return try run()
  }
}
