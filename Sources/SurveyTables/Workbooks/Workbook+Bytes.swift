internal import Glibc
internal import SurveyData

extension Workbook {
  /// The bytes of a workbook that a closure fills; it is put together in a temporary file.
  static func bytes(_ style: Style, _ fill: (Workbook) throws -> Void) throws -> [UInt8] {
    var path = Array("/tmp/vekt-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else { throw noRoom(name) }
    defer {
      Glibc.close(descriptor)
      unlink(name)
    }
    let workbook = try Workbook(path: name, style: style)
    try fill(workbook)
    guard workbook.close(), let bytes = contents(of: descriptor) else { throw noRoom(name) }
    return bytes
  }

  private static func noRoom(_ path: String) -> SurveyError {
    SurveyError(
      .output, at: path, "the workbook cannot be written there",
      remedy: "Make room in /tmp: a workbook is put together in a temporary file.")
  }

  private static func contents(of descriptor: Int32) -> [UInt8]? {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size > 0, lseek(descriptor, 0, SEEK_SET) == 0 else { return nil }
    var bytes = [UInt8](repeating: 0, count: size)
    var done = 0
    while done < size {
      let count = bytes.withUnsafeMutableBytes {
        read(descriptor, $0.baseAddress?.advanced(by: done), size - done)
      }
      guard count > 0 else { return nil }
      done += count
    }
    return bytes
  }
}
