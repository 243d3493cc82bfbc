internal import Dispatch
internal import Glibc
internal import Synchronization

/// Ends a query that somebody does not want to wait for: by Ctrl-C, or after some seconds.
enum Interruption {
  /// Runs a query.
  ///
  /// Ctrl-C cancels it at the engine and is then passed on to whoever had it before; who asks twice, or
  /// asks an engine that cannot cancel, does not wait.
  ///
  /// - Parameters:
  ///   - cancel: Asks the engine to end it, on another thread; says whether the engine can.
  ///   - seconds: The most seconds; nil means as long as it takes.
  static func cancelling<Result>(
    _ cancel: @escaping @Sendable () -> Bool, after seconds: Int?, _ run: () throws -> Result
  ) rethrows -> Result {
    let queue = DispatchQueue(label: "vekt.interruption")
    let asked = Atomic(false)
    let before = signal(SIGINT, SIG_IGN)
    let clock = DispatchSource.makeTimerSource(queue: queue)
    let keys = DispatchSource.makeSignalSource(signal: SIGINT, queue: queue)
    let end = seconds.map { ContinuousClock.now + .seconds($0) }
    // Again and again: a first time may fall between two statements.
    clock.schedule(deadline: .now(), repeating: .milliseconds(50))
    clock.setEventHandler { @Sendable in
      if asked.load(ordering: .relaxed) || end.map({ $0 <= .now }) ?? false { _ = cancel() }
    }
    keys.setEventHandler { @Sendable in
      let isSecond = asked.exchange(true, ordering: .relaxed)
      if isSecond || !cancel() {
        signal(SIGINT, before)
        raise(SIGINT)
      }
    }
    clock.resume()
    keys.resume()
    defer {
      keys.cancel()
      clock.cancel()
      signal(SIGINT, before)
      if asked.load(ordering: .relaxed) { raise(SIGINT) }
    }
    return try run()
  }
}
