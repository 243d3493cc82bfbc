internal import Glibc

/// The process that started the kernel, without which it has nothing to do.
struct ParentProcess: Sendable {
  private let id: pid_t
  /// Whether the process is the direct parent, rather than one above a shell.
  private let isDirect: Bool

  /// What Jupyter says in `JPY_PARENT_PID`; nil when the kernel is to live by itself.
  init?() {
    guard let text = getenv("JPY_PARENT_PID").map({ String(cString: $0) }), let id = pid_t(text),
      id > 1
    else { return nil }
    self.id = id
    isDirect = getppid() == id
  }

  /// Whether it still runs.
  ///
  /// A child is told by its parent's number, which changes even while the dead
  /// parent still has its entry in the table of processes.
  var isAlive: Bool {
    if isDirect { return getppid() == id }
    return kill(id, 0) == 0 || errno != ESRCH
  }
}
