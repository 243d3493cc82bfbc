internal import Glibc

/// A line on the terminal that says how far a run has come; nothing where nobody looks.
struct ProgressLine {
  private let total: Int
  private let isShown: Bool
  private static let width = 24

  init(total: Int, isShown: Bool = isatty(STDERR_FILENO) == 1) {
    self.total = total
    self.isShown = isShown && total > 1
  }

  /// Shows how many steps are done, and the step that begins.
  func show(_ done: Int, _ step: String) {
    guard isShown else { return }
    write("\r\u{1B}[K" + text(done, step))
  }

  /// Takes the line away.
  func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  /// `━━━━━━──────────────────  34 of 133  tabulate trust`.
  func text(_ done: Int, _ step: String) -> String {
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
