internal import Glibc
package import SurveyData

/// A file that appears whole or not at all: written beside its place, then moved there.
///
/// A link is followed, and what is no file but a device or a pipe is written to. A file that was there
/// keeps its permissions.
public struct OutputFile {
  /// Writes bytes to a path.
  /// - Throws: ``SurveyError`` of kind output, also for a file that is being read or held.
  public static func write(_ bytes: some Collection<UInt8>, to path: String) throws {
    var facts = stat()
    let isThere = stat(path, &facts) == 0
    if isThere, FileBytes.isOpen(facts) || HeldFile.isHeld(facts) {
      throw overwritten(path)
    }
    if isThere, facts.st_mode & S_IFMT != S_IFREG {
      guard let file = fopen(path, "wb"), put(bytes, into: file) else { throw failure(path) }
      return
    }
    let target = isThere ? resolved(path) : path
    removeLeftovers(of: target)
    let temporary = "\(target).\(getpid()).part"
    guard let file = fopen(temporary, "wb") else { throw failure(path) }
    if isThere { fchmod(fileno(file), facts.st_mode & 0o7777) }
    guard put(bytes, into: file), rename(temporary, target) == 0 else {
      let error = failure(path)
      unlink(temporary)
      throw error
    }
  }

  /// Writes a codebook beside a new file, unless it is there already.
  package static func write(codebook text: String, to path: String) throws {
    if let file = try? FileBytes(path), file.bytes.elementsEqual(text.utf8) { return }
    try write(Array(text.utf8), to: path)
  }

  /// What is said instead of writing over a file that is read.
  package static func overwritten(_ path: String) -> SurveyError {
    SurveyError(
      .output, at: path, "is being read, and would be overwritten", remedy: "Name another file.")
  }

  /// Whether two paths lead to one regular file that is there.
  package static func isSame(_ path: String, _ other: String) -> Bool {
    var (a, b) = (stat(), stat())
    return stat(path, &a) == 0 && stat(other, &b) == 0 && a.st_mode & S_IFMT == S_IFREG
      && a.st_dev == b.st_dev && a.st_ino == b.st_ino
  }

  /// Makes sure that a codebook beside a new file is not another's.
  /// - Throws: ``SurveyError`` of kind output when there is one that says something else.
  static func requireSame(_ text: String, at path: String) throws {
    guard access(path, F_OK) == 0 else { return }
    guard let file = try? FileBytes(path), file.bytes.elementsEqual(text.utf8) else {
      throw SurveyError(
        .output, at: path,
        "is there already and says something else than the labels of the new file: nothing was written",
        remedy: "Remove it if it is out of date, or write the data under another name.")
    }
  }

  /// Writes bytes and closes the file; false when something failed, with `errno` set.
  private static func put(
    _ bytes: some Collection<UInt8>, into file: UnsafeMutablePointer<FILE>
  ) -> Bool {
    let size = bytes.count
    let direct = bytes.withContiguousStorageIfAvailable { fwrite($0.baseAddress, 1, size, file) }
    let written = direct ?? Array(bytes).withUnsafeBytes { fwrite($0.baseAddress, 1, size, file) }
    return fclose(file) == 0 && written == size
  }

  /// Where a path leads, all links followed.
  private static func resolved(_ path: String) -> String {
    guard let found = realpath(path, nil) else { return path }
    defer { free(found) }
    return String(cString: found)
  }

  /// Removes what processes left beside a path that were stopped while they wrote to it.
  private static func removeLeftovers(of path: String) {
    var found = glob_t()
    defer { globfree(&found) }
    let literal = path.map { "*?[\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    guard glob("\(literal).*.part", 0, nil, &found) == 0, let paths = found.gl_pathv else { return }
    for name in (0..<Int(found.gl_pathc)).compactMap({ paths[$0].map { String(cString: $0) } }) {
      let process = name.dropFirst(path.utf8.count + 1).dropLast(".part".count)
      guard let id = pid_t(process), kill(id, 0) != 0, errno == ESRCH else { continue }
      unlink(name)
    }
  }

  private static func failure(_ path: String) -> SurveyError {
    SurveyError(.output, at: path, "cannot be written: \(String(cString: strerror(errno)))")
  }
}
