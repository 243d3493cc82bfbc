import SurveyData
import Testing

@testable import SurveyNotebooks

@Suite("Messages of the kernel")
struct MessageTests {
  private let format = MessageFormat(signature: MessageSignature(key: Array("secret".utf8)))

  private func message(_ content: JSONValue = .members(["code": .text("æ\n\"1\"")]))
    -> KernelMessage
  {
    KernelMessage(
      identities: [[1, 0, 255]],
      header: .members(["msg_id": .text("a"), "msg_type": .text("execute_request")]),
      content: content)
  }

  /// RFC 4231, cases 1, 2, 3 and 6.
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131),
      Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `signatures are those of RFC 4231`(key: [UInt8], text: [UInt8], digest: String) {
    let signature = MessageSignature(key: key)
    // How the text is cut into parts does not matter.
    let parts = [Array(text.prefix(3)), Array(text.dropFirst(3))]
    #expect(String(decoding: signature.signature(of: parts), as: UTF8.self) == digest)
    #expect(signature.isRight(Array(digest.utf8), for: parts))
    #expect(!signature.isRight(Array(digest.utf8.dropLast()), for: parts))
    #expect(!signature.isRight(Array(digest.uppercased().utf8), for: parts))
  }

  @Test func `without a key nothing is signed and everything is right`() {
    let open = MessageSignature(key: [])
    #expect(open.signature(of: [[1]]).isEmpty)
    #expect(open.isRight(Array("whatever".utf8), for: [[1]]))
  }

  @Test func `a message comes back from its frames`() throws {
    let sent = message()
    let frames = format.frames(of: sent)
    #expect(frames.count == 7)
    #expect(frames[1] == Array("<IDS|MSG>".utf8))
    #expect(frames[2].count == 64)
    #expect(String(decoding: frames[6], as: UTF8.self) == #"{"code": "æ\n\"1\""}"#)
    #expect(try format.message(from: frames) == sent)
    #expect(try format.message(from: frames + [[1, 2, 3]]) == sent)
  }

  @Test(arguments: [
    ([], "has no frame <IDS|MSG>"), ([[1], [2]], "has no frame <IDS|MSG>"),
    ([Array("<IDS|MSG>".utf8), [1]], "has 1 frames behind <IDS|MSG>, not 5"),
  ])
  func `frames that are no message are refused`(frames: [[UInt8]], problem: String) {
    let error = #expect(throws: SurveyError.self) { try format.message(from: frames) }
    #expect(error?.problem == problem)
  }

  @Test func `a message that was changed on its way is refused`() throws {
    var frames = format.frames(of: message())
    frames[6][2] ^= 1
    let error = #expect(throws: SurveyError.self) { try format.message(from: frames) }
    #expect(error?.problem == "is not signed with the key of this connection")
  }

  @Test(arguments: [
    (0, "{", "has a header that is no JSON object"),
    (0, "{}", "has a header without msg_type and msg_id"),
    (1, "1", "has a parent header that is no JSON object"),
    (3, "[]", "has a content that is no JSON object"),
  ])
  func `parts that are no JSON are refused`(part: Int, text: String, problem: String) {
    var parts = Array(format.frames(of: message()).dropFirst(3))
    parts[part] = Array(text.utf8)
    let frames = [MessageFormat.mark, format.signature.signature(of: parts)] + parts
    let error = #expect(throws: SurveyError.self) { try format.message(from: frames) }
    #expect(error?.problem == problem)
  }

  @Test func `a content too large to be read is known by its size`() throws {
    let text = String(repeating: "x", count: MessageFormat.largestContent)
    let frames = format.frames(of: message(.members(["code": .text(text)])))
    #expect(try format.message(from: frames).refusedSize == frames[6].count)
  }

  @Test func `headers have an id each, a time and the version`() {
    var headers = MessageHeaders()
    let (first, second) = (headers.next("status"), headers.next("status"))
    #expect(first["msg_id"] != second["msg_id"])
    #expect(first["session"] == second["session"])
    #expect(first["version"] == .text("5.4"))
    let date = first["date"]?.string ?? ""
    #expect(date.wholeMatch(of: /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/) != nil, "\(date)")
    #expect(
      headers.session.wholeMatch(
        of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/)
        != nil)
  }

  @Test func `a connection file says where to listen`() throws {
    let file = try ConnectionFile(
      #"""
      {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
       "ip": "127.0.0.1", "key": "k", "transport": "tcp", "signature_scheme": "hmac-sha256"}
      """#, path: "c.json")
    #expect(file.key == Array("k".utf8))
    #expect(file.endpoint(of: .heartbeat) == "tcp://127.0.0.1:5")
  }

  @Test(arguments: [
    ("[]", "c.json: is not a connection file, which is a JSON object"),
    ("{}", "c.json: shell_port is not a port, a number from 1 to 65535"),
    (#"{"transport": "udp"}"#, "c.json: transport is 'udp'; it is tcp or ipc"),
    (
      #"{"key": "k", "signature_scheme": "hmac-md5"}"#,
      "c.json: signature_scheme is 'hmac-md5'; Vekt signs with hmac-sha256"
    ),
  ])
  func `a connection file that cannot be followed is refused`(text: String, problem: String) {
    let error = #expect(throws: SurveyError.self) { try ConnectionFile(text, path: "c.json") }
    #expect(error?.description.hasPrefix(problem) == true)
  }
}
