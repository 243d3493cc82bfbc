public import Foundation

/// Folders that tests read from.
public enum Places {
  /// The project's root.
  public static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of shared facts beside the project; tests that need it skip when it is absent.
  public static let shared = root.deletingLastPathComponent().appending(path: "shared")

  /// Whether the shared facts are there.
  public static var hasShared: Bool { FileManager.default.fileExists(atPath: shared.path) }

  /// A fresh folder for a test's files.
  public static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "vekt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}
