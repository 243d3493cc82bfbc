internal import CCrypto

/// The signature by which both ends of a connection know each other's messages: HMAC with SHA-256
/// (RFC 2104), in hexadecimal.
struct MessageSignature: Sendable {
  /// The secret of the connection; an empty one signs nothing.
  let key: [UInt8]

  /// The signature of parts one after the other; empty without a key.
  /// - Complexity: O(bytes).
  func signature(of parts: [[UInt8]]) -> [UInt8] {
    guard !key.isEmpty else { return [] }
    var text: [UInt8] = []
    for part in parts { text += part }
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    HMAC(EVP_sha256(), key, Int32(key.count), text, text.count, &digest, &length)
    let digits = Array("0123456789abcdef".utf8)
    return digest.prefix(Int(length)).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }

  /// Whether a signature is that of the parts; how long it takes does not say how much is right.
  func isRight(_ signature: [UInt8], for parts: [[UInt8]]) -> Bool {
    guard !key.isEmpty else { return true }
    let right = self.signature(of: parts)
    guard right.count == signature.count else { return false }
    return zip(right, signature).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
