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
    let words = uri.split { "?&;/#".contains($0) }
    // PostgreSQL takes several hosts, and takes them from a parameter too.
    let stated = words.filter { $0.hasPrefix("host=") || $0.hasPrefix("hostaddr=") }
      .map { $0.drop { $0 != "=" }.dropFirst() }
    let named = stated.isEmpty ? [authority.split(separator: "@").last ?? ""] : stated
    let host = named.flatMap { $0.split(separator: ",") }.first { !isThisMachine($0) }
    let isEncrypted =
      uri.hasPrefix("grpc+tls:") || words.contains { encrypted.contains(String($0)) }
      || address.options.contains {
        ($0.name.hasSuffix("tls.enabled") || $0.name == "spark.tls") && $0.value == "true"
      }
    guard let host, !isEncrypted else { return }
    throw SurveyError(
      .usage, at: place, "a secret would go to \(host) over a connection that is not encrypted",
      remedy:
        "Ask for encryption: ;use_ssl=true for sc://, ?tls=true for spark://, ?sslmode=verify-full for PostgreSQL, grpc+tls:// for "
        + "Flight SQL.")
  }

  private static let encrypted: Set = [
    "use_ssl=true", "tls=true", "transport=tls", "sslmode=require", "sslmode=verify-ca",
    "sslmode=verify-full",
  ]

  /// Whether a host, perhaps with a port, is the machine that the program runs on.
  private static func isThisMachine(_ host: some StringProtocol) -> Bool {
    guard !host.hasPrefix("[") else { return host == "[::1]" || host.hasPrefix("[::1]:") }
    let name = host.prefix { $0 != ":" }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return name == "localhost" || name.lowercased().hasPrefix("%2f")
      || parts.first == "127" && parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }
}
