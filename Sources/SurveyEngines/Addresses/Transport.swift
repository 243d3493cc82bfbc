internal import SurveyData

/// Whether others can listen to a connection.
enum Transport {
  /// Stops before a secret goes over a connection that others can listen to.
  /// - Throws: ``SurveyError`` of kind usage.
  static func requirePrivacy(of address: EngineAddress, at place: String) throws {
    guard let uri = address.options.first(where: { $0.name == "uri" })?.value,
      let start = uri.firstRange(of: "://")
    else { return }
    let authority = uri[start.upperBound...].prefix { !"/?#;".contains($0) }
    let host = authority.split(separator: "@").last ?? ""
    let isHere = ["localhost", "127.", "[::1]"].contains(where: host.hasPrefix) || host.isEmpty
    let words = uri.split { "?&;/#".contains($0) }
    let encrypted = [
      "use_ssl=true", "transport=tls", "sslmode=require", "sslmode=verify-ca",
      "sslmode=verify-full",
    ]
    let isEncrypted =
      uri.hasPrefix("grpc+tls:") || words.contains { encrypted.contains(String($0)) }
      || address.options.contains { $0.name.hasSuffix("tls.enabled") && $0.value == "true" }
    guard !isHere, !isEncrypted else { return }
    throw SurveyError(
      .usage, at: place, "a secret would go to \(host) over a connection that is not encrypted",
      remedy:
        "Ask for encryption: ;use_ssl=true for Spark Connect, ?sslmode=verify-full for PostgreSQL, grpc+tls:// for "
        + "Flight SQL.")
  }
}
