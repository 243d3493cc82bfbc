internal import CZeroMQ
internal import Glibc
internal import SurveyData

/// What all sockets of a process share in ZeroMQ.
final class SocketContext {
  fileprivate let pointer: UnsafeMutableRawPointer

  /// Starts ZeroMQ.
  init() throws {
    guard let pointer = zmq_ctx_new() else { throw KernelSocket.fault("ZeroMQ does not start") }
    self.pointer = pointer
  }

  /// Waits until what was sent has gone, at most for the time that sockets linger.
  deinit { zmq_ctx_term(pointer) }
}

/// A socket of ZeroMQ, for one thread: whole messages go in and out, each a list of frames.
final class KernelSocket {
  /// What a socket does with messages.
  enum Kind {
    /// Answers requests of many, each at its address.
    case router
    /// Tells all who listen.
    case publisher
    /// Answers one request after the other.
    case replier
    /// Asks many, and takes their answers.
    case dealer
    /// Hears what a publisher says.
    case subscriber

    fileprivate var code: Int32 {
      switch self {
      case .router: ZMQ_ROUTER
      case .publisher: ZMQ_PUB
      case .replier: ZMQ_REP
      case .dealer: ZMQ_DEALER
      case .subscriber: ZMQ_SUB
      }
    }
  }

  fileprivate let pointer: UnsafeMutableRawPointer
  /// Keeps ZeroMQ running as long as there is a socket.
  private let context: SocketContext

  /// The largest frame that is taken from the network, in bytes; who sends more is cut off.
  private static let largestFrame: Int64 = 256 << 20

  /// Opens a socket.
  init(_ kind: Kind, in context: SocketContext) throws {
    guard let pointer = zmq_socket(context.pointer, kind.code) else {
      throw Self.fault("a socket cannot be opened")
    }
    self.pointer = pointer
    self.context = context
    var linger: Int32 = 1000
    zmq_setsockopt(pointer, ZMQ_LINGER, &linger, MemoryLayout<Int32>.size)
    // Nothing is dropped when a client is slow: a cell may give thousands of tables.
    var unlimited: Int32 = 0
    zmq_setsockopt(pointer, ZMQ_SNDHWM, &unlimited, MemoryLayout<Int32>.size)
    var largest = Self.largestFrame
    zmq_setsockopt(pointer, ZMQ_MAXMSGSIZE, &largest, MemoryLayout<Int64>.size)
    if kind == .router {
      // A client that comes back under its old address is heard again.
      var handover: Int32 = 1
      zmq_setsockopt(pointer, ZMQ_ROUTER_HANDOVER, &handover, MemoryLayout<Int32>.size)
    }
    if kind == .subscriber { zmq_setsockopt(pointer, ZMQ_SUBSCRIBE, "", 0) }
  }

  deinit { zmq_close(pointer) }

  /// Listens at a place such as `tcp://127.0.0.1:5555`.
  /// - Throws: ``SurveyError`` of kind input when the place is taken or wrong.
  func bind(to endpoint: String) throws {
    guard zmq_bind(pointer, endpoint) == 0 else {
      throw Self.fault("cannot listen", at: endpoint)
    }
  }

  /// Speaks to whoever listens at a place.
  func connect(to endpoint: String) throws {
    guard zmq_connect(pointer, endpoint) == 0 else {
      throw Self.fault("cannot be reached", at: endpoint)
    }
  }

  /// The next message that has come; nil when there is none.
  func receive() -> [[UInt8]]? {
    var frames: [[UInt8]] = []
    var part = zmq_msg_t()
    zmq_msg_init(&part)
    defer { zmq_msg_close(&part) }
    repeat {
      guard zmq_msg_recv(&part, pointer, frames.isEmpty ? ZMQ_DONTWAIT : 0) >= 0 else {
        return nil
      }
      let bytes = UnsafeRawBufferPointer(start: zmq_msg_data(&part), count: zmq_msg_size(&part))
      frames.append(Array(bytes))
    } while zmq_msg_more(&part) != 0
    return frames
  }

  /// Sends a message; who has gone does not get it.
  func send(_ frames: [[UInt8]]) {
    for (place, frame) in frames.enumerated() {
      let flags = place + 1 < frames.count ? ZMQ_SNDMORE : 0
      while zmq_send(pointer, frame, frame.count, flags | ZMQ_DONTWAIT) < 0, zmq_errno() == EINTR {}
    }
  }

  /// Waits until a socket has a message or the descriptor has bytes.
  ///
  /// - Parameter milliseconds: How long to wait at most; negative means without end.
  static func wait(
    for sockets: [KernelSocket], or descriptor: Int32?, milliseconds: Int
  ) {
    var items = sockets.map {
      zmq_pollitem_t(socket: $0.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
    }
    if let descriptor {
      items.append(
        zmq_pollitem_t(socket: nil, fd: descriptor, events: Int16(ZMQ_POLLIN), revents: 0))
    }
    zmq_poll(&items, Int32(items.count), milliseconds)
  }

  fileprivate static func fault(_ problem: String, at endpoint: String? = nil) -> SurveyError {
    let reason = zmq_strerror(zmq_errno()).map { String(cString: $0) } ?? "unknown reason"
    return SurveyError(.input, at: endpoint, "\(problem): \(reason)")
  }
}
