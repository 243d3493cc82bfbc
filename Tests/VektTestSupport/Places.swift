public import Foundation

/// Folders that tests read from.
public enum Places {
  /// The project's root.
  public static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Samples and numbers that several suites compare with.
  public static let reference = root.appending(path: "Tests/Reference")

  /// A fresh folder for a test's files; it goes when the tests end.
  public static func temporaryFolder() throws -> URL {
    let folder = scratch.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  private static let scratch: URL = {
    atexit { try? FileManager.default.removeItem(at: Places.scratch) }
    return FileManager.default.temporaryDirectory.appending(path: "vekt-tests-\(getpid())")
  }()
}
