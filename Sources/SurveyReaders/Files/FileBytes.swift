internal import Glibc
internal import SurveyData

/// The bytes of a file, mapped into memory.
package final class FileBytes: @unchecked Sendable {
  /// The path as the user gave it.
  package let path: String
  /// The bytes; valid as long as this object lives.
  package let bytes: UnsafeRawBufferPointer

  /// Maps a file.
  /// - Throws: ``SurveyError`` of kind input when the file cannot be opened.
  package init(_ path: String) throws {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw SurveyError(.input, at: path, "cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SurveyError(.input, at: path, "is not a file")
    }
    let size = Int(status.st_size)
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else {
      throw SurveyError(.input, at: path, "cannot be mapped: \(String(cString: strerror(errno)))")
    }
    bytes = UnsafeRawBufferPointer(start: start, count: size)
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }
}
