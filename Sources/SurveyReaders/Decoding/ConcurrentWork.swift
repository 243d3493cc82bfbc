internal import Dispatch
internal import Glibc
internal import Synchronization

/// Works through `count` pieces on several threads, each with a state of its own.
///
/// - Parameters:
///   - state: Makes a thread's state.
///   - body: Does one piece; a thread does its pieces in ascending order.
/// - Returns: The states. Which pieces a state saw depends on chance.
package func concurrentWork<State: Sendable>(
  _ count: Int, threads: Int, state: @Sendable () -> State,
  body: @Sendable (State, Int) -> Void
) -> [State] {
  let threads = max(1, min(threads, count))
  let next = Atomic(0)
  let states = (0..<threads).map { _ in state() }
  DispatchQueue.concurrentPerform(iterations: threads) { thread in
    while true {
      let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard piece < count else { return }
      body(states[thread], piece)
    }
  }
  return states
}

/// Results of independent pieces of work, in order, made on several threads.
package func concurrentMap<Result: Sendable>(
  _ count: Int, threads: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
    nonisolated(unsafe) let results = buffer
    _ = concurrentWork(count, threads: threads, state: {}) { _, index in
      results.initializeElement(at: index, to: body(index))
    }
    initialized = count
  }
}

/// Neighbouring pieces in as many runs as there are threads, about as long as one another.
func runs(of count: Int, threads: Int) -> [Range<Int>] {
  let threads = max(1, min(threads, count))
  return (0..<threads).map { count * $0 / threads..<count * ($0 + 1) / threads }
}

/// The number of processor cores.
package var coreCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
