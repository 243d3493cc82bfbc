internal import SurveyCommands
internal import SurveyData
internal import SurveySessions

/// What the file says that Jupyter starts a kernel with: where to listen, and the secret.
struct ConnectionFile: Equatable, Sendable {
  /// The transport: `tcp` or `ipc`.
  var transport = "tcp"
  /// The address, or the path that sockets of `ipc` begin with.
  var address = "127.0.0.1"
  /// The port of each channel.
  var ports: [KernelChannel: Int]
  /// The secret that signs messages; empty when nothing is signed.
  var key: [UInt8]

  /// Reads a connection file.
  /// - Throws: ``SurveyError`` of kind input when it cannot be opened, of kind data for anything in it
  ///   that the kernel cannot follow.
  init(path: String) throws {
    try self.init(ReportFiles.read(path), path: path)
  }

  /// Reads the text of a connection file.
  init(_ text: String, path: String) throws {
    guard let json = try? JSONParser.value(of: text, name: path), case .object = json else {
      throw SurveyError(
        .data, at: path, "is not a connection file, which is a JSON object",
        remedy: "Jupyter writes one for each kernel that it starts.")
    }
    transport = json["transport"]?.string ?? "tcp"
    guard ["tcp", "ipc"].contains(transport) else {
      throw SurveyError(.data, at: path, "transport is '\(transport)'; it is tcp or ipc")
    }
    address = json["ip"]?.string ?? "127.0.0.1"
    key = Array((json["key"]?.string ?? "").utf8)
    let scheme = json["signature_scheme"]?.string ?? "hmac-sha256"
    guard key.isEmpty || scheme == "hmac-sha256" else {
      throw SurveyError(
        .data, at: path, "signature_scheme is '\(scheme)'; Vekt signs with hmac-sha256")
    }
    ports = [:]
    for channel in KernelChannel.allCases {
      guard case .number(let text)? = json[channel.portName], let port = Int(text),
        (1...65_535).contains(port)
      else {
        throw SurveyError(
          .data, at: path, "\(channel.portName) is not a port, a number from 1 to 65535")
      }
      ports[channel] = port
    }
  }

  /// Where a channel listens, as ZeroMQ names it.
  func endpoint(of channel: KernelChannel) -> String {
    let port = ports[channel, default: 0]
    return transport == "ipc" ? "ipc://\(address)-\(port)" : "tcp://\(address):\(port)"
  }
}

/// The sockets of a kernel.
enum KernelChannel: String, CaseIterable, Sendable {
  /// Requests to run cells, to complete and to explain.
  case shell
  /// Requests that are answered at once: interrupt, shutdown.
  case control
  /// What the kernel asks of a person, which Vekt never does.
  case stdin
  /// What all clients hear: results, errors, whether the kernel is busy.
  case iopub
  /// An echo, by which clients know that the kernel lives.
  case heartbeat = "hb"

  /// Its name in connection files.
  var portName: String { "\(rawValue)_port" }
}
