internal import Synchronization

/// How far a file has been read, for whoever shows it; said only of files that take a while.
package final class ReadingProgress: Sendable {
  /// Shows how many per cent of a file are read; nil takes it away.
  package typealias Display = @Sendable (_ path: String, _ percent: Int?) -> Void

  private static let shared = Mutex<Display?>(nil)

  /// Lets all readers show it, on any thread; nil shows nothing.
  package static func show(by display: Display?) { shared.withLock { $0 = display } }

  private let path: String
  private let total: Int
  private let display: Display?
  private let start = ContinuousClock.now
  private let patience: Duration
  private let done = Atomic(0)
  private let shown = Atomic(-1)

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - total: How many bytes or rows there are, in the unit of ``advance(by:)``.
  ///   - patience: How long nothing is shown.
  init(_ path: String, total: Int, patience: Duration, display: Display?) {
    self.path = path
    self.total = max(1, total)
    self.patience = patience
    self.display = display
  }

  /// Begins a file, shown where all are after a second.
  convenience init(_ path: String, total: Int) {
    self.init(
      path, total: total, patience: .seconds(1), display: Self.shared.withLock { $0 })
  }

  /// Counts what was read.
  func advance(by count: Int) {
    guard let display else { return }
    let done = done.wrappingAdd(count, ordering: .relaxed).newValue
    guard ContinuousClock.now - start >= patience else { return }
    let percent = min(100, done * 100 / total)
    guard shown.exchange(percent, ordering: .relaxed) != percent else { return }
    display(path, percent)
  }

  /// Takes away what was shown.
  func finish() {
    if shown.exchange(-1, ordering: .relaxed) >= 0 { display?(path, nil) }
  }
}
