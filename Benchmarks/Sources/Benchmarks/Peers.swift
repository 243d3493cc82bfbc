import Foundation

/// The other programs, run on the same files; each prints one line of JSON a measurement.
struct Peers {
  let folder: URL
  let scripts: URL

  /// What R says; empty with a message when R or its survey is not there.
  func r() -> [String: Timing] {
    run(["Rscript", scripts.appending(path: "peers.R").path], "R survey")
  }

  /// What R's haven says; empty with a message when it is not there.
  func haven() -> [String: Timing] {
    run(["Rscript", scripts.appending(path: "haven.R").path], "R haven")
  }

  /// What Python's libraries say; each that is not installed is said.
  func python(_ interpreter: String) -> [String: Timing] {
    run([interpreter, scripts.appending(path: "peers.py").path], "Python peers")
  }

  private func run(_ words: [String], _ name: String) -> [String: Timing] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words + [folder.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    var found: [String: Timing] = [:]
    do { try process.run() } catch {
      print("\(name): skipped, cannot be started")
      return [:]
    }
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    for line in text.split(separator: "\n") {
      if let (name, timing) = Self.measurement(line) { found[name] = timing } else { print(line) }
    }
    if found.isEmpty { print("\(name): skipped, not installed") }
    return found
  }

  private static func measurement(_ line: Substring) -> (String, Timing)? {
    struct Line: Codable {
      let name: String
      let wall: Double
      let cpu: Double
    }
    guard let line = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)) else { return nil }
    return (line.name, Timing(wall: line.wall, cpu: line.cpu, peakMiB: nil))
  }
}
