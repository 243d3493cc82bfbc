internal import Glibc
internal import SurveyReaders

/// A line on the terminal that says how far a run, or the reading of a file, has come; nothing where
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

  /// Shows from now on how far files are read that take a while.
  package static func showReading() {
    let line = ProgressLine(total: 100)
    guard line.isShown else { return }
    ReadingProgress.show { path, percent in
      if let percent { line.show(percent, path) } else { line.clear() }
    }
  }

  /// Shows how many steps are done, and the step that begins.
  package func show(_ done: Int, _ step: String) {
    guard isShown else { return }
    write("\r\u{1B}[K" + text(done, step))
  }

  /// Takes the line away.
  package func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  /// `━━━━━━──────────────────  34 of 133  tabulate trust`.
  package func text(_ done: Int, _ step: String) -> String {
    let filled = total == 0 ? Self.width : Self.width * done / total
    let bar =
      String(repeating: "━", count: filled) + String(repeating: "─", count: Self.width - filled)
    return "\(bar)  \(done) of \(total)  \(step.prefix(40))"
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}
