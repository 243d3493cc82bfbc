import Foundation
import SurveyData
import Testing

@testable import SurveyNotebooks

@Suite("The kernel without its sockets")
struct KernelTests {
  private func client(_ notebook: SmallNotebook) -> KernelClient {
    KernelClient(NotebookSession(folder: notebook.folder.path))
  }

  @Test func `a cell is what a cell of run is`() throws {
    let cell = "use d.csv\ntabulate trust --by group --chart"
    let notebook = try SmallNotebook(cell: cell)
    defer { notebook.delete() }
    var client = client(notebook)
    let answer = client.run(cell)
    #expect(answer.type == "execute_reply")
    #expect(answer.reply["status"] == .text("ok"))
    #expect(answer.states == ["busy", "idle"])
    #expect(answer.heard.map(\.type) == ["execute_input", "display_data", "display_data"])
    let shown = try notebook.report().results.map(\.jupyterMessage)
    #expect(answer.heard.dropFirst().map(\.content) == shown.map(\.content))
    let html = answer.heard[1].content["data"]?["text/html"]?.string ?? ""
    #expect(html.hasPrefix("<style>") && html.contains("<table id=\"table.1\">"))
  }

  @Test func `state and counts go on from cell to cell`() throws {
    let notebook = try SmallNotebook()
    defer { notebook.delete() }
    var client = client(notebook)
    #expect(client.run("use d.csv").heard.map(\.type) == ["execute_input"])
    #expect(client.run("derive old = age > 45\nwhere old").reply["execution_count"] == .number("2"))
    let answer = client.run("tabulate trust")
    #expect(answer.heard[0].content["execution_count"] == .number("3"))
    #expect(answer.heard[1].content["data"]?["text/plain"]?.string?.contains("2") == true)
    let again = client.run("tabulate trust").heard[1].content["data"]?["text/html"]?.string ?? ""
    #expect(again.contains("id=\"table.2\""))
  }

  @Test(arguments: [
    (
      "use d.csv\n\ntabulate  trst --by group", "UsageError",
      """
      cell [1], line 3: d.csv: no variable 'trst'

        3  tabulate  trst --by group
                     ^^^^

      Did you mean 'trust'?
      """
    ),
    (
      "use d.csv\nwhere age > 3 and agee > 3", "UsageError",
      """
      cell [1], line 2: no variable 'agee'

        2  where age > 3 and agee > 3
                             ^^^^

      Did you mean 'age'?
      """
    ),
    (
      "use d.csv\ntabulate trust \\\n  --bye group", "UsageError",
      """
      cell [1], line 3: Unknown option '--bye'. Did you mean '--by'?

        2  tabulate trust \\
        3    --bye group
             ^^^^^
      """
    ),
    (
      "tabulate trust", "UsageError",
      """
      cell [1], line 1: no data have been chosen yet

        1  tabulate trust

      Begin with: use FILE --codebook CODEBOOK
      """
    ),
    (
      "use d.csv\ntabulate 'trust", "DataError",
      """
      cell [1], line 2: the quotation mark ' is never closed on its line

        2  tabulate 'trust
      """
    ),
    (
      "use x.csv", "InputError",
      """
      cell [1], line 1: x.csv: cannot be opened: No such file or directory

        1  use x.csv
      """
    ),
  ])
  func `an error points into the cell`(cell: String, name: String, trace: String) throws {
    let notebook = try SmallNotebook()
    defer { notebook.delete() }
    var client = client(notebook)
    let answer = client.run(cell)
    let lines = answer.reply["traceback"]?.elements?.compactMap(\.string) ?? []
    #expect(
      lines.joined(separator: "\n").replacing(notebook.folder.path + "/", with: "") == trace)
    #expect(answer.reply["ename"] == .text(name))
    #expect(answer.heard.last?.type == "error")
    #expect(answer.heard.last?.content["traceback"] == answer.reply["traceback"])
  }

  @Test func `a chart is a drawing, and a picture for a notebook that is not trusted`() throws {
    let notebook = try SmallNotebook()
    defer { notebook.delete() }
    var client = client(notebook)
    let shown = client.run("use d.csv\nchart tabulate trust --by group").heard.last?.content
    let data = try #require(shown?["data"])
    #expect(data["image/svg+xml"]?.string?.hasPrefix("<svg ") == true)
    #expect(data["text/plain"]?.string?.contains("Alpha") == true)
    if let picture = data["image/png"]?.string {
      #expect(picture.hasPrefix("iVBORw0KGgo") && data["text/html"] == nil)
      #expect(shown?["metadata"]?["image/png"]?["width"] == .number("720"))
    } else {
      let page = try #require(data["text/html"]?.string)
      #expect(page.hasPrefix("<img src=\"data:image/svg+xml;") && page.contains("alt=\"Bar chart."))
    }
  }

  @Test func `labels of a table stand to the left where style sheets are dropped`() throws {
    let notebook = try SmallNotebook()
    defer { notebook.delete() }
    var client = client(notebook)
    let data = client.run("use d.csv\ntabulate trust --by group").heard.last?.content["data"]
    let html = try #require(data?["text/html"]?.string)
    #expect(html.contains("<th scope=\"row\" style=\"text-align: left\">Alpha</th>"), "\(html)")
    #expect(html.contains("<td style=\"white-space: nowrap\">"))
  }

  @Test func `a cell writes a file when it is told where`() throws {
    let notebook = try SmallNotebook()
    defer { notebook.delete() }
    var client = client(notebook)
    let answer = client.run(
      "use d.csv\ntabulate trust --output t.xlsx\ntabulate trust --output no/t.xlsx")
    #expect(answer.heard.map(\.type) == ["execute_input", "stream", "error"])
    #expect(answer.heard[1].content["text"] == .text("t.xlsx: written\n"))
    let written = notebook.folder.appending(path: "t.xlsx")
    #expect(try Data(contentsOf: written).starts(with: Array("PK".utf8)))
    #expect(answer.reply["ename"] == .text("OutputError"))
    let values = client.ask(
      "execute_request",
      [
        "code": .text(""),
        "user_expressions": .members(["a": .text("tabulate trust --output other.csv")]),
      ])
    #expect(values.reply["status"] == .text("ok"))
    let other = notebook.folder.appending(path: "other.csv").path
    #expect(!FileManager.default.fileExists(atPath: other))
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"),
  ])
  func `bytes become text by RFC 4648`(bytes: String, text: String) {
    #expect(Array(bytes.utf8).base64 == text)
  }

  @Test func `commands before a faulty one stay done`() throws {
    let notebook = try SmallNotebook()
    defer { notebook.delete() }
    var client = client(notebook)
    let answer = client.run("use d.csv\ntabulate trust\ntabulate nothing")
    #expect(answer.heard.map(\.type) == ["execute_input", "display_data", "error"])
    #expect(client.run("tabulate trust").reply["status"] == .text("ok"))
  }

  @Test func `a silent cell is neither heard nor counted nor remembered`() throws {
    let notebook = try SmallNotebook()
    defer { notebook.delete() }
    var client = client(notebook)
    for code in ["use d.csv", "tabulate trust", "tabulate nothing"] {
      let answer = client.ask("execute_request", ["code": .text(code), "silent": .flag(true)])
      #expect(answer.heard.isEmpty && answer.reply["execution_count"] == .number("0"))
    }
    #expect(client.kernel.history.isEmpty)
    _ = client.ask(
      "execute_request", ["code": .text("where all"), "store_history": .flag(false)])
    #expect(client.kernel.history.isEmpty && client.kernel.executionCount == 1)
  }

  @Test func `a client may ask for what commands give, which changes nothing`() throws {
    let notebook = try SmallNotebook()
    defer { notebook.delete() }
    var client = client(notebook)
    let answer = client.ask(
      "execute_request",
      [
        "code": .text("use d.csv"),
        "user_expressions": .members([
          "a": .text("where old"), "b": .text("derive old = age > 45\nwhere old\ntabulate trust"),
        ]),
      ])
    let values = answer.reply["user_expressions"]
    #expect(values?["a"]?["ename"] == .text("UsageError"))
    #expect(values?["b"]?["data"]?["text/plain"]?.string?.contains("Trust") == true)
    #expect(client.run("where old").reply["status"] == .text("error"))
  }

  @Test func `cells behind a faulty one are aborted, other requests keep their turn`() {
    var client = KernelClient()
    let faulty = client.send("execute_request", .members(["code": .text("tabulat")]))
    let cell = client.send("execute_request", .members(["code": .text("where all")]))
    let info = client.send("kernel_info_request", .object([]))
    client.work()
    let answers = client.answers()
    let statuses = [faulty, cell, info].map {
      answers[$0.header["msg_id"]?.string ?? ""]?.reply["status"]
    }
    #expect(statuses == [.text("error"), .text("aborted"), .text("ok")])
    #expect(answers.values.allSatisfy { $0.states == ["busy", "idle"] })
    #expect(client.kernel.executionCount == 1)

    _ = client.send(
      "execute_request", .members(["code": .text("tabulat"), "stop_on_error": .flag(false)]))
    let next = client.send("execute_request", .members(["code": .text("where all")]))
    client.work()
    let reply = client.answers()[next.header["msg_id"]?.string ?? ""]?.reply
    #expect(reply?["status"] == .text("ok"))
  }

  @Test func `an interrupted cell is answered at once, and what it gives later is thrown away`()
    throws
  {
    let notebook = try SmallNotebook()
    defer { notebook.delete() }
    var client = client(notebook)
    _ = client.run("use d.csv")
    let cell = client.send(
      "execute_request", .members(["code": .text("where group == 'a'\ntabulate trust")]))
    let next = client.send("execute_request", .members(["code": .text("tabulate trust")]))
    client.kernel.advance()
    let last = client.jobs.waiting.popLast()
    let job = try #require(last)
    let news = client.news(of: job)
    // The first line is done when the interrupt comes.
    client.kernel.receive(try #require(news.first))
    let interrupt = client.send("interrupt_request", .object([]), on: .control)
    for late in news.dropFirst() { client.kernel.receive(late) }
    client.work()
    let answers = client.answers()
    func answer(_ request: KernelMessage) -> KernelClient.Answer? {
      answers[request.header["msg_id"]?.string ?? ""]
    }
    #expect(answer(cell)?.reply["ename"] == .text("Interrupted"))
    #expect(answer(cell)?.heard.map(\.type) == ["execute_input", "error"])
    #expect(answer(cell)?.states == ["busy", "idle"])
    #expect(answer(next)?.reply["status"] == .text("aborted"))
    #expect(answer(interrupt)?.reply["status"] == .text("ok"))
    let table = client.run("tabulate trust").heard.last?.content["data"]?["text/html"]?.string
    #expect(table?.contains("id=\"table.1\"") == true)
  }

  @Test(arguments: [
    ("tabulate trust", "complete"), ("", "complete"), ("tabulate trust \\", "incomplete"),
    ("where group == 'a", "invalid"),
  ])
  func `a console learns whether a cell is whole`(code: String, status: String) {
    var client = KernelClient()
    let answer = client.ask("is_complete_request", ["code": .text(code)])
    #expect(answer.reply["status"] == .text(status))
  }

  @Test func `the cells of a run are remembered`() {
    var client = KernelClient()
    for code in ["where all", "derive", "where"] { _ = client.run(code) }
    func history(_ content: KeyValuePairs<String, JSONValue>) -> [String] {
      let entries = client.ask("history_request", content).reply["history"]?.elements ?? []
      return entries.compactMap { $0.elements?.last?.string }
    }
    #expect(
      history(["hist_access_type": .text("tail"), "n": .number("2")]) == ["derive", "where"])
    #expect(
      history(["hist_access_type": .text("range"), "start": .number("1"), "stop": .number("3")])
        == ["where all", "derive"])
    #expect(
      history(["hist_access_type": .text("search"), "pattern": .text("wh*e*"), "n": .number("9")])
        == ["where all", "where"])
    #expect(
      history(["hist_access_type": .text("search"), "pattern": .text("?erive")]) == ["derive"])
  }

  @Test(arguments: [
    ("kernel_info_request", "kernel_info_reply", "ok"),
    ("comm_info_request", "comm_info_reply", "ok"), ("connect_request", "connect_reply", "ok"),
    ("history_request", "history_reply", "ok"), ("complete_request", "complete_reply", "error"),
    ("inspect_request", "inspect_reply", "error"), ("execute_request", "execute_reply", "error"),
    ("debug_request", "debug_reply", "error"), ("nonsense_request", "nonsense_reply", "error"),
    ("nonsense", "nonsense_reply", "error"), ("shutdown_request", "shutdown_reply", "ok"),
  ])
  func `every request is answered, the odd ones with an error`(
    type: String, reply: String, status: String
  ) {
    var client = KernelClient()
    let answer = client.ask(type)
    #expect(answer.type == reply)
    #expect(answer.reply["status"] == .text(status))
    #expect(answer.states == ["busy", "idle"])
    #expect(client.kernel.isOver == (type == "shutdown_request"))
  }

  @Test func `a comm is closed at once`() {
    var client = KernelClient()
    let answer = client.ask("comm_open", ["comm_id": .text("c"), "target_name": .text("t")])
    #expect(answer.heard.map(\.type) == ["comm_close"])
    #expect(answer.type.isEmpty)
  }

  @Test func `a shutdown says whether a new run follows`() {
    var client = KernelClient()
    let answer = client.ask("shutdown_request", ["restart": .flag(true)], on: .control)
    #expect(answer.reply["restart"] == .flag(true))
    #expect(answer.heard.map(\.type) == ["shutdown_reply"])
  }
}
