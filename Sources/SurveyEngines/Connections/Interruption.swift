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
    let end = seconds.map { ContinuousClock.now + .seconds($0) }
    let before = Keys.take()
    let asked = Atomic(false)
    let isPassedOn = Atomic(false)
    let clock = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "vekt.interruption"))
    // Again and again: a first time may fall between two statements.
    clock.schedule(deadline: .now(), repeating: .milliseconds(50))
    clock.setEventHandler { @Sendable in
      let count = Keys.pressed.load(ordering: .relaxed) - before
      if count > 0 {
        let isFirst = !asked.exchange(true, ordering: .relaxed)
        // Once: what is pressed later, its owner sees by itself.
        if !cancel() && isFirst || count > 1, !isPassedOn.exchange(true, ordering: .relaxed) {
          Keys.passOn()
        }
      } else if let end, end <= .now {
        _ = cancel()
      }
    }
    clock.resume()
    defer {
      clock.cancel()
      Keys.giveBack()
      if Keys.pressed.load(ordering: .relaxed) > before, !isPassedOn.load(ordering: .relaxed) {
        Keys.send()
      }
    }
    return try run()
  }
}

/// Ctrl-C, as long as queries run.
///
/// A handler of its own counts, since the kernel drops a signal that is ignored, whoever else waits for it.
private enum Keys {
  /// How often it was pressed.
  static let pressed = Atomic(0)
  private static let owner = Mutex<(queries: Int, handler: sighandler_t?)>((0, nil))

  /// Takes it from whoever has it, unless another query did; where it is ignored, as of what runs behind others
  /// in a shell, it stays so.
  /// - Returns: How often it was pressed before.
  static func take() -> Int {
    owner.withLock { owner in
      let count = pressed.load(ordering: .relaxed)
      if owner.queries == 0 {
        owner.handler = signal(SIGINT) { _ in Keys.pressed.add(1, ordering: .relaxed) }
        if isIgnoring(owner.handler) { signal(SIGINT, SIG_IGN) }
      }
      owner.queries += 1
      return count
    }
  }

  private static func isIgnoring(_ handler: sighandler_t?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Gives it back when the last query has ended.
  static func giveBack() {
    owner.withLock { owner in
      owner.queries -= 1
      if owner.queries == 0 { signal(SIGINT, owner.handler) }
    }
  }

  /// Lets whoever had it decide, though queries run.
  static func passOn() {
    QueryProgress.takeAway()
    owner.withLock { _ = signal(SIGINT, $0.handler) }
    send()
  }

  /// To the process and not to this thread, which may have shut it out.
  static func send() { kill(getpid(), SIGINT) }
}
