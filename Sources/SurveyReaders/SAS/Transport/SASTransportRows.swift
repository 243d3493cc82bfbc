internal import SurveyData

/// The rows of a transport file, which follow one another until blanks fill the last record.
struct SASTransportRows: SASRows {
  let file: FileBytes
  /// Where the rows start.
  let offset: Int
  let width: Int
  let count: Int

  func read(_ sink: (UnsafeRawPointer, _ count: Int) throws -> Void) throws {
    guard let base = file.bytes.baseAddress else { return }
    var row = 0
    while row < count {
      let block = min(1024, count - row)
      try sink(base + offset + row * width, block)
      row += block
    }
  }
}
