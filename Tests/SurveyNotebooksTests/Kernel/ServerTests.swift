import Foundation
import SurveyData
import Synchronization
import Testing
import VektTestSupport

@testable import SurveyNotebooks

@Suite("The kernel at its sockets")
struct ServerTests {
  /// A kernel on sockets of its own folder, served by a thread until it is told to end.
  private final class Running {
    let folder: URL
    let context: SocketContext
    let format: MessageFormat
    let connection: ConnectionFile
    let isOver = Ended()
    private var headers = MessageHeaders()

    final class Ended: Sendable {
      let flag = Atomic(false)
      let remarks = Mutex<[String]>([])
    }

    init() throws {
      folder = try Places.temporaryFolder()
      context = try SocketContext()
      let connection = try ConnectionFile(
        """
        {"transport": "ipc", "ip": "\(folder.path)/k", "key": "secret", "shell_port": 1,
         "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5}
        """, path: "c.json")
      self.connection = connection
      format = MessageFormat(signature: MessageSignature(key: connection.key))
      let ended = isOver
      KernelThread.start {
        do {
          var server = try KernelServer(connection) { remark in
            ended.remarks.withLock { $0.append(remark) }
          }
          server.run()
        } catch {
          ended.remarks.withLock { $0.append("\(error)") }
        }
        ended.flag.store(true, ordering: .releasing)
      }
    }

    func socket(_ kind: KernelSocket.Kind, _ channel: KernelChannel) throws -> KernelSocket {
      let socket = try KernelSocket(kind, in: context)
      try socket.connect(to: connection.endpoint(of: channel))
      return socket
    }

    func send(_ type: String, _ content: JSONValue, by socket: KernelSocket) {
      let message = KernelMessage(header: headers.next(type), content: content)
      socket.send(format.frames(of: message))
    }

    /// The next message of a type within twenty seconds.
    func next(_ type: String, from socket: KernelSocket) throws -> KernelMessage {
      for _ in 0..<200 {
        KernelSocket.wait(for: [socket], or: nil, milliseconds: 100)
        while let frames = socket.receive() {
          let message = try format.message(from: frames)
          if message.type == type { return message }
        }
      }
      throw SurveyError(.fault, "no \(type) came")
    }

    /// Whether the kernel has ended within ten seconds.
    func hasEnded() -> Bool {
      for _ in 0..<1000 where !isOver.flag.load(ordering: .acquiring) { usleep(10_000) }
      return isOver.flag.load(ordering: .acquiring)
    }

    func end() throws {
      send("shutdown_request", .object([]), by: try socket(.dealer, .control))
    }
  }

  @Test func `requests are answered, the heart beats, and a shutdown ends it`() throws {
    let kernel = try Running()
    defer { try? FileManager.default.removeItem(at: kernel.folder) }
    let heart = try kernel.socket(.dealer, .heartbeat)
    heart.send([[], Array("ping".utf8)])
    KernelSocket.wait(for: [heart], or: nil, milliseconds: 10_000)
    #expect(heart.receive() == [[], Array("ping".utf8)])

    let shell = try kernel.socket(.dealer, .shell)
    // What is no message is left out, and said.
    shell.send([Array("hello".utf8)])
    kernel.send("execute_request", .members(["code": .text("tabulat")]), by: shell)
    let reply = try kernel.next("execute_reply", from: shell)
    #expect(reply.content["ename"] == .text("UsageError"))
    #expect(
      kernel.isOver.remarks.withLock { $0 } == [
        "a message on shell has no frame <IDS|MSG>; left out"
      ])
    try kernel.end()
    #expect(kernel.hasEnded())
  }

  @Test func `a cell runs while the control channel is heard`() throws {
    let kernel = try Running()
    defer { try? FileManager.default.removeItem(at: kernel.folder) }
    let (shell, control) = (
      try kernel.socket(.dealer, .shell), try kernel.socket(.dealer, .control)
    )
    let heard = try kernel.socket(.subscriber, .iopub)
    kernel.send("kernel_info_request", .object([]), by: shell)
    _ = try kernel.next("kernel_info_reply", from: shell)
    let data = Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path
    let tables = String(repeating: "\ntabulate general_trust --by origin", count: 2_000)
    kernel.send("execute_request", .members(["code": .text("use \(data)" + tables)]), by: shell)
    _ = try kernel.next("display_data", from: heard)
    kernel.send("interrupt_request", .object([]), by: control)
    _ = try kernel.next("interrupt_reply", from: control)
    let reply = try kernel.next("execute_reply", from: shell)
    #expect(reply.content["ename"] == .text("Interrupted"))
    try kernel.end()
    #expect(kernel.hasEnded())
  }

  @Test func `a place that is taken is said`() throws {
    let kernel = try Running()
    defer { try? FileManager.default.removeItem(at: kernel.folder) }
    let shell = try kernel.socket(.dealer, .shell)
    kernel.send("kernel_info_request", .object([]), by: shell)
    _ = try kernel.next("kernel_info_reply", from: shell)
    var taken = kernel.connection
    taken.transport = "tcp"
    taken.address = "no.such.place.invalid"
    let error = #expect(throws: SurveyError.self) { try KernelServer(taken) { _ in } }
    #expect(error?.kind == .input)
    #expect(error?.place == "tcp://no.such.place.invalid:1")
    try kernel.end()
    #expect(kernel.hasEnded())
  }
}
