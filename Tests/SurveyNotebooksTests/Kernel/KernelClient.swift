import Synchronization

@testable import SurveyNotebooks

/// A kernel without sockets, whose jobs run at once or when the test wants.
struct KernelClient {
  var kernel: Kernel
  /// Jobs that have been started and not run.
  let jobs = Jobs()
  private var count = 0

  /// What a request led to.
  struct Answer {
    /// The reply's type and content.
    var type = ""
    var reply = JSONValue.null
    /// What all hear, but for whether the kernel is busy.
    var heard: [(type: String, content: JSONValue)] = []
    /// Whether the kernel was busy, in order.
    var states: [String] = []
  }

  final class Jobs {
    var waiting: [KernelJob] = []
  }

  init(_ session: NotebookSession = NotebookSession(folder: "")) {
    let jobs = jobs
    kernel = Kernel(session: session, name: "test") { jobs.waiting.append($0) }
    _ = kernel.takeLetters()
  }

  /// A request as it comes from a client.
  mutating func request(_ type: String, _ content: JSONValue) -> KernelMessage {
    count += 1
    return KernelMessage(
      identities: [[7]],
      header: .members(["msg_id": .text("r\(count)"), "msg_type": .text(type)]), content: content)
  }

  /// Hands over a request without waiting for what it leads to.
  mutating func send(
    _ type: String, _ content: JSONValue, on channel: KernelChannel = .shell
  ) -> KernelMessage {
    let request = request(type, content)
    _ = kernel.receive(request, on: channel)
    return request
  }

  /// Runs the jobs that wait, and those that follow, to their end.
  mutating func work() {
    kernel.advance()
    while !jobs.waiting.isEmpty {
      for news in news(of: jobs.waiting.removeFirst()) { kernel.receive(news) }
      kernel.advance()
    }
  }

  /// What a job tells.
  func news(of job: KernelJob) -> [JobNews] {
    let told = Told()
    job.run { news in told.news.withLock { $0.append(news) } }
    return told.news.withLock { $0 }
  }

  private final class Told: Sendable { let news = Mutex<[JobNews]>([]) }

  /// What the kernel has said since it was last asked, by the request that it is about.
  mutating func answers() -> [String: Answer] {
    var answers: [String: Answer] = [:]
    for letter in kernel.takeLetters() {
      let message = letter.message
      let id = message.parent["msg_id"]?.string ?? ""
      if letter.channel != .iopub {
        answers[id, default: Answer()].type = message.type
        answers[id, default: Answer()].reply = message.content
      } else if message.type == "status" {
        let state = message.content["execution_state"]?.string ?? ""
        answers[id, default: Answer()].states.append(state)
      } else {
        answers[id, default: Answer()].heard.append((message.type, message.content))
      }
    }
    return answers
  }

  /// What a request leads to.
  mutating func ask(
    _ type: String, _ content: KeyValuePairs<String, JSONValue> = [:],
    on channel: KernelChannel = .shell
  ) -> Answer {
    let request = send(type, .members(content), on: channel)
    work()
    return answers()[request.header["msg_id"]?.string ?? ""] ?? Answer()
  }

  /// What a cell leads to.
  mutating func run(_ code: String) -> Answer { ask("execute_request", ["code": .text(code)]) }
}
