internal import Glibc
internal import SurveyData

/// The kernel at its sockets: one thread polls them, others run cells.
struct KernelServer {
  private let format: MessageFormat
  private let sockets: [KernelChannel: KernelSocket]
  private let mailbox = KernelMailbox()
  private let remark: (String) -> Void
  private var kernel: Kernel
  private let parent: ParentProcess?

  /// How long follow-ups of a faulty cell are waited for, in microseconds: what arrives before the
  /// reply has left was sent without knowing of the error, and is aborted.
  private static let grace: UInt32 = 20_000

  /// Opens the sockets.
  ///
  /// - Parameters:
  ///   - connection: Where to listen.
  ///   - parent: The process whose end is the kernel's end; nil when it lives by itself.
  ///   - remark: Says what the person at the terminal should know.
  /// - Throws: ``SurveyError`` of kind input when a port is taken.
  init(
    _ connection: ConnectionFile, parent: ParentProcess? = nil, remark: @escaping (String) -> Void
  ) throws {
    format = MessageFormat(signature: MessageSignature(key: connection.key))
    let context = try SocketContext()
    var sockets: [KernelChannel: KernelSocket] = [:]
    for channel in KernelChannel.allCases {
      let socket = try KernelSocket(channel.kind, in: context)
      try socket.bind(to: connection.endpoint(of: channel))
      sockets[channel] = socket
    }
    self.sockets = sockets
    self.parent = parent
    self.remark = remark
    let mailbox = mailbox
    kernel = Kernel(ports: connection.ports) { job in
      if !KernelThread.start({ job.run(mailbox.post) }) {
        let fault = CellFault(name: "InternalFault", value: "the system gives no thread")
        mailbox.post(JobNews(job: job.number, event: .finished(fault.reply)))
      }
    }
  }

  /// Makes SIGINT, SIGTERM and SIGHUP of the process reach the kernel.
  func takeSignals() { mailbox.takeSignals() }

  /// Serves until a client, a signal or the end of the parent ends it.
  mutating func run() {
    let all = KernelChannel.allCases.filter { $0 != .iopub }.compactMap { sockets[$0] }
    // The end of the parent is seen within a second.
    let patience = parent == nil ? -1 : 1000
    send()
    while !kernel.isOver, parent?.isAlive ?? true {
      KernelSocket.wait(for: all, or: mailbox.descriptor, milliseconds: patience)
      echo()
      // Cells that stand behind an interrupted one must be known before the interrupt.
      receive(.shell)
      receive(.control)
      receive(.stdin)
      let letters = mailbox.collect()
      if letters.contains(where: { if case .end = $0 { true } else { false } }) { break }
      if letters.contains(where: { if case .news(let news) = $0 { news.isFailure } else { false } })
      {
        usleep(Self.grace)
      }
      receive(.shell)
      for letter in letters {
        switch letter {
        case .news(let news): kernel.receive(news)
        case .interrupt: kernel.interrupt()
        case .end: break
        }
      }
      kernel.advance()
      send()
    }
    send()
  }

  private func echo() {
    guard let heartbeat = sockets[.heartbeat] else { return }
    while let frames = heartbeat.receive() { heartbeat.send(frames) }
  }

  /// Takes what has come on a channel, but no more than leaves time for the others.
  private mutating func receive(_ channel: KernelChannel) {
    for _ in 0..<100 {
      guard let frames = sockets[channel]?.receive() else { return }
      do {
        let message = try format.message(from: frames)
        if let said = kernel.receive(message, on: channel) { remark(said) }
      } catch {
        let problem = (error as? SurveyError)?.problem ?? "\(error)"
        remark("a message on \(channel.rawValue) \(problem); left out")
      }
    }
  }

  private mutating func send() {
    for letter in kernel.takeLetters() {
      sockets[letter.channel]?.send(format.frames(of: letter.message))
    }
  }
}

extension KernelChannel {
  /// What its socket does.
  fileprivate var kind: KernelSocket.Kind {
    switch self {
    case .shell, .control, .stdin: .router
    case .iopub: .publisher
    case .heartbeat: .replier
    }
  }
}
