internal import Glibc
internal import SurveyData

extension Document {
  /// The document as a workbook: a sheet for each table, numbers as numbers, and a sheet of notes.
  ///
  /// Of several tables it is a book: sheets have numbers, and a sheet of contents leads to them.
  ///
  /// The same document gives the same bytes.
  ///
  /// - Throws: ``SurveyError`` of kind output when there is no room for a temporary file.
  public func workbook(_ style: Style = Style()) throws -> [UInt8] {
    var path = Array("/tmp/vekt-XXXXXX".utf8CString)
    let descriptor = mkstemp(&path)
    let name = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard descriptor >= 0 else { throw Self.noRoom(name) }
    defer {
      close(descriptor)
      unlink(name)
    }
    let workbook = try Workbook(path: name, style: style)
    for table in tables { try workbook.checkSize(of: table) }
    workbook.add(tables)
    workbook.addNotes(of: self)
    guard workbook.close(), let bytes = Self.contents(of: descriptor) else {
      throw Self.noRoom(name)
    }
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
