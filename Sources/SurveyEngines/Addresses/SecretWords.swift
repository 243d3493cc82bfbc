internal import SurveyData

/// Passwords and tokens where they have no place.
enum SecretWords {
  private static let endings = [
    "password", "passwd", "pwd", "token", "secret", "auth_header", "authorization", "api_key",
    "apikey", "access_key",
  ]

  /// Whether a parameter's name says that its value is a secret; `%61` is a letter too.
  static func isSecret(_ name: String) -> Bool {
    let name = unescaped(name).lowercased().replacing("-", with: "_")
    return endings.contains(where: name.hasSuffix)
  }

  private static func unescaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.count == 2, let code = UInt8(digits, radix: 16) {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A text as a part of an address.
  static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      return scalar.properties.isAlphabetic && byte < 128 || 48...57 ~= byte
        || "-._~".unicodeScalars.contains(scalar)
        ? String(scalar) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  /// Whether there is a password or a token in an address: `USER:PASSWORD@`, or a parameter of such a name.
  static func areIn(_ address: String) -> Bool {
    guard let start = address.firstRange(of: "://")?.upperBound else { return false }
    let rest = address[start...]
    let authority = rest.prefix { !"/?#".contains($0) }
    let login = authority.lastIndex(of: "@").map { authority[..<$0] } ?? ""
    let password = login.firstIndex(of: ":").map { login[$0...].dropFirst() } ?? ""
    return !password.isEmpty
      || rest.split { "?&;#/".contains($0) }.contains { parameter in
        let name = parameter.prefix { $0 != "=" }
        return parameter.count > name.count + 1 && isSecret(String(name))
      }
  }

  /// Stops at a password within an address.
  /// - Throws: ``SurveyError`` of kind usage that does not repeat it.
  static func refuse(in address: String, at place: String? = nil) throws {
    guard areIn(address) else { return }
    let scheme = address.firstRange(of: "://").map { address[..<$0.upperBound] } ?? ""
    throw SurveyError(
      .usage, at: place ?? "\(scheme)…",
      "there is a password or token in the address, where everybody who lists processes sees it",
      remedy:
        "Take it out. libpq reads PGPASSWORD and ~/.pgpass; in an engine file, `secrets` names a variable of the "
        + "environment.")
  }
}
