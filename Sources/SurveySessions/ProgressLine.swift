internal import Glibc
internal import SurveyEngines
internal import SurveyReaders
internal import Synchronization

/// A line on the terminal that says how far a run, the reading of a file or a query has come; nothing where
/// nobody looks.
package struct ProgressLine: Sendable {
  private let total: Int
  private let isShown: Bool
  private static let width = 24

  /// Makes a line.
  /// - Parameter isShown: Whether somebody looks; nil means where standard error is a terminal.
  package init(total: Int, isShown: Bool? = nil) {
    self.total = total
    self.isShown = total > 1 && isShown ?? (isatty(STDERR_FILENO) == 1)
  }

  /// Shows from now on how far files are read that take a while, and how long engines are waited for.
  package static func showWaiting() {
    let line = ProgressLine(total: 100)
    guard line.isShown else { return }
    ReadingProgress.show { path, percent in
      Self.write(percent.map { line.text($0, path) })
    }
    QueryProgress.show { waiting in
      Self.write(waiting.map { Self.text($0.engine, $0.seconds, percent: $0.percent) })
    }
  }

  /// Shows from now on nothing of files and engines, as where standard error is somebody else's.
  package static func showNoWaiting() {
    ReadingProgress.show(by: nil)
    QueryProgress.show(by: nil)
  }

  /// Shows how many steps are done, and the step that begins.
  package func show(_ done: Int, _ step: String) {
    guard isShown else { return }
    Self.standing.withLock { $0 = text(done, step) }
    Self.write(nil)
  }

  /// Takes the line away.
  package func clear() {
    guard isShown else { return }
    Self.standing.withLock { $0 = "" }
    Self.write(nil)
  }

  /// `━━━━━━──────────────────  34 of 133  tabulate trust`.
  package func text(_ done: Int, _ step: String) -> String {
    "\(Self.bar(done, of: total))  \(done) of \(total)  \(step.prefix(40))"
  }

  /// `━━━━━━━━────────────────  34 %  DuckDB, 12 s`, and `SQLite, 12 s` where nobody knows how far.
  package static func text(_ engine: String, _ seconds: Int, percent: Int?) -> String {
    let part = percent.map { "\(bar($0, of: 100))  \($0) %  " } ?? ""
    return "\(part)\(engine), \(seconds) s"
  }

  private static func bar(_ done: Int, of total: Int) -> String {
    let filled = total == 0 ? width : width * done / total
    return String(repeating: "━", count: filled) + String(repeating: "─", count: width - filled)
  }

  /// What stands there while nothing takes a while.
  private static let standing = Mutex("")

  /// Writes over the line; nil means what stands there else.
  private static func write(_ text: String?) {
    let bytes = Array(("\r\u{1B}[K" + (text ?? standing.withLock { $0 })).utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}
