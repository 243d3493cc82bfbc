internal import Glibc
internal import SurveyData

/// A message of Jupyter's protocol: who says it, in answer to what, and what it says.
struct KernelMessage: Equatable, Sendable {
  /// The version of the protocol that the kernel speaks.
  static let protocolVersion = "5.4"

  /// Where it goes: the addresses of a request, which its reply carries back, or the topic of a
  /// message for all.
  var identities: [[UInt8]] = []
  /// Its id, type, session, user, date and version.
  var header: JSONValue
  /// The header of the message that it answers.
  var parent: JSONValue = .object([])
  /// What stands beside the content.
  var metadata: JSONValue = .object([])
  /// What it says.
  var content: JSONValue
  /// The size of a content that was too large to be read; the content is then empty.
  var refusedSize: Int?

  /// What kind of message it is, such as `execute_request`.
  var type: String { header["msg_type"]?.string ?? "" }
}

/// Messages as frames: addresses, a mark, the signature, then header, parent, metadata and content.
struct MessageFormat: Sendable {
  /// What signs the messages.
  let signature: MessageSignature

  /// The frame between the addresses and the message.
  static let mark = Array("<IDS|MSG>".utf8)
  /// The largest content that is read, in bytes: a cell is typed by a person, and a text of hundreds
  /// of megabytes must not keep the kernel from hearing an interrupt.
  static let largestContent = 8 << 20
  /// The largest header, parent or metadata, in bytes.
  static let largestHeader = 1 << 20

  /// A message as frames.
  func frames(of message: KernelMessage) -> [[UInt8]] {
    let parts = [message.header, message.parent, message.metadata, message.content]
      .map { Array($0.compact.utf8) }
    return message.identities + [Self.mark, signature.signature(of: parts)] + parts
  }

  /// Reads a message; frames behind the content are left out, since no request of Vekt has them.
  /// - Throws: ``SurveyError`` of kind data for what is not a message, or not signed rightly.
  func message(from frames: [[UInt8]]) throws -> KernelMessage {
    guard let mark = frames.firstIndex(of: Self.mark) else {
      throw SurveyError(.data, "has no frame <IDS|MSG>")
    }
    guard frames.count - mark >= 6 else {
      throw SurveyError(.data, "has \(frames.count - mark - 1) frames behind <IDS|MSG>, not 5")
    }
    let parts = Array(frames[(mark + 2)..<(mark + 6)])
    guard signature.isRight(frames[mark + 1], for: parts) else {
      throw SurveyError(.data, "is not signed with the key of this connection")
    }
    let isTooLarge = parts[3].count > Self.largestContent
    var message = KernelMessage(
      identities: Array(frames[..<mark]), header: try object(parts[0], "header"),
      parent: try object(parts[1], "parent header"), metadata: try object(parts[2], "metadata"),
      content: isTooLarge ? .object([]) : try object(parts[3], "content"))
    guard !message.type.isEmpty, message.header["msg_id"]?.string != nil else {
      throw SurveyError(.data, "has a header without msg_type and msg_id")
    }
    if isTooLarge { message.refusedSize = parts[3].count }
    return message
  }

  private func object(_ bytes: [UInt8], _ name: String) throws -> JSONValue {
    guard name == "content" || bytes.count <= Self.largestHeader else {
      throw SurveyError(.data, "has a \(name) of \(bytes.count) bytes")
    }
    guard let text = String(validating: bytes, as: UTF8.self),
      let value = try? JSONParser.value(of: text, name: name), case .object = value
    else { throw SurveyError(.data, "has a \(name) that is no JSON object") }
    return value
  }
}

/// Makes the headers of the kernel's own messages.
struct MessageHeaders: Sendable {
  /// The name of this run of the kernel.
  let session: String
  private var count = 0

  /// - Parameter session: The name of the run; nil makes one by chance.
  init(session: String? = nil) {
    self.session = session ?? Self.randomName()
  }

  /// The header of the next message.
  mutating func next(_ type: String) -> JSONValue {
    count += 1
    return .members([
      "msg_id": .text("\(session)_\(count)"), "msg_type": .text(type), "session": .text(session),
      "username": .text("vekt"), "date": .text(Self.date()),
      "version": .text(KernelMessage.protocolVersion),
    ])
  }

  /// The time as ISO 8601 has it, in UTC.
  private static func date() -> String {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    var parts = tm()
    gmtime_r(&time.tv_sec, &parts)
    func padded(_ number: Int, _ width: Int = 2) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let day = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec]
    return day.map { padded($0) }.joined(separator: "-") + "T"
      + clock.map { padded(Int($0)) }.joined(separator: ":")
      + ".\(padded(time.tv_nsec / 1000, 6))Z"
  }

  /// A random (version 4) UUID.
  private static func randomName() -> String {
    var bytes = (0..<16).map { _ in UInt8.random(in: 0...255) }
    bytes[6] = bytes[6] & 0x0F | 0x40
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = bytes.map { (($0 < 16 ? "0" : "") + String($0, radix: 16)) }
    let ends = [4, 6, 8, 10, 16]
    return zip([0] + ends, ends).map { digits[$0..<$1].joined() }.joined(separator: "-")
  }
}
