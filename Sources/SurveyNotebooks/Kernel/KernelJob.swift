internal import SurveyCommands
internal import SurveyData
internal import SurveySessions
internal import Synchronization

/// A request that may take long: a cell to run, a cursor to complete or to explain.
///
/// A job works on a copy of the session and tells what comes of it; the kernel takes the news of the
/// job that it waits for and no other. So a job that was interrupted changes nothing, however late
/// it ends.
struct KernelJob: Sendable {
  /// Tells it from other jobs.
  let number: Int
  /// What is asked.
  let request: KernelMessage
  /// The state that it begins with.
  let session: NotebookSession
  /// The tables and charts that have been shown.
  let counter: ResultCounter
  /// What stands for the cell in errors, such as `cell [3]`.
  let place: String
  /// Whether it is still waited for.
  let stop = Stop()

  /// Asks a job to end before its next command.
  final class Stop: Sendable {
    private let flag = Atomic(false)
    /// Whether it has been asked.
    var isAsked: Bool { flag.load(ordering: .relaxed) }
    /// Asks.
    func ask() { flag.store(true, ordering: .relaxed) }
  }

  /// Does the work, and tells what comes of it as it comes.
  func run(_ tell: @escaping (JobNews) -> Void) {
    let report = { (event: JobNews.Event) in tell(JobNews(job: number, event: event)) }
    switch request.type {
    case "execute_request": execute(report)
    case "complete_request":
      report(.finished(Completion(code, cursor: cursor, in: session).reply))
    default:
      report(.finished(Inspection(code, cursor: cursor, in: session).reply))
    }
  }

  private var code: String { request.content["code"]?.string ?? "" }

  /// The cursor, counted in Unicode code points as the protocol has it; without one, the end.
  private var cursor: Int {
    guard case .number(let number)? = request.content["cursor_pos"] else { return .max }
    return Int(number) ?? .max
  }

  private func execute(_ tell: (JobNews.Event) -> Void) {
    do {
      let session = try perform(code, tell)
      let expressions = request.content["user_expressions"].map { values($0, in: session) }
      tell(
        .finished(
          .members(["status": .text("ok"), "user_expressions": expressions ?? .object([])])))
    } catch {
      tell(.finished(error.reply))
    }
  }

  /// Runs the commands of a cell; what those before a faulty one did stays done.
  private func perform(
    _ code: String, _ tell: (JobNews.Event) -> Void
  ) throws(CellFault) -> NotebookSession {
    let cell = try CellFault.locating(in: code, place) { try Cell(code: code) }
    var (session, counter) = (session, counter)
    var notes = NotesOnce(session)
    for command in cell.commands where !stop.isAsked {
      let outcome = try CellFault.locating(in: code, place, line: command.line) {
        let outcome = try session.perform(command)
        for file in outcome?.files ?? [] { try ReportFiles.write(file.bytes, to: file.path) }
        return outcome
      }
      if let outcome {
        for result in counter.results(of: outcome, notes: &notes) {
          let (type, content) = result.jupyterMessage
          tell(.shown(type: type, content: content))
        }
      }
      tell(.changed(session, counter))
    }
    return session
  }

  /// What commands give, by the names that a client gives them; they change nothing.
  private func values(_ expressions: JSONValue, in session: NotebookSession) -> JSONValue {
    guard case .object(let members) = expressions else { return .object([]) }
    return .object(
      members.map { member in
        var (session, counter) = (session, counter)
        var notes = NotesOnce(session)
        let (name, code) = (member.name, member.value.string ?? "")
        do throws(CellFault) {
          let shown = try CellFault.locating(in: code, name) {
            try Cell(code: code).commands.flatMap { command -> [Report.Result] in
              guard let outcome = try session.perform(command), outcome.files.isEmpty else {
                return []
              }
              return counter.results(of: outcome, notes: &notes)
            }
          }
          let content = shown.first?.jupyterMessage.content
          let data = content?["data"] ?? .members(["text/plain": content?["text"] ?? .text("")])
          return .init(
            name: name,
            value: .members([
              "status": .text("ok"), "data": data, "metadata": .object([]),
            ]))
        } catch {
          return .init(name: name, value: error.reply)
        }
      })
  }
}

/// What a job tells of itself.
struct JobNews: Sendable {
  /// The job's number.
  let job: Int
  /// What has happened.
  let event: Event

  /// What can happen.
  enum Event: Sendable {
    /// Something is to be shown.
    case shown(type: String, content: JSONValue)
    /// A command has been carried out; this is the state after it.
    case changed(NotebookSession, ResultCounter)
    /// The work is done; this is the content of the reply.
    case finished(JSONValue)
  }

  /// Whether the job has ended with an error.
  var isFailure: Bool {
    if case .finished(let content) = event { content["status"] == .text("error") } else { false }
  }
}

extension Cell {
  /// The cell that Jupyter hands over.
  init(code: String) throws {
    let lines = code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    try self.init(lines, after: 0, path: "cell")
  }
}
