import CTestDriver
import Dispatch
import Glibc
import Synchronization
import Testing

@testable import SurveyEngines

@Suite struct `Waiting for a query` {
  private typealias Waiting = QueryProgress.Waiting

  /// What is shown while something runs, which may look at it.
  private func shown(
    patience: DispatchTimeInterval, part: Double? = nil,
    _ run: (borrowing Mutex<[Waiting?]>) throws -> Void
  ) rethrows -> [Waiting?] {
    let shown = Box()
    let progress = QueryProgress(of: "DuckDB", patience: patience, every: .milliseconds(1)) { now in
      shown.all.withLock { $0.append(now) }
    }
    try progress.during({ part }) { try run(shown.all) }
    return shown.all.withLock { $0 }
  }

  private final class Box: Sendable { let all = Mutex<[Waiting?]>([]) }
  private final class Told: Sendable { let part = Mutex<Double?>(nil) }

  private func wait(for count: Int, in shown: borrowing Mutex<[Waiting?]>) {
    for _ in 0..<10_000 where shown.withLock({ $0.count }) < count { usleep(1000) }
  }

  @Test func `what takes a while is shown again and again, and taken away at the end`() {
    let all = shown(patience: .milliseconds(0), part: 0.345) { wait(for: 3, in: $0) }
    #expect(all.count >= 4)
    #expect(all.dropLast().allSatisfy { $0 == Waiting(engine: "DuckDB", seconds: 0, percent: 34) })
    #expect(all.last == .some(nil))
  }

  @Test func `it is taken away after a fault too, and where nobody knows how far, nothing says so`()
  {
    let kept = Box()
    #expect(throws: DriverFault.notImplemented) {
      _ = try shown(patience: .milliseconds(0)) { all in
        wait(for: 1, in: all)
        kept.all.withLock { kept in kept = all.withLock { $0 } }
        throw DriverFault.notImplemented
      }
    }
    #expect(kept.all.withLock { $0.first } == Waiting(engine: "DuckDB", seconds: 0, percent: nil))
  }

  @Test func `what is quick shows nothing, and takes nothing away`() {
    #expect(shown(patience: .seconds(60)) { _ in }.isEmpty)
  }

  @Test func `a driver tells another thread how far the query is that runs`() throws {
    func told(_ progress: Double) throws -> Double? {
      let engine = ScriptedEngine(hangs: true, progress: progress)
      let connection = try EngineConnection(
        Driver(TestDriverInit, called: "test"),
        options: engine.address().options.map { ($0.name, $0.value) })
      let told = Told()
      #expect(connection.progress() == nil)
      let isAsked = DispatchSemaphore(value: 0)
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(50)) {
        told.part.withLock { $0 = connection.progress() }
        _ = connection.cancel()
        isAsked.signal()
      }
      #expect(throws: DriverFault.self) { try connection.result(of: "SELECT 1") }
      isAsked.wait()
      return told.part.withLock { $0 }
    }
    #expect(try told(25) == 0.25)
    #expect(try told(-1) == nil)
  }

  @Test func `only DuckDB is asked how far it is`() {
    #expect(Dialect.all.filter(\.tellsProgress) == [.duckdb])
  }
}
