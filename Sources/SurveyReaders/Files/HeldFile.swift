internal import Glibc
internal import SurveyData
internal import Synchronization

/// A file that is not overwritten as long as this lives: a codebook in use, a database that somebody else reads.
package final class HeldFile: Sendable {
  private let path: String
  /// How often each path is held.
  private static let paths = Mutex<[String: Int]>([:])

  /// Holds the file of a path, which need not be there.
  package init(_ path: String) {
    self.path = path
    Self.paths.withLock { $0[path, default: 0] += 1 }
  }

  deinit {
    Self.paths.withLock { paths in
      let count = paths[path, default: 1] - 1
      paths[path] = count > 0 ? count : nil
    }
  }

  /// Whether a file is held, by whatever name.
  static func isHeld(_ facts: stat) -> Bool {
    paths.withLock { Array($0.keys) }.contains { path in
      var held = stat()
      return stat(path, &held) == 0 && held.st_dev == facts.st_dev && held.st_ino == facts.st_ino
    }
  }
}
