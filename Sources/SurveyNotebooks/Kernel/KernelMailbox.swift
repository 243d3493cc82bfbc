internal import Glibc
internal import Synchronization

/// What threads and signals leave for the thread that polls the sockets; a pipe wakes it.
final class KernelMailbox: Sendable {
  /// What was left.
  enum Letter: Sendable {
    /// News of a request that is being worked on.
    case news(JobNews)
    /// SIGINT: the running cell is to stop.
    case interrupt
    /// SIGTERM or SIGHUP: the kernel is to end.
    case end
  }

  private let letters = Mutex<[JobNews]>([])
  /// What becomes readable when something was left.
  let descriptor: Int32
  private let entrance: Int32

  /// Opens the pipe.
  init() {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    (descriptor, entrance) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
  }

  deinit {
    close(descriptor)
    close(entrance)
  }

  /// Leaves news, from any thread.
  func post(_ news: JobNews) {
    letters.withLock { $0.append(news) }
    var byte: UInt8 = 0
    // A full pipe wakes as well as an empty one.
    _ = write(entrance, &byte, 1)
  }

  /// Takes what was left: signals first.
  func collect() -> [Letter] {
    var signals: Set<UInt8> = []
    var bytes = [UInt8](repeating: 0, count: 256)
    while case let count = read(descriptor, &bytes, bytes.count), count > 0 {
      signals.formUnion(bytes[..<count])
    }
    let news = letters.withLock { letters in
      defer { letters = [] }
      return letters
    }
    var taken: [Letter] = []
    if signals.contains(UInt8(SIGTERM)) || signals.contains(UInt8(SIGHUP)) { taken.append(.end) }
    // What had been done before the interrupt came still counts.
    taken += news.map { .news($0) }
    if signals.contains(UInt8(SIGINT)) { taken.append(.interrupt) }
    return taken
  }

  /// Makes signals of the process arrive here.
  func takeSignals() {
    signalEntrance.store(entrance, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(signalEntrance.load(ordering: .relaxed), &byte, 1)
      }
    }
  }
}

/// Where the handler of signals writes, which can hold nothing of its own.
private let signalEntrance = Atomic<Int32>(-1)
