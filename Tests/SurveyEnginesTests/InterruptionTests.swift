import CTestDriver
import Dispatch
import Glibc
import Testing

/// Each test is a process of its own, since Ctrl-C is meant for all of one.
@Suite struct `Ctrl-C while a query runs` {
  @Test func `ends the query, and then the command`() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      pressCtrlC(after: 200)
      _ = try? ScriptedEngine(hangs: true).cells()
      pause()
    }
  }

  @Test func `leaves at once a driver that cannot cancel`() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      pressCtrlC(after: 200)
      _ = try? ScriptedEngine(hangs: true).source(driver: TestDriverOldInit)
        .cells(by: ["trust"], weights: ["w"], replicates: [])
    }
  }

  @Test func `reaches whoever had it before, when the query has ended`() async {
    await #expect(processExitsWith: .exitCode(3)) {
      signal(SIGINT) { _ in _exit(3) }
      pressCtrlC(after: 200)
      _ = try? ScriptedEngine(hangs: true).cells()
      pause()
    }
  }

  @Test func `is passed on once where a driver cannot cancel`() async {
    await #expect(processExitsWith: .exitCode(11)) {
      // Who has it counts and waits.
      signal(SIGINT) { _ in presses += 1 }
      pressCtrlC(after: 100)
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(500)) {
        _exit(10 + presses)
      }
      _ = try? ScriptedEngine(hangs: true).source(driver: TestDriverOldInit)
        .cells(by: ["trust"], weights: ["w"], replicates: [])
      pause()
    }
  }

  @Test func `stays ignored where it was`() async {
    await #expect(processExitsWith: .exitCode(5)) {
      signal(SIGINT, SIG_IGN)
      pressCtrlC(after: 100)
      DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(400)) { _exit(5) }
      _ = try? ScriptedEngine(hangs: true).cells()
      pause()
    }
  }

  @Test func `is whose it was after a query`() async {
    await #expect(processExitsWith: .exitCode(4)) {
      signal(SIGINT) { _ in _exit(4) }
      _ = try ScriptedEngine().cells()
      kill(getpid(), SIGINT)
      pause()
    }
  }
}

nonisolated(unsafe) private var presses: Int32 = 0

private func pressCtrlC(after milliseconds: Int) {
  DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
    kill(getpid(), SIGINT)
  }
}
