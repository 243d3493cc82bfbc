internal import SurveyCommands
internal import SurveyData
internal import SurveyTables

/// The kernel without its sockets: what requests make of its state, and what it answers.
///
/// It belongs to the thread that polls the sockets. What may take long it hands to a job on another
/// thread, so that an interrupt is heard while a cell runs. Computations cannot be stopped half-way
/// (a kernel of statistics that asked at every step whether it is still wanted would be slower and
/// less plain), so an interrupted cell is answered at once and its job left alone: the session is a
/// value, the job has a copy, and the news that it posts later are of no job that is waited for. The
/// job itself ends with the command that it is at.
struct Kernel {
  /// A message and the socket that it leaves by.
  struct Letter: Sendable {
    let channel: KernelChannel
    let message: KernelMessage
  }

  /// A cell that has been run.
  struct Entry: Sendable {
    let line: Int
    let source: String
  }

  private var session: NotebookSession
  private var counter = ResultCounter()
  private var headers: MessageHeaders
  private let ports: [KernelChannel: Int]
  private let start: (KernelJob) -> Void
  private var queue: [KernelMessage] = []
  private var running: KernelJob?
  private var jobCount = 0
  private var letters: [Letter] = []
  /// The number of cells that have been run.
  private(set) var executionCount = 0
  /// The cells that have been run and are remembered.
  private(set) var history: [Entry] = []
  /// Whether a client has asked the kernel to end.
  private(set) var isOver = false

  /// Makes a kernel.
  ///
  /// - Parameters:
  ///   - session: The state that its first cell finds.
  ///   - name: The name of this run; nil makes one by chance.
  ///   - ports: Where it listens, for clients that ask.
  ///   - start: Starts a job; its news go to ``receive(_:)``.
  init(
    session: NotebookSession = NotebookSession(folder: ""), name: String? = nil,
    ports: [KernelChannel: Int] = [:], start: @escaping (KernelJob) -> Void
  ) {
    self.session = session
    self.ports = ports
    self.start = start
    headers = MessageHeaders(session: name)
    tell("status", .members(["execution_state": .text("starting")]), of: nil)
  }

  /// Takes what is to be sent, in order.
  mutating func takeLetters() -> [Letter] {
    defer { letters = [] }
    return letters
  }

  // MARK: What comes in

  /// Takes a request.
  ///
  /// Those of the control channel are answered at once, those of the shell in turn.
  /// - Returns: What must be said on standard error; nil when all is well.
  mutating func receive(_ message: KernelMessage, on channel: KernelChannel) -> String? {
    switch channel {
    case .control: answer(message, on: .control)
    case .shell:
      queue.append(message)
    default: return "\(message.type) on \(channel.rawValue) answers no question; left out"
    }
    return nil
  }

  /// Takes the news of a job; those of a job that is not waited for are thrown away.
  mutating func receive(_ news: JobNews) {
    guard let running, running.number == news.job else { return }
    switch news.event {
    case .shown(let type, let content):
      if !running.request.isSilent { tell(type, content, of: running.request) }
    case .changed(let session, let counter): (self.session, self.counter) = (session, counter)
    case .finished(let content): finish(content)
    }
  }

  /// Works through the requests that wait, until one of them takes long.
  mutating func advance() {
    while running == nil, !isOver, !queue.isEmpty {
      answer(queue.removeFirst(), on: .shell)
    }
  }

  /// Answers the running cell with an error; its job is left alone.
  mutating func interrupt() {
    guard let running else { return }
    running.stop.ask()
    let fault = CellFault(
      name: "Interrupted", value: "the cell was interrupted",
      lines: ["The cell was interrupted; the commands before the interrupted one stay done."])
    finish(fault.reply)
  }

  // MARK: What goes out

  /// Replies to a request.
  mutating func reply(_ content: JSONValue, to request: KernelMessage, on channel: KernelChannel) {
    letters.append(
      Letter(
        channel: channel,
        message: KernelMessage(
          identities: request.identities, header: headers.next(request.replyType),
          parent: request.header, content: content)))
  }

  /// Tells all clients.
  mutating func tell(_ type: String, _ content: JSONValue, of request: KernelMessage?) {
    letters.append(
      Letter(
        channel: .iopub,
        message: KernelMessage(
          identities: [Array("kernel.\(headers.session).\(type)".utf8)],
          header: headers.next(type), parent: request?.header ?? .object([]), content: content)))
  }

  private mutating func tell(isBusy: Bool, of request: KernelMessage) {
    let state = isBusy ? "busy" : "idle"
    tell("status", .members(["execution_state": .text(state)]), of: request)
  }

  // MARK: Requests

  private mutating func answer(_ request: KernelMessage, on channel: KernelChannel) {
    tell(isBusy: true, of: request)
    if let size = request.refusedSize {
      let limit = MessageFormat.largestContent
      let fault = CellFault(
        name: "TooLarge", value: "the message has \(size) bytes; at most \(limit) are read")
      refuse(fault, request, on: channel)
      return
    }
    switch (request.type, channel) {
    case ("execute_request", .shell), ("complete_request", .shell), ("inspect_request", .shell):
      begin(request)
      return
    case ("interrupt_request", .control):
      interrupt()
      reply(.members(["status": .text("ok")]), to: request, on: channel)
    case ("shutdown_request", _):
      let content = JSONValue.members([
        "status": .text("ok"), "restart": request.content["restart"] ?? .flag(false),
      ])
      reply(content, to: request, on: channel)
      tell("shutdown_reply", content, of: request)
      isOver = true
    case ("comm_open", _):
      // Nobody listens at this end: the protocol's answer is to close.
      tell(
        "comm_close",
        .members(["comm_id": request.content["comm_id"] ?? .text(""), "data": .object([])]),
        of: request)
    case ("comm_msg", _), ("comm_close", _), ("input_reply", _): break
    default:
      reply(instantReply(to: request) ?? Self.unknown(request).reply, to: request, on: channel)
    }
    tell(isBusy: false, of: request)
  }

  private mutating func refuse(
    _ fault: CellFault, _ request: KernelMessage, on channel: KernelChannel
  ) {
    reply(fault.reply, to: request, on: channel)
    tell(isBusy: false, of: request)
  }

  private static func unknown(_ request: KernelMessage) -> CellFault {
    CellFault(
      name: "UnknownRequest", value: "Vekt's kernel does not know '\(request.type)' here")
  }

  /// The reply to a request that needs no work.
  private func instantReply(to request: KernelMessage) -> JSONValue? {
    switch request.type {
    case "kernel_info_request": KernelReplies.kernelInfo
    case "is_complete_request": KernelReplies.completeness(of: request.content)
    case "history_request":
      KernelReplies.history(history, session: executionCount, as: request.content)
    case "comm_info_request": .members(["status": .text("ok"), "comms": .object([])])
    case "connect_request": KernelReplies.connection(ports)
    case "debug_request": KernelReplies.noDebugger(request.content)
    default: nil
    }
  }

  private mutating func begin(_ request: KernelMessage) {
    guard let code = request.content["code"]?.string else {
      refuse(
        CellFault(name: "BadRequest", value: "\(request.type) has no text 'code'"), request,
        on: .shell)
      return
    }
    if request.type == "execute_request", !request.isSilent {
      executionCount += 1
      if request.content["store_history"] != .flag(false) {
        history.append(Entry(line: executionCount, source: code))
      }
      tell(
        "execute_input",
        .members(["code": .text(code), "execution_count": .number(String(executionCount))]),
        of: request)
    }
    jobCount += 1
    let job = KernelJob(
      number: jobCount, request: request, session: session, counter: counter,
      place: "cell [\(executionCount)]")
    running = job
    start(job)
  }

  private mutating func finish(_ content: JSONValue) {
    guard let request = running?.request else { return }
    running = nil
    var content = content
    let isCell = request.type == "execute_request"
    if isCell {
      content["execution_count"] = .number(String(executionCount))
      content["payload"] = .list([])
    }
    let isFaulty = content["status"] == .text("error")
    if isCell, isFaulty, !request.isSilent {
      tell(
        "error",
        .members([
          "ename": content["ename"] ?? .text(""), "evalue": content["evalue"] ?? .text(""),
          "traceback": content["traceback"] ?? .list([]),
        ]), of: request)
    }
    reply(content, to: request, on: .shell)
    tell(isBusy: false, of: request)
    if isCell, isFaulty, request.content["stop_on_error"] != .flag(false) { abortQueue() }
  }

  /// Answers the cells that wait behind a faulty one; other requests keep their turn.
  private mutating func abortQueue() {
    let aborted = queue.filter { $0.type == "execute_request" }
    queue.removeAll { $0.type == "execute_request" }
    for request in aborted {
      tell(isBusy: true, of: request)
      reply(
        .members([
          "status": .text("aborted"), "execution_count": .number(String(executionCount)),
        ]), to: request, on: .shell)
      tell(isBusy: false, of: request)
    }
  }
}

extension KernelMessage {
  /// Whether a cell runs without being seen or counted.
  fileprivate var isSilent: Bool { content["silent"] == .flag(true) }

  /// The type of the reply: `execute_request` → `execute_reply`.
  fileprivate var replyType: String {
    let suffix = "_request"
    return (type.hasSuffix(suffix) ? String(type.dropLast(suffix.count)) : type) + "_reply"
  }
}
