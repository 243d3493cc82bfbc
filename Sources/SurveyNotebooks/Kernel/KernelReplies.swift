internal import SurveyData
internal import SurveyTables

/// The contents of replies that need no work.
enum KernelReplies {
  /// What the kernel is.
  static let kernelInfo = JSONValue.members([
    "status": .text("ok"), "protocol_version": .text(KernelMessage.protocolVersion),
    "implementation": .text("vekt"), "implementation_version": .text(Document.version),
    "banner": .text("Vekt \(Document.version): weighted survey answers, one command a line."),
    "language_info": .members([
      "name": .text("vekt"), "version": .text(Document.version), "mimetype": .text("text/x-vekt"),
      "file_extension": .text(".vekt"), "pygments_lexer": .text("bash"),
      "codemirror_mode": .text("shell"),
    ]), "debugger": .flag(false), "help_links": .list([]),
  ])

  /// Whether a cell can be run as it stands, for consoles that run it at the return key.
  static func completeness(of content: JSONValue) -> JSONValue {
    let code = content["code"]?.string ?? ""
    if code.last(where: { $0 != " " }) == "\\" {
      return .members(["status": .text("incomplete"), "indent": .text("  ")])
    }
    let status = (try? Cell(code: code)) == nil ? "invalid" : "complete"
    return .members(["status": .text(status)])
  }

  /// The cells of this run; the kernel remembers no other.
  ///
  /// - Parameters:
  ///   - entries: The cells, in order.
  ///   - content: What is asked: the last `n`, a range of this session, or those of a pattern.
  static func history(
    _ entries: [Kernel.Entry], session: Int, as content: JSONValue
  ) -> JSONValue {
    func number(_ name: String) -> Int? {
      if case .number(let text)? = content[name] { Int(text) } else { nil }
    }
    var found = entries
    switch content["hist_access_type"]?.string {
    case "range":
      let isThisSession = (number("session") ?? 0) == 0
      let (first, end) = (number("start") ?? 0, number("stop") ?? .max)
      found = isThisSession ? entries.filter { $0.line >= first && $0.line < end } : []
    case "search":
      let pattern = Array(content["pattern"]?.string ?? "*")
      found = entries.filter { matches(Array($0.source)[...], pattern[...]) }
      if content["unique"] == .flag(true) {
        var seen: Set<String> = []
        found = found.reversed().filter { seen.insert($0.source).inserted }.reversed()
      }
      found = found.suffix(max(0, number("n") ?? .max))
    default: found = found.suffix(max(0, number("n") ?? .max))
    }
    let hasOutput = content["output"] == .flag(true)
    return .members([
      "status": .text("ok"),
      "history": .list(
        found.map { entry in
          let source = JSONValue.text(entry.source)
          return .list([
            .number("0"), .number(String(entry.line)), hasOutput ? .list([source, .null]) : source,
          ])
        }),
    ])
  }

  /// Whether a text is of a pattern, in which `*` stands for anything and `?` for one character.
  private static func matches(
    _ text: ArraySlice<Character>, _ pattern: ArraySlice<Character>
  ) -> Bool {
    // Goes back only to the last star, so that no pattern takes long.
    var (text, pattern) = (text, pattern)
    var star: (text: ArraySlice<Character>, pattern: ArraySlice<Character>)?
    while let character = text.first {
      if pattern.first == "*" {
        pattern.removeFirst()
        star = (text, pattern)
      } else if let wanted = pattern.first, wanted == "?" || wanted == character {
        text.removeFirst()
        pattern.removeFirst()
      } else if let last = star {
        text = last.text.dropFirst()
        pattern = last.pattern
        star = (text, pattern)
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == "*" }
  }

  /// Where the kernel listens.
  static func connection(_ ports: [KernelChannel: Int]) -> JSONValue {
    .object(
      [.init(name: "status", value: .text("ok"))]
        + KernelChannel.allCases.compactMap { channel in
          ports[channel].map { .init(name: channel.portName, value: .number(String($0))) }
        })
  }

  /// That there is no debugger, as the debug adapter protocol says it.
  static func noDebugger(_ content: JSONValue) -> JSONValue {
    let fault = CellFault(name: "NoDebugger", value: "Vekt's cells cannot be debugged")
    var reply = fault.reply
    reply["type"] = .text("response")
    reply["request_seq"] = content["seq"] ?? .number("0")
    reply["success"] = .flag(false)
    reply["command"] = content["command"] ?? .text("")
    reply["message"] = .text(fault.value)
    return reply
  }
}
